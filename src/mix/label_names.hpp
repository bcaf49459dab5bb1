#pragma once

#include "core/strip_label.hpp"
#include "mix/role_vocabulary.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace kedge::mix {

/// A name of the vocabulary's words that is shortened to a label.
struct LabelName {
    std::string name;  ///< in the label's own case: "Snare Top"
    int strain = 0;    ///< how far-fetched it is: more for letters left out, words, and words of one language
};

/// All names of at most three words, the least far-fetched first; words of two languages do not meet, but
/// each meets those that are used everywhere. None where there are more than anybody could choose from.
/// `labels` says how names are shortened here: not `Shortening::unknown`.
[[nodiscard]] std::vector<LabelName> names_behind(const RoleVocabulary& vocabulary, std::string_view label,
                                                  const StripLabels& labels);

}  // namespace kedge::mix
