#pragma once

#include <charconv>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

/// Lines of what kedge asks of a companion script, as the simulated scripts read them: fields parted by tabs.
/// Written apart from core/text_fields, as the scripts are.
namespace kedge::sim {

using Fields = std::vector<std::string_view>;

[[nodiscard]] Fields fields_of(std::string_view line);
/// Empty where there is none.
[[nodiscard]] std::string_view field(const Fields& fields, std::size_t at);
/// "%41" is "A".
[[nodiscard]] std::string plain(std::string_view text);

template <typename Number>
[[nodiscard]] std::optional<Number> number_of(std::string_view text) {
    Number number{};
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || problem != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return number;
}

}  // namespace kedge::sim
