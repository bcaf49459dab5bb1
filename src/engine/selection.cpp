#include "engine/selection.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace kedge::engine {

bool Selection::takes(const StripName& strip, Control control) const {
    const auto among = [](const auto& list, const auto& one) {
        return list.empty() || std::find(list.begin(), list.end(), one) != list.end();
    };
    return among(strips, strip.name) && among(controls, control);
}

Result<void> Selection::check(const std::vector<StripName>& known, const std::string& of) const {
    std::set<std::string> names;
    for (const StripName& strip : known) names.insert("'" + strip.name + "'");
    for (const std::string& wanted : strips)
        if (!names.contains("'" + wanted + "'"))
            return fail(ErrorKind::usage, fmt::format("No strip '{}' is in {}.", wanted, of),
                        fmt::format("It has these: {}.", fmt::join(names, ", ")));
    return {};
}

}  // namespace kedge::engine
