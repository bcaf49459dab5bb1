#pragma once

#include "core/strip_label.hpp"
#include "mix/role_vocabulary.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace kedge::mix {

/// A word or phrase of the vocabulary, with the label's own numbers and side, that is shortened to a label.
struct LabelPhrase {
    std::string name;     ///< "Acoustic Guitar 2"
    bool shown = false;   ///< the label holds letters of its last word
    bool likely = false;  ///< the label holds enough of it; else it only speaks against others
};

/// All of them. `labels` says how names are shortened here: not `Shortening::unknown`.
[[nodiscard]] std::vector<LabelPhrase> phrases_behind(const RoleVocabulary& vocabulary,
                                                      std::string_view label, const StripLabels& labels);

/// The phrases that begin with the last words of a name and go on behind what its label shows: "Guitar Solo"
/// behind "Guitar".
[[nodiscard]] std::vector<std::string> names_going_on(const RoleVocabulary& vocabulary, std::string_view name,
                                                      std::string_view label, const StripLabels& labels);

}  // namespace kedge::mix
