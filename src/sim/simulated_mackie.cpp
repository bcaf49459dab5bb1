#include "sim/simulated_mackie.hpp"

#include "mackie/device_codec.hpp"
#include "mackie/host_codec.hpp"

#include <algorithm>
#include <utility>
#include <variant>

/// Who is who, and what a unit says.
namespace kedge::sim {

namespace {

/// What Ardour asks for on every port.
constexpr std::array models_asked = {mackie::Model::main_unit, mackie::Model::extender,
                                     mackie::Model::logic_control, mackie::Model::logic_control_extender};

bool is_logic_control(mackie::Model model) {
    return model == mackie::Model::logic_control || model == mackie::Model::logic_control_extender;
}

bool begins_as_greeting(const mackie::Serial& serial) {
    constexpr std::size_t known = 3;
    return std::equal(serial.numbers.begin(), serial.numbers.begin() + known,
                      mackie::greeting_serial.numbers.begin());
}

constexpr const char* splash_text = "Initializing... Please wait...";

}  // namespace

SimulatedMackie::SimulatedMackie(Song song, const MackieHostSettings& settings)
    : BankedHost(std::move(song), settings.shared),
      settings_(settings),
      units_(static_cast<std::size_t>(settings.shared.units)) {
    for (const std::uint16_t port : row().ports()) units_[port].model = own_model(port);
}

mackie::Model SimulatedMackie::own_model(std::uint16_t port) const {
    return port == 0 || settings_.extenders_as_main ? mackie::Model::main_unit : mackie::Model::extender;
}

void SimulatedMackie::tell(std::uint16_t port, const mackie::HostMessage& message) {
    say(port, mackie::write_to_device(message, units_.at(port).model));
}

void SimulatedMackie::begin() {
    held_.clear();
    for (const std::uint16_t port : row().ports()) {
        units_[port].on = false;
        if (settings_.greeting == MackieHostSettings::Greeting::asks) {
            ask_who(port);
        } else {
            turn_on(port);
        }
    }
}

void SimulatedMackie::ask_who(std::uint16_t port) {
    for (const mackie::Model model : models_asked)
        say(port, mackie::write_to_device(mackie::DeviceQuery{}, model));
}

/// From now on the unit is told everything, from the beginning.
void SimulatedMackie::turn_on(std::uint16_t port) {
    if (units_.at(port).on) return;
    units_.at(port).on = true;
    begin_anew(port);
}

void SimulatedMackie::begin_anew(std::uint16_t port) {
    forget_unit(port);
    if (port == 0) forget_displays();
    if (settings_.splash) {
        auto text = mackie::DisplayText::from_utf8(splash_text).characters();
        text.resize(mackie::LcdOffset::count, midi::Data7(' '));
        tell(port, mackie::WriteLcd{{}, mackie::DisplayText(std::move(text))});
    }
    if (settings_.meter_mode && !settings_.meter_mode_follows_transport)
        set_meter_modes(port, *settings_.meter_mode);
    repaint();
}

void SimulatedMackie::set_meter_modes(std::uint16_t port, mackie::MeterMode mode) {
    for (int slot = 0; slot < places_a_unit; ++slot)
        tell(port, mackie::SetMeterMode{mackie::Slot(slot), mode});
    if (settings_.meter_mode_follows_transport) return;
    for (int slot = 0; slot < places_a_unit; ++slot)
        tell(port, mackie::SetOverload{mackie::Slot(slot), false});
}

void SimulatedMackie::leave() {
    if (!settings_.resets_when_leaving) return;
    for (const std::uint16_t port : row().ports())
        tell(port, mackie::Reset{mackie::Reset::Command::with_argument});
}

void SimulatedMackie::was_plugged(std::uint16_t port) {
    if (settings_.greeting == MackieHostSettings::Greeting::asks) ask_who(port);
    if (settings_.repaints_when_plugged && is_on(port)) begin_anew(port);
}

void SimulatedMackie::heard(std::uint16_t port, const midi::Message& message) {
    if (settings_.any_message_turns_on) turn_on(port);
    const auto read = mackie::read_from_device(message);
    if (read) {
        act_on(port, *read);
    } else {
        unusable_.count(read.error());
    }
}

void SimulatedMackie::act_on(std::uint16_t port, const mackie::FromDevice& said) {
    const mackie::Model from = said.from.value_or(units_.at(port).model);
    const auto& message = said.message;
    if (const auto* query = std::get_if<mackie::ConnectionQuery>(&message)) {
        on_query(port, *query, from);
    } else if (std::holds_alternative<mackie::ConnectionConfirmed>(message)) {
        on_confirmed(port, from);
    } else if (std::holds_alternative<mackie::ConnectionRefused>(message)) {
        if (settings_.greeting == MackieHostSettings::Greeting::asks) units_.at(port).on = false;
    } else if (const auto* moved = std::get_if<mackie::FaderMoved>(&message)) {
        if (has_fader(port, moved->fader)) move(row().place_of(port, moved->fader.index()), moved->position);
    } else if (const auto* touched = std::get_if<mackie::FaderTouched>(&message)) {
        if (has_fader(port, touched->fader))
            touch(row().place_of(port, touched->fader.index()), touched->touched);
    } else if (const auto* turned = std::get_if<mackie::VPotTurned>(&message)) {
        turn(row().place_of(port, turned->slot.index()), turned->ticks.clockwise());
    } else if (const auto* button = std::get_if<mackie::ButtonMoved>(&message)) {
        on_button(port, *button);
    }
}

void SimulatedMackie::on_query(std::uint16_t port, const mackie::ConnectionQuery& query, mackie::Model from) {
    if (settings_.greeting == MackieHostSettings::Greeting::silent) {
        if (begins_as_greeting(query.serial) && from == own_model(port)) begin_anew(port);
        return;
    }
    // What it says it is goes into what it is told.
    units_.at(port).model = from;
    if (is_logic_control(from)) {
        tell(port,
             mackie::ConnectionReply{query.serial, mackie::response_to(query.challenge, settings_.shift)});
    } else {
        turn_on(port);
    }
}

void SimulatedMackie::on_confirmed(std::uint16_t port, mackie::Model from) {
    if (settings_.greeting == MackieHostSettings::Greeting::silent || !is_logic_control(from)) return;
    tell(port, mackie::VersionRequest{});
    turn_on(port);
}

/// The master's stands on the main unit alone.
bool SimulatedMackie::has_fader(std::uint16_t port, mackie::Fader fader) const {
    return !fader.is_master() || (port == 0 && settings_.master_fader);
}

}  // namespace kedge::sim
