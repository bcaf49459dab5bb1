#pragma once

#include <cstddef>
#include <span>

namespace kedge::io {

/// How long the first message of these bytes is; 0 without bytes. MIDI systems take one message at a time.
/// Every message is to have its status byte; real-time bytes within SysEx stay where they are.
[[nodiscard]] std::size_t first_midi_message(std::span<const std::byte> bytes);

}  // namespace kedge::io
