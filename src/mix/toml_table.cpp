#include "mix/toml_table.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace kedge::mix {

namespace {

WrongToml mistake(TomlFile file, const toml::source_position& at, std::string_view what) {
    return {Error{ErrorKind::usage, fmt::format("{}:{}:{}: {}", file.origin, at.line, at.column, what),
                  std::string(file.next_step)}};
}

}  // namespace

toml::table parse_toml(TomlFile file, std::string_view text) {
    try {
        return toml::parse(text, file.origin);
    } catch (const toml::parse_error& error) {
        throw mistake(file, error.source().begin, error.description());
    }
}

void TomlTable::wrong(const toml::node& node, std::string_view what) const {
    throw mistake(file_, node.source().begin, what);
}

void TomlTable::only(Keys known) const {
    for (const auto& [key, node] : table_)
        if (std::find(known.begin(), known.end(), key.str()) == known.end())
            wrong(node, fmt::format("'{}' is not known here", key.str()));
}

const toml::node& TomlTable::need(std::string_view key) const {
    const toml::node* node = table_.get(key);
    if (!node) wrong(table_, fmt::format("'{}' is missing", key));
    return *node;
}

TomlTable TomlTable::table(std::string_view key) const {
    const toml::node& node = need(key);
    if (!node.is_table()) wrong(node, fmt::format("'{}' must be a table", key));
    return {file_, *node.as_table()};
}

TomlTable TomlTable::table(std::string_view key, Keys known) const {
    const TomlTable inner = table(key);
    inner.only(known);
    return inner;
}

std::string TomlTable::text(std::string_view key) const {
    const toml::node& node = need(key);
    const auto value = node.value<std::string>();
    if (!value) wrong(node, fmt::format("'{}' must be a text in quotes", key));
    return *value;
}

double TomlTable::number(const toml::node& node, double low, double high) const {
    const auto value = node.value<double>();
    if (!value || !node.is_number()) wrong(node, "a number is expected here");
    if (!(*value >= low && *value <= high))
        wrong(node, fmt::format("a number from {:g} to {:g} is expected here", low, high));
    return *value;
}

LevelRange TomlTable::range(std::string_view key) const {
    const toml::node& node = need(key);
    const toml::array& pair = list(node, 2);
    const LevelRange range{level(pair[0]), level(pair[1])};
    if (range.low > range.high) wrong(node, fmt::format("'{}' must begin with its lower end", key));
    return range;
}

Duration TomlTable::milliseconds(std::string_view key, double low, double high) const {
    return Duration(std::llround(number(key, low, high) * 1e6));
}

Duration TomlTable::seconds(std::string_view key, double low, double high) const {
    return Duration(std::llround(number(key, low, high) * 1e9));
}

const toml::array& TomlTable::list(const toml::node& node, std::size_t size) const {
    const toml::array* array = node.as_array();
    if (!array || (size != 0 && array->size() != size))
        wrong(node, size ? fmt::format("a list of {} is expected here", size) : "a list is expected here");
    return *array;
}

Role TomlTable::role(const toml::node& where, std::string_view word) const {
    const auto role = role_from_string(word);
    if (!role) wrong(where, fmt::format("'{}' is no role", word));
    return *role;
}

std::vector<Role> TomlTable::roles(std::string_view key) const {
    const toml::node& node = need(key);
    if (!node.is_array()) wrong(node, "a list of roles is expected here");
    std::vector<Role> roles;
    for (const toml::node& one : *node.as_array()) {
        const auto word = one.value<std::string>();
        if (!word) wrong(one, "a role is expected here");
        roles.push_back(role(one, *word));
    }
    return roles;
}

}  // namespace kedge::mix
