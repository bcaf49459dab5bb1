#pragma once

#include <string>
#include <string_view>

namespace kedge {

/// The text with every byte that is no UTF-8 replaced by U+FFFD: a DAW or a pipe may hand us any bytes, a
/// JSON document may hold only UTF-8.
[[nodiscard]] std::string valid_utf8(std::string_view text);

}  // namespace kedge
