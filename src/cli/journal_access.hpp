#pragma once

#include "core/result.hpp"
#include "journal/journal.hpp"

#include <memory>

namespace kedge::cli {

/// The user's journal in the state folder.
[[nodiscard]] Result<std::unique_ptr<journal::Journal>> open_user_journal();

}  // namespace kedge::cli
