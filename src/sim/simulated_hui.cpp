#include "sim/simulated_hui.hpp"

#include "hui/encoder.hpp"

#include <utility>
#include <variant>

/// Pings, and what a HUI says.
namespace kedge::sim {

SimulatedHui::SimulatedHui(Song song, const HuiHostSettings& settings)
    : BankedHost(std::move(song), settings.shared),
      settings_(settings),
      units_(static_cast<std::size_t>(settings.shared.units)) {}

hui::Unit SimulatedHui::on_the_wire(std::uint16_t unit) const {
    return settings_.units_by_channel ? hui::Unit(unit) : hui::Unit();
}

void SimulatedHui::tell(std::uint16_t unit, const hui::ToHui& message) {
    const std::uint16_t port = settings_.units_by_channel ? std::uint16_t{0} : unit;
    for (const midi::Message& each : hui::to_midi(message)) say(port, each);
}

void SimulatedHui::begin() {
    next_ping_ = clock();
    for (const std::uint16_t unit : row().ports()) {
        units_[unit].decoder.reset();
        units_[unit].connected = settings_.answer_within == Duration();
        begin_anew(unit);
    }
}

void SimulatedHui::begin_anew(std::uint16_t unit) {
    forget_unit(unit);
    if (unit == 0) {
        lamps_said_.clear();
        clock_said_.reset();
    }
    repaint();
}

void SimulatedHui::leave() {
    if (!settings_.clears_labels_when_leaving) return;
    for (int place = 0; place < row().places(); ++place) show_label(SurfacePlace(place), {});
}

void SimulatedHui::was_plugged(std::uint16_t port) {
    units_.at(port).decoder.reset();
}

void SimulatedHui::run_displays() {
    if (clock() >= next_ping_) {
        for (const std::uint16_t unit : row().ports()) ping(unit);
        next_ping_ += settings_.ping_every;
    }
    if (!is_connected(0)) return;
    tell_lamps();
    if (settings_.time_display) tell_clock();
}

void SimulatedHui::ping(std::uint16_t unit) {
    OneUnit& one = units_.at(unit);
    if (settings_.answer_within > Duration() && clock() - one.answered > settings_.answer_within)
        one.connected = false;
    if (unit == 0 || !settings_.units_by_channel) tell(unit, hui::Ping{});
}

/// Of units on channels one answers for all.
void SimulatedHui::answered(std::uint16_t unit) {
    for (const std::uint16_t each : row().ports()) {
        if (each != unit && !settings_.units_by_channel) continue;
        units_[each].answered = clock();
        if (!std::exchange(units_[each].connected, true)) begin_anew(each);
    }
}

void SimulatedHui::heard(std::uint16_t port, const midi::Message& message) {
    const auto said = units_.at(port).decoder.receive(message);
    if (!said) return;
    const auto unit_of = [&](hui::Unit unit) -> std::optional<std::uint16_t> {
        if (!settings_.units_by_channel) return port;
        if (!row().has(static_cast<std::uint16_t>(unit.number()))) return std::nullopt;
        return static_cast<std::uint16_t>(unit.number());
    };
    if (std::holds_alternative<hui::PingReply>(*said)) {
        answered(port);
    } else if (const auto* switched = std::get_if<hui::SwitchMoved>(&*said)) {
        if (const auto unit = unit_of(switched->unit)) on_switch(*unit, *switched);
    } else if (const auto* moved = std::get_if<hui::FaderMoved>(&*said)) {
        const auto unit = unit_of(moved->unit);
        // A HUI has no fader for the master.
        if (unit && moved->fader.number() < places_a_unit)
            move(row().place_of(*unit, moved->fader.number()), moved->position);
    } else if (const auto* turned = std::get_if<hui::VPotTurned>(&*said)) {
        const auto unit = unit_of(turned->unit);
        if (unit && turned->vpot.number() < places_a_unit)
            turn(row().place_of(*unit, turned->vpot.number()), turned->turn.clockwise());
    }
}

}  // namespace kedge::sim
