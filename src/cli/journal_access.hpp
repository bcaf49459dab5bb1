#pragma once

#include <memory>

#include "core/result.hpp"
#include "journal/journal.hpp"

namespace kedge::cli {

/// The user's journal in the state folder.
[[nodiscard]] Result<std::unique_ptr<journal::Journal>> open_user_journal();

}  // namespace kedge::cli
