#pragma once

#include <string>
#include <string_view>

namespace kedge {

/// How a DAW makes a strip's name fit into a label.
enum class Shortening {
    cut,     ///< its first characters
    vowels,  ///< blanks and then vowels are left out from the end on, but the first character; then it is cut
    letters,  ///< blanks and signs, then vowels, then consonants are left out from the end on; digits stay
    unknown,
};

/// The labels of a control surface, which stand for the names of strips.
struct StripLabels {
    int width = 0;  ///< characters at most
    Shortening shortening = Shortening::unknown;
    bool operator==(const StripLabels&) const = default;
};

/// The name as a label: at most `labels.width` characters. A name that fits stays as it is; where it is not
/// known how names are shortened they are cut.
[[nodiscard]] std::string strip_label(std::string_view name, const StripLabels& labels);

}  // namespace kedge
