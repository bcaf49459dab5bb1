#pragma once

#include <string>

namespace kedge::cli {

// What is wrong with the text of an option, in CLI11's way: "" where nothing is.

/// What CLI11 itself would take for the largest number that there is.
[[nodiscard]] std::string not_a_pass_number(const std::string& text);
/// Of a layer of a rebuild.
[[nodiscard]] std::string not_a_number_of_bars(const std::string& text);

}  // namespace kedge::cli
