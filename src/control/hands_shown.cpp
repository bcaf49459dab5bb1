// What a controller shows: lights, rings, and the cells of its display.

#include "control/hands_state.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace kedge::control {

const Suggestion* suggestion_for(StripId strip, const HandsView& view) {
    const auto found = view.suggestions.find(strip);
    return found == view.suggestions.end() ? nullptr : &found->second;
}

FaderPosition ride_depth_of(StripId strip, const HandsView& view) {
    const FaderPosition all(FaderPosition::top);
    if (view.ride_depths == nullptr) return all;
    const auto found = view.ride_depths->find(strip);
    return found == view.ride_depths->end() ? all : found->second;
}

namespace {

/// Steps of 3 dB: four of them reach either end of a ring.
constexpr double suggested_to_the_end_db = 12.0;

/// Blinks where the fader is to come down.
Light light_of(const Suggestion* suggestion) {
    if (suggestion == nullptr) return Light::off;
    return suggestion->to < suggestion->from ? Light::blinking : Light::on;
}

/// Of those that are about suggestions, what is suggested for the selected strip; else whether it goes on.
Light light_of(KedgeKey key, const HandsView& view) {
    if (view.at_work == key) return Light::on;
    if (key != KedgeKey::accept && key != KedgeKey::reject) return Light::off;
    return view.selected ? light_of(suggestion_for(*view.selected, view)) : Light::off;
}

/// Blinks where the hand is to go up.
Light light_of(TargetSeen seen) {
    if (seen == TargetSeen::above) return Light::blinking;
    return seen == TargetSeen::below ? Light::on : Light::off;
}

/// "+3dB?"
std::string suggestion_in_cell(const Suggestion& suggestion) {
    return fmt::format("{:+.0f}dB?", (suggestion.to - suggestion.from).db());
}

FaderPosition place_of(const Suggestion& suggestion) {
    const double step = (suggestion.to - suggestion.from).db() / suggested_to_the_end_db;
    return FaderPosition(
        static_cast<int>(std::lround((1.0 + std::clamp(step, -1.0, 1.0)) / 2.0 * FaderPosition::top)));
}

}  // namespace

std::optional<Shown> Hands::State::light_or_ring(Instant now, const Grip& grip, const HandsView& view) const {
    const auto feedback = map.feedback.find(map.controls[grip.control].name);
    if (feedback == map.feedback.end()) return std::nullopt;
    const auto part = part_of(grip.binding.target);
    if (const auto* light = std::get_if<LightBack>(&feedback->second)) {
        if (light->lights_itself && (grip.strips.empty() || !grip.echoes.none())) return std::nullopt;
        if (const auto* to = std::get_if<ToPage>(&grip.binding.target))
            return ShowLight{grip.control, map.pages[page].name == to->page ? Light::on : Light::off};
        if (const auto* key = std::get_if<KedgeKey>(&grip.binding.target))
            return ShowLight{grip.control, light_of(*key, view)};
        if (part == StripPart::suggestion)
            return ShowLight{grip.control, grip.strips.empty()
                                               ? Light::off
                                               : light_of(suggestion_for(grip.strips.front(), view))};
        if (part == StripPart::pickup)
            return ShowLight{grip.control, grip.strips.empty()
                                               ? Light::off
                                               : light_of(seen_from_hand(grip.strips.front()))};
        return ShowLight{grip.control, part && is_on(grip, *part, view) ? Light::on : Light::off};
    }
    if (!std::holds_alternative<RingBack>(feedback->second) || !part) return std::nullopt;
    if (part == StripPart::suggestion) {
        const auto* suggestion = grip.strips.empty() ? nullptr : suggestion_for(grip.strips.front(), view);
        return ShowRing{grip.control, RingShape::from_middle,
                        suggestion ? std::optional(place_of(*suggestion)) : std::nullopt};
    }
    if (part == StripPart::ride_depth)
        return ShowRing{
            grip.control, RingShape::from_left,
            grip.strips.empty() ? std::nullopt : std::optional(ride_depth_of(grip.strips.front(), view))};
    const auto value = value_of(grip, now, view);
    return ShowRing{grip.control, *part == StripPart::pan ? RingShape::from_middle : RingShape::from_left,
                    value ? place_of(*part, *value, map.levels, view) : std::nullopt};
}

void Hands::State::show(Instant now, const HandsView& view, HandsOutbox& out) {
    for (const Grip& grip : grips)
        if (const auto each = light_or_ring(now, grip, view)) show_once(*each, out);
}

/// Of a strip's fader, as seen from the control without a motor that is the hand for it.
TargetSeen Hands::State::seen_from_hand(StripId strip) const {
    for (const Grip& grip : grips)
        if (part_of(grip.binding.target) == StripPart::fader && motors.count(grip.control) == 0 &&
            std::holds_alternative<Absolute>(map.controls[grip.control].make) && !grip.strips.empty() &&
            grip.strips.front() == strip)
            return grip.takeover.seen();
    return TargetSeen::nowhere;
}

std::string Hands::State::below_name(Instant now, const Strip& strip, const HandsView& view) const {
    if (const auto* suggestion = suggestion_for(strip.id, view)) return suggestion_in_cell(*suggestion);
    const Grip* hand = nullptr;
    for (const Grip& grip : grips)
        if (part_of(grip.binding.target) == StripPart::fader && !grip.strips.empty() &&
            grip.strips.front() == strip.id)
            hand = &grip;
    const auto level = hand != nullptr ? value_of(*hand, now, view) : strip.control(Control::fader);
    if (!level) return "";
    const auto seen = seen_from_hand(strip.id);
    const char* const way = seen == TargetSeen::above ? "^" : (seen == TargetSeen::below ? "v" : "");
    return value_in_cell(*level) + way;
}

void Hands::State::write_strips(Instant now, const HandsView& view, HandsOutbox& out) {
    for (std::size_t place = 0; scribble && place < map.places; ++place) {
        const auto at = strips.at(place);
        const Strip* strip = at ? view.mixer.find(*at) : nullptr;
        if (strip == nullptr)
            scribble->show_none(place, out.texts);
        else
            scribble->show(now, place, *strip, below_name(now, *strip, view), out.texts);
    }
}

void Hands::State::show_once(const Shown& what, HandsOutbox& out) {
    const auto control = std::visit([](const auto& each) { return each.control; }, what);
    const auto [last, first_time] = shown.try_emplace({what.index(), control}, what);
    if (!first_time && last->second == what) return;
    last->second = what;
    out.shown.push_back(what);
}

}  // namespace kedge::control
