#include "mix/ride_curve.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>

namespace kedge::mix {

namespace {

// Offsets nearer than this are the same.
constexpr double same_offset_db = 0.005;
// Equal but for arithmetic.
constexpr double ride_rounding = 1e-9;

bool same_offset(Decibels a, Decibels b) {
    return distance(a, b) < Decibels(same_offset_db);
}

/// Draws ramp after ramp.
class Pen {
  public:
    Pen(const PhraseRideRule& rule, SongTime from) : rule_(rule), free_from_(from), began_(from) {}

    void hold(const RideHold& hold) {
        const Decibels offset = same_offset(hold.offset, Decibels()) ? Decibels() : hold.offset;
        if (!same_offset(offset, at_)) {
            ramp_to(hold, offset);
            at_ = offset;
        }
        free_from_ = std::max(last(), hold.range.to);
        began_ = hold.range.from;
    }
    /// Back to the static mix after the last hold.
    std::vector<RidePoint> finished(SongTime no_later) {
        if (!same_offset(at_, Decibels())) {
            const SongTime end = std::max(free_from_ + rule_.shortest_ramp,
                                          std::min(free_from_ + rule_.longest_ramp, no_later));
            put(free_from_, at_);
            put(end, Decibels());
        }
        return std::move(points_);
    }

  private:
    [[nodiscard]] SongTime last() const { return points_.empty() ? SongTime() : points_.back().at; }
    void put(SongTime at, Decibels offset) {
        if (points_.empty() || at > points_.back().at) points_.push_back({at, offset});
    }
    void ramp_to(const RideHold& hold, Decibels offset) {
        SongTime to = hold.range.from;
        if (hold.sung_on) {
            put(std::max({to - hold.ramp, began_, last()}), at_);
            put(to, offset);
            return;
        }
        const Duration room = to - free_from_;
        // The lead is given up where the ramp would have to be shorter than the shortest.
        if (room > rule_.shortest_ramp) to = to - std::min(rule_.lead, room - rule_.shortest_ramp);
        SongTime from = std::max(free_from_, to - hold.ramp);
        if (to - from < rule_.shortest_ramp) from = std::max({to - rule_.shortest_ramp, began_, last()});
        // At the very beginning of the song, or of the range, there may be no pause at all.
        if (to - from < rule_.shortest_ramp && points_.empty()) to = from + rule_.shortest_ramp;
        put(from, at_);
        put(std::max(to, from + Duration(1)), offset);
    }

    const PhraseRideRule& rule_;
    std::vector<RidePoint> points_;
    Decibels at_;         ///< where the fader stands
    SongTime free_from_;  ///< the last hold ends here
    SongTime began_;      ///< … and began here
};

struct Excess {
    std::span<const RideHold> holds;
    /// How far a straight line passes the holds' upper bounds, at the ends of what it shares with each.
    [[nodiscard]] double above(const RidePoint& a, const RidePoint& b) const {
        double most = 0.0;
        const auto first = std::partition_point(holds.begin(), holds.end(),
                                                [&](const RideHold& hold) { return hold.range.to < a.at; });
        const std::array<RidePoint, 2> line = {a, b};
        for (auto hold = first; hold != holds.end() && hold->range.from <= b.at; ++hold)
            for (const SongTime at : {std::max(a.at, hold->range.from), std::min(b.at, hold->range.to)})
                most = std::max(most, offset_at(line, at).db() - hold->most.db());
        return most;
    }
};

/// The slopes, in dB a second, of the lines from a point that pass every point looked at so far closely
/// enough.
class SlopeCone {
  public:
    explicit SlopeCone(const RidePoint& tip) : tip_(tip) {}
    [[nodiscard]] bool holds(const RidePoint& to) const {
        const double slope = slope_to(to, 0.0);
        return slope >= low_ && slope <= high_;
    }
    [[nodiscard]] bool empty() const { return low_ > high_; }
    void narrow(const RidePoint& by, Decibels most_error) {
        low_ = std::max(low_, slope_to(by, -(most_error.db() + ride_rounding)));
        high_ = std::min(high_, slope_to(by, most_error.db() + ride_rounding));
    }

