#include "sim/live_listeners.hpp"

#include <algorithm>

namespace kedge::sim {

namespace {

bool is_parameter(std::string_view property) {
    return property == "volume" || property == "panning";
}

}  // namespace

bool LiveListeners::start(RouteId on, std::string_view property, const LiveValues& asked_with) {
    if (!stop(on, property, asked_with)) return false;
    all_.push_back({on, std::string(property), asked_with});
    return true;
}

bool LiveListeners::stop(RouteId on, std::string_view property, const LiveValues& asked_with) {
    const auto filed = std::find_if(all_.begin(), all_.end(), [&](const Listener& each) {
        return each.is_filed && each.property == property && is_same_key(each.asked_with, asked_with);
    });
    if (filed == all_.end()) return true;
    const bool is_here = filed->on == on && filed->is_heard;
    if (!is_here && is_parameter(property)) return false;
    filed->is_filed = false;
    if (is_here || !filed->is_heard) all_.erase(filed);
    return true;
}

void LiveListeners::object_is_gone(RouteId object) {
    for (Listener& each : all_)
        if (each.on == object) each.is_heard = false;
    std::erase_if(all_, [](const Listener& each) { return !each.is_filed && !each.is_heard; });
}

std::vector<LiveListeners::Listener> LiveListeners::on(RouteId object, std::string_view property) const {
    std::vector<Listener> found;
    for (const Listener& each : all_)
        if (each.is_heard && each.on == object && each.property == property) found.push_back(each);
    return found;
}

std::size_t LiveListeners::heard() const {
    return static_cast<std::size_t>(
        std::count_if(all_.begin(), all_.end(), [](const Listener& each) { return each.is_heard; }));
}

}  // namespace kedge::sim
