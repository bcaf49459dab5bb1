#pragma once

#include "hui/dropped.hpp"
#include "hui/messages.hpp"
#include "midi/message.hpp"

#include <optional>
#include <span>

/// What is shown on the displays travels as SysEx.
namespace kedge::hui {

/// ShowLabel, ShowText of one to eight zones, or ShowTime; nullopt for the rest, which is counted.
[[nodiscard]] std::optional<ToHui> read_display(const midi::SysEx& sysex, Dropped& dropped);

[[nodiscard]] midi::SysEx to_sysex(const ShowLabel& show);
/// One to four zones.
[[nodiscard]] midi::SysEx to_sysex(std::span<const ShowText::Cell> cells);
[[nodiscard]] midi::SysEx to_sysex(const ShowTime& show);

}  // namespace kedge::hui
