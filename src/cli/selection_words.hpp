#pragma once

#include "core/result.hpp"
#include "engine/selection.hpp"

#include <string>
#include <vector>

namespace kedge::cli {

/// --strip and --control as they were given.
struct SelectionWords {
    std::vector<std::string> strips;
    std::vector<std::string> controls;
};

/// A usage error for a word that is no control.
[[nodiscard]] Result<engine::Selection> selection_of(const SelectionWords& words);

}  // namespace kedge::cli
