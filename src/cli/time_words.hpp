#pragma once

#include "core/result.hpp"
#include "core/time.hpp"

#include <string>

namespace kedge::cli {

/// "45s", "1m30s", "90", "1:30", "1:05.5" as a span. A usage error shows the forms.
[[nodiscard]] Result<Duration> parse_span(const std::string& text);

}  // namespace kedge::cli
