#include "cli/controller_profile_text.hpp"

#include "cli/controller_profile_words.hpp"
#include "control/source_words.hpp"
#include "control/target_words.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <type_traits>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace kedge::cli {

namespace {

template <typename Enum, std::size_t N>
std::string word_in(const std::array<std::string_view, N>& words, Enum value) {
    return fmt::format("\"{}\"", words.at(static_cast<std::size_t>(value)));
}

/// In TOML's double quotes.
std::string in_quotes(std::string_view text) {
    constexpr unsigned char first_printed = 0x20;
    constexpr unsigned char deleted = 0x7F;
    std::string words = "\"";
    for (const char each : text) {
        const auto byte = static_cast<unsigned char>(each);
        if (byte < first_printed || byte == deleted)
            words += fmt::format("\\u{:04X}", byte);
        else if (each == '"' || each == '\\')
            words += fmt::format("\\{}", each);
        else
            words += each;
    }
    return words + "\"";
}

template <typename Texts>
std::string list_of(const Texts& texts) {
    std::vector<std::string> all;
    for (const auto& each : texts) all.push_back(in_quotes(each));
    return fmt::format("[{}]", fmt::join(all, ", "));
}

std::string make_text(const control::ControlMake& make) {
    if (const auto* absolute = std::get_if<control::Absolute>(&make))
        return fmt::format(", top = {}", absolute->top);
    if (const auto* encoder = std::get_if<control::Encoder>(&make))
        return ", turns = " + word_in(control::turn_words, encoder->encoding);
    if (const auto* touch = std::get_if<control::TouchOf>(&make))
        return ", of = " + in_quotes(touch->control);
    return "";
}

std::string feedback_text(const control::ControlFeedback& feedback) {
    return std::visit(
        [](const auto& back) {
            using Back = std::decay_t<decltype(back)>;
            if constexpr (std::is_same_v<Back, control::MotorBack>)
                return fmt::format(", motor = true, motor_top = {}, wants_own = {}", back.top,
                                   back.wants_own);
            else if constexpr (std::is_same_v<Back, control::LightBack>)
                return fmt::format(", light = {}, light_values = [{}, {}, {}]", in_quotes(to_string(back.to)),
                                   back.off.value(), back.on.value(), back.blinking.value());
            else
                return fmt::format(", ring = {}, ring_form = {}",
                                   in_quotes(to_string(control::ControlSource(
                                       control::FromController{back.channel, back.number}))),
                                   word_in(profile_words::ring_words, back.form));
        },
        feedback);
}

std::string control_text(const control::ControllerMap& map, const control::ControlSpec& control) {
    const auto make = static_cast<profile_words::Make>(control.make.index());
    const auto feedback = map.feedback.find(control.name);
    return fmt::format("  {{ name = {}, is = {}, from = {}{}{} }},\n", in_quotes(control.name),
                       word_in(profile_words::make_words, make), in_quotes(to_string(control.source)),
                       make_text(control.make),
                       feedback == map.feedback.end() ? "" : feedback_text(feedback->second));
}

std::string binding_text(const control::ControllerMap& map, const control::Binding& binding) {
    const control::Binding plain{binding.control, binding.target, map.takeover};
    std::string manner;
    if (binding.takeover != plain.takeover)
        manner += ", takeover = " + word_in(profile_words::takeover_words, binding.takeover);
    if (binding.way != plain.way) manner += ", press = " + word_in(profile_words::button_words, binding.way);
    if (binding.per_tick != plain.per_tick) manner += fmt::format(", tick_db = {}", binding.per_tick.db());
    if (binding.per_fine_tick != plain.per_fine_tick)
        manner += fmt::format(", fine_tick_db = {}", binding.per_fine_tick.db());
    if (binding.pan_per_tick != plain.pan_per_tick)
        manner += fmt::format(", pan_tick = {}", binding.pan_per_tick);
    const std::string to = in_quotes(to_string(binding.target));
    return fmt::format("{} = {}\n", in_quotes(binding.control),
                       manner.empty() ? to : fmt::format("{{ to = {}{} }}", to, manner));
}

std::string page_text(const control::ControllerMap& map, const control::MapPage& page) {
    std::string text = fmt::format("\n[[pages]]\nname = {}\n", in_quotes(page.name));
    if (const auto* pinned = std::get_if<control::Pinned>(&page.order))
        text += fmt::format("strips = {}\n", list_of(pinned->names));
    if (const auto* wanted = std::get_if<control::OfRoles>(&page.order)) {
        std::vector<std::string_view> words;
        for (const Role role : wanted->roles) words.push_back(to_string(role));
        text += fmt::format("roles = {}\n", list_of(words));
    }
    text += "\n# A control, and what it is the hand for.\n[pages.controls]\n";
    for (const auto& binding : page.bindings) text += binding_text(map, binding);
    return text;
}

std::string faders_text(const control::ControllerMap& map) {
    std::string text =
        "\n# At which levels a fader's positions stand, and how finely it tells them.\n[faders]\n";
    if (const auto curve = map.levels.curve()) {
        text += fmt::format("levels = {}\n", word_in(profile_words::law_words, *curve));
    } else {
        std::vector<std::string> anchors;
        for (const auto& each : map.levels.anchors())
            anchors.push_back(fmt::format("[{}, {}]", each.position.value(), each.level.db()));
        text += fmt::format("anchors = [{}]\n", fmt::join(anchors, ", "));
    }
    int bits = profile_words::least_bits;
    while (bits < profile_words::most_bits && profile_words::step_of(bits) > map.step) ++bits;
    return text + fmt::format("bits = {}\ntakeover = {}\n", bits,
                              word_in(profile_words::takeover_words, map.takeover));
}

std::string hello_text(const control::ControllerMap& map) {
    if (map.hello.empty()) return "";
    std::vector<int> bytes;
    for (const std::byte each : map.hello) bytes.push_back(std::to_integer<int>(each));
    std::string text = fmt::format("hello = [\"{:02X}\"]\n", fmt::join(bytes, " "));
    if (map.hello_every)
        text += fmt::format("hello_every_ms = {}\n",
                            std::chrono::duration_cast<std::chrono::milliseconds>(*map.hello_every).count());
    return text;
}

}  // namespace

