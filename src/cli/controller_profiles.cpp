#include "cli/controller_profiles.hpp"

#include "cli/controller_profile_words.hpp"
#include "cli/name_runs.hpp"
#include "control/source_words.hpp"
#include "control/target_words.hpp"
#include "core/enum_words.hpp"
#include "mackie/unit_words.hpp"
#include "mix/toml_table.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <optional>
#include <type_traits>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace kedge::cli {

using control::Binding;
using control::ControllerMap;
using control::ControlSource;
using control::ControlSpec;
using mix::TomlTable;

namespace {

constexpr int most_channels = 16;
constexpr int most_places = 64;
constexpr int seven_bits = 127;
constexpr int fourteen_bits = 16'383;
constexpr double longest_wait_ms = 10'000.0;
constexpr double largest_tick_db = 12.0;

template <typename Enum, std::size_t N>
Enum word_among(const TomlTable& table, std::string_view key, const std::array<std::string_view, N>& words) {
    const auto value = enum_from_word<Enum>(words, table.text(key));
    if (!value) table.wrong(key, fmt::format("one of '{}' is expected here", fmt::join(words, "', '")));
    return *value;
}

bool has(const TomlTable& table, std::string_view key) {
    return table.entries().contains(key);
}

bool flag(const TomlTable& table, std::string_view key) {
    const auto value = table.need(key).value<bool>();
    if (!value) table.wrong(key, "true or false is expected here");
    return *value;
}

int integer(const TomlTable& table, const toml::node& node, int low, int high) {
    const double number = table.number(node, low, high);
    if (!node.is_integer()) table.wrong(node, "a whole number is expected here");
    return static_cast<int>(number);
}

int integer(const TomlTable& table, std::string_view key, int low, int high) {
    return integer(table, table.need(key), low, high);
}

std::string text_of(const TomlTable& table, const toml::node& node) {
    const auto value = node.value<std::string>();
    if (!value || value->empty()) table.wrong(node, "a text in quotes is expected here");
    return *value;
}

std::vector<std::string> texts_of(const TomlTable& table, std::string_view key) {
    std::vector<std::string> all;
    for (const toml::node& one : table.list(table.need(key))) all.push_back(text_of(table, one));
    return all;
}

/// Both what may be wrong and what was expected, in one line.
template <typename Value>
Value or_wrong(const TomlTable& table, const toml::node& node, Result<Value> value) {
    if (!value)
        table.wrong(node, value.error().next.empty() ? value.error().message
                                                     : value.error().message + " " + value.error().next);
    return std::move(*value);
}

/// A device's controls, as they are read one run after the other.
class ControlList {
  public:
    ControlList(ControllerMap& map, midi::Channel channel) : map_(map), channel_(channel) {}

    void read(const TomlTable& table);
    void check_touches(const TomlTable& file) const;

  private:
    [[nodiscard]] std::vector<ControlSource> sources(const TomlTable& table, std::string_view key,
                                                     std::size_t many) const;
    [[nodiscard]] control::ControlMake make_of(const TomlTable& table, profile_words::Make make,
                                               std::size_t number,
                                               const std::vector<std::string>& touched) const;
    void read_feedback(const TomlTable& table, profile_words::Make make,
                       const std::vector<std::string>& names, const std::vector<ControlSource>& from);
    void read_light(const TomlTable& table, const std::vector<std::string>& names);
    void read_ring(const TomlTable& table, const std::vector<std::string>& names);

