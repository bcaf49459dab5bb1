#include "io/controller_ports.hpp"

#include <algorithm>
#include <utility>

namespace kedge::io {

ControllerPorts::ControllerPorts(engine::Controllers& controllers, DawLoop& daw, EventLoop& loop)
    : controllers_(controllers), daw_(daw), loop_(loop) {
    daw_.after_each_step([this] { send_what_is_shown(); });
}

ControllerPorts::~ControllerPorts() {
    daw_.after_each_step(nullptr);
}

Result<void> ControllerPorts::open(std::size_t controller, const std::string& port,
                                   const std::string& client) {
    MidiAddress address;
    address.units = {port};
    address.client = client;
    auto wire = MidiWire::open(address, loop_);
    if (!wire) return tl::unexpected(wire.error());
    ports_.push_back({controller, std::move(*wire), false});
    const std::size_t place = ports_.size() - 1;
    ports_[place].wire->listen({[this, controller](std::size_t, std::span<const std::byte> bytes) {
                                    daw_.act(controllers_, [&](engine::Desk& desk) {
                                        controllers_.received(desk, controller, bytes);
                                    });
                                },
                                [this, controller, place](std::size_t, bool plugged_in) {
                                    ports_[place].plugged_in = plugged_in;
                                    daw_.act(controllers_, [&](engine::Desk& desk) {
                                        controllers_.plugged(desk, controller, plugged_in);
                                    });
                                }});
    return {};
}

void ControllerPorts::send_what_is_shown() {
    for (const auto& each : controllers_.take_for_devices()) {
        const auto port = std::find_if(ports_.begin(), ports_.end(),
                                       [&](const Port& one) { return one.controller == each.controller; });
        if (port == ports_.end() || !port->wire->send(0, each.bytes)) ++send_failures_;
    }
}

}  // namespace kedge::io
