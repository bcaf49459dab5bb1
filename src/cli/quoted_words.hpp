#pragma once

#include <string>
#include <string_view>
#include <vector>

/// The text of REAPER's .ini files. Pure.
namespace kedge::cli {

/// Without their ends, LF or CRLF.
[[nodiscard]] std::vector<std::string_view> lines_of(std::string_view text);
/// Words between blanks; one in quotes may hold blanks, and be empty.
[[nodiscard]] std::vector<std::string> words_of_entry(std::string_view text);

}  // namespace kedge::cli
