#pragma once

#include "io/daw_wire.hpp"
#include "io/event_loop.hpp"
#include "io/midi_address.hpp"

#include <memory>
#include <string>

namespace kedge::io {

/// MIDI ports by RtMidi, a pair for each unit. Ports of the DAW that are unplugged are looked for, by name,
/// twice a second, and connected again, also where on JACK only the cable was pulled; where kedge's own ports
/// are, it is told nothing about who is connected to them. A MIDI system that stops counts as unplugged until
/// it is back. Whole messages come in; what comes faster than it is taken is dropped and counted.
class MidiWire : public DawWire {
  public:
    /// An error of kind no_daw when there is no MIDI system at all, one of kind usage when a name may be
    /// several ports. Ports that are not there yet are waited for. `loop` outlives the wire.
    static Result<std::unique_ptr<MidiWire>> open(const MidiAddress& address, EventLoop& loop);
    ~MidiWire() override;

    void listen(Ears ears) override;
    void catch_up() override;
    /// One or more whole messages, each with its status byte. At most some 16,000 bytes in two of JACK's
    /// periods: what is more does not leave.
    bool send(std::size_t port, std::span<const std::byte> bytes) override;
    [[nodiscard]] std::string name() const override;
    /// Names the port that is missing, and those there are.
    [[nodiscard]] std::string what_to_check() const override;
    [[nodiscard]] std::uint64_t dropped() const override;
    /// A DAW takes its time over a control surface that comes.
    [[nodiscard]] Duration first_answer() const override { return std::chrono::seconds(8); }

    /// What there is to connect to; kedge's own ports left out. Empty without a MIDI system.
    [[nodiscard]] static MidiPortNames ports();

  private:
    struct State;
    explicit MidiWire(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace kedge::io
