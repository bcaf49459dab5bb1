#pragma once

#include "core/result.hpp"
#include "engine/controllers.hpp"
#include "io/daw_loop.hpp"
#include "io/event_loop.hpp"
#include "io/midi_address.hpp"
#include "io/midi_wire.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace kedge::io {

/// The MIDI ports of hardware controllers, on the loop of the DAW that they are for. Found by name, again
/// after whatever was unplugged.
class ControllerPorts {
  public:
    /// All of them outlive the ports; the controllers are guests of the loop's engine.
    ControllerPorts(engine::Controllers& controllers, DawLoop& daw, EventLoop& loop);
    ~ControllerPorts();

    /// Of the controller of this number. One that is not there is waited for; without any MIDI system that is
    /// an error. `client` is what other programs see as the owner of kedge's ends.
    Result<void> open(std::size_t controller, const std::string& port, const std::string& client);

    struct Port {
        std::size_t controller = 0;
        std::unique_ptr<MidiWire> wire;
        bool plugged_in = false;
    };
    [[nodiscard]] const std::vector<Port>& ports() const { return ports_; }
    /// Messages for a device that did not leave.
    [[nodiscard]] std::uint64_t send_failures() const { return send_failures_; }

  private:
    void send_what_is_shown();

    engine::Controllers&
        controllers_;  // NOLINT(cppcoreguidelines-avoid-const-or-ref-data-members): owned elsewhere
    DawLoop& daw_;     // NOLINT(cppcoreguidelines-avoid-const-or-ref-data-members)
    EventLoop& loop_;  // NOLINT(cppcoreguidelines-avoid-const-or-ref-data-members)
    std::vector<Port> ports_;
    std::uint64_t send_failures_ = 0;
};

}  // namespace kedge::io
