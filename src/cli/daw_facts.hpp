#pragma once

#include "banked/daw_profile.hpp"
#include "core/enum_words.hpp"
#include "mix/toml_table.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace kedge::cli {

/// One table of a DAW's profile. What is read from it is noted as certain or unknown in the profile; a value
/// that is wrong is thrown as mix::WrongToml.
class DawFacts {
  public:
    static constexpr std::string_view unknown_word = "unknown";
    static constexpr std::string_view none_word = "none";

    /// `name` stands before its keys: "fader"; empty for the file itself. All outlive this.
    DawFacts(mix::TomlTable table, std::string_view name, banked::DawProfile& profile)
        : table_(table), name_(name), profile_(profile) {}

    [[nodiscard]] const mix::TomlTable& table() const { return table_; }
    /// How certain the value is: nothing else is known yet than whether it is there.
    void note(std::string_view key, bool is_unknown);

    /// One of the words, which are in the order of the enum.
    template <typename Enum, std::size_t N>
    [[nodiscard]] Enum word(std::string_view key, const std::array<std::string_view, N>& words) {
        const auto text = table_.text(key);
        const auto value = enum_from_word<Enum>(words, text);
        if (!value) table_.wrong(key, fmt::format("'{}' is none of: {}", text, fmt::join(words, ", ")));
        note(key, text == unknown_word);
        return *value;
    }
    [[nodiscard]] banked::Known known(std::string_view key);
    /// Sentences, none of them empty.
    [[nodiscard]] std::vector<std::string> sentences(std::string_view key);
    /// Whether the value is this word instead of a number or a list.
    [[nodiscard]] bool is_word(std::string_view key, std::string_view word) const;
    [[nodiscard]] std::optional<int> whole(std::string_view key, int low, int high);
    [[nodiscard]] std::optional<Decibels> level(std::string_view key, double low, double high);
    [[nodiscard]] banked::ButtonUse button(std::string_view key);

  private:
    [[nodiscard]] int whole(const toml::node& node, int low, int high) const;
    [[nodiscard]] banked::SurfaceButton one_button(const toml::node& node) const;

    mix::TomlTable table_;
    std::string_view name_;
    banked::DawProfile& profile_;
};

}  // namespace kedge::cli
