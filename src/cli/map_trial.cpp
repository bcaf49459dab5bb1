#include "cli/map_trial.hpp"

#include "control/source_words.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace kedge::cli {

using control::Light;
using control::Shown;

MapTrial::MapTrial(control::ControllerMap map) : map_(std::move(map)), reader_(map_.controls) {}

std::string MapTrial::hear(const midi::Message& message) {
    std::string words;
    const auto unknown_before = reader_.unknown();
    for (const auto& each : reader_.read(message)) {
        const auto control = said_by(each);
        if (!heard_.insert(control).second) continue;
        if (!words.empty()) words += "\n";
        words += fmt::format("{} ({} of {})", map_.controls.at(control).name, heard_.size(), controls());
    }
    const auto said = control::said_by(message);
    if (!said || reader_.unknown() == unknown_before) return words;
    auto source = to_string(said->source);
    if (!unexplained_.insert(source).second) return "";
    return fmt::format("{}: no control of the profile says so", source);
}

/// A touch is told of the fader that is touched.
control::ControlIndex MapTrial::said_by(const control::ControlNews& news) const {
    const auto control = std::visit([](const auto& what) { return what.control; }, news);
    if (!std::holds_alternative<control::ControlTouched>(news)) return control;
    const control::ControlMake touch = control::TouchOf{map_.controls.at(control).name};
    const auto found = std::find_if(map_.controls.begin(), map_.controls.end(),
                                    [&](const auto& each) { return each.make == touch; });
    return static_cast<control::ControlIndex>(found - map_.controls.begin());
}

std::vector<std::string> MapTrial::names(bool heard) const {
    std::vector<std::string> names;
    for (control::ControlIndex i = 0; i < map_.controls.size(); ++i)
        if (heard_.contains(i) == heard) names.push_back(map_.controls[i].name);
    return names;
}

std::vector<std::string> MapTrial::heard() const {
    return names(true);
}

std::vector<std::string> MapTrial::missing() const {
    return names(false);
}

std::vector<MapTrial::Step> MapTrial::steps() const {
    const control::ControllerLink link(map_);
    const FaderPosition bottom(0);
    const FaderPosition middle(FaderPosition::top / 2);
    const FaderPosition top(FaderPosition::top);
    std::vector<Step> steps;
    for (control::ControlIndex i = 0; i < map_.controls.size(); ++i) {
        const auto& name = map_.controls[i].name;
        const auto feedback = map_.feedback.find(name);
        if (feedback == map_.feedback.end()) continue;
        const auto add = [&](std::string_view words, const Shown& shown) {
            steps.push_back({fmt::format("{}: {}", name, words), link.bytes_for(shown)});
        };
        if (std::holds_alternative<control::MotorBack>(feedback->second)) {
            add("motor to the top", control::ShowMotor{i, top});
            add("motor to the bottom", control::ShowMotor{i, bottom});
            add("motor to the middle", control::ShowMotor{i, middle});
        } else if (std::holds_alternative<control::LightBack>(feedback->second)) {
            add("light on", control::ShowLight{i, Light::on});
            add("light off", control::ShowLight{i, Light::off});
        } else {
            add("ring to the left", control::ShowRing{i, control::RingShape::from_left, bottom});
            add("ring to the right", control::ShowRing{i, control::RingShape::from_left, top});
            add("ring dark", control::ShowRing{i, control::RingShape::from_left, std::nullopt});
        }
    }
    return steps;
}

}  // namespace kedge::cli
