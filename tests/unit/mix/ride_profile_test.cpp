#include "unit/mix/ride_fixture.hpp"

using namespace kedge;
using namespace kedge::mix;
using namespace kedge::test;
using namespace std::chrono_literals;

namespace {

std::string with(const std::string& what, const std::string& by) {
    std::string text(shipped_text("rides/default.toml"));
    const auto at = text.find(what);
    REQUIRE(at != std::string::npos);
    return text.replace(at, what.size(), by);
}

}  // namespace

TEST_CASE("the shipped ride profile has the numbers of the rule book") {
    const RideProfile profile = shipped_rides();
    CHECK(profile.phrases.on == -30_dB);
    CHECK(profile.phrases.off == -35_dB);
    CHECK(profile.phrases.loud_share == Approx(0.95));
    CHECK(profile.phrases.passage == 400ms);
    CHECK(profile.phrases.shortest_gap == 250ms);
    CHECK(profile.phrases.shortest == 300ms);
    CHECK(profile.phrases.breath_below == 15_dB);
    CHECK(profile.most == 6_dB);
    CHECK(profile.step == 3_dB);
    CHECK(profile.strip_peak == -6_dB);
    CHECK(profile.section.within == 1_dB);
    CHECK(profile.section.slew_beats == 1.0);
    CHECK(profile.section.window == 3s);
    CHECK(profile.phrase.part.of_one == Approx(0.7));
    CHECK(profile.phrase.least == 1_dB);
    CHECK(profile.phrase.shortest_ramp == 80ms);
    CHECK(profile.phrase.longest_ramp == 200ms);
    CHECK(profile.thinning.most_error == 0.25_dB);
    CHECK(profile.thinning.most_points_per_second == 4.0);
    CHECK(profile.vocals == std::vector<Role>{Role::lead_vocal});
}

TEST_CASE("a wrong ride profile is an error that names the place") {
    const auto message = [](const std::string& text) {
        const auto profile = load_rides("mine.toml", text);
        REQUIRE_FALSE(profile);
        CHECK(profile.error().kind == ErrorKind::usage);
        CHECK(profile.error().next.find("rides/README.md") != std::string::npos);
        return profile.error().message;
    };
    using Catch::Contains;
    CHECK_THAT(message("name = "), Contains("mine.toml:1:"));
    CHECK_THAT(message(""), Contains("'name' is missing"));
    CHECK_THAT(message(with("on = -30.0", "on = \"low\"")), Contains("mine.toml:8:") && Contains("a number"));
    CHECK_THAT(message(with("off = -35.0", "off = -20.0")), Contains("at or below"));
    CHECK_THAT(message(with("most = 6.0", "mots = 6.0")), Contains("'mots' is not known"));
    CHECK_THAT(message(with("most = 6.0", "most = nan")), Contains("from 0 to 24"));
    CHECK_THAT(message(with("most = 6.0", "most = 2.0")), Contains("larger than the depth"));
    CHECK_THAT(message(with("longest_ramp_ms = 200.0", "longest_ramp_ms = 40")), Contains("shorter than"));
    CHECK_THAT(message(with("[\"tom\"]", "[\"tomm\"]")), Contains("'tomm' is no role"));
    CHECK_THAT(message(with("[\"tom\"]", "\"tom\"")), Contains("list of roles"));
    CHECK_THAT(message(with("[guess]", "[guesses]")), Contains("'guesses' is not known"));
}
