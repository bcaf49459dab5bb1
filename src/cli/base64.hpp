#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kedge::cli {

[[nodiscard]] std::string to_base64(std::string_view bytes);
/// White space in between is skipped; nullopt for anything else that is not base64.
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text);

}  // namespace kedge::cli
