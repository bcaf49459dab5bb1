#include "journal/journal.hpp"
#include "journal/schema.hpp"
#include "journal/sqlite.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace kedge::journal {

namespace {

using sqlite::Connection;
using sqlite::Statement;
using sqlite::Transaction;

constexpr std::string_view silence_word = "-inf";

void bind_value(Statement& statement, const ControlValue& value) {
    if (const auto* level = std::get_if<Decibels>(&value)) {
        level->is_silence() ? statement.bind(silence_word) : statement.bind(level->db());
    } else if (const auto* pan = std::get_if<Pan>(&value)) {
        statement.bind(pan->position());
    } else {
        statement.bind(std::int64_t{std::get<Mute>(value) == Mute::muted ? 1 : 0});
    }
}

std::optional<ControlValue> read_value(const Statement& row, int column, Control control) {
    using Type = Statement::ColumnType;
    const auto type = row.type(column);
    if (control == Control::mute) {
        if (type != Type::integer) return std::nullopt;
        return ControlValue(row.integer(column) != 0 ? Mute::muted : Mute::open);
    }
    const bool is_level = control == Control::trim || control == Control::fader;
    if (is_level && type == Type::text && row.text(column) == silence_word)
        return ControlValue(Decibels::silence());
    if (type != Type::real || !Decibels::is_level(row.real(column))) return std::nullopt;
    return is_level ? ControlValue(Decibels(row.real(column))) : ControlValue(Pan(row.real(column)));
}

std::optional<std::int64_t> number_of(const std::optional<PassId>& id) {
    return id ? std::optional(id->value) : std::nullopt;
}

std::optional<PassId> id_of(const std::optional<std::int64_t>& number) {
    return number ? std::optional(PassId{*number}) : std::nullopt;
}

void bind_strip(Statement& statement, const StripName& strip) {
    statement.bind(to_string(strip.kind)).bind(strip.name).bind(std::int64_t{strip.twin});
}

std::optional<StripName> read_strip(const Statement& row, int first_column) {
    const auto kind = strip_kind_from_string(row.text(first_column));
    if (!kind) return std::nullopt;
    return StripName{*kind, row.text(first_column + 1), static_cast<int>(row.integer(first_column + 2))};
}

std::optional<PassEntry> read_entry(const Statement& row) {
    const auto strip = read_strip(row, 0);
    const auto control = control_from_string(row.text(3));
    const auto verdict = verdict_from_string(row.text(6));
    if (!strip || !control || !verdict) return std::nullopt;
    const auto before = read_value(row, 4, *control);
    const auto after = read_value(row, 5, *control);
    if (!before || !after) return std::nullopt;
    return PassEntry{*strip, *control, *before, *after, *verdict, row.text(7), row.text(8)};
}

constexpr std::string_view summary_columns =
    "SELECT id, kind, state, created, surface, session, reverts, continues, "
    "(SELECT count(*) FROM entry WHERE entry.pass = pass.id) FROM pass ";

std::optional<PassSummary> read_summary(const Statement& row) {
    const auto kind = pass_kind_from_string(row.text(1));
    const auto state = pass_state_from_string(row.text(2));
    if (!kind || !state) return std::nullopt;
    PassSummary summary;
    summary.id = PassId{row.integer(0)};
    summary.kind = *kind;
    summary.state = *state;
    summary.created = WallTime{row.integer(3)};
    summary.surface = row.text(4);
    summary.session = row.text(5);
    summary.reverts = id_of(row.optional_integer(6));
    summary.continues = id_of(row.optional_integer(7));
    summary.moves = static_cast<std::size_t>(row.integer(8));
    return summary;
}

/// Runs a query and reads every row with `read`, which gives nullopt for a row no kedge has written.
template <typename Read>
auto read_rows(Statement& query, const Connection& connection, Read read)
    -> Result<std::vector<typename decltype(read(query))::value_type>> {
    std::vector<typename decltype(read(query))::value_type> rows;
    while (true) {
        const auto more = query.step();
        if (!more) return tl::unexpected(more.error());
        if (!*more) return rows;
        auto row = read(query);
        if (!row)
            return fail(
                ErrorKind::storage,
                fmt::format("The journal {} holds a record that kedge did not write.", connection.path()),
                "The file is damaged or was edited: keep a copy and move it out of the way.");
        rows.push_back(std::move(*row));
    }
}

class SqliteJournal final : public Journal {
  public:
    explicit SqliteJournal(Connection connection) : connection_(std::move(connection)) {}

