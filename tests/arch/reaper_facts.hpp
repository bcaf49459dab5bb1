#pragma once

#include "arch/house_rules.hpp"

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace kedge::test {

/// What tests/golden/reaper/facts.md lists. An id is "R6.16".
struct ListedFacts {
    std::set<std::string> ids;
    std::set<std::string> not_simulated;  ///< of them
    /// Ids that stand twice or without a word, and counts that are wrong.
    std::vector<Breach> faults;
};
[[nodiscard]] ListedFacts read_facts(std::string_view text);

/// The ids that the test cases of a source name as tags: TEST_CASE("...", "[R6.16][R6.17]").
[[nodiscard]] std::set<std::string> facts_tested_in(std::string_view source);

/// Facts without a test, tests of what is not simulated, and ids that the list has not.
[[nodiscard]] std::vector<Breach> breaches(const ListedFacts& listed, const std::set<std::string>& tested);

/// The ids that the test cases of a checkout name.
[[nodiscard]] std::set<std::string> facts_tested(const std::string& root);

}  // namespace kedge::test
