#include "cli/selection_words.hpp"

#include <fmt/format.h>

namespace kedge::cli {

Result<engine::Selection> selection_of(const SelectionWords& words) {
    engine::Selection selection;
    selection.strips = words.strips;
    for (const std::string& word : words.controls) {
        const auto control = control_from_string(word);
        if (!control)
            return fail(ErrorKind::usage, fmt::format("'{}' is not a control.", word),
                        "Controls: trim, fader, pan, mute.");
        selection.controls.push_back(*control);
    }
    return selection;
}

}  // namespace kedge::cli
