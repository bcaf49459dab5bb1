#include "control/grip.hpp"

#include <algorithm>
#include <cmath>

namespace kedge::control {

namespace {

std::optional<StripId> strip_of(const WhichStrip& which, const StripView& view, const HandsView& mixer) {
    if (const auto* place = std::get_if<AtPlace>(&which)) return view.at(place->place);
    if (std::holds_alternative<TheSelected>(which)) return mixer.selected;
    const Strip* found = nullptr;
    if (const auto* named = std::get_if<ByName>(&which)) {
        const auto& strips = mixer.mixer.strips;
        const auto same = std::find_if(strips.begin(), strips.end(),
                                       [&](const Strip& strip) { return strip.name.name == named->name; });
        found = same == strips.end() ? nullptr : &*same;
    } else {
        found = mixer.mixer.master();
    }
    return found == nullptr ? std::nullopt : std::optional(found->id);
}

FaderPosition evenly(double share) {
    return FaderPosition(static_cast<int>(std::lround(std::clamp(share, 0.0, 1.0) * FaderPosition::top)));
}

double share_of(FaderPosition place) {
    return static_cast<double>(place.value()) / FaderPosition::top;
}

}  // namespace

std::vector<StripId> strips_of(const Target& target, const StripView& view, const HandsView& mixer) {
    if (const auto* part = std::get_if<PartOfStrip>(&target)) {
        const auto strip = strip_of(part->strip, view, mixer);
        return strip ? std::vector{*strip} : std::vector<StripId>{};
    }
    std::vector<StripId> all;
    if (const auto* part = std::get_if<PartOfRole>(&target))
        for (const Strip& strip : mixer.mixer.strips)
            if (const auto role = mixer.roles.find(strip.id);
                role != mixer.roles.end() && role->second == part->role)
                all.push_back(strip.id);
    return all;
}

std::optional<StripPart> part_of(const Target& target) {
    if (const auto* part = std::get_if<PartOfStrip>(&target)) return part->part;
    if (const auto* part = std::get_if<PartOfRole>(&target)) return part->part;
    return std::nullopt;
}

std::optional<Control> control_of(StripPart part) {
    switch (part) {
        case StripPart::fader:
            return Control::fader;
        case StripPart::pan:
            return Control::pan;
        case StripPart::trim:
            return Control::trim;
        case StripPart::mute:
            return Control::mute;
        default:
            return std::nullopt;
    }
}

std::optional<FaderPosition> place_of(StripPart part, const ControlValue& value, const FaderScale& levels,
                                      const HandsView& view) {
    if (const auto* pan = std::get_if<Pan>(&value)) return evenly((pan->position() + 1) / 2);
    const auto* level = std::get_if<Decibels>(&value);
    if (level == nullptr) return std::nullopt;
    if (part == StripPart::fader) return levels.position_of(*level);
    const auto [low, high] = view.trim_range;
    if (low >= high || level->is_silence()) return std::nullopt;
    return evenly((*level - low).db() / (high - low).db());
}

ControlValue value_at(StripPart part, FaderPosition place, const FaderScale& levels, const HandsView& view) {
    if (part == StripPart::pan) return Pan(2 * share_of(place) - 1);
    if (part == StripPart::fader) return std::min(levels.level_at(place), view.fader_top);
    const auto [low, high] = view.trim_range;
    return low + Decibels((high - low).db() * share_of(place));
}

}  // namespace kedge::control
