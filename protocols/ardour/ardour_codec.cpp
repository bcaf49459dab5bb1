#include "ardour/ardour_codec.hpp"

#include "ardour/strip_words.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace kedge::ardour {

namespace {

// Ardour writes -193 for a silent meter or a cleared strip and -200 for a fader at minus infinity.
constexpr double silent_on_wire = -190.0;
constexpr float silence_to_wire = -200.0F;
constexpr std::int32_t largest_ssid = 100'000;
constexpr int most_bars = 1'000'000;
constexpr int most_beats = 1'000;

}  // namespace

std::int32_t strip_number(std::string_view text) {
    constexpr std::size_t most_digits = 18;
    const bool negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    if (text.empty() || text.size() > most_digits) return 0;
    std::int64_t number = 0;
    for (const char digit : text) {
        if (digit < '0' || digit > '9') return 0;
        number = number * 10 + (digit - '0');
    }
    const bool is_strips = !negative && number > 0 && number <= largest_ssid;
    return is_strips ? static_cast<std::int32_t>(number) : -1;
}

StripPath parse_strip_path(std::string_view path) {
    // From the front, as most of what is said is of no use and is known by its first word.
    const auto end_of_head = path.find('/');
    const Word* head = find_word(path.substr(0, end_of_head));
    if (!head) return {};
    StripWord word = head->word;
    if (word == StripWord::known || end_of_head == std::string_view::npos) return {word, 0, {}};
    auto tail = path.substr(end_of_head + 1);
    constexpr std::string_view automation = "automation";
    if (tail.starts_with(automation)) {
        tail.remove_prefix(automation.size());
        word = head->automation;
        if (tail.empty()) return {word, 0, {}};
        if (tail.front() != '/') {
            const bool named = tail == "_name" || tail.starts_with("_name/");
            return {named ? StripWord::known : StripWord::unknown, 0, {}};
        }
        tail.remove_prefix(1);
    }
    const auto ssid = strip_number(tail);
    if (ssid == 0 && !tail.empty()) return {};
    const auto zeros = std::min(tail.find_first_not_of('0'), tail.size());
    return {word, ssid, Spelling{static_cast<int>(zeros)}};
}

Decibels level_from_wire(double db) {
    return db <= silent_on_wire ? Decibels::silence() : Decibels(db);
}

float level_to_wire(Decibels level) {
    return level.is_silence() ? silence_to_wire : static_cast<float>(level.db());
}

Decibels answer_for(Decibels exact) {
    if (exact.is_silence()) return exact;
    // log2 by exponent and a parabola through the octave; and 3.3125 for the log2(10) of 3.3219.
    const double octaves = std::log2(exact.gain().ratio());
    const double whole = std::floor(octaves);
    const double mantissa = std::exp2(octaves - whole);
    const double parabola = (-mantissa / 3.0 + 2.0) * mantissa - 2.0 / 3.0 - 1.0;
    return Decibels(20.0 * (whole + parabola) / 3.3125);
}

Decibels level_from_answer(double db) {
    if (db <= silent_on_wire) return Decibels::silence();
    double low = db - 2.0;
    double high = db + 2.0;
    constexpr int halvings = 40;
    for (int i = 0; i < halvings; ++i) {
        const double middle = (low + high) / 2.0;
        (answer_for(Decibels(middle)).db() < db ? low : high) = middle;
    }
    return Decibels((low + high) / 2.0);
}

Pan pan_from_wire(double position) {
    return Pan(1.0 - 2.0 * position);
}

float pan_to_wire(Pan pan) {
    return static_cast<float>((1.0 - pan.position()) / 2.0);
}

std::optional<StripKind> kind_from_wire(std::string_view type) {
    if (type == "AT") return StripKind::audio_track;
    if (type == "MT") return StripKind::midi_track;
    if (type == "B") return StripKind::audio_bus;
    if (type == "MB") return StripKind::midi_bus;
    if (type == "V") return StripKind::vca;
    if (type == "MA") return StripKind::master;
    if (type == "MO") return StripKind::monitor;
    if (type == "FB") return StripKind::foldback;
    return std::nullopt;
}

