#include "sim/mackie_clock_digits.hpp"
#include "sim/simulated_mackie.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

/// What of the DAW beside its strips the main unit shows: LEDs, the time, the assignment display.
namespace kedge::sim {

namespace {

mackie::Led lit_if(bool on) {
    return on ? mackie::Led::on : mackie::Led::off;
}

struct ModeLamp {
    mackie::Key key;
    AutomationMode mode;
};
constexpr std::array mode_lamps = {
    ModeLamp{mackie::Key::read_off, AutomationMode::play},
    ModeLamp{mackie::Key::write, AutomationMode::write}, ModeLamp{mackie::Key::trim, AutomationMode::manual},
    ModeLamp{mackie::Key::touch, AutomationMode::touch}, ModeLamp{mackie::Key::latch, AutomationMode::latch}};

constexpr std::array keys_that_light_up = {
    mackie::Key::bank_left,     mackie::Key::bank_right, mackie::Key::channel_left,
    mackie::Key::channel_right, mackie::Key::marker,     mackie::Key::shift,
    mackie::Key::option,        mackie::Key::control,    mackie::Key::alt};

}  // namespace

void SimulatedMackie::forget_displays() {
    lamps_said_.clear();
    indicators_said_.clear();
    clock_said_ = {};
    assignment_said_.reset();
    next_clock_ = {};
}

void SimulatedMackie::run_displays() {
    follow_rolling();
    if (!is_on(0)) return;
    tell_lamps();
    tell_indicators();
    tell_assignment();
    if (clock() < next_clock_) return;
    tell_clock();
    next_clock_ = clock() + settings_.clock_every;
}

void SimulatedMackie::follow_rolling() {
    if (std::exchange(rolled_, transport().rolls()) == transport().rolls()) return;
    // A jump of the time is said whole.
    clock_said_ = {};
    if (!settings_.meter_mode || !settings_.meter_mode_follows_transport) return;
    for (int place = 0; place < row().places(); ++place) {
        const auto [port, slot] = row().spot_of(SurfacePlace(place));
        if (is_on(port) && painted_strip(place))
            tell(port, mackie::SetMeterMode{mackie::Slot(slot),
                                            rolled_ ? *settings_.meter_mode : mackie::MeterMode()});
    }
}

std::map<mackie::Button, mackie::Led> SimulatedMackie::wanted_lamps() const {
    std::map<mackie::Button, Led> lamps;
    const HostTransport& song = transport();
    lamps[Key::play] = lit_if(song.rolls());
    lamps[Key::stop] = lit_if(!song.rolls() && song.winds() == 0);
    lamps[Key::rewind] = lit_if(song.winds() < 0);
    lamps[Key::fast_forward] = lit_if(song.winds() > 0);
    lamps[Key::record] = !song.records() ? Led::off : song.rolls() ? Led::on : Led::blink;
    lamps[Key::cycle] = lit_if(song.loops());
    lamps[Key::click] = lit_if(song.clicks());
    lamps[Key::solo] = lit_if(engine().any_solo());
    lamps[Key::flip] = lit_if(flipped());
    lamps[Key::save] = lit_if(clock() < save_until_);
    lamps[Key::undo] = lit_if(clock() < undo_until_);
    add_automation_lamps(lamps);
    if (settings_.held_keys_light_up) add_held_lamps(lamps);
    return lamps;
}

void SimulatedMackie::add_automation_lamps(std::map<mackie::Button, Led>& lamps) const {
    std::vector<AutomationMode> selected;
    for (const SimStrip& strip : engine().strips())
        if (strip.selected) selected.push_back(strip.automation(Control::fader).mode());
    const auto is_there = [&](AutomationMode mode) {
        return std::find(selected.begin(), selected.end(), mode) != selected.end();
    };
    if (settings_.automation == MackieHostSettings::Automation::ardour) {
        if (selected.size() > 1) selected.erase(selected.begin() + 1, selected.end());
        for (const ModeLamp& lamp : mode_lamps)
            lamps[lamp.key] = lit_if(lamp.mode != AutomationMode::manual && is_there(lamp.mode));
        lamps[Key::group] = lit_if(selected.empty() || is_there(AutomationMode::manual));
        return;
    }
    const bool differ = std::any_of(selected.begin(), selected.end(),
                                    [&](AutomationMode mode) { return mode != selected.front(); });
    for (const ModeLamp& lamp : mode_lamps)
        lamps[lamp.key] = !is_there(lamp.mode) ? Led::off : differ ? Led::blink : Led::on;
}

/// A channel key blinks where all strips are shown already.
void SimulatedMackie::add_held_lamps(std::map<mackie::Button, Led>& lamps) const {
    for (const Key key : keys_that_light_up) {
        const bool moves_a_channel = key == Key::channel_left || key == Key::channel_right;
        const bool in_vain = moves_a_channel && strip_count() <= row().places();
        lamps[key] = !is_held(key) ? Led::off : in_vain ? Led::blink : Led::on;
    }
}

void SimulatedMackie::tell_lamps() {
    for (const auto& [button, led] : wanted_lamps()) {
        const auto [said, is_new] = lamps_said_.try_emplace(button, led);
        if (!is_new && std::exchange(said->second, led) == led) continue;
        tell(0, mackie::SetLed{button, led});
    }
}

void SimulatedMackie::tell_indicators() {
    const std::array wanted = {
        std::pair{mackie::Indicator::smpte, lit_if(settings_.clock == MackieHostSettings::Clock::smpte)},
        std::pair{mackie::Indicator::beats, lit_if(settings_.clock == MackieHostSettings::Clock::beats)},
        std::pair{mackie::Indicator::rude_solo, engine().any_solo() ? Led::blink : Led::off}};
    for (const auto& [indicator, led] : wanted) {
        const auto [said, is_new] = indicators_said_.try_emplace(indicator, led);
        if (!is_new && std::exchange(said->second, led) == led) continue;
        tell(0, mackie::SetIndicator{indicator, led});
    }
}

/// Digits that changed, from the right.
void SimulatedMackie::tell_clock() {
    const std::string digits = mackie_clock_digits(transport().position(), engine().song(), settings_);
    if (settings_.clock_resaid > Duration() && clock() >= clock_resaid_at_) {
        clock_said_ = {};
        clock_resaid_at_ = clock() + settings_.clock_resaid;
    }
    for (int from_right = 0; from_right < mackie::DigitPlace::timecode_digits; ++from_right) {
        auto& said = clock_said_.at(static_cast<std::size_t>(from_right));
        const char digit = digits.at(digits.size() - 1 - static_cast<std::size_t>(from_right));
        if (said == digit) continue;
        said = digit;
        tell(0, mackie::SetDigit{mackie::DigitPlace::timecode(from_right), mackie::SegmentDigit(digit),
                                 settings_.digits_on});
    }
}

void SimulatedMackie::tell_assignment() {
    std::string wanted;
    switch (settings_.assignment) {
        case MackieHostSettings::Assignment::nothing:
            return;
        case MackieHostSettings::Assignment::first_strip:
            wanted = fmt::format("{:02}", (bank_start() + 1) % 100);
            break;
        case MackieHostSettings::Assignment::mixer:
            wanted = "MX";
            break;
    }
    if (assignment_said_ == wanted) return;
    assignment_said_ = wanted;
    for (int from_right = mackie::DigitPlace::assignment_digits - 1; from_right >= 0; --from_right) {
        const char digit = wanted.at(wanted.size() - 1 - static_cast<std::size_t>(from_right));
        tell(0, mackie::SetDigit{mackie::DigitPlace::assignment(from_right), mackie::SegmentDigit(digit),
                                 settings_.digits_on});
    }
}

}  // namespace kedge::sim
