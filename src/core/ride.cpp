#include "core/ride.hpp"

#include "core/enum_words.hpp"

#include <algorithm>

namespace kedge {

Decibels offset_at(std::span<const RidePoint> points, SongTime at) {
    if (points.empty()) return {};
    const auto after =
        std::upper_bound(points.begin(), points.end(), at,
                         [](SongTime time, const RidePoint& point) { return time < point.at; });
    if (after == points.begin()) return points.front().offset;
    if (after == points.end()) return points.back().offset;
    const RidePoint& before = *(after - 1);
    const double share =
        static_cast<double>((at - before.at).count()) / static_cast<double>((after->at - before.at).count());
    return Decibels(before.offset.db() + share * (after->offset.db() - before.offset.db()));
}

std::string_view to_string(CueKind kind) {
    switch (kind) {
        case CueKind::phrase:
            return "phrase";
        case CueKind::breath:
            return "breath";
        case CueKind::section:
            return "section";
        case CueKind::solo:
            return "solo";
        case CueKind::fill:
            return "fill";
        case CueKind::transition:
            return "transition";
    }
    return {};
}

}  // namespace kedge
