#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kedge::mix {

/// One piece of a strip's name: a run of letters or a run of digits, folded.
struct RoleToken {
    std::string text;     ///< lower case, without accents: "Bläser" is "blaser"
    bool digits = false;  ///< a number, never a word by itself
    bool glued = false;   ///< touches the piece before it, as "3" in "B3" and "Hat" in "HiHat"
};

/// Folds case and accents of UTF-8 text: Latin and Cyrillic letters to lower case, "ß" to "ss", "œ" to "oe",
/// combining marks dropped. Everything that is not a letter or a digit becomes one space; bytes that are no
/// UTF-8 are such.
[[nodiscard]] std::string fold_letters(std::string_view utf8);

/// Cuts a name where engineers mean a cut: separators, camelCase, letters against digits.
/// "08.Hey_SisterGTR1L" is 08 | hey | sister gtr 1 l.
[[nodiscard]] std::vector<RoleToken> split_name(std::string_view utf8);

}  // namespace kedge::mix
