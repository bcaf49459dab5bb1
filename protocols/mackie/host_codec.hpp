#pragma once

#include "core/result.hpp"
#include "mackie/host_messages.hpp"
#include "mackie/unusable.hpp"
#include "midi/message.hpp"

/// What a host says, as MIDI and back. The device reads, a simulated host writes. Safe from any thread.
namespace kedge::mackie {

/// Any MIDI message at all may come: one that means nothing to a unit is refused with the reason.
[[nodiscard]] tl::expected<FromHost, Unusable> read_from_host(const midi::Message& message);

/// `to` goes into SysEx of Mackie's alone.
[[nodiscard]] midi::Message write_to_device(const HostMessage& message, Model to);

}  // namespace kedge::mackie
