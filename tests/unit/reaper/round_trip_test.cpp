#include "reaper/pattern_file.hpp"
#include "support/catch.hpp"
#include "unit/reaper/stock_file.hpp"

#include <algorithm>
#include <random>

using namespace kedge::reaper;
using namespace kedge::test;

namespace {

/// The match of this very pattern; an empty one if there is none.
Matched match_of(const PatternIndex& index, std::string_view address, std::size_t key, std::size_t pattern) {
    const auto matches = index.match(address);
    const auto found = std::find_if(matches.begin(), matches.end(), [&](const Matched& matched) {
        return matched.key == key && matched.pattern == pattern;
    });
    return found == matches.end() ? Matched{} : *found;
}

void check_round_trips(const PatternFile& file, int rounds) {
    const unsigned seed = 20'261'122;
    CAPTURE(seed);
    std::mt19937 random(seed);
    const PatternIndex index(file);
    for (int round = 0; round < rounds; ++round)
        for (std::size_t key = 0; key < file.keys().size(); ++key)
            for (std::size_t i = 0; i < file.keys()[key].patterns.size(); ++i) {
                const Pattern& pattern = file.keys()[key].patterns[i];
                const bool has_digits = pattern.address.find("@@") != std::string::npos;
                std::uniform_int_distribution<int> some_number(0, has_digits ? 9 : 2'147'483'647);
                Matched expected{key, i, {}, ""};
                std::vector<int> numbers;
                for (int wildcard = 0; wildcard < pattern.wildcards; ++wildcard)
                    expected.numbers.push_back({numbers.emplace_back(some_number(random))});
                const auto address = address_of(pattern, numbers);
                CAPTURE(pattern.address, address);
                REQUIRE(address.find('@') == std::string::npos);
                REQUIRE(match_of(index, address, key, i) == expected);
            }
}

}  // namespace

TEST_CASE("Every stock pattern, filled with any numbers, is matched with the same numbers") {
    check_round_trips(stock_file(), 50);
}

TEST_CASE("Every pattern of kedge's own file comes back likewise") {
    check_round_trips(kedge_file(), 50);
}

TEST_CASE("So do wildcards that touch, or stand in words") {
    check_round_trips(PatternFile::read("TRACK_SEND_VOLUME n/a/@@ n/b/@/@@/c n/@@/@@ n/x@y/@z n/@/@/@/@/@\n"
                                        "TRACK_SEND_PAN n/a/@@@ n/t@@s/u"),
                      200);
}

TEST_CASE("Numbers are filled in from the outside in", "[R3.19]") {
    const auto file = PatternFile::read("TRACK_SEND_VOLUME n/track/@/send/@ n/ts/@@ n/ts");
    const auto patterns = file.patterns("TRACK_SEND_VOLUME");
    const int track_and_send[] = {3, 4};
    CHECK(address_of(patterns[0], track_and_send) == "/track/3/send/4");
    CHECK(address_of(patterns[1], track_and_send) == "/ts/43");
    CHECK(address_of(patterns[2], {}) == "/ts");
}
