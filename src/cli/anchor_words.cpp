#include "cli/anchor_words.hpp"

#include "cli/nearest_word.hpp"

#include <string_view>
#include <vector>

#include <fmt/format.h>

namespace kedge::cli {

Result<AnchorWish> anchor_wish(const std::string& words, const MixerState& mixer) {
    if (const auto role = role_from_string(words)) return AnchorWish{role, std::nullopt};
    std::vector<std::string_view> known;
    for (const Role role : all_roles()) known.push_back(to_string(role));
    for (const Strip& strip : mixer.strips) {
        if (strip.name.name == words) return AnchorWish{std::nullopt, words};
        known.emplace_back(strip.name.name);
    }
    return fail(ErrorKind::usage, fmt::format("--anchor '{}' is neither a role nor a strip.", words),
                fmt::format("The nearest is '{}'; `kedge strips` lists the strips, `kedge roles` what they "
                            "are taken for.",
                            nearest_word(words, known)));
}

}  // namespace kedge::cli
