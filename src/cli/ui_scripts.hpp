#pragma once

#include "core/result.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/property_tree/ptree.hpp>

/// Ardour's file of a user's scripts, "ui_scripts": XML around a Lua text in base64, which fills a table by
/// number.
namespace kedge::cli {

/// A script that can be called as the action "LuaAction/script-NUMBER".
struct UiScript {
    int number = 0;
    std::string name;
    std::string text;  ///< its source, as shown to the user
    bool operator==(const UiScript&) const = default;
};

/// Ardour knows so many.
inline constexpr int most_ui_scripts = 32;

/// The scripts of one file. What is not touched stays as it was, byte by byte.
class UiScripts {
  public:
    /// A file without any.
    UiScripts();
    /// An error names the file and what cannot be understood in it.
    [[nodiscard]] static Result<UiScripts> read(const std::string& file, const std::string& xml);

    [[nodiscard]] const std::vector<UiScript>& scripts() const { return scripts_; }
    [[nodiscard]] const UiScript* find(int number) const;
    void remove(int number);
    /// In place of whatever had the number. The text defines a function `factory`, as Ardour's scripts do.
    void put(const UiScript& script);
    /// The whole file.
    [[nodiscard]] std::string xml() const;

  private:
    /// A statement of the Lua text, and the script that it belongs to; 0: to none.
    struct Statement {
        int number = 0;
        std::string words;
    };

    [[nodiscard]] std::optional<std::string> take_statements(std::string_view lua);

    boost::property_tree::ptree tree_;
    std::vector<Statement> statements_;
    std::vector<UiScript> scripts_;  ///< by number
};

/// A text as a Lua string, quotes and all.
[[nodiscard]] std::string in_lua_quotes(std::string_view text);

}  // namespace kedge::cli
