#pragma once

#include "core/strip_label.hpp"
#include "mix/role_book.hpp"
#include "mix/role_vocabulary.hpp"

#include <string_view>

namespace kedge::mix {

/// Reads the label of a strip: its role where all likely names behind the label agree on one, else `other`
/// with the names that do not. A label that is shorter than labels may be is the name itself, and is read so.
[[nodiscard]] RoleGuess read_label(const RoleVocabulary& vocabulary, std::string_view label,
                                   const StripLabels& labels);

}  // namespace kedge::mix
