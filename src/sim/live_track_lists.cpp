#include "sim/simulated_live.hpp"

#include <algorithm>
#include <optional>

/// What AbletonOSC says of several tracks at once.
namespace kedge::sim {

namespace {

struct TrackSpan {
    std::size_t from = 0;
    std::size_t to = 0;  ///< past the last
};

/// -1 as the end means all; nullopt where some of the tracks are not there.
std::optional<TrackSpan> span_of(const LiveValue& from, const LiveValue& to, std::size_t count) {
    const auto first = number_of(from);
    const auto last = number_of(to);
    if (!first || !last || *first < 0.0 || *last > static_cast<double>(count)) return std::nullopt;
    const std::size_t end = *last == -1.0 ? count : static_cast<std::size_t>(std::max(*last, 0.0));
    return TrackSpan{static_cast<std::size_t>(*first), end};
}

LiveException no_such_track() {
    return {"Index out of range"};
}

}  // namespace

/// Without numbers all of them.
LiveOutcome SimulatedLive::track_names(const LiveValues& values) const {
    const auto& tracks = engine_.strips();
    TrackSpan span{0, tracks.size()};
    if (!values.empty()) {
        if (values.size() < 2) return LiveException{"not enough values to unpack (expected 2, got 1)"};
        const auto asked = span_of(values[0], values[1], tracks.size());
        if (!asked) return no_such_track();
        span = *asked;
    }
    LiveValues names;
    for (std::size_t i = span.from; i < span.to; ++i) names.emplace_back(tracks[i].name);
    return names;
}

/// Of each track in turn the properties that were named, "track.name" and so on; those of clips are none of
/// ours.
LiveOutcome SimulatedLive::track_data(const LiveValues& values) const {
    constexpr std::string_view of_track = "track.";
    const auto& tracks = engine_.strips();
    if (values.size() < 2) return LiveException{"not enough values to unpack (expected at least 2)"};
    const auto span = span_of(values[0], values[1], tracks.size());
    if (!span) return no_such_track();
    LiveValues data;
    for (std::size_t i = span->from; i < span->to; ++i) {
        for (auto column = values.begin() + 2; column != values.end(); ++column) {
            const auto* property = std::get_if<std::string>(&*column);
            if (!property || !property->starts_with(of_track))
                return LiveException{"not enough values to unpack (expected 2, got 1)"};
            auto value = track_value(tracks[i], std::string_view(*property).substr(of_track.size()));
            if (!value) return LiveException{"'Track' object has no attribute '" + *property + "'"};
            data.push_back(std::move(*value));
        }
    }
    return data;
}

}  // namespace kedge::sim
