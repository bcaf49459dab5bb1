#include "ardour/ardour_codec.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace kedge::ardour {

namespace {

// Ardour writes -193 for a silent meter or a cleared strip and -200 for a fader at minus infinity.
constexpr double silent_on_wire = -190.0;
constexpr float silence_to_wire = -200.0F;
constexpr std::int32_t largest_ssid = 100'000;

struct Word {
    std::string_view text;
    StripWord word;
    StripWord automation;
};

constexpr bool is_before(std::string_view a, std::string_view b) {
    return a.size() != b.size() ? a.size() < b.size() : a < b;
}

template <std::size_t count>
constexpr std::array<Word, count> in_order(std::array<Word, count> words) {
    std::sort(words.begin(), words.end(),
              [](const Word& a, const Word& b) { return is_before(a.text, b.text); });
    return words;
}

/// A word that Ardour says and kedge has no use for.
constexpr Word not_needed(std::string_view text) {
    return {text, StripWord::known, StripWord::known};
}

// Looked up by length and then by letters: a burst is made of these.
constexpr std::array words = in_order(std::array{
    Word{"meter", StripWord::meter, StripWord::unknown},
    Word{"gain", StripWord::gain, StripWord::gain_automation},
    Word{"trimdB", StripWord::trim, StripWord::trim_automation},
    Word{"pan_stereo_position", StripWord::pan, StripWord::pan_automation},
    Word{"mute", StripWord::mute, StripWord::mute_automation},
    Word{"solo", StripWord::solo, StripWord::unknown},
    Word{"name", StripWord::name, StripWord::unknown},
    Word{"group", StripWord::group, StripWord::unknown},
    Word{"hide", StripWord::hide, StripWord::unknown},
    Word{"list", StripWord::list, StripWord::unknown},
    not_needed("select"),
    not_needed("expand"),
    not_needed("solo_iso"),
    not_needed("solo_safe"),
    not_needed("recenable"),
    not_needed("record_safe"),
    not_needed("monitor_input"),
    not_needed("monitor_disk"),
    not_needed("polarity"),
    not_needed("pan_stereo_width"),
    not_needed("pan_type"),
    not_needed("n_inputs"),
    not_needed("n_outputs"),
    not_needed("signal"),
});

/// Takes the number off the end of "gain/3": the rest, and the number (0 when there is none).
std::pair<std::string_view, std::int32_t> split_number(std::string_view path) {
    const auto slash = path.rfind('/');
    const auto digits = slash == std::string_view::npos ? path : path.substr(slash + 1);
    std::int32_t number = 0;
    const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (problem != std::errc() || end != digits.data() + digits.size()) return {path, 0};
    const auto rest = slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
    return {rest, number > 0 && number <= largest_ssid ? number : -1};
}

StripWord word_of(std::string_view path) {
    const auto slash = path.find('/');
    const auto head = path.substr(0, slash);
    const auto tail = slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
    const auto* word = std::lower_bound(
        words.begin(), words.end(), head,
        [](const Word& listed, std::string_view text) { return is_before(listed.text, text); });
    if (word == words.end() || word->text != head) return StripWord::unknown;
    if (tail.empty() || word->word == StripWord::known) return word->word;
    if (tail == "automation") return word->automation;
    return tail == "automation_name" ? StripWord::known : StripWord::unknown;
}

}  // namespace

std::int32_t strip_of_meter(std::string_view address) {
    constexpr std::string_view meter = "/strip/meter/";
    constexpr std::size_t most_digits = 5;
    if (!address.starts_with(meter) || address.size() > meter.size() + most_digits) return 0;
    std::int32_t number = 0;
    for (const char digit : address.substr(meter.size())) {
        if (digit < '0' || digit > '9') return 0;
        number = number * 10 + (digit - '0');
    }
    return number;
}

StripAddress parse_strip_address(std::string_view address) {
    constexpr std::string_view strip = "/strip/";
    constexpr std::string_view master = "/master/";
    StripAddress parsed;
    if (address.starts_with(strip)) {
        const auto [path, ssid] = split_number(address.substr(strip.size()));
        parsed.ssid = ssid;
        parsed.word = word_of(path);
    } else if (address.starts_with(master)) {
        parsed.master = true;
        parsed.word = word_of(address.substr(master.size()));
    }
    return parsed;
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
std::string path_of(std::int32_t ssid, Control control) {
    return "/strip/" + std::string(wire_word(control)) + "/" + std::to_string(ssid);
}
}  // namespace

std::vector<std::byte> set_surface(std::int32_t types, std::int32_t feedback) {
    // Bank 0: every strip has a number; gainmode 0: levels in dB; port 0: answers come to the asking port.
    return osc::encode("/set_surface", {std::int32_t{0}, types, feedback, std::int32_t{0}, std::int32_t{0},
                                        std::int32_t{0}, std::int32_t{0}});
}

std::vector<std::byte> set_control(std::int32_t ssid, Control control, const ControlValue& value) {
    const std::string path = path_of(ssid, control);
    if (const auto* level = std::get_if<Decibels>(&value)) return osc::encode(path, {level_to_wire(*level)});
    if (const auto* pan = std::get_if<Pan>(&value)) return osc::encode(path, {pan_to_wire(*pan)});
    return osc::encode(path, {std::int32_t{std::get<Mute>(value) == Mute::muted ? 1 : 0}});
}

std::vector<std::byte> query_control(std::int32_t ssid, Control control) {
    return osc::encode(path_of(ssid, control));
}

}  // namespace kedge::ardour