std::string_view wire_word(Control control) {
    switch (control) {
        case Control::trim:
            return "trimdB";
        case Control::fader:
            return "gain";
        case Control::pan:
            return "pan_stereo_position";
        case Control::mute:
            return "mute";
    }
    return "gain";
}

namespace {
std::string path_of(std::int32_t ssid, Control control, Spelling spelling) {
    const std::string zeros(static_cast<std::size_t>(spelling.zeros), '0');
    return "/strip/" + std::string(wire_word(control)) + "/" + zeros + std::to_string(ssid);
}
}  // namespace

std::vector<std::byte> set_surface(std::int32_t types, std::int32_t feedback) {
    // Bank 0: every strip has a number; gainmode 0: levels in dB; port 0: answers come to the asking port.
    return osc::encode("/set_surface", {std::int32_t{0}, types, feedback, std::int32_t{0}, std::int32_t{0},
                                        std::int32_t{0}, std::int32_t{0}});
}

std::vector<std::byte> set_feedback(std::int32_t feedback) {
    return osc::encode("/set_surface/feedback", {feedback});
}

std::vector<std::byte> set_control(std::int32_t ssid, Control control, const ControlValue& value) {
    const std::string path = path_of(ssid, control, spelling_of_set);
    if (const auto* level = std::get_if<Decibels>(&value)) return osc::encode(path, {level_to_wire(*level)});
    if (const auto* pan = std::get_if<Pan>(&value)) return osc::encode(path, {pan_to_wire(*pan)});
    return osc::encode(path, {std::int32_t{std::get<Mute>(value) == Mute::muted ? 1 : 0}});
}

std::vector<std::byte> query_control(std::int32_t ssid, Control control, Spelling spelling) {
    return osc::encode(path_of(ssid, control, spelling));
}

namespace {
/// "/strip/fader/touch/3": what is done with a level goes by the name of the fader.
std::string path_of_deed(std::int32_t ssid, Control control, std::string_view deed) {
    const auto word = control == Control::fader ? std::string_view("fader") : wire_word(control);
    return "/strip/" + std::string(word) + "/" + std::string(deed) + "/" + std::to_string(ssid);
}
}  // namespace

std::vector<std::byte> set_automation(std::int32_t ssid, Control control, AutomationMode mode) {
    return osc::encode(path_of_deed(ssid, control, "automation"), {static_cast<std::int32_t>(mode)});
}

std::vector<std::byte> touch_control(std::int32_t ssid, Control control, bool held) {
    return osc::encode(path_of_deed(ssid, control, "touch"), {std::int32_t{held ? 1 : 0}});
}

namespace {
/// Takes a whole number and the bar behind it off the front.
std::optional<int> take_field(std::string_view& rest) {
    int number = 0;
    const auto [end, problem] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
    if (problem != std::errc() || end == rest.data() + rest.size() || *end != '|') return std::nullopt;
    rest.remove_prefix(static_cast<std::size_t>(end - rest.data()) + 1);
    return number;
}
}  // namespace

std::optional<BarBeat> bar_from_wire(std::string_view text) {
    const auto bar = take_field(text);
    const auto beat = bar ? take_field(text) : std::nullopt;
    if (!beat || *bar < -most_bars || *bar > most_bars || *beat < 1 || *beat > most_beats)
        return std::nullopt;
    return BarBeat{*bar, *beat};
}

std::optional<AutomationMode> mode_from_wire(double mode) {
    if (!(mode >= 0.0 && mode <= 4.0) || mode != std::floor(mode)) return std::nullopt;
    return static_cast<AutomationMode>(static_cast<int>(mode));
}

}  // namespace kedge::ardour
