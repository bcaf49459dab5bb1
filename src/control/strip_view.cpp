#include "control/strip_view.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace kedge::control {

namespace {

bool is_listed(const Strip& strip) {
    return !strip.hidden && strip.name.kind != StripKind::master && strip.name.kind != StripKind::monitor;
}

Role role_of(const Strip& strip, const StripRoles& roles) {
    const auto found = roles.find(strip.id);
    return found == roles.end() ? Role::other : found->second;
}

}  // namespace

StripView::StripView(ViewOrder order, std::size_t places) : order_(std::move(order)), places_(places) {
    assert(places >= 1);
}

void StripView::update(const MixerState& mixer, const StripRoles& roles) {
    const auto before = std::exchange(list_, list_of(mixer, roles));
    if (list_.empty()) return;  // a DAW that is gone for a moment: the place in its list is kept
    // The first strip under the hands that is still there keeps its place.
    for (std::size_t i = first_; i < std::min(before.size(), first_ + places_); ++i) {
        const auto again = std::find(list_.begin(), list_.end(), before[i]);
        if (!before[i] || again == list_.end()) continue;
        const auto stands = static_cast<std::size_t>(again - list_.begin());
        first_ = stands - std::min(stands, i - first_);
        break;
    }
    first_ = std::min(first_, last_first());
}

StripView::List StripView::list_of(const MixerState& mixer, const StripRoles& roles) const {
    List list;
    const auto add = [&](const auto& wanted) {
        for (const Strip& strip : mixer.strips)
            if (is_listed(strip) && wanted(strip)) list.emplace_back(strip.id);
    };
    if (const auto* these = std::get_if<OfRoles>(&order_)) {
        for (const Role role : these->roles)
            add([&](const Strip& strip) { return role_of(strip, roles) == role; });
    } else if (const auto* pinned = std::get_if<Pinned>(&order_)) {
        for (const auto& name : pinned->names) {
            const auto found = std::find_if(mixer.strips.begin(), mixer.strips.end(),
                                            [&](const Strip& strip) { return strip.name.name == name; });
            list.push_back(found == mixer.strips.end() ? std::nullopt : std::optional(found->id));
        }
    } else {
        add([](const Strip&) { return true; });
    }
    return list;
}

std::size_t StripView::last_first() const {
    return list_.size() - std::min(list_.size(), places_);
}

void StripView::move_by(int strips) {
    const auto most = static_cast<long>(last_first());
    first_ = static_cast<std::size_t>(std::clamp(static_cast<long>(first_) + strips, 0L, most));
}

bool StripView::show(StripId strip) {
    const auto found = std::find(list_.begin(), list_.end(), strip);
    if (found == list_.end()) return false;
    const auto stands = static_cast<std::size_t>(found - list_.begin());
    if (stands < first_) first_ = stands;
    if (stands >= first_ + places_) first_ = stands + 1 - places_;
    return true;
}

std::optional<StripId> StripView::at(std::size_t place) const {
    const std::size_t number = first_ + place;
    return place < places_ && number < list_.size() ? list_[number] : std::nullopt;
}

std::optional<std::size_t> StripView::place_of(StripId strip) const {
    for (std::size_t place = 0; place < places_; ++place)
        if (at(place) == strip) return place;
    return std::nullopt;
}

}  // namespace kedge::control
