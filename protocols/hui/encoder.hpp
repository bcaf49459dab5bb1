#pragma once

#include "hui/messages.hpp"
#include "midi/message.hpp"

#include <span>
#include <vector>

namespace kedge::hui {

/// As MIDI, in order: one message, two for a switch, a lamp and a fader, as many as it takes for a text.
[[nodiscard]] std::vector<midi::Message> to_midi(const ToHui& message);
[[nodiscard]] std::vector<midi::Message> to_midi(const FromHui& message);

/// Several, as hosts write them: lamps of a zone, one behind the other, select it once.
[[nodiscard]] std::vector<midi::Message> to_midi(std::span<const ToHui> messages);

}  // namespace kedge::hui
