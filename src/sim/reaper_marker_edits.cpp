#include "sim/simulated_reaper.hpp"

#include <algorithm>
#include <cmath>

/// Markers and regions changed by messages: by their place in the bank, by their number (made where it is
/// missing), or the last one passed.
namespace kedge::sim {

namespace {

constexpr double latest_marker_seconds = 1e6;
/// What REAPER gives a region that a message makes.
constexpr double new_region_seconds = 1.0;

bool is_of_region(std::string_view key) {
    return key.find("REGION") != std::string_view::npos;
}

SongTime marker_time(double seconds) {
    return SongTime::from_seconds(std::clamp(seconds, 0.0, latest_marker_seconds));
}

}  // namespace

bool SimulatedReaper::on_marker_edit(ReaperCall& call) {
    const bool known = call.key.starts_with("MARKER") || call.key.starts_with("REGION") ||
                       call.key.starts_with("LAST_MARKER_") || call.key.starts_with("LAST_REGION_");
    if (!known) return false;
    ReaperMarker* marker = marker_meant(call);
    if (!marker) return true;
    if (call.key.ends_with("_NAME")) {
        if (const auto name = call.arguments->text()) marker->name = *name;
    } else if (const auto value = call.argument(); value && !std::isnan(*value)) {
        set_marker_number(*marker, call.key, *value);
    }
    std::stable_sort(markers_.begin(), markers_.end(),
                     [](const ReaperMarker& a, const ReaperMarker& b) { return a.at < b.at; });
    tell_markers(0, 0);
    return true;
}

/// nullptr where there is none.
ReaperMarker* SimulatedReaper::marker_meant(const ReaperCall& call) {
    const bool region = is_of_region(call.key);
    const ReaperMarker* found = nullptr;
    if (call.key.starts_with("LAST_")) {
        found = last_marker(region);
    } else if (call.numbers.empty()) {
        return nullptr;
    } else if (call.key.starts_with("MARKERID_") || call.key.starts_with("REGIONID_")) {
        const int number = call.numbers.front();
        for (ReaperMarker& each : markers_)
            if (each.number == number && each.end.has_value() == region) return &each;
        markers_.push_back({number, "", SongTime()});
        if (region) markers_.back().end = SongTime::from_seconds(new_region_seconds);
        return &markers_.back();
    } else {
        found = marker_at(region, call.numbers.front() + (region ? region_bank_start_ : marker_bank_start_));
    }
    return found ? &markers_[static_cast<std::size_t>(found - markers_.data())] : nullptr;
}

/// A region keeps its length when its start is set.
void SimulatedReaper::set_marker_number(ReaperMarker& marker, std::string_view key, double value) {
    if (key.ends_with("_NUMBER")) {
        marker.number = static_cast<int>(std::floor(std::clamp(value, 0.0, latest_marker_seconds) + 0.5));
    } else if (key.ends_with("_LENGTH")) {
        if (marker.end) marker.end = marker_time(marker.at.seconds() + value);
    } else if (key.ends_with("_TIME")) {
        const SongTime at = marker_time(value);
        if (marker.end) marker.end = marker_time(at.seconds() + marker.end->seconds() - marker.at.seconds());
        marker.at = at;
    }
}

}  // namespace kedge::sim
