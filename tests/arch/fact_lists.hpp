#pragma once

#include "arch/house_rules.hpp"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace kedge::test {

/// What one of tests/golden/*/facts.md lists. An id is "R6.16"; its letter is the list's own.
struct ListedFacts {
    char letter = '\0';  ///< that of the first fact
    std::set<std::string> ids;
    std::set<std::string> not_simulated;  ///< of them
    /// Ids that stand twice, without a word or with another letter, and counts that are wrong.
    std::vector<Breach> faults;
};
[[nodiscard]] ListedFacts read_facts(std::string_view text);

/// The ids that the test cases of a source name as tags: TEST_CASE("...", "[R6.16][R6.17]").
[[nodiscard]] std::set<std::string> facts_tested_in(std::string_view source);

/// Facts without a test, tests of what is not simulated, and ids of the list's letter that it has not.
[[nodiscard]] std::vector<Breach> breaches(const ListedFacts& listed, const std::set<std::string>& tested);

/// Lists that share a letter, and ids of tests whose letter no list has.
[[nodiscard]] std::vector<Breach> letter_breaches(const std::vector<ListedFacts>& lists,
                                                  const std::set<std::string>& tested);

/// The lists of a checkout, each by its path from the root.
[[nodiscard]] std::map<std::string, ListedFacts> read_fact_lists(const std::string& root);

/// The ids that the test cases of a checkout name.
[[nodiscard]] std::set<std::string> facts_tested(const std::string& root);

}  // namespace kedge::test
