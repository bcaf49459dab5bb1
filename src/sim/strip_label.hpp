#pragma once

#include <string>
#include <string_view>

namespace kedge::sim {

/// How a DAW makes a strip's name fit on a surface.
enum class LabelStyle {
    cut,          ///< the first characters
    abbreviated,  ///< as Ardour: blanks, then vowels, then consonants are left out, from the end on
};

/// At most `width` characters; a name that fits stays as it is.
[[nodiscard]] std::string strip_label(std::string_view name, int width, LabelStyle style);

}  // namespace kedge::sim
