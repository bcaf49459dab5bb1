#pragma once

#include "hui/unit_words.hpp"

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace kedge::hui {

/// Characters by the codes of the displays, which have a set of their own; 20 to 7E hexadecimal are as in
/// ASCII.
template <std::size_t length>
using Codes = std::array<midi::Data7, length>;

using Label = Codes<4>;      ///< of a small display
using ZoneText = Codes<10>;  ///< of a zone of the main display

/// On the main display there are no codes below.
inline constexpr midi::Data7 first_main_code{0x10};

/// Cut off or filled up with blanks; what is not ASCII is a question mark.
[[nodiscard]] Label label_of(std::string_view text);
[[nodiscard]] ZoneText zone_text_of(std::string_view text);

/// Question marks for what is not as in ASCII; blanks at the end stay.
[[nodiscard]] std::string in_ascii(std::span<const midi::Data7> codes);

}  // namespace kedge::hui
