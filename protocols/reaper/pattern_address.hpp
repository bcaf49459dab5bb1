#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kedge::reaper {

/// What stood where a pattern has an '@'.
struct Slot {
    std::vector<int> numbers;  ///< one, or those of a list; empty where a command is
    std::string_view command;  ///< a named command, or the list in which one is; a view into the address
};

/// Tells whether `text` fits `pattern` from its start to its end, and appends what stood at each '@' to
/// `slots`; what it appended to no avail stays. `is_last`: the text ends the whole address, where an '@'
/// needs something to stand for.
[[nodiscard]] bool fits(std::string_view pattern, std::string_view text, bool is_last,
                        std::vector<Slot>& slots);

/// True where the first of the wildcards touch, as in "/a/@@": REAPER has its numbers the other way round.
[[nodiscard]] bool is_inside_out(std::string_view pattern);

}  // namespace kedge::reaper
