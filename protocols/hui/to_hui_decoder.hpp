#pragma once

#include "hui/dropped.hpp"
#include "hui/messages.hpp"
#include "hui/paired_controllers.hpp"
#include "midi/message.hpp"

#include <cstddef>
#include <optional>

namespace kedge::hui {

/// What a host says, for the device: MIDI messages to values. One for each port; any messages may come.
class ToHuiDecoder {
  public:
    /// What this message says, or the pair that it ends. nullopt for the first of a pair, and for what is
    /// dropped.
    [[nodiscard]] std::optional<ToHui> receive(const midi::Message& message);

    /// Forget the zones and half positions: the port was opened again.
    void reset() { pairs_.reset(dropped_); }

    [[nodiscard]] const Dropped& dropped() const { return dropped_; }
    /// Positions of which half has come.
    [[nodiscard]] std::size_t pending() const { return pairs_.pending(); }

  private:
    [[nodiscard]] std::optional<ToHui> control(const midi::ControlChange& change);
    [[nodiscard]] std::optional<ToHui> lamp(const midi::ControlChange& change);
    [[nodiscard]] std::optional<ToHui> ring(Unit unit, Ring ring, midi::Data7 value);
    [[nodiscard]] std::optional<ToHui> meter(const midi::PolyPressure& pressure);
    [[nodiscard]] std::optional<ToHui> ping(const midi::NoteOn& note);
    [[nodiscard]] std::optional<ToHui> drop(std::uint64_t& kind);

    PairedControllers pairs_;
    Dropped dropped_;
};

}  // namespace kedge::hui
