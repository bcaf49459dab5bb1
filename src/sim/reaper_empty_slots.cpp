#include "sim/reaper_words.hpp"
#include "sim/simulated_reaper.hpp"

#include <array>

#include <fmt/format.h>

/// What REAPER says of sends, receives and effects where there are none: every place of every count, on every
/// track of the bank. With the stock file it is most of what is said.
namespace kedge::sim {

namespace {

constexpr std::array empty_effect_texts = {std::string_view("FX_NAME"), std::string_view("FX_NUMBER"),
                                           std::string_view("FX_PRESET")};
constexpr std::array empty_effect_flags = {std::string_view("FX_BYPASS"), std::string_view("FX_OPEN_UI")};

const ReaperValue no_text{std::nullopt, std::nullopt, ""};
const ReaperValue off{std::nullopt, 0.0, std::nullopt};
const ReaperValue nothing{std::nullopt, 0.0, ""};

/// A level or a pan of a send has no raw form.
ReaperValue without_raw(ReaperValue value) {
    value.raw.reset();
    return value;
}

}  // namespace

void SimulatedReaper::tell_empty_slots(TrackNumber number) {
    for (int slot = 1; slot <= device_.send_count; ++slot) {
        tell_empty_route("TRACK_SEND", number, slot,
                         fmt::format("{} {}", number == 0 ? "Aux" : "Send", slot));
    }
    for (int slot = 1; number != 0 && slot <= device_.receive_count; ++slot)
        tell_empty_route("TRACK_RECV", number, slot, fmt::format("Recv {}", slot));
    for (int slot = 1; slot <= device_.fx_count; ++slot) tell_empty_effect(number, slot);
    const auto instrument = [&](std::initializer_list<int> numbers) {
        say("FX_INST_NAME", numbers, no_text);
        say("FX_INST_PRESET", numbers, no_text);
        say("FX_INST_BYPASS", numbers, off);
        say("FX_INST_OPEN_UI", numbers, off);
    };
    if (number == current_track_) instrument({});
    if (is_in_bank(number)) instrument({number - bank_start_});
}

void SimulatedReaper::tell_empty_route(std::string_view key, TrackNumber number, int slot,
                                       const std::string& name) {
    const auto tell = [&](std::string_view stem, std::initializer_list<int> numbers) {
        say(fmt::format("{}_NAME", stem), numbers, {std::nullopt, std::nullopt, name});
        say(fmt::format("{}_VOLUME", stem), numbers, without_raw(volume_value(Decibels::silence())));
        say(fmt::format("{}_PAN", stem), numbers, {std::nullopt, 0.5, "center"});
    };
    if (number == 0) tell("MASTER_SEND", {slot});
    if (number == current_track_) tell(key, {slot});
    if (is_in_bank(number)) tell(key, {number - bank_start_, slot});
}

void SimulatedReaper::tell_empty_effect(TrackNumber number, int slot) {
    const auto tell = [&](std::initializer_list<int> numbers) {
        for (const std::string_view key : empty_effect_texts) say(key, numbers, no_text);
        for (const std::string_view key : empty_effect_flags) say(key, numbers, off);
    };
    const auto parameter = [&](std::initializer_list<int> numbers) {
        say("FX_PARAM_NAME", numbers, no_text);
        say("FX_PARAM_VALUE", numbers, nothing);
    };
    // Without a number it is the device's current effect, the first.
    const bool current = number == current_track_;
    if (current && slot == 1) tell({});
    if (current) tell({slot});
    if (is_in_bank(number)) tell({number - bank_start_, slot});
    if (!feedback_.has("FX_PARAM_VALUE") && !feedback_.has("FX_WETDRY")) return;
    for (int place = 1; place <= device_.fx_param_count; ++place) {
        if (current && slot == 1) parameter({place});
        if (current) parameter({slot, place});
        if (is_in_bank(number)) parameter({number - bank_start_, slot, place});
    }
}

/// The device's current effect and instrument, of which there are none.
void SimulatedReaper::tell_empty_current_slots() {
    for (int slot = 1; slot <= device_.fx_count; ++slot) say("DEVICE_FX_SELECT", {slot}, off);
    say("DEVICE_FX_PARAM_BANK_SELECT", {}, {std::nullopt, std::nullopt, "1"});
    for (int place = 1; place <= device_.fx_param_count; ++place) {
        say("FX_PARAM_NAME", {place}, no_text);
        say("FX_PARAM_VALUE", {place}, nothing);
    }
    say("DEVICE_FX_INST_PARAM_BANK_SELECT", {}, {std::nullopt, std::nullopt, "1"});
    for (int place = 1; place <= device_.fx_inst_param_count; ++place) {
        say("FX_INST_PARAM_NAME", {place}, no_text);
        say("FX_INST_PARAM_VALUE", {place}, nothing);
    }
}

}  // namespace kedge::sim
