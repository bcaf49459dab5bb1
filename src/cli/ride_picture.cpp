#include "cli/ride_picture.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <vector>

#include <fmt/format.h>

namespace kedge::cli {

namespace {

constexpr std::size_t picture_margin = 8;  // before the charts: " -12 dB "
constexpr std::size_t picture_narrowest = 40;
constexpr std::size_t picture_widest = 400;
constexpr double picture_level_step = 3.0;
constexpr double picture_curve_step = 1.0;
constexpr int most_level_rows = 12;

/// Rows of characters; those that are not ASCII are written as one character each.
class PictureCanvas {
  public:
    PictureCanvas(std::size_t rows, std::size_t width)
        : rows_(rows, std::vector<std::string_view>(width, " ")) {}
    void put(std::size_t row, std::size_t column, std::string_view character) {
        rows_[row][column] = character;
    }
    [[nodiscard]] std::string line(std::size_t row) const {
        std::string text;
        for (const std::string_view character : rows_[row]) text += character;
        return text.substr(0, text.find_last_not_of(' ') + 1);
    }
    [[nodiscard]] std::size_t rows() const { return rows_.size(); }

  private:
    std::vector<std::vector<std::string_view>> rows_;
};

/// Columns against time.
class PictureTimeScale {
  public:
    PictureTimeScale(SongRange range, std::size_t width) : range_(range), width_(width) {}
    [[nodiscard]] SongTime at(std::size_t column) const {
        const double share = static_cast<double>(column) / static_cast<double>(width_);
        return range_.from + Duration(std::llround(share * static_cast<double>(range_.length().count())));
    }
    [[nodiscard]] std::size_t column(SongTime time) const {
        const double share =
            static_cast<double>((time - range_.from).count()) / static_cast<double>(range_.length().count());
        const auto column = static_cast<std::ptrdiff_t>(std::floor(share * static_cast<double>(width_)));
        return static_cast<std::size_t>(
            std::clamp<std::ptrdiff_t>(column, 0, static_cast<std::ptrdiff_t>(width_) - 1));
    }
    [[nodiscard]] std::size_t width() const { return width_; }

  private:
    SongRange range_;
    std::size_t width_;
};

/// The loudest of a column's cells.
Decibels loudest_in_column(const std::vector<Decibels>& levels, std::size_t column, std::size_t width) {
    const std::size_t from = levels.size() * column / width;
    const std::size_t to = std::max(from + 1, levels.size() * (column + 1) / width);
    Decibels most = Decibels::silence();
    for (std::size_t i = from; i < to && i < levels.size(); ++i) most = std::max(most, levels[i]);
    return most;
}

double top_of(const mix::RideTrace& trace) {
    Decibels top = Decibels::silence();
    for (const auto* levels : {&trace.level, &trace.backing})
        for (const Decibels level : *levels) top = std::max(top, level);
    return top.is_silence() ? 0.0 : std::ceil(top.db() / picture_level_step) * picture_level_step;
}

double bottom_of(const mix::RideTrace& trace, double top) {
    double bottom = top;
    for (const Decibels level : trace.level)
        if (!level.is_silence()) bottom = std::min(bottom, level.db());
    return std::max(std::floor(bottom / picture_level_step) * picture_level_step,
                    top - picture_level_step * most_level_rows);
}

std::string labelled_row(double db, const std::string& line) {
    return fmt::format("{:>4.0f} dB {}\n", db, line);
}

std::string levels_chart(const mix::RideTrace& trace, std::size_t width) {
    const double top = top_of(trace);
    const double bottom = bottom_of(trace, top);
    const auto rows = static_cast<std::size_t>(std::lround((top - bottom) / picture_level_step)) + 1;
    PictureCanvas canvas(rows, width);
    const auto row_of = [&](double db) {
        return static_cast<std::ptrdiff_t>(std::lround((top - db) / picture_level_step));
    };
    for (std::size_t column = 0; column < width; ++column) {
        const Decibels level = loudest_in_column(trace.level, column, width);
        const std::size_t first =
            level.is_silence() ? rows
                               : static_cast<std::size_t>(std::max<std::ptrdiff_t>(row_of(level.db()), 0));
        for (std::size_t row = first; row < rows; ++row) canvas.put(row, column, "▒");
        const Decibels backing = loudest_in_column(trace.backing, column, width);
        if (backing.is_silence()) continue;
        const auto row = row_of(backing.db());
        if (row >= 0 && row < static_cast<std::ptrdiff_t>(rows))
            canvas.put(static_cast<std::size_t>(row), column, "━");
    }
    std::string text;
    for (std::size_t row = 0; row < rows; ++row)
        text += labelled_row(top - picture_level_step * static_cast<double>(row), canvas.line(row));
    return text;
}

std::string curve_chart(std::span<const RidePoint> points, const PictureTimeScale& scale) {
    double high = 0.0;
    double low = 0.0;
    for (const RidePoint& point : points) {
        high = std::max(high, point.offset.db());
        low = std::min(low, point.offset.db());
    }
    const double top =
        std::max(picture_curve_step, std::ceil(high / picture_curve_step) * picture_curve_step);
    const double bottom =
        std::min(-picture_curve_step, std::floor(low / picture_curve_step) * picture_curve_step);
    const auto rows = static_cast<std::size_t>(std::lround((top - bottom) / picture_curve_step)) + 1;
    PictureCanvas canvas(rows, scale.width());
    const auto row_of = [&](Decibels db) {
        return static_cast<std::size_t>(std::lround((top - db.db()) / picture_curve_step));
    };
    for (std::size_t column = 0; column < scale.width(); ++column)
        canvas.put(row_of(Decibels()), column, "·");
    for (std::size_t column = 0; column < scale.width(); ++column)
        canvas.put(row_of(offset_at(points, scale.at(column))), column, "─");
    for (const RidePoint& point : points) canvas.put(row_of(point.offset), scale.column(point.at), "●");
    std::string text;
    for (std::size_t row = 0; row < rows; ++row) {
        const double db = top - picture_curve_step * static_cast<double>(row);
        text += db == 0.0 ? "   0 dB " + canvas.line(row) + "\n"
                          : fmt::format("{:>+4.0f} dB {}\n", db, canvas.line(row));
    }
    return text;
}

/// As much of a name as fits into `width` characters of UTF-8.
std::string fitted_name(const std::string& name, std::size_t width) {
    std::string text;
    std::size_t characters = 0;
    for (const char letter : name) {
        const bool begins = (static_cast<unsigned char>(letter) & 0xC0U) != 0x80U;
        if (begins && ++characters > width) break;
        text += letter;
    }
    return text;
}

std::size_t characters_in(const std::string& text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char letter) {
        return (static_cast<unsigned char>(letter) & 0xC0U) != 0x80U;
    }));
}

