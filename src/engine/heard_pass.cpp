#include "engine/heard_pass.hpp"

#include "journal/standing.hpp"
#include "surface/same_value.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace kedge::engine {

namespace {

constexpr Duration stretch_margin = std::chrono::seconds(1);
// What is heard comes ten times a second.
constexpr Duration heard_slack = std::chrono::milliseconds(100);
constexpr Duration look_every = std::chrono::milliseconds(20);
constexpr double heard_exactness_db = 0.5;
constexpr double one_level_db = 0.1;

SongRange with_margin(SongTime first, SongTime last) {
    return {std::max(SongTime(), first - stretch_margin), last + stretch_margin};
}

/// Straight in decibels between two points; the fader's own level when there are none.
Decibels played_at(const FaderLine& line, SongTime at) {
    const auto& points = line.points;
    if (points.empty()) return Decibels::from_gain(line.rest);
    const auto next = std::upper_bound(points.begin(), points.end(), at,
                                       [](SongTime time, const LinePoint& point) { return time < point.at; });
    if (next == points.end()) return Decibels::from_gain(points.back().gain);
    if (next == points.begin()) return Decibels::from_gain(next->gain);
    const LinePoint& before = *(next - 1);
    const Decibels from = Decibels::from_gain(before.gain);
    const Decibels to = Decibels::from_gain(next->gain);
    if (from.is_silence() || to.is_silence()) return from;
    const double share =
        std::chrono::duration<double>(at - before.at) / std::chrono::duration<double>(next->at - before.at);
    return Decibels(from.db() + share * (to.db() - from.db()));
}

/// Whether the line plays this level near `at`.
bool plays_near(const FaderLine& line, SongTime at, Decibels level) {
    double low = played_at(line, at).db();
    double high = low;
    for (Duration shift = -heard_slack; shift <= heard_slack; shift += look_every) {
        const double there = played_at(line, at + shift).db();
        low = std::min(low, there);
        high = std::max(high, there);
    }
    return level.db() >= low - heard_exactness_db && level.db() <= high + heard_exactness_db;
}

void widen(std::optional<SongRange>& range, const FaderLine& line) {
    if (line.points.empty()) return;
    const SongRange own{line.points.front().at, line.points.back().at};
    range = range ? SongRange{std::min(range->from, own.from), std::max(range->to, own.to)} : own;
}

}  // namespace

bool written_live(const PassLine& line) {
    return line.rule == live_ride_rule || is_heard(line);
}

bool is_heard(const PassLine& line) {
    return line.rule == heard_ride_rule;
}

bool is_heard(const Pass& pass) {
    return std::any_of(pass.lines.begin(), pass.lines.end(),
                       [](const PassLine& line) { return is_heard(line); });
}

SongRange stretch_of(std::span<const RidePoint> points) {
    return with_margin(points.front().at, points.back().at);
}

std::optional<SongRange> stretch_of(const PassLine& line) {
    std::optional<SongRange> range;
    widen(range, line.before);
    widen(range, line.after);
    widen(range, line.left());
    if (!range) return std::nullopt;
    return with_margin(range->from, range->to);
}

bool plays_level(const FaderLine& line) {
    const Decibels rest = Decibels::from_gain(line.rest);
    return std::all_of(line.points.begin(), line.points.end(), [&](const LinePoint& point) {
        return distance(Decibels::from_gain(point.gain), rest) <= Decibels(one_level_db);
    });
}

bool plays_as(const FaderLine& now, const FaderLine& other, SongRange stretch) {
    for (SongTime at = stretch.from; at <= stretch.to; at = at + look_every)
        if (!plays_near(other, at, played_at(now, at)) || !plays_near(now, at, played_at(other, at)))
            return false;
    return true;
}

