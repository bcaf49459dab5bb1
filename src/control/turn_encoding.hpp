#pragma once

#include "midi/message.hpp"

#include <cstdint>

namespace kedge::control {

/// How an encoder says in seven bits which way it went, and how far.
enum class TurnEncoding : std::uint8_t {
    twos_complement,    ///< 1 is one tick clockwise, 127 one back
    binary_offset,      ///< 65 and 63
    sign_is_back,       ///< 1 and 65: the seventh bit set is back
    sign_is_clockwise,  ///< 65 and 1
};

/// Ticks, clockwise above 0; -64 to 63.
[[nodiscard]] int ticks_in(midi::Data7 value, TurnEncoding encoding);

}  // namespace kedge::control
