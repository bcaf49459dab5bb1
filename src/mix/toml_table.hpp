#pragma once

#include "core/decibels.hpp"
#include "core/result.hpp"
#include "core/role.hpp"
#include "core/time.hpp"

#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#define TOML_EXCEPTIONS 1
#include <toml++/toml.h>

/// Profiles are read from TOML alike: whole, no key unknown, every number in its bounds, and the first
/// mistake named with its place in the file. Inside of src/mix and src/cli only.
namespace kedge::mix {

/// The file that is read, for messages. Both outlive what is read from it.
struct TomlFile {
    std::string_view origin;     ///< its path, or what it is known by
    std::string_view next_step;  ///< a sentence for who made a mistake in it
};

/// The first thing wrong with a file: thrown while it is read, caught by `read_toml`.
struct WrongToml {
    Error error;
};

/// Throws WrongToml when the text is no TOML.
[[nodiscard]] toml::table parse_toml(TomlFile file, std::string_view text);

/// What `read` gives back, or the mistake that it met.
template <typename Read>
[[nodiscard]] Result<std::invoke_result_t<Read>> read_toml(Read read) {
    try {
        return read();
    } catch (const WrongToml& wrong) {
        return tl::unexpected(wrong.error);
    }
}

/// A table of the file, with what is needed to say where something is wrong. Whatever is asked for must be
/// there and be what it is asked for as, else WrongToml is thrown with origin, line and column.
class TomlTable {
  public:
    using Keys = std::initializer_list<std::string_view>;
    static constexpr double largest_level = 200.0;

    /// `table` outlives this.
    TomlTable(TomlFile file, const toml::table& table) : file_(file), table_(table) {}

    [[noreturn]] void wrong(const toml::node& node, std::string_view what) const;
    [[noreturn]] void wrong(std::string_view key, std::string_view what) const { wrong(need(key), what); }
    /// No other keys than these.
    void only(Keys known) const;
    [[nodiscard]] const toml::node& need(std::string_view key) const;
    [[nodiscard]] const toml::table& entries() const { return table_; }

    [[nodiscard]] TomlTable table(std::string_view key) const;
    [[nodiscard]] TomlTable table(std::string_view key, Keys known) const;
    [[nodiscard]] std::string text(std::string_view key) const;

    [[nodiscard]] double number(const toml::node& node, double low, double high) const;
    [[nodiscard]] double number(std::string_view key, double low, double high) const {
        return number(need(key), low, high);
    }
    [[nodiscard]] Decibels level(const toml::node& node) const {
        return Decibels(number(node, -largest_level, largest_level));
    }
    [[nodiscard]] Decibels level(std::string_view key, double low = -largest_level,
                                 double high = largest_level) const {
        return Decibels(number(key, low, high));
    }
    /// Two levels, the lower one first.
    [[nodiscard]] LevelRange range(std::string_view key) const;
    [[nodiscard]] Duration milliseconds(std::string_view key, double low, double high) const;
    [[nodiscard]] Duration seconds(std::string_view key, double low, double high) const;

    /// A list of any length, or of this one.
    [[nodiscard]] const toml::array& list(const toml::node& node, std::size_t size = 0) const;
    [[nodiscard]] Role role(const toml::node& where, std::string_view word) const;
    [[nodiscard]] std::vector<Role> roles(std::string_view key) const;

  private:
    TomlFile file_;
    const toml::table& table_;
};

}  // namespace kedge::mix
