#pragma once

#include "ardour/ardour_codec.hpp"

#include <string_view>

namespace kedge::ardour {

/// A word of Ardour's strip addresses.
struct Word {
    std::string_view text;
    StripWord word = StripWord::unknown;
    StripWord automation = StripWord::unknown;  ///< what "…/automation" behind it speaks of
};

/// The word spelt like this; nullptr when Ardour never says it. Takes one comparison, as a burst of values is
/// made of these.
[[nodiscard]] const Word* find_word(std::string_view text);

}  // namespace kedge::ardour
