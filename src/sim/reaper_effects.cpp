#include "sim/reaper_effects.hpp"

#include "sim/simulated_reaper.hpp"

#include <algorithm>

#include <fmt/format.h>

/// What REAPER says of effects: every place of every count, on every track of the bank, also where there is
/// none. With the stock file it is most of what is said.
namespace kedge::sim {

namespace {

ReaperValue text_of(std::string text) {
    return {std::nullopt, std::nullopt, std::move(text)};
}

ReaperValue flag_of(bool on) {
    return {std::nullopt, on ? 1.0 : 0.0, std::nullopt};
}

std::string preset_of(const ReaperEffect* effect) {
    return effect && effect->preset < effect->presets.size() ? effect->presets[effect->preset] : "";
}

const ReaperParameter* parameter_at(const ReaperEffect* effect, int at) {
    return effect && at < static_cast<int>(effect->parameters.size())
               ? &effect->parameters[static_cast<std::size_t>(at)]
               : nullptr;
}

ReaperValue value_of(const ReaperParameter* parameter) {
    if (!parameter) return {std::nullopt, 0.0, ""};
    return {std::nullopt, parameter->value, fmt::format("{:.3f}", parameter->value)};
}

int count_parameters(const ReaperEffect* effect) {
    return effect ? static_cast<int>(effect->parameters.size()) : 0;
}

std::string bank_word(int start, int size) {
    return std::to_string(size > 0 ? start / size + 1 : 1);
}

}  // namespace

std::span<ReaperEffect> SimulatedReaper::effects_of(TrackNumber number) {
    const SimStrip* strip = track(number);
    if (!strip) return {};
    return effects_[strip->id];
}

ReaperEffect* SimulatedReaper::effect_at(TrackNumber number, int slot) {
    const auto effects = effects_of(number);
    return slot >= 1 && slot <= std::ssize(effects) ? &effects[static_cast<std::size_t>(slot - 1)] : nullptr;
}

/// The place of the first instrument, from 1; 0 where there is none.
int SimulatedReaper::instrument_slot(TrackNumber number) {
    const auto effects = effects_of(number);
    const auto found = std::find_if(effects.begin(), effects.end(),
                                    [](const ReaperEffect& each) { return each.is_instrument; });
    return found == effects.end() ? 0 : static_cast<int>(found - effects.begin()) + 1;
}

void SimulatedReaper::tell_effects(TrackNumber number) {
    for (int slot = 1; slot <= device_.fx_count; ++slot) tell_effect(number, slot);
    const ReaperEffect* instrument = effect_at(number, instrument_slot(number));
    const auto tell = [&](std::initializer_list<int> numbers) {
        say("FX_INST_NAME", numbers, text_of(instrument ? instrument->name : ""));
        say("FX_INST_PRESET", numbers, text_of(preset_of(instrument)));
        say("FX_INST_BYPASS", numbers, flag_of(instrument && instrument->enabled));
        say("FX_INST_OPEN_UI", numbers, flag_of(instrument && instrument->open));
    };
    if (number == current_track_) tell({});
    if (is_in_bank(number)) tell({number - bank_start_});
}

/// Without a number it is the device's current effect.
void SimulatedReaper::tell_effect(TrackNumber number, int slot) {
    const bool of_current_track = number == current_track_;
    if (of_current_track && slot == current_effect_ + 1) tell_effect_at({}, number, slot);
    if (of_current_track) tell_effect_at({slot}, number, slot);
    if (is_in_bank(number)) tell_effect_at({number - bank_start_, slot}, number, slot);
}

void SimulatedReaper::tell_effect_at(std::initializer_list<int> numbers, TrackNumber number, int slot) {
    const ReaperEffect* effect = effect_at(number, slot);
    say("FX_NAME", numbers, text_of(effect ? effect->name : ""));
    say("FX_NUMBER", numbers, text_of(effect ? std::to_string(slot) : ""));
    say("FX_PRESET", numbers, text_of(preset_of(effect)));
    say("FX_BYPASS", numbers, flag_of(effect && effect->enabled));
    say("FX_OPEN_UI", numbers, flag_of(effect && effect->open));
    if (!feedback_.has("FX_PARAM_VALUE") && !feedback_.has("FX_WETDRY")) return;
    std::vector<int> places(numbers);
    places.push_back(0);
    for (int place = 1; place <= device_.fx_param_count; ++place) {
        places.back() = place;
        const ReaperParameter* parameter = parameter_at(effect, parameter_bank_start_ + place - 1);
        feedback_.say("FX_PARAM_NAME", places, text_of(parameter ? parameter->name : ""));
        feedback_.say("FX_PARAM_VALUE", places, value_of(parameter));
        if (parameter && parameter->name == ReaperParameter::wet)
            say("FX_WETDRY", numbers, value_of(parameter));
    }
}

/// A bank that its parameters have left begins anew.
void SimulatedReaper::tell_current_effect() {
    if (current_effect_ >= std::ssize(effects_of(current_track_))) current_effect_ = 0;
    const ReaperEffect* effect = effect_at(current_track_, current_effect_ + 1);
    if (parameter_bank_start_ >= count_parameters(effect)) parameter_bank_start_ = 0;
    for (int slot = 1; slot <= device_.fx_count; ++slot)
        say("DEVICE_FX_SELECT", {slot}, flag_of(effect && slot == current_effect_ + 1));
    say("DEVICE_FX_PARAM_BANK_SELECT", {}, text_of(bank_word(parameter_bank_start_, device_.fx_param_count)));
    tell_effect_at({}, current_track_, current_effect_ + 1);
}

void SimulatedReaper::tell_current_instrument() {
    const ReaperEffect* instrument = effect_at(current_track_, instrument_slot(current_track_));
    if (instrument_bank_start_ >= count_parameters(instrument)) instrument_bank_start_ = 0;
    say("FX_INST_NAME", {}, text_of(instrument ? instrument->name : ""));
    say("FX_INST_PRESET", {}, text_of(preset_of(instrument)));
    say("DEVICE_FX_INST_PARAM_BANK_SELECT", {},
        text_of(bank_word(instrument_bank_start_, device_.fx_inst_param_count)));
    for (int place = 1; place <= device_.fx_inst_param_count; ++place) {
        const ReaperParameter* parameter = parameter_at(instrument, instrument_bank_start_ + place - 1);
        say("FX_INST_PARAM_NAME", {place}, text_of(parameter ? parameter->name : ""));
        say("FX_INST_PARAM_VALUE", {place}, value_of(parameter));
    }
}

/// Of one that was set. The addresses with an effect's number alone are forgotten by REAPER, too.
void SimulatedReaper::tell_parameter(TrackNumber number, int slot, int at) {
    const ReaperEffect* effect = effect_at(number, slot);
    const ReaperParameter* parameter = parameter_at(effect, at);
    if (!parameter) return;
    const ReaperValue value = value_of(parameter);
    const int place = at - parameter_bank_start_ + 1;
    const bool is_wet = parameter->name == ReaperParameter::wet;
    const bool is_current = number == current_track_ && slot == current_effect_ + 1;
    const bool in_parameter_bank = place >= 1 && place <= device_.fx_param_count;
    if (is_current && in_parameter_bank) say("FX_PARAM_VALUE", {place}, value);
    if (is_current && is_wet) say("FX_WETDRY", {}, value);
    if (is_in_bank(number) && in_parameter_bank)
        say("FX_PARAM_VALUE", {number - bank_start_, slot, place}, value);
    if (is_in_bank(number) && is_wet) say("FX_WETDRY", {number - bank_start_, slot}, value);
    const int instruments_place = at - instrument_bank_start_ + 1;
    if (!effect->is_instrument || instruments_place < 1 || instruments_place > device_.fx_inst_param_count)
        return;
    if (number == current_track_) say("FX_INST_PARAM_VALUE", {instruments_place}, value);
    if (is_in_bank(number)) say("FX_INST_PARAM_VALUE", {number - bank_start_, instruments_place}, value);
}

/// A switch of one that was pressed: `key` is "BYPASS" or "OPEN_UI". REAPER takes the track's number for its
/// place in the bank, and says nothing at the address without numbers.
void SimulatedReaper::tell_effect_switch(std::string_view key, TrackNumber number, int slot, bool on) {
    const bool is_instrument = slot == instrument_slot(number);
    const bool has_place = number >= 1 && number <= device_.track_count;
    const std::string of_effect = fmt::format("FX_{}", key);
    const std::string of_instrument = fmt::format("FX_INST_{}", key);
    if (number == current_track_) {
        say(of_effect, {slot}, flag_of(on));
        if (is_instrument) say(of_instrument, {}, flag_of(on));
    }
    if (has_place) {
        say(of_effect, {number, slot}, flag_of(on));
        if (is_instrument) say(of_instrument, {number}, flag_of(on));
    }
}

}  // namespace kedge::sim
