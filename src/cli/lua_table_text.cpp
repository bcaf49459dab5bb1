#include "cli/lua_table_text.hpp"

#include <algorithm>
#include <charconv>

namespace kedge::cli {

namespace {

constexpr std::string_view between_words = " \t\r\n;";
constexpr std::string_view digits = "0123456789";

/// Reads from the front; each step says whether it met what it wanted.
class LuaReader {
  public:
    explicit LuaReader(std::string_view lua) : all_(lua), rest_(lua) {}

    void skip_white() { rest_.remove_prefix(std::min(rest_.find_first_not_of(between_words), rest_.size())); }
    [[nodiscard]] bool at_end() const { return rest_.empty(); }
    [[nodiscard]] std::size_t at() const { return all_.size() - rest_.size(); }
    bool take(std::string_view wanted) {
        skip_white();
        if (!rest_.starts_with(wanted)) return false;
        rest_.remove_prefix(wanted.size());
        return true;
    }
    [[nodiscard]] bool sees(std::string_view wanted) {
        skip_white();
        return rest_.starts_with(wanted);
    }
    /// A string in double quotes, as string.format's %q writes it.
    std::optional<std::string> take_string();
    std::optional<LuaKey> take_key();
    /// A number, true, false, nil or an empty table.
    bool take_plain_value();

  private:
    bool take_escape(std::string& out);

    std::string_view all_;
    std::string_view rest_;
};

std::optional<std::string> LuaReader::take_string() {
    if (!take("\"")) return std::nullopt;
    std::string out;
    while (!rest_.empty()) {
        const char letter = rest_.front();
        rest_.remove_prefix(1);
        if (letter == '"') return out;
        if (letter == '\n') return std::nullopt;
        if (letter != '\\') {
            out += letter;
        } else if (!take_escape(out)) {
            return std::nullopt;
        }
    }
    return std::nullopt;
}

bool LuaReader::take_escape(std::string& out) {
    constexpr std::string_view short_names = "abfnrtv\\\"'\n";
    constexpr std::string_view meanings = "\a\b\f\n\r\t\v\\\"'\n";
    if (rest_.empty()) return false;
    if (const auto known = short_names.find(rest_.front()); known != std::string_view::npos) {
        out += meanings[known];
        rest_.remove_prefix(1);
        return true;
    }
    const auto count = std::min<std::size_t>({rest_.find_first_not_of(digits), rest_.size(), 3});
    unsigned byte = 0;
    std::from_chars(rest_.data(), rest_.data() + count, byte);
    if (count == 0 || byte > 255) return false;
    out += static_cast<char>(byte);
    rest_.remove_prefix(count);
    return true;
}

std::optional<LuaKey> LuaReader::take_key() {
    if (!take("[")) return std::nullopt;
    std::optional<LuaKey> key;
    if (sees("\"")) {
        if (auto text = take_string()) key = std::move(*text);
    } else {
        long long number = 0;
        const auto [end, problem] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), number);
        if (problem != std::errc()) return std::nullopt;
        rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
        key = number;
    }
    return take("]") ? key : std::nullopt;
}

bool LuaReader::take_plain_value() {
    if (take("{")) return take("}");
    constexpr std::string_view of_words = "+-.0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    skip_white();
    const auto word = rest_.substr(0, rest_.find_first_not_of(of_words));
    rest_.remove_prefix(word.size());
    if (word == "true" || word == "false" || word == "nil") return true;
    return !word.empty() && word.find_first_of(digits) != std::string_view::npos;
}

}  // namespace

std::optional<std::vector<LuaAssignment>> read_assignments(std::string_view lua, std::string_view table) {
    std::vector<LuaAssignment> all;
    LuaReader reader(lua);
    for (reader.skip_white(); !reader.at_end(); reader.skip_white()) {
        const auto begin = reader.at();
        LuaAssignment one;
        if (!reader.take(table)) return std::nullopt;
        while (reader.sees("[")) {
            auto key = reader.take_key();
            if (!key) return std::nullopt;
            one.keys.push_back(std::move(*key));
        }
        if (!reader.take("=")) return std::nullopt;
        if (reader.sees("\"")) {
            one.text = reader.take_string();
            if (!one.text) return std::nullopt;
        } else if (!reader.take_plain_value()) {
            return std::nullopt;
        }
        one.words = lua.substr(begin, reader.at() - begin);
        all.push_back(std::move(one));
    }
    return all;
}

}  // namespace kedge::cli