  private:
    [[nodiscard]] double slope_to(const RidePoint& to, double aside) const {
        return (to.offset.db() + aside - tip_.offset.db()) /
               std::chrono::duration<double>(to.at - tip_.at).count();
    }
    RidePoint tip_;
    double low_ = -std::numeric_limits<double>::infinity();
    double high_ = std::numeric_limits<double>::infinity();
};

}  // namespace

std::vector<RidePoint> curve_through(std::span<const RideHold> holds, const PhraseRideRule& rule,
                                     SongRange within) {
    Pen pen(rule, within.from);
    for (const RideHold& hold : holds) pen.hold(hold);
    return pen.finished(within.to);
}

std::vector<RidePoint> thinned(std::span<const RidePoint> points, Decibels most_error,
                               std::span<const RideHold> holds) {
    if (points.size() < 3) return {points.begin(), points.end()};
    const Excess excess{holds};
    std::vector<double> above(points.size(), 0.0);  // of the line that begins here
    for (std::size_t i = 0; i + 1 < points.size(); ++i) above[i] = excess.above(points[i], points[i + 1]);
    std::vector<std::size_t> needed(points.size(), SIZE_MAX);  // points from here to the end
    std::vector<std::size_t> next(points.size(), 0);
    needed.back() = 0;
    for (std::size_t i = points.size() - 1; i-- > 0;) {
        SlopeCone cone(points[i]);
        double allowed = 0.0;
        for (std::size_t j = i + 1; j < points.size() && !cone.empty(); ++j) {
            allowed = std::max(allowed, above[j - 1]);
            const bool fewer = needed[j] + 1 < needed[i];
            if (fewer && cone.holds(points[j]) &&
                (j == i + 1 || excess.above(points[i], points[j]) <= allowed + ride_rounding)) {
                needed[i] = needed[j] + 1;
                next[i] = j;
            }
            cone.narrow(points[j], most_error);
        }
    }
    std::vector<RidePoint> kept = {points.front()};
    for (std::size_t i = 0; i + 1 < points.size(); i = next[i]) kept.push_back(points[next[i]]);
    return kept;
}

Decibels largest_difference(std::span<const RidePoint> a, std::span<const RidePoint> b) {
    Decibels most;
    for (const auto& corners : {a, b})
        for (const RidePoint& corner : corners)
            most = std::max(most, distance(offset_at(a, corner.at), offset_at(b, corner.at)));
    return most;
}

namespace {

/// The first place with more points a second than allowed.
std::optional<SongRange> crowd(std::span<const RidePoint> points, double most_a_second) {
    const auto most = static_cast<std::size_t>(most_a_second);
    for (std::size_t i = 0; i + most < points.size(); ++i)
        if (points[i + most].at - points[i].at < std::chrono::seconds(1))
            return SongRange{points[i].at, points[i + most].at};
    return std::nullopt;
}

bool meets(const RideHold& hold, SongRange place) {
    return hold.range.from <= place.to + std::chrono::milliseconds(300) && hold.range.to >= place.from;
}

/// Brings all holds in a place down to the lowest of them; false when they are alike already.
bool bring_down(std::vector<RideHold>& holds, SongRange place) {
    std::optional<Decibels> lowest;
    for (const RideHold& hold : holds)
        if (meets(hold, place)) lowest = lowest ? std::min(*lowest, hold.offset) : hold.offset;
    bool any = false;
    for (RideHold& hold : holds) {
        if (!meets(hold, place) || same_offset(hold.offset, *lowest)) continue;
        hold.offset = *lowest;
        any = true;
    }
    return any;
}

/// Makes two holds in a place alike; false when nothing is left to be made so.
bool calm(std::vector<RideHold>& holds, SongRange place) {
    const auto breath = std::find_if(holds.begin(), holds.end(), [&](const RideHold& hold) {
        return hold.droppable && meets(hold, place);
    });
    if (breath != holds.end()) {
        holds.erase(breath);
        return true;
    }
    struct Pair {
        std::size_t changed, by;
    };
    std::optional<Pair> nearest;
    const auto offer = [&](std::size_t changed, std::size_t by) {
        const RideHold& hold = holds[changed];
        if (hold.calmed) return;
        const Decibels wanted = std::clamp(holds[by].offset, hold.least, hold.most);
        if (same_offset(wanted, hold.offset)) return;
        const auto length = hold.range.length();
        if (!nearest || length < holds[nearest->changed].range.length()) nearest = Pair{changed, by};
    };
    for (std::size_t i = 0; i + 1 < holds.size(); ++i) {
        if (!meets(holds[i], place) || !meets(holds[i + 1], place)) continue;
        offer(i, i + 1);
        offer(i + 1, i);
    }
    if (!nearest) return bring_down(holds, place);
    RideHold& hold = holds[nearest->changed];
    hold.offset = std::clamp(holds[nearest->by].offset, hold.least, hold.most);
    hold.calmed = true;
    return true;
}

}  // namespace

void thin_out_holds(std::vector<RideHold>& holds, const RideProfile& profile, SongRange within) {
    for (;;) {  // each round takes a hold away, calms one for good or lowers some
        const auto curve = curve_through(holds, profile.phrase, within);
        const auto place = crowd(thinned(curve, profile.thinning.most_error, holds),
                                 profile.thinning.most_points_per_second);
        if (!place || !calm(holds, *place)) return;
    }
}

}  // namespace kedge::mix
