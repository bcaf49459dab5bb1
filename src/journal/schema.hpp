#pragma once

#include "core/result.hpp"
#include "journal/sqlite.hpp"

namespace kedge::journal {

/// Brings a journal file to this kedge's schema: a new file is laid out, an older one is carried forward step
/// by step, each step in one transaction. A journal of a newer kedge, or another program's database, is
/// refused and left as it is.
[[nodiscard]] Result<void> bring_up_to_date(const sqlite::Connection& connection);

}  // namespace kedge::journal
