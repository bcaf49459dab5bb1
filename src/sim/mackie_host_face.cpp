#include "sim/coarse_ring.hpp"
#include "sim/simulated_mackie.hpp"

#include <cmath>
#include <utility>

/// What a strip shows, as messages of a Mackie Control. A unit that is not on hears nothing of it.
namespace kedge::sim {

namespace {

mackie::SlotKey key_of(StripLamp lamp) {
    switch (lamp) {
        case StripLamp::rec:
            return mackie::SlotKey::rec;
        case StripLamp::solo:
            return mackie::SlotKey::solo;
        case StripLamp::mute:
            return mackie::SlotKey::mute;
        case StripLamp::select:
            break;
    }
    return mackie::SlotKey::select;
}

mackie::Ring ring_with_centre_led(Pan pan) {
    const double share = (pan.position() + 1.0) / 2.0;
    const bool centre = share > 0.45 && share < 0.55;
    return {mackie::RingMode::single_dot, static_cast<int>(std::lrint(share * 10.0)) + 1, centre};
}

}  // namespace

void SimulatedMackie::write_cell(SurfacePlace place, mackie::LcdLine line, const std::string& text) {
    const auto [port, slot] = row().spot_of(place);
    if (!is_on(port)) return;
    const bool is_short = settings_.last_cell_is_short && slot == places_a_unit - 1;
    auto characters = mackie::DisplayText::from_utf8(text).characters();
    characters.resize(
        static_cast<std::size_t>(is_short ? shared().labels.width : mackie::LcdOffset::slot_width),
        midi::Data7(' '));
    tell(port, mackie::WriteLcd{{line, mackie::Slot(slot)}, mackie::DisplayText(std::move(characters))});
}

void SimulatedMackie::show_label(SurfacePlace place, const std::string& text) {
    write_cell(place, mackie::LcdLine::upper, text);
}

void SimulatedMackie::show_value(SurfacePlace place, const std::string& text) {
    const ValueRules& values = shared().values;
    if (!values.shows && values.rest == ValueRules::Rest::nothing) return;
    write_cell(place, mackie::LcdLine::lower, text);
}

void SimulatedMackie::show_fader(SurfacePlace place, FaderPosition position) {
    const auto [port, slot] = row().spot_of(place);
    if (!is_on(port) || (place.is_master() && !settings_.master_fader)) return;
    const mackie::Fader fader =
        place.is_master() ? mackie::Fader::master() : mackie::Fader(mackie::Slot(slot));
    tell(port, mackie::MoveFader{fader, position});
}

void SimulatedMackie::show_pan(SurfacePlace place, std::optional<Pan> pan) {
    const auto [port, slot] = row().spot_of(place);
    if (!is_on(port)) return;
    mackie::Ring ring;
    if (settings_.rings == MackieHostSettings::Rings::dot) {
        ring = {mackie::RingMode::single_dot, coarse_ring_step(pan.value_or(Pan()))};
    } else if (pan) {
        ring = ring_with_centre_led(*pan);
    }
    tell(port, mackie::SetRing{mackie::Slot(slot), ring});
}

void SimulatedMackie::show_lamp(SurfacePlace place, StripLamp lamp, bool lit) {
    const auto [port, slot] = row().spot_of(place);
    if (!is_on(port)) return;
    const bool blinks = lamp == StripLamp::solo && settings_.soloed_blinks;
    const mackie::Led led = !lit ? mackie::Led::off : blinks ? mackie::Led::blink : mackie::Led::on;
    tell(port, mackie::SetLed{{key_of(lamp), mackie::Slot(slot)}, led});
}

void SimulatedMackie::show_meter(SurfacePlace place, int /*side*/, int segments) {
    const auto [port, slot] = row().spot_of(place);
    tell(port, mackie::ShowLevel{mackie::Slot(slot), mackie::MeterLevel(segments)});
}

void SimulatedMackie::show_overload(SurfacePlace place, int /*side*/, bool on) {
    const auto [port, slot] = row().spot_of(place);
    tell(port, mackie::SetOverload{mackie::Slot(slot), on});
}

}  // namespace kedge::sim
