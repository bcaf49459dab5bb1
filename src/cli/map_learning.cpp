#include "cli/map_learning.hpp"

#include "cli/controller_profile_text.hpp"
#include "cli/controller_profile_words.hpp"
#include "control/source_words.hpp"
#include "control/target_words.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace kedge::cli {

ControllerProfile MapLearning::nothing_yet(const std::string& port) {
    ControllerProfile profile;
    profile.map.name = port;
    profile.map.ports = {port};
    profile.map.step = profile.map.motors.step = profile_words::step_of(profile_words::least_bits);
    profile.map.pages = {{"mixer", control::InMixerOrder{}, {}}};
    return profile;
}

std::string MapLearning::known_as(const control::ControlSource& source) const {
    for (const auto& each : profile_.map.controls)
        if (share_messages(each.source, source)) return each.name;
    return "";
}

std::string MapLearning::free_name(const control::ControlMake& make) const {
    const auto kind = profile_words::make_words.at(make.index());
    for (int number = 1;; ++number) {
        auto name = fmt::format("{} {}", kind, number);
        if (std::none_of(profile_.map.controls.begin(), profile_.map.controls.end(),
                         [&](const auto& each) { return each.name == name; }))
            return name;
    }
}

std::string MapLearning::hear(const midi::Message& message) {
    recognition_.hear(message);
    std::string words;
    for (const auto& each : recognition_.controls()) {
        if (!words.empty()) words += "; ";
        words += to_string(each);
        if (const auto name = known_as(each.source); !name.empty())
            words += fmt::format(", which '{}' uses already", name);
    }
    if (words == last_said_) return "";
    last_said_ = words;
    return words;
}

Result<std::string> MapLearning::name_target(std::string_view line) {
    auto heard = recognition_.controls();
    if (heard.empty())
        return fail(ErrorKind::usage, "No control was moved yet.", "Move one, then name its target.");
    const auto moved = std::find_if(heard.begin(), heard.end(), [](const auto& each) {
        return !std::holds_alternative<control::TouchOf>(each.make);
    });
    const auto equals = line.find(" = ");
    const auto target_words = equals == std::string_view::npos ? line : line.substr(equals + 3);
    const auto target = control::target_from_words(target_words);
    if (!target) return tl::unexpected(target.error());
    ControllerProfile next = profile_;
    auto& page = next.map.pages.front();
    std::string conflicts;
    std::string name = known_as(moved->source);
    if (!name.empty()) {
        conflicts += fmt::format(" '{}' had these messages before: it is learned anew.", name);
        std::erase_if(page.bindings, [&](const auto& each) { return each.control == name; });
        const auto same = std::find_if(next.map.controls.begin(), next.map.controls.end(),
                                       [&](const auto& each) { return each.name == name; });
        same->source = moved->source;
        same->make = moved->make;
        next.map.feedback.erase(name);
    } else {
        name =
            equals == std::string_view::npos ? free_name(moved->make) : std::string(line.substr(0, equals));
        next.map.controls.push_back({name, moved->source, moved->make});
    }
    for (const auto& each : heard)
        if (std::holds_alternative<control::TouchOf>(each.make) && known_as(each.source).empty())
            next.map.controls.push_back({"touch " + name, each.source, control::TouchOf{name}});
    for (const auto& each : page.bindings)
        if (each.target == *target)
            conflicts += fmt::format(" '{}' is the hand for it as well.", each.control);
    control::Binding binding{name, *target, next.map.takeover};
    if (std::holds_alternative<control::Button>(moved->make)) binding.way = moved->way;
    page.bindings.push_back(binding);
    // The reader has the last word on what fits together.
    auto read = read_controller_profile("The map", text_of_profile(next));
    if (!read) return tl::unexpected(read.error());
    profile_ = std::move(*read);
    recognition_.forget();
    last_said_.clear();
    ++learned_;
    return fmt::format("'{}' is the hand for {}.{}", name, to_string(*target), conflicts);
}

}  // namespace kedge::cli
