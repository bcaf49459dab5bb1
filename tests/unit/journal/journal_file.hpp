#pragma once

#include "support/without_root.hpp"

#include <string>

namespace kedge::test {

/// Runs SQL on a file behind the journal's back; the answer's first column, or the error.
std::string run_sql(const std::string& path, const std::string& sql);

}  // namespace kedge::test
