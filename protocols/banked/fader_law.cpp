#include "banked/fader_law.hpp"

#include "banked/level_text.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

#include <fmt/format.h>

namespace kedge::banked {

using surface::FaderText;

namespace {

/// Places that a DAW of 10 bits tells apart, the finest that are known of any.
constexpr int places = 1023;
constexpr int first_places[] = {0, 2, 4, 8, 12, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128};
constexpr int usual_step = 24;
constexpr std::size_t most_tries = 128;
constexpr std::size_t tries_without_a_level = 6;

/// Where the curve is wanted exactly, it is tried more closely until no corner may hide between two places
/// that is farther from it than this, which is about the rounding to a tenth.
constexpr double wanted_from_db = -45.0;
constexpr double well_told_db = 0.06;
constexpr double too_near_db = 0.3;

constexpr std::size_t fewest_anchors = 16;
constexpr double least_span_db = 30.0;
constexpr double top_reached = 0.97;
constexpr std::size_t most_left_out_of_20 = 1;

constexpr auto by_hand =
    "The levels can be written into a profile by hand: [fader] law = \"anchors\" (profiles/daws/README.md).";

FaderPosition position_of_place(int place) {
    return FaderPosition(static_cast<int>(std::lround(place * double(FaderPosition::top) / places)));
}

int place_of(FaderPosition position) {
    return static_cast<int>(std::lround(position.value() * double(places) / FaderPosition::top));
}

/// Upward at every other one, downward between them.
std::vector<int> first_round() {
    std::vector<int> all(std::begin(first_places), std::end(first_places));
    while (all.back() + usual_step < places) all.push_back(all.back() + usual_step);
    all.push_back(places);
    std::vector<int> order;
    for (std::size_t i = 0; i < all.size(); i += 2) order.push_back(all[i]);
    for (std::size_t i = all.size() - (all.size() % 2 == 0 ? 1 : 2); i < all.size(); i -= 2)
        order.push_back(all[i]);
    return order;
}

/// The texts that are levels, and what was made of them.
struct Read {
    std::vector<FaderAnchor> levels;  ///< from the bottom up; without silences, and position 0
    std::optional<FaderPosition> highest_silence;
    std::size_t silences = 0;
    std::size_t no_levels = 0;
    std::string no_level;  ///< the last text that is none
    [[nodiscard]] bool anything() const { return !levels.empty() || silences + no_levels > 0; }
};

Read read(const std::vector<FaderText>& shown) {
    Read found;
    for (const FaderText& one : shown) {
        if (!one.text || one.text->empty()) continue;
        const auto level = read_level_text(*one.text);
        if (!level) {
            ++found.no_levels;
            found.no_level = *one.text;
        } else if (level->is_silence()) {
            ++found.silences;
            found.highest_silence = std::max(found.highest_silence.value_or(one.at), one.at);
        } else if (one.at != FaderPosition()) {
            found.levels.push_back({one.at, *level});
        }
    }
    std::sort(found.levels.begin(), found.levels.end(),
              [](const FaderAnchor& a, const FaderAnchor& b) { return a.position < b.position; });
    return found;
}

/// As many as rise from each to the next (the longest such row).
std::vector<FaderAnchor> rising(const std::vector<FaderAnchor>& levels) {
    std::vector<std::size_t> length(levels.size(), 1);
    std::vector<std::size_t> before(levels.size(), levels.size());
    for (std::size_t i = 0; i < levels.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            if (levels[j].position < levels[i].position && levels[j].level < levels[i].level &&
                length[j] + 1 > length[i]) {
                length[i] = length[j] + 1;
                before[i] = j;
            }
    std::vector<FaderAnchor> row;
    if (levels.empty()) return row;
    auto at = static_cast<std::size_t>(std::max_element(length.begin(), length.end()) - length.begin());
    for (; at < levels.size(); at = before[at]) row.push_back(levels[at]);
    std::reverse(row.begin(), row.end());
    return row;
}

/// Levels that are neither in the row nor the same as what stands beside them there: a text that is rounded
/// may say two places alike.
std::size_t contradictions(const Read& found, const std::vector<FaderAnchor>& row) {
    std::size_t count = 0;
    for (const FaderAnchor& level : found.levels) {
        const auto above = std::lower_bound(
            row.begin(), row.end(), level,
            [](const FaderAnchor& a, const FaderAnchor& b) { return a.position < b.position; });
        const bool like_above = above != row.end() && above->level == level.level;
        const bool like_below = above != row.begin() && (above - 1)->level == level.level;
        if (!like_above && !like_below) ++count;
    }
    if (found.highest_silence && !row.empty() && row.front().position < *found.highest_silence) ++count;
    return count;
}

/// How far the level between two neighbours may lie from the curve through all: by a corner half-way between
/// the slope before them and the one behind.
double uncertain_between(const std::vector<FaderAnchor>& row, std::size_t below) {
    const auto slope = [&](std::size_t i) {
        return (row[i + 1].level - row[i].level).db() /
               (row[i + 1].position.value() - row[i].position.value());
    };
    const double before = slope(below == 0 ? 0 : below - 1);
    const double behind = slope(std::min(below + 1, row.size() - 2));
    const int width = row[below + 1].position.value() - row[below].position.value();
    return std::abs(before - behind) * width / 8.0;
}

/// A place between the lowest neighbours between which the level is not told well.
std::optional<FaderPosition> where_it_bends(const std::vector<FaderText>& shown) {
    const auto row = rising(read(shown).levels);
    if (row.size() < fewest_anchors) return std::nullopt;
    for (std::size_t i = 0; i + 1 < row.size(); ++i) {
        const bool matters = row[i + 1].level.db() >= wanted_from_db &&
                             distance(row[i].level, row[i + 1].level).db() >= too_near_db;
        if (!matters || uncertain_between(row, i) <= well_told_db) continue;
        const auto at = position_of_place((place_of(row[i].position) + place_of(row[i + 1].position)) / 2);
        if (std::none_of(shown.begin(), shown.end(), [&](const auto& one) { return one.at == at; }))
            return at;
    }
    return std::nullopt;
}

Error no_level_shown(const Read& found) {
    if (!found.anything())
        return {ErrorKind::refused,
                "The DAW's display shows nothing while a fader is moved: nothing was learned.", by_hand};
    return {
        ErrorKind::refused,
        found.no_level.empty()
            ? std::string("The DAW's display shows silence wherever the fader stands: nothing was learned.")
            : fmt::format(
                  "The DAW's display says '{}' while a fader is moved, which is no level: nothing was "
                  "learned.",
                  found.no_level),
        fmt::format("If the DAW can show levels there (volume, not pan), switch it so and run the command "
                    "again. {}",
                    by_hand)};
}

}  // namespace

std::optional<FaderPosition> next_to_try(const std::vector<FaderText>& shown) {
    static const std::vector<int> first = first_round();
    if (shown.size() < first.size()) {
        const Read found = read(shown);
        const bool in_vain = found.levels.empty() && found.silences == 0;
        if (in_vain && shown.size() >= tries_without_a_level) return std::nullopt;
        return position_of_place(first[shown.size()]);
    }
    if (shown.size() >= most_tries) return std::nullopt;
    return where_it_bends(shown);
}

Result<LearnedLaw> learn_law(const std::vector<FaderText>& shown) {
    const Read found = read(shown);
    if (found.levels.empty()) return tl::unexpected(no_level_shown(found));
    const auto row = rising(found.levels);
    const std::size_t left_out = contradictions(found, row) + found.no_levels;
    if (left_out * 20 > shown.size() * most_left_out_of_20 || row.size() < fewest_anchors)
        return fail(
            ErrorKind::refused,
            fmt::format("The DAW's display does not tell one law: of {} positions {} fit together. Nothing "
                        "was learned.",
                        shown.size(), row.size()),
            "Let nobody touch the DAW meanwhile, see that it is not busy, and run the command again.");
    const double span = (row.back().level - row.front().level).db();
    if (span < least_span_db || row.back().position.value() < top_reached * FaderPosition::top)
        return fail(
            ErrorKind::refused,
            fmt::format("The DAW's display tells levels of a part of the fader's way only, from {} to {}. "
                        "Nothing was learned.",
                        to_string(row.front().level), to_string(row.back().level)),
            by_hand);
    auto scale = FaderScale::through(row);
    assert(scale);
    return LearnedLaw{row, std::move(*scale), shown.size(), left_out};
}

FaderScale nominal_scale() {
    constexpr double db_a_position = 0.01;
    const auto level_at = [](int position) {
        return Decibels((position - FaderPosition::top) * db_a_position);
    };
    auto scale = FaderScale::through(
        {{FaderPosition(1), level_at(1)}, {FaderPosition(FaderPosition::top), level_at(FaderPosition::top)}});
    assert(scale);
    return std::move(*scale);
}

FaderPosition telling_position() {
    constexpr int low_bits_differ = 0x1579;
    return FaderPosition(low_bits_differ);
}

std::optional<int> bits_told(FaderPosition told) {
    constexpr int rounding = 2;
    constexpr int all_bits = 14;
    for (const int bits : {14, 10, 9}) {
        const int highest = (1 << bits) - 1;
        const auto back = std::lround((telling_position().value() >> (all_bits - bits)) *
                                      double(FaderPosition::top) / highest);
        if (std::abs(back - told.value()) <= rounding) return bits;
    }
    return std::nullopt;
}

}  // namespace kedge::banked
