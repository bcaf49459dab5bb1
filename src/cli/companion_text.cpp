#include "cli/companion_text.hpp"

#include "cli/lua_table_text.hpp"
#include "cli/ui_scripts.hpp"
#include "profiles/shipped_profiles.hpp"

#include <cassert>

#include <fmt/format.h>

namespace kedge::cli {

namespace {

constexpr std::string_view place_of_request = "\"@REQUEST_FILE@\"";

std::string_view shipped_text(std::string_view path) {
    for (const auto& profile : shipped_profiles())
        if (profile.path == path) return profile.text;
    assert(false);
    return {};
}

}  // namespace

std::string companion_text(std::string_view shipped, const std::filesystem::path& request_file) {
    std::string text(shipped_text(shipped));
    return text.replace(text.find(place_of_request), place_of_request.size(),
                        in_lua_quotes(request_file.string()));
}

std::optional<std::string> request_file_in(std::string_view text, std::string_view shipped) {
    const auto script = shipped_text(shipped);
    const auto at = script.find(place_of_request);
    const auto head = script.substr(0, at);
    const auto tail = script.substr(at + place_of_request.size());
    if (text.size() < head.size() + tail.size() || !text.starts_with(head) || !text.ends_with(tail))
        return std::nullopt;
    const auto quoted = text.substr(head.size(), text.size() - head.size() - tail.size());
    const std::string assignment = fmt::format("file = {}", quoted);
    const auto read = read_assignments(assignment, "file");
    return read && read->size() == 1 ? (*read)[0].text : std::nullopt;
}

}  // namespace kedge::cli
