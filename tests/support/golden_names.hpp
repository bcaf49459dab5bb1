#pragma once

#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

/// Real strip names with the role a person gave them: tests/golden/roles.
namespace kedge::test {

struct NamedRole {
    std::string name;
    std::string role;
};

inline constexpr std::string_view golden_lists[] = {"sessions.tsv", "channel-lists.tsv", "general-midi.tsv",
                                                    "mixer-demos.tsv", "file-names.tsv"};

/// Lines of name, tab, role (and more columns); a first line "name<tab>role" and lines with # are left out.
inline std::vector<NamedRole> read_names(const std::string& path) {
    std::ifstream file(path);
    if (!file.good()) throw std::runtime_error("cannot be read: " + path);
    std::vector<NamedRole> names;
    for (std::string line; std::getline(file, line);) {
        const auto first = line.find('\t');
        if (line.empty() || line.front() == '#' || first == std::string::npos) continue;
        const auto second = line.find('\t', first + 1);
        NamedRole one{line.substr(0, first), line.substr(first + 1, second - first - 1)};
        if (one.role != "role") names.push_back(std::move(one));
    }
    return names;
}

inline std::vector<NamedRole> golden_names(std::string_view list) {
    return read_names(std::string(KEDGE_SOURCE_DIR) + "/tests/golden/roles/" + std::string(list));
}

}  // namespace kedge::test
