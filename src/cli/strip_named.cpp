#include "cli/strip_named.hpp"

#include "cli/nearest_word.hpp"

#include <string_view>
#include <vector>

#include <fmt/format.h>

namespace kedge::cli {

Result<const Strip*> strip_named(const std::string& name, const MixerState& mixer) {
    const Strip* found = nullptr;
    std::vector<std::string_view> known;
    for (const Strip& strip : mixer.strips) {
        known.emplace_back(strip.name.name);
        if (strip.name.name != name) continue;
        if (found)
            return fail(ErrorKind::usage, fmt::format("Two strips are called '{}'.", name),
                        "Rename one of them in the DAW; kedge cannot tell them apart for certain.");
        found = &strip;
    }
    if (found) return found;
    const std::string nearest =
        known.empty() ? std::string() : fmt::format("The nearest is '{}'; ", nearest_word(name, known));
    return fail(ErrorKind::usage, fmt::format("No strip is called '{}'.", name),
                nearest + "`kedge strips` lists the names.");
}

}  // namespace kedge::cli
