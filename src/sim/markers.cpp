#include "sim/simulated_ardour.hpp"

#include <algorithm>

namespace kedge::sim {

std::int64_t SimulatedArdour::sample_of(const Marker& marker) const {
    return marker.at.samples(engine_.song().rate);
}

void SimulatedArdour::sort_markers() {
    std::stable_sort(markers_.begin(), markers_.end(),
                     [](const Marker& a, const Marker& b) { return a.at < b.at; });
}

/// The name on a marker; "A <-> B", "-> A", "Z <-" or "No Marks" elsewhere.
std::string SimulatedArdour::marker_text() const {
    const std::int64_t now = engine_.position();
    const Marker* before = nullptr;
    for (const Marker& marker : markers_) {
        if (sample_of(marker) == now) return marker.name;
        if (sample_of(marker) > now)
            return before ? before->name + " <-> " + marker.name : "-> " + marker.name;
        before = &marker;
    }
    return before ? before->name + " <-" : "No Marks";
}

/// "/marker" takes a name or a number from 1 in order of time, goes there and stops; a name that no marker
/// has renames the one at the playhead instead, and says nothing.
bool SimulatedArdour::on_marker_command(const osc::Message& message, std::vector<Datagram>& out) {
    const auto address = message.address();
    if (address == "/add_marker") {
        const auto name = message.string(0);
        const SongTime at = SongTime::from_samples(engine_.position(), engine_.song().rate);
        markers_.push_back({name ? std::string(*name) : "mark" + std::to_string(markers_.size() + 1), at});
        sort_markers();
        return true;
    }
    if (address != "/marker") return false;
    auto wanted = markers_.end();
    if (const auto name = message.string(0)) {
        wanted = std::find_if(markers_.begin(), markers_.end(),
                              [&](const Marker& marker) { return marker.name == *name; });
        if (wanted == markers_.end()) {
            for (Marker& marker : markers_)
                if (sample_of(marker) == engine_.position()) marker.name = std::string(*name);
            return true;
        }
    } else if (const auto number = message.number(0);
               number && *number >= 1.0 && *number <= static_cast<double>(markers_.size())) {
        wanted = markers_.begin() + static_cast<std::ptrdiff_t>(*number) - 1;
    }
    if (wanted == markers_.end()) return true;
    if (engine_.rolling()) {
        // Stopped for the locate, and not started again.
        tell_transport(false, false, out);
        engine_.stop();
        transport_repeats_ = 0;
    }
    engine_.locate(sample_of(*wanted));
    return true;
}

}  // namespace kedge::sim
