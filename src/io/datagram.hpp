#pragma once

#include <cstddef>

namespace kedge::io {

/// No UDP datagram is longer.
inline constexpr std::size_t largest_datagram = 65'536;

}  // namespace kedge::io
