#include "mix/ride_sections.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace kedge::mix {

namespace {

using measure::CellRange;
using measure::Tape;

constexpr Duration guess_step = std::chrono::seconds(1);
// How loud a strip plays within a second, 0 for this far under its own loudest second.
constexpr double activity_span_db = 20.0;

/// How much each strip plays, second by second, 0 to 1.
using Activity = std::vector<std::vector<double>>;

std::vector<double> activity_of(const HeardStrip& strip, std::size_t seconds) {
    const auto step = static_cast<std::size_t>(guess_step / Tape::cell_length);
    std::vector<double> levels(seconds, -1e9);
    double loudest = -1e9;
    for (std::size_t i = 0; i < seconds; ++i) {
        const std::size_t from = std::min(i * step, strip.cells.size());
        const CellRange range{from, std::min(from + step, strip.cells.size())};
        const Decibels level = measure::sounding_level(strip.cells, strip.sounds, range);
        if (!level.is_silence()) levels[i] = level.db();
        loudest = std::max(loudest, levels[i]);
    }
    for (double& level : levels)
        level = std::clamp((level - loudest + activity_span_db) / activity_span_db, 0.0, 1.0);
    return levels;
}

double mean(const std::vector<double>& values, std::size_t from, std::size_t to) {
    double sum = 0.0;
    for (std::size_t i = from; i < to; ++i) sum += values[i];
    return sum / static_cast<double>(to - from);
}

/// How much the strips' activity before a second differs from that after it.
double change_at(const Activity& activity, std::size_t at, std::size_t half) {
    double change = 0.0;
    for (const auto& strip : activity)
        change += std::abs(mean(strip, at - half, at) - mean(strip, at, at + half));
    return change / static_cast<double>(activity.size());
}

/// Where the song changes most, no two nearer than `half`.
std::vector<SongMarker> guessed_marks(const RideQuestion& question, std::span<const HeardStrip> strips,
                                      std::size_t seconds) {
    const SectionGuessRule& rule = question.profile.guess;
    const auto half = static_cast<std::size_t>(std::max<std::int64_t>(1, rule.half / guess_step));
    Activity activity;
    for (const HeardStrip& strip : strips) {
        // An uneven voice is no change of section; what plays around it is.
        const auto& vocals = question.profile.vocals;
        if (std::find(vocals.begin(), vocals.end(), strip.role) != vocals.end()) continue;
        if (std::any_of(strip.sounds.begin(), strip.sounds.end(), [](char sounds) { return sounds != 0; }))
            activity.push_back(activity_of(strip, seconds));
    }
    if (activity.empty() || seconds < 2 * half) return {};
    std::vector<double> changes(seconds, 0.0);
    for (std::size_t at = half; at + half <= seconds; ++at) changes[at] = change_at(activity, at, half);
    std::vector<SongMarker> marks;
    for (;;) {
        const auto most = std::max_element(changes.begin(), changes.end());
        if (*most < rule.least_change.of_one || *most <= 0.0) break;
        const auto at = most - changes.begin();
        marks.push_back({"", SongTime(guess_step * at)});
        const auto reach = static_cast<std::ptrdiff_t>(half);
        std::fill(changes.begin() + std::max<std::ptrdiff_t>(0, at - reach + 1),
                  changes.begin() + std::min(std::ssize(changes), at + reach), 0.0);
    }
    std::sort(marks.begin(), marks.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
    for (std::size_t i = 0; i < marks.size(); ++i) marks[i].name = fmt::format("part {} (a guess)", i + 2);
    return marks;
}

void join_short(std::vector<SongSection>& sections, Duration shortest) {
    for (std::size_t i = 0; i < sections.size() && sections.size() > 1;) {
        if (sections[i].range.length() >= shortest) {
            ++i;
            continue;
        }
        const std::size_t into = i > 0 ? i - 1 : 1;
        sections[into].range.from = std::min(sections[into].range.from, sections[i].range.from);
        sections[into].range.to = std::max(sections[into].range.to, sections[i].range.to);
        sections.erase(sections.begin() + static_cast<std::ptrdiff_t>(i));
    }
}

}  // namespace

std::vector<SongSection> song_sections(const RideQuestion& question, std::span<const HeardStrip> strips) {
    const SongTime end(Tape::cell_length * static_cast<std::int64_t>(question.tape.length()));
    std::vector<SongMarker> marks(question.marks.begin(), question.marks.end());
    const bool guessed = marks.empty();
    if (guessed)
        marks = guessed_marks(question, strips, static_cast<std::size_t>(end.since_start() / guess_step));
    std::stable_sort(marks.begin(), marks.end(), [](const auto& a, const auto& b) { return a.at < b.at; });

    std::vector<SongSection> sections;
    sections.push_back({guessed ? "part 1 (a guess)" : "the beginning", {SongTime(), end}, guessed});
    for (const SongMarker& mark : marks) {
        if (mark.at >= end) break;
        if (mark.at <= sections.back().range.from) {
            sections.back().name = mark.name;
            continue;
        }
        sections.back().range.to = mark.at;
        sections.push_back({mark.name, {mark.at, end}, guessed});
    }
    join_short(sections, question.profile.section.shortest);
    if (guessed && sections.size() == 1) sections.front().name = "the song";
    return sections;
}

std::size_t section_of(std::span<const SongSection> sections, SongRange range) {
    std::size_t best = 0;
    Duration most = Duration::min();
    for (std::size_t i = 0; i < sections.size(); ++i) {
        const Duration inside =
            std::min(range.to, sections[i].range.to) - std::max(range.from, sections[i].range.from);
        if (inside > most) {
            most = inside;
            best = i;
        }
    }
    return best;
}

}  // namespace kedge::mix
