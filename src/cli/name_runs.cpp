#include "cli/name_runs.hpp"

#include "core/text_fields.hpp"

#include <regex>

#include <fmt/format.h>

namespace kedge::cli {

Result<std::vector<std::string>> names_in(std::string_view text) {
    constexpr int most = 64;
    static const std::regex run("(^|.* )([0-9]+)-([0-9]+)( .*|$)");
    const std::string whole(text);
    std::smatch found;
    if (!std::regex_match(whole, found, run)) return std::vector{whole};
    const auto first = number_in_whole<int>(found.str(2));
    const auto last = number_in_whole<int>(found.str(3));
    if (!first || !last || *first >= *last || *last - *first >= most)
        return fail(ErrorKind::usage, fmt::format("'{}' must count upwards, {} at most.", text, most));
    std::vector<std::string> names;
    for (int i = *first; i <= *last; ++i)
        names.push_back(fmt::format("{}{}{}", found.str(1), i, found.str(4)));
    return names;
}

}  // namespace kedge::cli
