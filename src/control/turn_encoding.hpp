#pragma once

#include "midi/message.hpp"

#include <array>
#include <cstdint>
#include <string_view>

namespace kedge::control {

/// How an encoder says in seven bits which way it went, and how far.
enum class TurnEncoding : std::uint8_t {
    twos_complement,    ///< 1 is one tick clockwise, 127 one back
    binary_offset,      ///< 65 and 63
    sign_is_back,       ///< 1 and 65: the seventh bit set is back
    sign_is_clockwise,  ///< 65 and 1
};

/// In the words of a profile, in the order of the encodings.
inline constexpr std::array<std::string_view, 4> turn_words = {"twos complement", "binary offset",
                                                               "sign is back", "sign is clockwise"};

/// Ticks, clockwise above 0; -64 to 63.
[[nodiscard]] int ticks_in(midi::Data7 value, TurnEncoding encoding);

}  // namespace kedge::control
