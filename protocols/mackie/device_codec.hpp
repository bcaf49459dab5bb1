#pragma once

#include "core/result.hpp"
#include "mackie/device_messages.hpp"
#include "mackie/unusable.hpp"
#include "midi/message.hpp"

/// What a unit says, as MIDI and back. The device writes, a simulated host reads. Safe from any thread.
namespace kedge::mackie {

/// Any MIDI message at all may come: one that means nothing to a host is refused with the reason.
[[nodiscard]] tl::expected<FromDevice, Unusable> read_from_device(const midi::Message& message);

/// `from` goes into SysEx of Mackie's alone.
[[nodiscard]] midi::Message write_to_host(const DeviceMessage& message, Model from);

}  // namespace kedge::mackie