    ControllerMap& map_;
    midi::Channel channel_;
};

/// A list with one for each, or the first, which counts on.
std::vector<ControlSource> ControlList::sources(const TomlTable& table, std::string_view key,
                                                std::size_t many) const {
    const toml::node& node = table.need(key);
    std::vector<ControlSource> all;
    if (node.is_array()) {
        for (const toml::node& one : table.list(node, many))
            all.push_back(or_wrong(table, one, control::source_from_words(text_of(table, one), channel_)));
        return all;
    }
    const auto first = or_wrong(table, node, control::source_from_words(text_of(table, node), channel_));
    for (std::size_t i = 0; i < many; ++i) {
        const auto on = counted_on(first, static_cast<int>(i));
        if (!on) table.wrong(node, fmt::format("{} of them go past the last", many));
        all.push_back(*on);
    }
    return all;
}

control::ControlMake ControlList::make_of(const TomlTable& table, profile_words::Make make,
                                          std::size_t number, const std::vector<std::string>& touched) const {
    switch (make) {
        case profile_words::Make::fader:
            return control::Absolute{has(table, "top") ? integer(table, "top", 1, fourteen_bits)
                                                       : seven_bits};
        case profile_words::Make::encoder:
            return control::Encoder{word_among<control::TurnEncoding>(table, "turns", control::turn_words)};
        case profile_words::Make::button:
            return control::Button{};
        case profile_words::Make::touch:
            return control::TouchOf{touched.at(number)};
    }
    table.wrong("is", "this is no control");
}

void ControlList::read(const TomlTable& table) {
    table.only(profile_words::control_keys);
    const auto names = or_wrong(table, table.need("name"), names_in(table.text("name")));
    const auto make = word_among<profile_words::Make>(table, "is", profile_words::make_words);
    const auto from = sources(table, "from", names.size());
    std::vector<std::string> touched;
    if (make == profile_words::Make::touch) {
        touched = or_wrong(table, table.need("of"), names_in(table.text("of")));
        if (touched.size() != names.size())
            table.wrong("of", fmt::format("{} controls are expected here", names.size()));
    }
    for (const auto& [key, belongs] :
         {std::pair{"top", profile_words::Make::fader}, std::pair{"motor", profile_words::Make::fader},
          std::pair{"wants_own", profile_words::Make::fader},
          std::pair{"turns", profile_words::Make::encoder}, std::pair{"of", profile_words::Make::touch},
          std::pair{"light", profile_words::Make::button}})
        if (has(table, key) && make != belongs)
            table.wrong(key, fmt::format("this is of what is '{}' alone",
                                         profile_words::make_words.at(static_cast<std::size_t>(belongs))));
    for (std::size_t i = 0; i < names.size(); ++i) {
        for (const ControlSpec& other : map_.controls)
            if (other.name == names[i]) table.wrong("name", fmt::format("'{}' stands here twice", names[i]));
        map_.controls.push_back({names[i], from[i], make_of(table, make, i, touched)});
    }
    read_feedback(table, make, names, from);
}

void ControlList::read_feedback(const TomlTable& table, profile_words::Make make,
                                const std::vector<std::string>& names,
                                const std::vector<ControlSource>& from) {
    if (make == profile_words::Make::fader && has(table, "motor") && flag(table, "motor")) {
        const std::string_view key = has(table, "motor_top") ? "motor_top" : "top";
        const int top = has(table, key) ? integer(table, key, 1, fourteen_bits) : seven_bits;
        const bool wants_own = has(table, "wants_own") && flag(table, "wants_own");
        for (std::size_t i = 0; i < names.size(); ++i)
            map_.feedback[names[i]] = control::MotorBack{from[i], top, wants_own};
    }
    if (has(table, "light")) read_light(table, names);
    if (has(table, "ring")) read_ring(table, names);
}

void ControlList::read_light(const TomlTable& table, const std::vector<std::string>& names) {
    const auto to = sources(table, "light", names.size());
    control::LightBack light;
    if (has(table, "light_values")) {
        const toml::array& values = table.list(table.need("light_values"), 3);
        const auto value = [&](std::size_t i) {
            return midi::Data7(integer(table, values[i], 0, seven_bits));
        };
        light.off = value(0);
        light.on = value(1);
        light.blinking = value(2);
    }
    for (std::size_t i = 0; i < names.size(); ++i) {
        light.to = to[i];
        map_.feedback[names[i]] = light;
    }
}

void ControlList::read_ring(const TomlTable& table, const std::vector<std::string>& names) {
    const auto to = sources(table, "ring", names.size());
    const auto form = word_among<control::RingForm>(table, "ring_form", profile_words::ring_words);
    for (std::size_t i = 0; i < names.size(); ++i) {
        const auto* controller = std::get_if<control::FromController>(&to[i]);
        if (controller == nullptr) table.wrong("ring", "a ring is written by a controller, as in \"cc 48\"");
        if (!map_.feedback
                 .try_emplace(names[i], control::RingBack{controller->channel, controller->number, form})
                 .second)
            table.wrong("ring", "what has a motor has no ring");
    }
}

void ControlList::check_touches(const TomlTable& file) const {
    for (const ControlSpec& control : map_.controls) {
        const auto* touch = std::get_if<control::TouchOf>(&control.make);
        if (touch == nullptr) continue;
        const auto touched =
            std::find_if(map_.controls.begin(), map_.controls.end(),
                         [&](const ControlSpec& other) { return other.name == touch->control; });
        if (touched == map_.controls.end() || std::holds_alternative<control::TouchOf>(touched->make))
            file.wrong("controls",
                       fmt::format("'{}' is the touch of '{}', which is no control of this device",
                                   control.name, touch->control));
    }
}

// --- pages

control::ViewOrder read_order(const TomlTable& page) {
    const bool roles = has(page, "roles");
    if (roles && has(page, "strips")) page.wrong("roles", "either roles or strips can be in view");
    if (roles) {
        auto wanted = page.roles("roles");
        if (wanted.empty()) page.wrong("roles", "at least one role is expected here");
        return control::OfRoles{std::move(wanted)};
    }
    if (!has(page, "strips")) return control::InMixerOrder{};
    auto names = texts_of(page, "strips");
    if (names.empty()) page.wrong("strips", "at least one strip's name is expected here");
    return control::Pinned{std::move(names)};
}

/// Why a control of this make cannot be the hand for it; empty where it can.
std::string unfit(const control::ControlMake& make, const control::Target& target) {
    using control::StripPart;
    std::optional<StripPart> part;
    if (const auto* strip = std::get_if<control::PartOfStrip>(&target)) part = strip->part;
    if (const auto* role = std::get_if<control::PartOfRole>(&target)) part = role->part;
    const bool level = part == StripPart::fader || part == StripPart::trim || part == StripPart::pan;
    const bool steps = std::holds_alternative<control::MoveView>(target) ||
                       std::holds_alternative<control::ToMarker>(target) || part == StripPart::suggestion;
    if (std::holds_alternative<control::Absolute>(make) && !level && part != StripPart::ride_depth)
        return "a fader or a pot is the hand for a fader, pan, trim or ride depth";
    if (std::holds_alternative<control::Encoder>(make) && !level && !steps)
        return "an encoder is the hand for a fader, pan or trim, for banks, channels and markers";
    if (std::holds_alternative<control::Button>(make) &&
        (part == StripPart::fader || part == StripPart::ride_depth))
        return "a button is not the hand for a level (on a pan or a trim it goes to the middle)";
    if (std::holds_alternative<control::TouchOf>(make)) return "a touch belongs to its fader already";
    return "";
}

/// What stands beside the target: how the control goes about it.
Binding read_manner(const toml::node& node, const ControllerMap& map, mix::TomlFile origin) {
    Binding binding;
    binding.takeover = map.takeover;
    if (!node.is_table()) return binding;
    const TomlTable table(origin, *node.as_table());
    table.only(profile_words::binding_keys);
    if (has(table, "takeover"))
        binding.takeover = word_among<control::TakeoverWay>(table, "takeover", profile_words::takeover_words);
    if (has(table, "press"))
        binding.way = word_among<control::ButtonWay>(table, "press", profile_words::button_words);
    if (has(table, "tick_db")) binding.per_tick = table.level("tick_db", 0.01, largest_tick_db);
    if (has(table, "fine_tick_db"))
        binding.per_fine_tick = table.level("fine_tick_db", 0.01, largest_tick_db);
    if (has(table, "pan_tick")) binding.pan_per_tick = table.number("pan_tick", 0.001, 1.0);
    return binding;
}

/// As they stand in the file: a table gives them by the alphabet.
auto in_file_order(const TomlTable& table) {
    std::vector<std::pair<const toml::key*, const toml::node*>> entries;
    for (const auto& [key, node] : table.entries()) entries.emplace_back(&key, &node);
    const auto place = [](const auto& entry) {
        const auto at = entry.first->source().begin;
        return std::pair(at.line, at.column);
    };
    std::sort(entries.begin(), entries.end(),
              [&](const auto& a, const auto& b) { return place(a) < place(b); });
    return entries;
}

void read_bindings(const TomlTable& table, const ControllerMap& map, mix::TomlFile origin,
                   control::MapPage& page) {
    for (const auto& entry : in_file_order(table)) {
        const toml::node& node = *entry.second;
        const auto names = or_wrong(table, node, names_in(entry.first->str()));
        const toml::node* to = node.is_table() ? node.as_table()->get("to") : &node;
        if (to == nullptr) table.wrong(node, "'to' is missing");
        const auto targets = or_wrong(table, *to, names_in(text_of(table, *to)));
        if (targets.size() != names.size())
            table.wrong(*to, fmt::format("{} controls here, and {} targets", names.size(), targets.size()));
        Binding binding = read_manner(node, map, origin);
        for (std::size_t i = 0; i < names.size(); ++i) {
            const auto found =
                std::find_if(map.controls.begin(), map.controls.end(),
                             [&](const ControlSpec& control) { return control.name == names[i]; });
            if (found == map.controls.end())
                table.wrong(node, fmt::format("'{}' is no control of this device", names[i]));
            binding.control = names[i];
            binding.target = or_wrong(table, *to, control::target_from_words(targets[i]));
            if (const auto why = unfit(found->make, binding.target); !why.empty()) table.wrong(*to, why);
            const auto* part = std::get_if<control::PartOfStrip>(&binding.target);
            const auto* place = part == nullptr ? nullptr : std::get_if<control::AtPlace>(&part->strip);
            if (place != nullptr && place->place >= map.places)
                table.wrong(*to, fmt::format("there are {} strips side by side", map.places));
            page.bindings.push_back(binding);
        }
    }
}

void read_pages(const TomlTable& file, mix::TomlFile origin, ControllerMap& map) {
    const toml::array& pages = file.list(file.need("pages"));
    if (pages.empty()) file.wrong("pages", "at least one page is expected here");
    for (const toml::node& one : pages) {
        if (!one.is_table()) file.wrong(one, "a table is expected here");
        const TomlTable table(origin, *one.as_table());
        table.only(profile_words::page_keys);
        control::MapPage page{text_of(table, table.need("name")), read_order(table), {}};
        for (const auto& other : map.pages)
            if (other.name == page.name)
                table.wrong("name", fmt::format("there is a page '{}' already", page.name));
        read_bindings(table.table("controls"), map, origin, page);
        map.pages.push_back(std::move(page));
    }
    for (const auto& page : map.pages)
        for (const Binding& binding : page.bindings)
            if (const auto* to = std::get_if<control::ToPage>(&binding.target))
                if (std::none_of(map.pages.begin(), map.pages.end(),
                                 [&](const auto& other) { return other.name == to->page; }))
                    file.wrong("pages", fmt::format("'{}' goes to a page '{}', which there is not",
                                                    binding.control, to->page));
}

// --- the whole

void read_faders(const TomlTable& file, ControllerMap& map) {
    const TomlTable faders = file.table("faders", profile_words::fader_keys);
    const bool anchors = has(faders, "anchors");
    if (anchors == has(faders, "levels"))
        faders.wrong(faders.entries(), "either levels or anchors are expected here");
    if (anchors) {
        std::vector<FaderAnchor> read;
        for (const toml::node& one : faders.list(faders.need("anchors"))) {
            const toml::array& pair = faders.list(one, 2);
            read.push_back(
                {FaderPosition(integer(faders, pair[0], 0, FaderPosition::top)), faders.level(pair[1])});
        }
        map.levels = or_wrong(faders, faders.need("anchors"), FaderScale::through(read));
    } else {
        map.levels = FaderScale(word_among<FaderCurve>(faders, "levels", profile_words::law_words));
    }
    const int bits = integer(faders, "bits", profile_words::least_bits, profile_words::most_bits);
    map.step = profile_words::step_of(bits);
    map.motors.step = map.step;
    if (has(faders, "takeover"))
        map.takeover = word_among<control::TakeoverWay>(faders, "takeover", profile_words::takeover_words);
}

void read_motors(const TomlTable& file, ControllerMap& map) {
    if (!has(file, "motors")) return;
    const TomlTable motors = file.table("motors", profile_words::motor_keys);
    map.motors.senses_touch = flag(motors, "touch");
    if (has(motors, "quiet_ms")) map.motors.quiet = motors.milliseconds("quiet_ms", 0, longest_wait_ms);
}

void read_display(const TomlTable& file, ControllerMap& map) {
    if (!has(file, "display")) return;
    constexpr std::size_t most_cells = 8;
    constexpr int highest_of_seven_bits = 127;
    const TomlTable display = file.table("display", profile_words::display_keys);
    enum class Kind { mackie };
    word_among<Kind>(display, "kind", profile_words::display_words);
    control::DisplayBack back;
    if (has(display, "model")) {
        back.model = midi::Data7(integer(display, "model", 0, highest_of_seven_bits));
        if (!mackie::model_from(back.model))
            display.wrong("model",
                          "a Mackie Control's is 20, its extender's 21, a Logic Control's 16, its "
                          "extender's 17");
    }
    if (map.places > most_cells)
        display.wrong("kind", fmt::format("such a display has {} cells, and there are {} strips", most_cells,
                                          map.places));
    map.display = back;
}

/// "F0 00 20 F7": bytes in hexadecimal.
void read_hello(const TomlTable& file, ControllerMap& map) {
    constexpr double least_ms = 100.0;
    if (has(file, "hello")) {
        for (const toml::node& one : file.list(file.need("hello"))) {
            const std::string text = text_of(file, one);
            std::string_view rest = text;
            while (!rest.empty()) {
                const auto byte = rest.substr(0, rest.find(' '));
                unsigned value = 0;
                const auto [end, problem] =
                    std::from_chars(byte.data(), byte.data() + byte.size(), value, 16);
                if (byte.size() != 2 || problem != std::errc() || end != byte.data() + byte.size())
                    file.wrong(one,
                               "bytes in hexadecimal with a blank between them are expected here, as in \"91 "
                               "00 64\"");
                map.hello.push_back(static_cast<std::byte>(value));
                rest.remove_prefix(std::min(rest.size(), byte.size() + 1));
            }
        }
    }
    if (!has(file, "hello_every_ms")) return;
    if (map.hello.empty()) file.wrong("hello_every_ms", "there is no hello to be said");
    map.hello_every = file.milliseconds("hello_every_ms", least_ms, longest_wait_ms);
}

ControllerProfile read_profile(const TomlTable& file, mix::TomlFile origin) {
    file.only(profile_words::file_keys);
    ControllerProfile profile;
    ControllerMap& map = profile.map;
    map.name = text_of(file, file.need("name"));
    map.ports = texts_of(file, "ports");
    profile.setup = texts_of(file, "setup");
    profile.notes = texts_of(file, "notes");
    map.places = static_cast<std::size_t>(integer(file, "strips", 1, most_places));
    read_hello(file, map);
    read_faders(file, map);
    read_motors(file, map);
    read_display(file, map);
    ControlList controls(map, midi::Channel(integer(file, "channel", 1, most_channels) - 1));
    for (const toml::node& one : file.list(file.need("controls"))) {
        if (!one.is_table()) file.wrong(one, "a table in braces is expected here");
        controls.read(TomlTable(origin, *one.as_table()));
    }
    controls.check_touches(file);
    read_pages(file, origin, map);
    for (const toml::node& one : file.list(file.need("from_memory"))) {
        for (auto& name : or_wrong(file, one, names_in(text_of(file, one)))) {
            if (std::none_of(map.controls.begin(), map.controls.end(),
                             [&](const auto& control) { return control.name == name; }))
                file.wrong(one, fmt::format("'{}' is no control of this device", name));
            profile.from_memory.insert(std::move(name));
        }
    }
    return profile;
}

}  // namespace

Result<ControllerProfile> read_controller_profile(std::string_view origin, std::string_view toml) {
    const mix::TomlFile file{
        origin, "Correct the file there; profiles/controllers/README.md describes what may stand in it."};
    return mix::read_toml([&] {
        const toml::table table = mix::parse_toml(file, toml);
        return read_profile(TomlTable(file, table), file);
    });
}

}  // namespace kedge::cli