    Result<PassId> append(const Pass& pass) override;
    Result<void> settle(const Pass& pass) override;
    [[nodiscard]] Result<std::vector<PassSummary>> passes() const override;
    [[nodiscard]] Result<Pass> pass(PassId id) const override;
    Result<void> set_role(const std::string& session, const StripName& strip,
                          std::optional<std::string> role) override;
    [[nodiscard]] Result<std::vector<std::pair<StripName, std::string>>> roles(
        const std::string& session) const override;

  private:
    [[nodiscard]] Result<void> insert_pass(const Pass& pass);
    [[nodiscard]] Result<void> insert_entries(PassId id, const std::vector<PassEntry>& entries);
    [[nodiscard]] Result<void> update_verdicts(PassId id, const std::vector<PassEntry>& entries);
    [[nodiscard]] Result<PassSummary> summary(PassId id) const;
    [[nodiscard]] tl::unexpected<Error> unknown_pass(PassId id) const;

    Connection connection_;
};

Result<void> SqliteJournal::insert_pass(const Pass& pass) {
    auto insert = Statement::prepare(connection_,
                                     "INSERT INTO pass (kind, surface, session, created, state, reverts, "
                                     "continues) VALUES (?, ?, ?, ?, ?, ?, ?)");
    if (!insert) return tl::unexpected(insert.error());
    insert->bind(to_string(pass.kind)).bind(pass.surface).bind(pass.session).bind(pass.created.unix_seconds);
    insert->bind(to_string(pass.state)).bind(number_of(pass.reverts)).bind(number_of(pass.continues));
    return insert->run();
}

Result<void> SqliteJournal::insert_entries(PassId id, const std::vector<PassEntry>& entries) {
    auto insert = Statement::prepare(
        connection_,
        "INSERT INTO entry (pass, place, strip_kind, strip_name, strip_twin, control, before, "
        "after, verdict, rule, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    if (!insert) return tl::unexpected(insert.error());
    std::int64_t place = 0;
    for (const auto& entry : entries) {
        insert->bind(id.value).bind(place++);
        bind_strip(*insert, entry.strip);
        insert->bind(to_string(entry.control));
        bind_value(*insert, entry.before);
        bind_value(*insert, entry.after);
        insert->bind(to_string(entry.verdict)).bind(entry.rule).bind(entry.reason);
        if (auto inserted = insert->run(); !inserted) return inserted;
    }
    return {};
}

Result<PassId> SqliteJournal::append(const Pass& pass) {
    auto transaction = Transaction::begin(connection_);
    if (!transaction) return tl::unexpected(transaction.error());
    if (auto inserted = insert_pass(pass); !inserted) return tl::unexpected(inserted.error());
    const PassId id{connection_.last_row_id()};
    if (auto inserted = insert_entries(id, pass.entries); !inserted) return tl::unexpected(inserted.error());
    if (auto committed = transaction->commit(); !committed) return tl::unexpected(committed.error());
    return id;
}

Result<void> SqliteJournal::update_verdicts(PassId id, const std::vector<PassEntry>& entries) {
    auto update =
        Statement::prepare(connection_, "UPDATE entry SET verdict = ? WHERE pass = ? AND place = ?");
    if (!update) return tl::unexpected(update.error());
    std::int64_t place = 0;
    for (const auto& entry : entries) {
        update->bind(to_string(entry.verdict)).bind(id.value).bind(place++);
        if (auto updated = update->run(); !updated) return updated;
    }
    return {};
}

Result<void> SqliteJournal::settle(const Pass& pass) {
    auto transaction = Transaction::begin(connection_);
    if (!transaction) return tl::unexpected(transaction.error());
    const auto known = summary(pass.id);
    if (!known) return tl::unexpected(known.error());
    if (known->moves != pass.entries.size())
        return fail(ErrorKind::storage, fmt::format("Pass {} has {} moves in the journal and {} to settle.",
                                                    pass.id.value, known->moves, pass.entries.size()));

    auto update = Statement::prepare(connection_, "UPDATE pass SET state = ? WHERE id = ?");
    if (!update) return tl::unexpected(update.error());
    update->bind(to_string(pass.state)).bind(pass.id.value);
    if (auto updated = update->run(); !updated) return updated;
    if (auto updated = update_verdicts(pass.id, pass.entries); !updated) return updated;
    return transaction->commit();
}

Result<std::vector<PassSummary>> SqliteJournal::passes() const {
    auto query = Statement::prepare(connection_, fmt::format("{}ORDER BY id", summary_columns));
    if (!query) return tl::unexpected(query.error());
    return read_rows(*query, connection_, read_summary);
}

tl::unexpected<Error> SqliteJournal::unknown_pass(PassId id) const {
    const auto known = passes();
    if (!known) return tl::unexpected(known.error());
    if (known->empty())
        return fail(ErrorKind::usage, fmt::format("There is no pass {}: the journal is empty.", id.value),
                    "'kedge mix' makes the first pass.");
    std::vector<std::int64_t> ids;
    std::transform(known->begin(), known->end(), std::back_inserter(ids),
                   [](const auto& pass) { return pass.id.value; });
    return fail(ErrorKind::usage, fmt::format("There is no pass {}.", id.value),
                fmt::format("The journal knows these: {}.", fmt::join(ids, ", ")));
}

Result<PassSummary> SqliteJournal::summary(PassId id) const {
    auto query = Statement::prepare(connection_, fmt::format("{}WHERE id = ?", summary_columns));
    if (!query) return tl::unexpected(query.error());
    query->bind(id.value);
    auto rows = read_rows(*query, connection_, read_summary);
    if (!rows) return tl::unexpected(rows.error());
    if (rows->empty()) return unknown_pass(id);
    return std::move(rows->front());
}

Result<Pass> SqliteJournal::pass(PassId id) const {
    auto known = summary(id);
    if (!known) return tl::unexpected(known.error());
    auto query = Statement::prepare(
        connection_,
        "SELECT strip_kind, strip_name, strip_twin, control, before, after, verdict, rule, "
        "reason FROM entry WHERE pass = ? ORDER BY place");
    if (!query) return tl::unexpected(query.error());
    query->bind(id.value);
    auto entries = read_rows(*query, connection_, read_entry);
    if (!entries) return tl::unexpected(entries.error());
    return Pass{known->id,    known->kind,    known->surface,   known->session,     known->created,
                known->state, known->reverts, known->continues, std::move(*entries)};
}

Result<void> SqliteJournal::set_role(const std::string& session, const StripName& strip,
                                     std::optional<std::string> role) {
    auto write = Statement::prepare(
        connection_,
        role ? "INSERT OR REPLACE INTO role (session, strip_kind, strip_name, strip_twin, role) "
               "VALUES (?, ?, ?, ?, ?)"
             : "DELETE FROM role WHERE session = ? AND strip_kind = ? AND strip_name = ? AND strip_twin = ?");
    if (!write) return tl::unexpected(write.error());
    write->bind(session);
    bind_strip(*write, strip);
    if (role) write->bind(*role);
    return write->run();
}

Result<std::vector<std::pair<StripName, std::string>>> SqliteJournal::roles(
    const std::string& session) const {
    auto query =
        Statement::prepare(connection_,
                           "SELECT strip_kind, strip_name, strip_twin, role FROM role WHERE session = ? "
                           "ORDER BY strip_kind, strip_name, strip_twin");
    if (!query) return tl::unexpected(query.error());
    query->bind(session);
    return read_rows(*query, connection_,
                     [](const Statement& row) -> std::optional<std::pair<StripName, std::string>> {
                         auto strip = read_strip(row, 0);
                         if (!strip) return std::nullopt;
                         return std::pair(std::move(*strip), row.text(3));
                     });
}

/// Durable before a write returns: a commit waits for the disk, and a crash at any byte loses no commit.
Result<void> make_durable(const Connection& connection) {
    const auto mode = connection.text("PRAGMA journal_mode = WAL");
    if (!mode) return tl::unexpected(mode.error());
    if (*mode != "wal" && *mode != "memory")
        return fail(ErrorKind::storage,
                    fmt::format("{} lies on a file system that cannot keep a safe journal (mode '{}').",
                                connection.path(), *mode),
                    "Name a journal on a local disk.");
    return connection.run("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;");
}

}  // namespace

Result<std::unique_ptr<Journal>> open_journal(const std::string& path) {
    auto connection = Connection::open(path);
    if (!connection) return tl::unexpected(connection.error());
    if (auto current = bring_up_to_date(*connection); !current) return tl::unexpected(current.error());
    if (auto durable = make_durable(*connection); !durable) return tl::unexpected(durable.error());
    return std::make_unique<SqliteJournal>(std::move(*connection));
}

}  // namespace kedge::journal
