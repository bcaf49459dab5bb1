#include "sim/coarse_ring.hpp"
#include "sim/simulated_hui.hpp"
#include "sim/song_clock.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

/// What the DAW shows on a HUI. One that does not answer hears nothing of it.
namespace kedge::sim {

namespace {

constexpr hui::TextZone name_zone{0};
constexpr hui::TextZone value_zone{4};

hui::SlotKey key_of_lamp(StripLamp lamp) {
    switch (lamp) {
        case StripLamp::rec:
            return hui::SlotKey::record_ready;
        case StripLamp::solo:
            return hui::SlotKey::solo;
        case StripLamp::mute:
            return hui::SlotKey::mute;
        case StripLamp::select:
            break;
    }
    return hui::SlotKey::select;
}

hui::RingLook look_of(std::optional<Pan> pan) {
    if (!pan) return {};
    return {hui::RingMode::dot, hui::RingStep(coarse_ring_step(*pan)), false};
}

}  // namespace

/// The small displays have no MIDI channel: of units by channel only the first has them.
void SimulatedHui::show_label(SurfacePlace place, const std::string& text) {
    const auto [unit, slot] = row().spot_of(place);
    if (!is_connected(unit) || (settings_.units_by_channel && unit != 0)) return;
    tell(unit, hui::ShowLabel{hui::SmallDisplay(slot), hui::label_of(text)});
}

/// The main display shows what was moved last.
void SimulatedHui::show_value(SurfacePlace place, const std::string& text) {
    if (!settings_.main_display || !is_connected(0)) return;
    const bool is_there = on_main_display_ == place;
    if (text.empty() && !is_there) return;
    on_main_display_.reset();
    const SimStrip* strip = painted_strip(place.from_left());
    if (!text.empty()) on_main_display_ = place;
    const std::string name = strip && !text.empty() ? strip->name : std::string();
    tell(0, hui::ShowText{{{name_zone, hui::zone_text_of(name)}, {value_zone, hui::zone_text_of(text)}}});
}

void SimulatedHui::show_fader(SurfacePlace place, FaderPosition position) {
    const auto [unit, slot] = row().spot_of(place);
    if (place.is_master() || !is_connected(unit)) return;
    tell(unit, hui::MoveFader{on_the_wire(unit), hui::Fader(slot), position});
}

void SimulatedHui::show_pan(SurfacePlace place, std::optional<Pan> pan) {
    const auto [unit, slot] = row().spot_of(place);
    if (!is_connected(unit)) return;
    tell(unit, hui::ShowRing{on_the_wire(unit), hui::Ring(slot), look_of(pan)});
}

void SimulatedHui::show_lamp(SurfacePlace place, StripLamp lamp, bool lit) {
    const auto [unit, slot] = row().spot_of(place);
    if (!is_connected(unit)) return;
    tell(unit, hui::SetLamp{on_the_wire(unit), {key_of_lamp(lamp), hui::Slot(slot)}, lit});
}

void SimulatedHui::show_meter(SurfacePlace place, int side, int segments) {
    const auto [unit, slot] = row().spot_of(place);
    const hui::MeterStep step(std::min(segments, hui::MeterStep::count - 1));
    tell(unit, hui::ShowMeter{hui::Slot(slot), side == 0 ? hui::Side::left : hui::Side::right, step});
}

std::map<hui::Switch, bool> SimulatedHui::wanted_lamps() const {
    const HostTransport& song = transport();
    std::map<hui::Switch, bool> lamps;
    lamps[Key::play] = song.rolls();
    lamps[Key::stop] = !song.rolls() && song.winds() == 0;
    lamps[Key::record] = song.records();
    lamps[Key::rewind] = song.winds() < 0;
    lamps[Key::fast_forward] = song.winds() > 0;
    lamps[Key::loop] = song.loops();
    lamps[Key::rude_solo_led] = engine().any_solo();
    if (settings_.time_display) lamps[Key::timecode_led] = true;
    if (!settings_.automation_keys) return lamps;
    std::optional<AutomationMode> mode;
    for (const SimStrip& strip : engine().strips())
        if (strip.selected && !mode) mode = strip.automation(Control::fader).mode();
    lamps[Key::mode_read] = mode == AutomationMode::play;
    lamps[Key::mode_write] = mode == AutomationMode::write;
    lamps[Key::mode_touch] = mode == AutomationMode::touch;
    lamps[Key::mode_latch] = mode == AutomationMode::latch;
    lamps[Key::mode_off] = mode == AutomationMode::manual;
    return lamps;
}

void SimulatedHui::tell_lamps() {
    for (const auto& [lamp, lit] : wanted_lamps()) {
        const auto [said, is_new] = lamps_said_.try_emplace(lamp, lit);
        if (!is_new && std::exchange(said->second, lit) == lit) continue;
        tell(0, hui::SetLamp{{}, lamp, lit});
    }
}

void SimulatedHui::tell_clock() {
    const ClockTime time = clock_time(transport().position(), settings_.frames_a_second);
    const auto wanted = hui::TimeDisplay::of(
        fmt::format("{:02}.{:02}.{:02}.{:02}", time.hours % 100, time.minutes, time.seconds, time.frames));
    if (!wanted) return;
    const auto change = clock_said_.value_or(hui::TimeDisplay()).change_to(*wanted);
    clock_said_ = wanted;
    if (change) tell(0, *change);
}

}  // namespace kedge::sim
