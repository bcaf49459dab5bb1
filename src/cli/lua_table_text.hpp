#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// The little Lua that Ardour writes its scripts down in: assignments to fields of one table.
namespace kedge::cli {

/// A key: a whole number or a string.
using LuaKey = std::variant<long long, std::string>;

/// scripts[1]["n"] = "Name"
struct LuaAssignment {
    std::vector<LuaKey> keys;
    std::optional<std::string> text;  ///< the value, where it is a string
    std::string_view words;           ///< all of it, as it stands
};

/// Every assignment to `table` in a text that holds nothing else; nullopt when there is anything else. Views
/// point into `lua`.
[[nodiscard]] std::optional<std::vector<LuaAssignment>> read_assignments(std::string_view lua,
                                                                         std::string_view table);

}  // namespace kedge::cli
