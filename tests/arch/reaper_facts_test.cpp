#include "arch/reaper_facts.hpp"

#include "support/catch.hpp"

#include <fstream>
#include <iterator>

using namespace kedge::test;

TEST_CASE("Every fact about REAPER's OSC has a test that names it") {
    std::ifstream in(std::string(KEDGE_SOURCE_DIR) + "/tests/golden/reaper/facts.md", std::ios::binary);
    const auto listed = read_facts(std::string{std::istreambuf_iterator<char>(in), {}});
    REQUIRE(listed.ids.size() > 100);
    for (const auto& fault : listed.faults) FAIL_CHECK(fault);
    for (const auto& breach : breaches(listed, facts_tested(KEDGE_SOURCE_DIR))) FAIL_CHECK(breach);
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

TEST_CASE("A list of facts that is not in order is found") {
    const auto faults = [](const std::string& text) { return read_facts(text).faults.size(); };
    CHECK(faults("Facts: 1. Not simulated: 0.\n- R1.1 Something is so.\n") == 0);
    CHECK(faults("Facts: 2. Not simulated: 0.\n- R1.1 Something is so.\n") == 1);
    CHECK(faults("- R1.1 Something is so.\n") == 1);
    CHECK(faults("Facts: 1. Not simulated: 0.\n- R1.1 Something is so.\n- R1.1 And again so.\n") == 1);
    CHECK(faults("Facts: 1. Not simulated: 0.\n- R1.1\n") == 1);
    CHECK(faults("Facts: 0. Not simulated: 0.\n- Something is so.\n") == 1);
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
