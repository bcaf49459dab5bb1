#include "sim/reaper_banks.hpp"
#include "sim/simulated_reaper.hpp"

#include <algorithm>

/// What a message does to effects, and to the device's place among them.
namespace kedge::sim {

namespace {

bool ends(const ReaperCall& call, std::string_view word) {
    return call.key.ends_with(word);
}

}  // namespace

/// In the address the track comes first, then the effect, then the parameter; from the left they may be
/// missing. An instrument has no number.
SimulatedReaper::EffectMeant SimulatedReaper::effect_meant(const ReaperCall& call) {
    const bool of_instrument = call.key.starts_with("FX_INST_");
    std::span<const int> numbers = call.numbers;
    const auto take = [&] {
        const int last = numbers.back();
        numbers = numbers.first(numbers.size() - 1);
        return last;
    };
    EffectMeant meant;
    if (ends(call, "_PARAM_VALUE")) {
        if (numbers.empty()) return meant;
        meant.parameter = take() - 1 + (of_instrument ? instrument_bank_start_ : parameter_bank_start_);
    }
    meant.slot = of_instrument || numbers.empty() ? current_effect_ + 1 : take();
    meant.track = numbers.empty() ? current_track_ : bank_start_ + take();
    if (of_instrument) meant.slot = instrument_slot(meant.track);
    meant.effect = effect_at(meant.track, meant.slot);
    return meant;
}

/// ReaEQ is not there.
bool SimulatedReaper::on_effect(ReaperCall& call) {
    if (!call.key.starts_with("FX_")) return false;
    if (call.key.starts_with("FX_EQ_")) return true;
    const EffectMeant meant = effect_meant(call);
    if (!meant.effect) return true;
    if (ends(call, "_PARAM_VALUE") || ends(call, "_WETDRY")) {
        set_parameter(meant, call);
    } else if (ends(call, "_BYPASS")) {
        press_effect_switch("BYPASS", meant, call, &ReaperEffect::enabled);
    } else if (ends(call, "_OPEN_UI")) {
        press_effect_switch("OPEN_UI", meant, call, &ReaperEffect::open);
    } else {
        choose_preset(*meant.effect, call);
    }
    return true;
}

/// A float sets it and begins an edit, a whole number -1 ends the edit; other whole numbers do nothing.
void SimulatedReaper::set_parameter(const EffectMeant& meant, ReaperCall& call) {
    auto& parameters = meant.effect->parameters;
    auto found = parameters.begin() + std::min<std::ptrdiff_t>(meant.parameter, std::ssize(parameters));
    if (ends(call, "_WETDRY")) {
        found = std::find_if(parameters.begin(), parameters.end(),
                             [](const ReaperParameter& each) { return each.name == ReaperParameter::wet; });
    }
    const auto value = call.arguments->real();
    const auto whole = call.arguments->whole();
    if (found == parameters.end()) return;
    if (value) {
        found->value = std::clamp(static_cast<double>(*value), 0.0, 1.0);
        found->edited = true;
        tell_parameter(meant.track, meant.slot, static_cast<int>(found - parameters.begin()));
    }
    if (whole == -1) found->edited = false;
}

void SimulatedReaper::press_effect_switch(std::string_view key, const EffectMeant& meant, ReaperCall& call,
                                          bool ReaperEffect::*which) {
    const int pressed = call.trigger();
    bool& on = meant.effect->*which;
    if (pressed == 0 || (call.flag != reaper::Flag::trigger && on == (pressed > 0))) return;
    on = !on;
    tell_effect_switch(key, meant.track, meant.slot, on);
}

/// By name, or the one beside; past an end it begins again at the other.
void SimulatedReaper::choose_preset(ReaperEffect& effect, ReaperCall& call) {
    const auto count = effect.presets.size();
    if (ends(call, "_PREV_PRESET") || ends(call, "_NEXT_PRESET")) {
        if (call.trigger() <= 0 || count == 0) return;
        effect.preset = (effect.preset + (ends(call, "_NEXT_PRESET") ? 1 : count - 1)) % count;
        tell_current_effect();
        tell_current_instrument();
    } else if (const auto name = call.arguments->text()) {
        const auto found = std::find(effect.presets.begin(), effect.presets.end(), *name);
        if (found != effect.presets.end())
            effect.preset = static_cast<std::size_t>(found - effect.presets.begin());
    }
}

/// The device's current effect, and the bank of its parameters or of the instrument's. `place` counts from 1.
bool SimulatedReaper::select_effect(std::string_view what, int place) {
    const int parameters = device_.fx_param_count;
    const int of_instrument = device_.fx_inst_param_count;
    if (what == "FX") {
        current_effect_ = std::max(place - 1, 0);
        tell_current_effect();
    } else if (what == "FX_PARAM_BANK" && parameters > 0) {
        parameter_bank_start_ =
            bank_start_near((place - 1) * parameters, parameters, count_current_parameters());
        tell_current_effect();
    } else if (what == "FX_INST_PARAM_BANK" && of_instrument > 0) {
        instrument_bank_start_ =
            bank_start_near((place - 1) * of_instrument, of_instrument, count_instruments_parameters());
        tell_current_instrument();
    } else {
        return false;
    }
    return true;
}

bool SimulatedReaper::step_effect(std::string_view what, int step) {
    const int parameters = device_.fx_param_count;
    const int of_instrument = device_.fx_inst_param_count;
    if (what == "FX") {
        current_effect_ =
            bank_start_beside(current_effect_, step, 1, static_cast<int>(effects_of(current_track_).size()));
        tell_current_effect();
    } else if (what == "FX_PARAM_BANK" && parameters > 0) {
        parameter_bank_start_ =
            bank_start_beside(parameter_bank_start_, step, parameters, count_current_parameters());
        tell_current_effect();
    } else if (what == "FX_INST_PARAM_BANK" && of_instrument > 0) {
        instrument_bank_start_ =
            bank_start_beside(instrument_bank_start_, step, of_instrument, count_instruments_parameters());
        tell_current_instrument();
    } else {
        return false;
    }
    return true;
}

int SimulatedReaper::count_current_parameters() {
    const ReaperEffect* effect = effect_at(current_track_, current_effect_ + 1);
    return effect ? static_cast<int>(effect->parameters.size()) : 0;
}

int SimulatedReaper::count_instruments_parameters() {
    const ReaperEffect* instrument = effect_at(current_track_, instrument_slot(current_track_));
    return instrument ? static_cast<int>(instrument->parameters.size()) : 0;
}

}  // namespace kedge::sim
