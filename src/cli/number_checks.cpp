#include "cli/number_checks.hpp"

#include "mix/rebuild_profile.hpp"

#include <charconv>
#include <cstdint>

#include <fmt/format.h>

namespace kedge::cli {

std::string not_a_pass_number(const std::string& text) {
    std::int64_t number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (problem == std::errc() && end == text.data() + text.size()) return {};
    return fmt::format("'{}' is not a pass's number; `kedge passes` lists them", text);
}

std::string not_a_number_of_bars(const std::string& text) {
    int number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = problem == std::errc() && end == text.data() + text.size();
    if (whole && number >= 1 && number <= mix::most_bars_of_a_layer) return {};
    return fmt::format("'{}' is not a number of bars from 1 to {}", text, mix::most_bars_of_a_layer);
}

}  // namespace kedge::cli
