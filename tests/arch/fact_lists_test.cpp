#include "arch/fact_lists.hpp"

#include "support/catch.hpp"

#include <set>
#include <string>
#include <vector>

using namespace kedge::test;

TEST_CASE("Every listed fact about a DAW or a surface has a test that names it") {
    const auto lists = read_fact_lists(KEDGE_SOURCE_DIR);
    REQUIRE(lists.contains("tests/golden/reaper/facts.md"));
    REQUIRE(lists.contains("tests/golden/mackie/facts.md"));
    REQUIRE(lists.contains("tests/golden/hui/facts.md"));
    const auto tested = facts_tested(KEDGE_SOURCE_DIR);
    std::vector<ListedFacts> all;
    for (const auto& [path, listed] : lists) {
        CAPTURE(path);
        CHECK(listed.ids.size() > 50);
        for (const auto& fault : listed.faults) FAIL_CHECK(fault);
        for (const auto& breach : breaches(listed, tested)) FAIL_CHECK(breach);
        all.push_back(listed);
    }
    for (const auto& breach : letter_breaches(all, tested)) FAIL_CHECK(breach);
}

TEST_CASE("A fact without a test, and a test without a fact, are found") {
    const auto listed = read_facts(
        "Facts: 3. Not simulated: 1.\n"
        "- R1.1 Something is so.\n- R1.2 Something else.\n- R1.3 A third thing. — not simulated: nobody "
        "hears it.\n");
    CHECK(listed.faults.empty());
    CHECK(breaches(listed, {"R1.1", "R1.2"}).empty());
    CHECK(breaches(listed, {"R1.1"}) == std::vector<Breach>{"R1.2: no test names it"});
    CHECK(breaches(listed, {"R1.1", "R1.2", "R1.4"}).size() == 1);
    CHECK(breaches(listed, {"R1.1", "R1.2", "R1.3"}).size() == 1);
}

TEST_CASE("Lists of facts are told apart by their letters") {
    const auto r = read_facts("Facts: 1. Not simulated: 0.\n- R1.1 Something is so.\n");
    const auto m = read_facts("Facts: 1. Not simulated: 0.\n- M1.1 Something is so.\n");
    CHECK(r.letter == 'R');
    CHECK(m.letter == 'M');
    CHECK(breaches(r, {"R1.1", "M1.1", "M1.2"}).empty());
    CHECK(breaches(m, {"R1.1", "M1.1", "M1.2"}).size() == 1);
    CHECK(letter_breaches({r, m}, {"R1.1", "M1.2"}).empty());
    CHECK(letter_breaches({r, m}, {"R1.1", "X1.1"}).size() == 1);
    CHECK(letter_breaches({r, r}, {"R1.1"}).size() == 1);
}

TEST_CASE("A list of facts that is not in order is found") {
    const auto faults = [](const std::string& text) { return read_facts(text).faults.size(); };
    CHECK(faults("Facts: 1. Not simulated: 0.\n- R1.1 Something is so.\n") == 0);
    CHECK(faults("Facts: 2. Not simulated: 0.\n- R1.1 Something is so.\n") == 1);
    CHECK(faults("- R1.1 Something is so.\n") == 1);
    CHECK(faults("Facts: 1. Not simulated: 0.\n- R1.1 Something is so.\n- R1.1 And again so.\n") == 1);
    CHECK(faults("Facts: 1. Not simulated: 0.\n- R1.1\n") == 1);
    CHECK(faults("Facts: 0. Not simulated: 0.\n- Something is so.\n") == 1);
    CHECK(faults("Facts: 2. Not simulated: 0.\n- R1.1 Something is so.\n- M1.2 And more is so.\n") == 1);
    CHECK(faults("Facts: 1. Not simulated: 1.\n- R1.1 Something. — not simulated: \n") == 1);
}

TEST_CASE("Facts are named by tags of test cases alone") {
    using Ids = std::set<std::string>;
    CHECK(facts_tested_in("TEST_CASE(\"It is so\", \"[reaper][R1.1][R2.10]\") {\n") == Ids{"R1.1", "R2.10"});
    CHECK(facts_tested_in("TEST_CASE(\"It is so\",\n          \"[R1.1]\") {\n}\n") == Ids{"R1.1"});
    CHECK(facts_tested_in("TEST_CASE(\"It is so\") {\n    CHECK(\"[R1.1]\");\n}\n").empty());
    CHECK(facts_tested_in("// TEST_CASE(\"It is so\", \"[R1.1]\") {\n").empty());
    CHECK(facts_tested_in("TEST_CASE(\"[R1.][R.1][R1.1 [r1.1][R1.1x]\") {\n").empty());
}
