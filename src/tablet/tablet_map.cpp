#include "tablet/tablet_map.hpp"

#include "control/grip.hpp"
#include "tablet/tablet_call.hpp"

#include <array>
#include <cassert>
#include <string_view>

#include <fmt/format.h>

namespace kedge::tablet {

namespace {

/// A quarter of what a fader of ten bits can tell apart.
constexpr int step = 4;

constexpr std::array<std::string_view, 6> strip_parts = {"fader", "pan", "trim", "mute", "solo", "select"};
constexpr std::array<std::string_view, 5> selected_parts = {"fader", "pan", "trim", "mute", "solo"};
constexpr std::array<std::string_view, 2> master_parts = {"fader", "mute"};

control::MotorFeel feel_of_glass() {
    control::MotorFeel feel;
    feel.senses_touch = false;
    feel.says_motor_moves = false;
    feel.wants_rest = true;
    feel.step = step;
    return feel;
}

template <std::size_t N>
void add_parts(control::ControllerMap& map, const std::string& of,
               const std::array<std::string_view, N>& parts) {
    for (const auto part : parts) {
        const std::string name = fmt::format("{}/{}", of, part);
        const auto target = target_of(name);
        assert(target);
        add_part(map, tablet_part(name, *target));
    }
}

}  // namespace

TabletPart tablet_part(const std::string& name, const control::Target& target) {
    const auto part = control::part_of(target);
    assert(part);
    TabletPart made;
    made.control = {name, control::InOwnWords{}, control::Absolute{FaderPosition::top}};
    made.feedback = control::MotorBack{control::InOwnWords{}, FaderPosition::top};
    made.binding.control = name;
    made.binding.target = target;
    if (!is_continuous(*part)) {
        made.control.make = control::Button{};
        control::LightBack light;
        light.to = control::InOwnWords{};
        light.lights_itself = true;
        made.feedback = light;
        made.binding.way = control::ButtonWay::momentary;
    }
    return made;
}

void add_part(control::ControllerMap& map, const TabletPart& part) {
    map.controls.push_back(part.control);
    map.feedback.emplace(part.control.name, part.feedback);
    map.pages.front().bindings.push_back(part.binding);
}

control::ControllerMap tablet_map(const FaderScale& levels, std::size_t places) {
    assert(places >= 1 && places <= most_places);
    control::ControllerMap map;
    map.name = "tablet";
    map.levels = levels;
    map.motors = feel_of_glass();
    map.step = step;
    map.places = places;
    map.pages.push_back({"tablet", control::InMixerOrder{}, {}});
    for (std::size_t place = 1; place <= places; ++place)
        add_parts(map, fmt::format("strip/{}", place), strip_parts);
    add_parts(map, "selected", selected_parts);
    add_parts(map, "master", master_parts);
    return map;
}

}  // namespace kedge::tablet
