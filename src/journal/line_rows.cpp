#include "journal/line_rows.hpp"

#include "journal/rows.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <iterator>

#include <fmt/format.h>

namespace kedge::journal {

namespace {

using sqlite::Connection;
using sqlite::Statement;

/// A pass's line and the pass it belongs to.
using LineRow = std::pair<PassId, PassLine>;

/// Reads a number that ends at `end`, or at the text's end.
template <typename Number>
std::optional<Number> take_number(std::string_view& text, char end) {
    Number number{};
    const auto [stopped, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (problem != std::errc()) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(stopped - text.data()));
    if (!text.empty()) {
        if (text.front() != end) return std::nullopt;
        text.remove_prefix(1);
    }
    return number;
}

std::optional<Gain> gain_from(std::optional<double> ratio) {
    if (!ratio || !std::isfinite(*ratio) || *ratio < 0.0) return std::nullopt;
    return Gain(*ratio);
}

/// The points, and below them the native words of a line that has some.
void bind_line(Statement& statement, const FaderLine& line) {
    std::string points = text_of_points(line.points);
    if (!line.native.empty()) points += "\n" + line.native;
    statement.bind(to_string(line.mode)).bind(line.rest.ratio()).bind(points);
}

std::optional<FaderLine> read_line(const Statement& row, int first_column) {
    const auto mode = automation_mode_from_string(row.text(first_column));
    const auto rest = gain_from(row.real(first_column + 1));
    const std::string text = row.text(first_column + 2);
    const auto end_of_points = std::min(text.find('\n'), text.size());
    auto points = points_from_text(std::string_view(text).substr(0, end_of_points));
    if (!mode || !rest || !points) return std::nullopt;
    return FaderLine{*mode, *rest, std::move(*points), text.substr(std::min(end_of_points + 1, text.size()))};
}

std::optional<LineRow> read_line_row(const Statement& row) {
    const auto strip = read_strip(row, 1);
    auto before = read_line(row, 4);
    auto after = read_line(row, 7);
    const auto verdict = verdict_from_string(row.text(10));
    if (!strip || !before || !after || !verdict) return std::nullopt;
    LineRow read{PassId{row.integer(0)},
                 {*strip, std::move(*before), std::move(*after), *verdict, row.text(11), row.text(12)}};
    if (row.type(13) == Statement::ColumnType::null) return read;
    read.second.became = read_line(row, 13);
    if (!read.second.became) return std::nullopt;
    return read;
}

constexpr std::string_view line_columns =
    "SELECT line.pass, strip_kind, strip_name, strip_twin, mode_before, rest_before, points_before, "
    "mode_after, rest_after, points_after, verdict, rule, reason, mode_became, rest_became, points_became "
    "FROM line ";

Result<std::map<PassId, std::vector<PassLine>>> by_pass(Statement& query, const Connection& connection) {
    auto rows = read_rows(query, connection, read_line_row);
    if (!rows) return tl::unexpected(rows.error());
    std::map<PassId, std::vector<PassLine>> lines;
    for (LineRow& row : *rows) lines[row.first].push_back(std::move(row.second));
    return lines;
}

}  // namespace

std::string text_of_points(const std::vector<LinePoint>& points) {
    std::string text;
    for (const LinePoint& point : points)
        fmt::format_to(std::back_inserter(text), "{}{} {}", text.empty() ? "" : ";",
                       point.at.since_start().count(), point.gain.ratio());
    return text;
}

std::optional<std::vector<LinePoint>> points_from_text(std::string_view text) {
    std::vector<LinePoint> points;
    while (!text.empty()) {
        const auto at = take_number<std::int64_t>(text, ' ');
        if (!at) return std::nullopt;
        const auto gain = gain_from(take_number<double>(text, ';'));
        if (!gain) return std::nullopt;
        points.push_back({SongTime(Duration(*at)), *gain});
    }
    return points;
}

Result<void> insert_lines(const Connection& connection, PassId pass, const std::vector<PassLine>& lines) {
    auto insert = Statement::prepare(
        connection,
        "INSERT INTO line (pass, place, strip_kind, strip_name, strip_twin, mode_before, rest_before, "
        "points_before, mode_after, rest_after, points_after, verdict, rule, reason) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    if (!insert) return tl::unexpected(insert.error());
    std::int64_t place = 0;
    for (const PassLine& line : lines) {
        insert->bind(pass.value).bind(place++);
        bind_strip(*insert, line.strip);
        bind_line(*insert, line.before);
        bind_line(*insert, line.after);
        insert->bind(to_string(line.verdict)).bind(line.rule).bind(line.reason);
        if (auto inserted = insert->run(); !inserted) return inserted;
    }
    return {};
}

Result<void> update_lines(const Connection& connection, PassId pass, const std::vector<PassLine>& lines) {
    auto update = Statement::prepare(connection, "UPDATE line SET verdict = ? WHERE pass = ? AND place = ?");
    if (!update) return tl::unexpected(update.error());
    auto become = Statement::prepare(
        connection,
        "UPDATE line SET mode_became = ?, rest_became = ?, points_became = ? WHERE pass = ? AND place = ? "
        "AND mode_became IS NULL");
    if (!become) return tl::unexpected(become.error());
    std::int64_t place = 0;
    for (const PassLine& line : lines) {
        update->bind(to_string(line.verdict)).bind(pass.value).bind(place);
        if (auto updated = update->run(); !updated) return updated;
        if (line.became) {
            bind_line(*become, *line.became);
            become->bind(pass.value).bind(place);
            if (auto updated = become->run(); !updated) return updated;
        }
        ++place;
    }
    return {};
}

Result<std::map<PassId, std::vector<PassLine>>> read_lines_of(const Connection& connection, PassId pass) {
    auto query =
        Statement::prepare(connection, fmt::format("{}WHERE line.pass = ? ORDER BY place", line_columns));
    if (!query) return tl::unexpected(query.error());
    query->bind(pass.value);
    return by_pass(*query, connection);
}

Result<std::map<PassId, std::vector<PassLine>>> read_lines_of(const Connection& connection,
                                                              const std::string& session) {
    auto query = Statement::prepare(
        connection,
        fmt::format("{}JOIN pass ON pass.id = line.pass WHERE pass.session = ? ORDER BY line.pass, place",
                    line_columns));
    if (!query) return tl::unexpected(query.error());
    query->bind(session);
    return by_pass(*query, connection);
}

}  // namespace kedge::journal