FaderLine spliced(const FaderLine& now, SongRange stretch, const FaderLine& to) {
    FaderLine line{to.mode, to.rest, {}};
    const auto outside = [&](const LinePoint& point) {
        return point.at < stretch.from || point.at > stretch.to;
    };
    std::copy_if(now.points.begin(), now.points.end(), std::back_inserter(line.points), outside);
    const bool keeps = !line.points.empty();
    std::copy_if(to.points.begin(), to.points.end(), std::back_inserter(line.points),
                 [&](const LinePoint& point) { return !outside(point); });
    const auto hold = [&](SongTime at) {
        const bool free = std::none_of(line.points.begin(), line.points.end(),
                                       [&](const LinePoint& point) { return point.at == at; });
        if (keeps && free) line.points.push_back({at, to.rest});
    };
    hold(stretch.from);
    hold(stretch.to);
    std::sort(line.points.begin(), line.points.end(),
              [](const LinePoint& a, const LinePoint& b) { return a.at < b.at; });
    return line;
}

bool holds_heard(const FaderLine& now, const PassLine& line, const FaderLine& side,
                 const Capabilities& capabilities) {
    if (!stands_as(now.mode, Decibels::from_gain(now.rest), side, capabilities)) return false;
    const auto stretch = stretch_of(line);
    if (!stretch) return true;
    const bool none = std::none_of(now.points.begin(), now.points.end(), [&](const LinePoint& point) {
        return point.at >= stretch->from && point.at <= stretch->to;
    });
    const bool inert = side.mode == AutomationMode::manual && (none || plays_as(now, line.left(), *stretch));
    return inert || plays_as(now, side, *stretch);
}

FaderLine heard_target(const FaderLine& now, const PassLine& line, const FaderLine& side) {
    const auto stretch = stretch_of(line);
    if (!stretch) return {side.mode, side.rest, now.points};
    // Points that a pass left and that do not play are not brought back.
    const bool play = side.mode != AutomationMode::manual;
    return spliced(now, *stretch, play ? side : FaderLine{side.mode, side.rest, {}});
}

bool stands_as(AutomationMode mode, Decibels level, const FaderLine& line, const Capabilities& capabilities) {
    if (mode != line.mode) return false;
    return mode != AutomationMode::manual ||
           surface::same_value(level, Decibels::from_gain(line.rest), capabilities);
}

bool perhaps_ours(AutomationMode mode, Decibels level, const PassLine& line) {
    if (mode != AutomationMode::manual) return true;
    double low = Decibels::from_gain(line.before.rest).db();
    double high = low;
    for (const FaderLine* side : {&line.before, &line.after})
        for (const LinePoint& point : side->points) {
            low = std::min(low, Decibels::from_gain(point.gain).db());
            high = std::max(high, Decibels::from_gain(point.gain).db());
        }
    return level.db() >= low - heard_exactness_db && level.db() <= high + heard_exactness_db;
}

Ride ride_of(const PassLine& line, StripId strip) {
    Ride ride;
    ride.strip = strip;
    ride.base = Decibels::from_gain(line.before.rest);
    for (const LinePoint& point : line.after.points)
        ride.points.push_back({point.at, Decibels::from_gain(point.gain) - ride.base});
    return ride;
}

const PassLine* left_behind(std::span<const Pass> history, const StripName& strip) {
    const journal::Standing standing(history);
    const PassLine* left = nullptr;
    for (const Pass& pass : history) {
        const auto line = std::find_if(pass.lines.begin(), pass.lines.end(),
                                       [&](const PassLine& each) { return each.strip == strip; });
        if (line == pass.lines.end() || !journal::took_effect(pass, *line)) continue;
        const bool wrote = is_heard(*line) && !pass.reverts;
        const bool stands = standing.stands(journal::chain_of(pass), {strip, Control::fader});
        if (wrote) left = stands ? nullptr : &*line;
        // Points that were written exactly lie over whatever was there, and so does what takes them back.
        if (!is_heard(*line)) left = nullptr;
    }
    return left;
}

}  // namespace kedge::engine