std::string text_of_profile(const ControllerProfile& profile) {
    const control::ControllerMap& map = profile.map;
    std::string text = fmt::format(
        "# A controller for `kedge control`. Edit it as you like; kedge says where a mistake is.\n\n"
        "name = {}\n# Parts of the names of its MIDI ports, by which it is found.\nports = {}\nchannel = 1\n"
        "# Side by side on the device.\nstrips = {}\nsetup = {}\nnotes = {}\nfrom_memory = {}\n",
        in_quotes(map.name), list_of(map.ports), map.places, list_of(profile.setup), list_of(profile.notes),
        list_of(profile.from_memory));
    text += hello_text(map) + "\n# What the device has, and by which messages it says so.\ncontrols = [\n";
    for (const auto& control : map.controls) text += control_text(map, control);
    text += "]\n" + faders_text(map);
    if (std::any_of(map.feedback.begin(), map.feedback.end(),
                    [](const auto& each) { return std::holds_alternative<control::MotorBack>(each.second); }))
        text += fmt::format("\n[motors]\ntouch = {}\nquiet_ms = {}\n", map.motors.senses_touch,
                            std::chrono::duration_cast<std::chrono::milliseconds>(map.motors.quiet).count());
    if (map.display)
        text += fmt::format("\n[display]\nkind = \"mackie\"\nmodel = {}\n", map.display->model.value());
    for (const auto& page : map.pages) text += page_text(map, page);
    return text;
}

}  // namespace kedge::cli
