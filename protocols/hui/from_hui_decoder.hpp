#pragma once

#include "hui/dropped.hpp"
#include "hui/messages.hpp"
#include "hui/paired_controllers.hpp"
#include "midi/message.hpp"

#include <cstddef>
#include <optional>

namespace kedge::hui {

/// What a HUI says, for the host: MIDI messages to values. One for each port; any messages may come.
class FromHuiDecoder {
  public:
    /// What this message says, or the pair that it ends. nullopt for the first of a pair, and for what is
    /// dropped. A HUI that was turned on or off has forgotten its zones and half positions, and so has the
    /// decoder then.
    [[nodiscard]] std::optional<FromHui> receive(const midi::Message& message);

    /// Forget the zones and half positions: the port was opened again.
    void reset() { pairs_.reset(dropped_); }

    [[nodiscard]] const Dropped& dropped() const { return dropped_; }
    /// Positions of which half has come.
    [[nodiscard]] std::size_t pending() const { return pairs_.pending(); }

  private:
    [[nodiscard]] std::optional<FromHui> control(const midi::ControlChange& change);
    [[nodiscard]] std::optional<FromHui> switch_moved(const midi::ControlChange& change);
    [[nodiscard]] std::optional<FromHui> vpot(Unit unit, VPot vpot, midi::Data7 value);
    [[nodiscard]] std::optional<FromHui> jog(Unit unit, midi::Data7 value);
    [[nodiscard]] std::optional<FromHui> reply(const midi::NoteOn& note);
    [[nodiscard]] std::optional<FromHui> real_time(midi::RealTime message);
    [[nodiscard]] std::optional<FromHui> drop(std::uint64_t& kind);

    PairedControllers pairs_;
    Dropped dropped_;
};

}  // namespace kedge::hui