/// Words under the charts, each where it begins; one that would run into the next is cut.
struct PictureWord {
    std::size_t column;
    std::string text;
};
std::string line_of_words(const std::vector<PictureWord>& words, std::size_t width) {
    std::string line(picture_margin, ' ');
    std::size_t at = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::size_t end = i + 1 < words.size() ? words[i + 1].column : width + 1;
        if (words[i].column < at || end < words[i].column + 2) continue;
        line.append(words[i].column - at, ' ');
        const std::string text = fitted_name(words[i].text, end - words[i].column - 1);
        line += text;
        at = words[i].column + characters_in(text);
    }
    return line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
}

std::string sections_line(const mix::RideTrace& trace, const PictureTimeScale& scale) {
    std::vector<PictureWord> words;
    for (const mix::SongSection& section : trace.sections) {
        if (section.range.to <= trace.range.from || section.range.from >= trace.range.to) continue;
        words.push_back({scale.column(section.range.from), "|" + section.name});
    }
    return line_of_words(words, scale.width());
}

std::string times_line(const PictureTimeScale& scale) {
    constexpr std::size_t apart = 12;
    std::vector<PictureWord> words;
    for (std::size_t column = 0; column + apart <= scale.width() + 4; column += apart)
        words.push_back({column, "'" + to_string(scale.at(column))});
    return line_of_words(words, scale.width());
}

}  // namespace

std::string ride_picture(const mix::RideTrace& trace, std::span<const RidePoint> points, Columns columns) {
    if (trace.level.empty())
        return fmt::format("'{}' is not on the tape: there is nothing to show.\n", trace.strip);
    const std::size_t width = std::clamp(columns.count, picture_narrowest, picture_widest) - picture_margin;
    const PictureTimeScale scale(trace.range, width);
    const std::string legend = "▒ its level   ━ the rest   ● points of the ride";
    std::string text = fitted_name(trace.strip, width / 2) + "\n";
    text += fitted_name(legend, width + picture_margin) + "\n";
    text += levels_chart(trace, width);
    text += "\n" + curve_chart(points, scale);
    text += sections_line(trace, scale) + times_line(scale);
    return text;
}

}  // namespace kedge::cli
