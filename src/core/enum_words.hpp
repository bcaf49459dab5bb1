#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace kedge {

/// The value of an enum whose words stand in `words` in the order of its values; nullopt for a word not
/// there.
template <typename Enum, std::size_t N>
[[nodiscard]] std::optional<Enum> enum_from_word(const std::array<std::string_view, N>& words,
                                                 std::string_view word) {
    for (std::size_t i = 0; i < N; ++i)
        if (words[i] == word) return static_cast<Enum>(i);
    return std::nullopt;
}

}  // namespace kedge
