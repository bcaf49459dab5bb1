#pragma once

#include <span>
#include <string_view>

namespace kedge::cli {

/// The known word that takes the fewest letters to change, add, drop or swap with the next; the first of
/// several. `known` is not empty.
[[nodiscard]] std::string_view nearest_word(std::string_view wrong, std::span<const std::string_view> known);

}  // namespace kedge::cli
