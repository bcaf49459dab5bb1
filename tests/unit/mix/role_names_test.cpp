// How well names are understood: lists of real strip names with the role a person gave them.

#include "mix/role_book.hpp"
#include "support/catch.hpp"
#include "support/golden_names.hpp"
#include "support/shipped_rules.hpp"

#include <cstdlib>
#include <iostream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace {

using kedge::Role;
using kedge::mix::RoleBook;
using kedge::test::golden_lists;
using kedge::test::golden_names;
using kedge::test::NamedRole;
using kedge::test::read_names;
using kedge::test::shipped_roles;

struct Score {
    int names = 0;
    int right = 0;
    int wrong = 0;  ///< a role, but not the right one; the rest is other
    std::map<std::string, int> confusion;
};

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
    for (const auto list : golden_lists) {
        const auto names = golden_names(list);
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
