#include "cli/settings_file.hpp"

#include "io/state_files.hpp"

#include <algorithm>
#include <array>
#include <type_traits>

#include <fmt/format.h>

#define TOML_EXCEPTIONS 1
#include <toml++/toml.h>

namespace kedge::cli {

namespace {

constexpr std::array<std::string_view, 4> keys = {"surface", "at", "json", "balance"};

tl::unexpected<Error> wrong(std::string_view origin, const toml::source_region& where, std::string_view what,
                            std::string next) {
    return fail(ErrorKind::usage,
                fmt::format("{}:{}:{}: {}.", origin, where.begin.line, where.begin.column, what),
                std::move(next));
}

/// Takes one value of its type out of the table; an error shows how it is written.
template <typename T>
Result<void> take(std::string_view origin, const toml::table& table, std::string_view key,
                  std::string_view example, std::optional<T>& into) {
    const toml::node* node = table.get(key);
    if (!node) return {};
    const auto value = node->value_exact<T>();
    if (!value) {
        return wrong(origin, node->source(),
                     fmt::format("'{}' must be {}", key, std::is_same_v<T, bool> ? "true or false" : "text"),
                     fmt::format("Write it like this: {} = {}", key, example));
    }
    into = *value;
    return {};
}

Result<FileSettings> settings_of(std::string_view origin, const toml::table& table) {
    for (const auto& [key, node] : table) {
        if (std::find(keys.begin(), keys.end(), key.str()) != keys.end()) continue;
        return wrong(origin, key.source(), fmt::format("there is no setting '{}'", key.str()),
                     "The file may hold surface, at, json and balance; take the line out or correct it.");
    }
    FileSettings settings;
    Result<void> taken = take(origin, table, "surface", "\"ardour\"", settings.surface);
    if (taken) taken = take(origin, table, "at", "\"127.0.0.1:3819\"", settings.at);
    if (taken) taken = take(origin, table, "json", "true", settings.json);
    if (taken) taken = take(origin, table, "balance", "\"rock\"", settings.balance);
    if (!taken) return tl::unexpected(taken.error());
    return settings;
}

}  // namespace

Result<FileSettings> parse_settings(std::string_view origin, std::string_view text) {
    try {
        return settings_of(origin, toml::parse(text, origin));
    } catch (const toml::parse_error& problem) {
        return wrong(origin, problem.source(), problem.description(),
                     "It is written in TOML, such as: surface = \"ardour\"");
    }
}

Result<FileSettings> read_settings(const std::optional<std::string>& named) {
    const auto path = named ? std::filesystem::path(*named) : io::config_folder() / "kedge.toml";
    std::error_code problem;
    if (!named && !std::filesystem::exists(path, problem) && !problem) return FileSettings{};
    const auto text = io::read_file(path);
    if (!text) {
        return fail(ErrorKind::usage, "The settings file cannot be used: " + text.error().message,
                    named ? "Name a readable file with --config, or leave it out."
                          : "Make it readable, take it away, or name another with --config.");
    }
    return parse_settings(path.string(), *text);
}

}  // namespace kedge::cli
