#include "tablet/tablet_news.hpp"

#include "control/grip.hpp"
#include "osc/osc.hpp"
#include "tablet/tablet_call.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

namespace kedge::tablet {

namespace {

std::string address_of(std::string_view name) {
    return fmt::format("{}{}", root, name);
}

std::string name_of(const MixerState& mixer, std::optional<StripId> strip) {
    const Strip* found = strip ? mixer.find(*strip) : nullptr;
    return found == nullptr ? std::string() : found->name.name;
}

/// To the hundredth that the places of a fader's way are good for.
float in_words(Decibels level) {
    constexpr double parts = 100.0;
    return static_cast<float>(std::round(std::max(level.db(), silence_in_words) * parts) / parts);
}

const control::Target& target_of(const std::string& control, const control::ControllerMap& map) {
    const auto& bindings = map.pages.front().bindings;
    return std::find_if(bindings.begin(), bindings.end(),
                        [&](const control::Binding& each) { return each.control == control; })
        ->target;
}

}  // namespace

void tell(const control::Shown& shown, const control::ControllerMap& map, const control::HandsView& view,
          FeedbackQueue& out) {
    if (const auto* light = std::get_if<control::ShowLight>(&shown)) {
        out.put({address_of(map.controls.at(light->control).name),
                 light->state == control::Light::off ? 0.0F : 1.0F});
        return;
    }
    const auto* motor = std::get_if<control::ShowMotor>(&shown);
    if (motor == nullptr) return;
    const auto& name = map.controls.at(motor->control).name;
    out.put({address_of(name), static_cast<float>(motor->at.value()) / FaderPosition::top});
    const auto part = *control::part_of(target_of(name, map));
    if (!is_level(part)) return;
    const auto value = control::value_at(part, motor->at, map.levels, view);
    out.put({address_of(name + "/db"), in_words(std::get<Decibels>(value))});
}

void Surroundings::tell(Told what, FeedbackQueue& out) {
    const auto [before, first] = told_.try_emplace(what.address, what);
    if (!first && before->second == what) return;
    before->second = what;
    out.put(std::move(what));
}

void Surroundings::tell_daw_gone(FeedbackQueue& out) {
    tell({address_of("daw"), std::int32_t{0}}, out);
}

void Surroundings::tell(const control::StripView& strips, const control::HandsView& view,
                        FeedbackQueue& out) {
    const auto whole = [](std::size_t number) { return static_cast<std::int32_t>(number); };
    tell({address_of("daw"), std::int32_t{1}}, out);
    tell({address_of("strips"), whole(strips.size())}, out);
    tell({address_of("places"), whole(strips.places())}, out);
    tell({address_of("first"), whole(strips.first() + 1)}, out);
    for (std::size_t place = 0; place < strips.places(); ++place)
        tell({address_of(fmt::format("strip/{}/name", place + 1)), name_of(view.mixer, strips.at(place))},
             out);
    tell({address_of("selected/name"), name_of(view.mixer, view.selected)}, out);
    const Strip* master = view.mixer.master();
    tell({address_of("master/name"), master == nullptr ? std::string() : master->name.name}, out);
}

std::vector<std::byte> bytes_of(const Told& told) {
    return std::visit([&](const auto& value) { return osc::encode(told.address, {osc::Argument(value)}); },
                      told.value);
}

}  // namespace kedge::tablet
