#pragma once

#include "control/control_reader.hpp"
#include "control/controller_map.hpp"
#include "control/hands.hpp"
#include "midi/stream_parser.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace kedge::control {

/// A controller's bytes of MIDI: what they say of its controls, and what is to be said to it. Pure.
class ControllerLink {
  public:
    /// `map` outlives the link.
    explicit ControllerLink(const ControllerMap& map) : map_(map), reader_(map.controls) {}

    /// Any number of bytes; anything at all may be in them.
    [[nodiscard]] std::vector<ControlNews> heard(std::span<const std::byte> bytes);
    [[nodiscard]] std::vector<std::byte> bytes_for(const Shown& shown) const;
    /// Of a map with a display (asserted).
    [[nodiscard]] std::vector<std::byte> bytes_for(const ShowText& text) const;
    /// The device was plugged in anew.
    void reset();

    [[nodiscard]] std::uint64_t messages() const { return messages_; }
    /// Of those, what is no control's of the map.
    [[nodiscard]] std::uint64_t unknown() const { return reader_.unknown(); }

  private:
    const ControllerMap&
        map_;  // NOLINT(cppcoreguidelines-avoid-const-or-ref-data-members): for as long as it is
    ControlReader reader_;
    midi::StreamParser parser_;
    std::uint64_t messages_ = 0;
};

}  // namespace kedge::control
