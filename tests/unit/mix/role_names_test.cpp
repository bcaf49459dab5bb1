// How well names are understood: lists of real strip names with the role a person gave them.

#include "mix/role_book.hpp"
#include "support/catch.hpp"
#include "support/shipped_rules.hpp"

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace {

using kedge::Role;
using kedge::mix::RoleBook;
using kedge::test::shipped_roles;

struct NamedRole {
    std::string name;
    std::string role;
};

struct Score {
    int names = 0;
    int right = 0;
    int wrong = 0;  ///< a role, but not the right one; the rest is other
    std::map<std::string, int> confusion;
};

/// Lines of name, tab, role (and more columns); a first line "name<tab>role" and lines with # are left out.
std::vector<NamedRole> read_names(const std::string& path) {
    std::ifstream file(path);
    REQUIRE(file.good());
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

Score score(const RoleBook& book, const std::vector<NamedRole>& names, std::ostream& misses) {
    Score total;
    for (const NamedRole& one : names) {
        const auto guess = book.classify(one.name);
        const std::string role(to_string(guess.role));
        ++total.names;
        if (role == one.role) {
            ++total.right;
            continue;
        }
        if (guess.role != Role::other) ++total.wrong;
        ++total.confusion[one.role + " taken for " + role];
        misses << one.role << " | " << one.name << " | " << guess.rule << '\n';
    }
    return total;
}

}  // namespace

TEST_CASE("Real names of other people's sessions get their roles") {
    const RoleBook book = shipped_roles();
    for (const char* list :
         {"sessions.tsv", "channel-lists.tsv", "general-midi.tsv", "mixer-demos.tsv", "file-names.tsv"}) {
        const auto names = read_names(std::string(KEDGE_SOURCE_DIR) + "/tests/golden/roles/" + list);
        std::ostringstream misses;
        const Score total = score(book, names, misses);
        INFO(list << ": " << misses.str());
        REQUIRE(total.names > 0);
        CHECK(total.right * 100 >= total.names * 97);
        CHECK(total.wrong * 100 < total.names);
    }
}

// Prints the score of any list: KEDGE_NAMES=list.tsv test_unit_mix "[.names]"
TEST_CASE("Score of a list of names", "[.names]") {
    const char* path = std::getenv("KEDGE_NAMES");
    REQUIRE(path != nullptr);
    const Score total = score(shipped_roles(), read_names(path), std::cout);
    for (const auto& [what, count] : total.confusion) std::cout << count << "  " << what << '\n';
    std::cout << total.right << " right and " << total.wrong << " wrong of " << total.names << '\n';
}
