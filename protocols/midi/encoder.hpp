#pragma once

#include "midi/message.hpp"

#include <cstddef>
#include <vector>

namespace kedge::midi {

/// The message as bytes, always with its status byte. Safe from any thread.
[[nodiscard]] std::vector<std::byte> encode(const Message& message);

/// The same, behind what already stands in `bytes`.
void encode_onto(std::vector<std::byte>& bytes, const Message& message);

}  // namespace kedge::midi
