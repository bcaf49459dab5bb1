#include "mix/balance_profile.hpp"

#include "support/catch.hpp"
#include "support/shipped_rules.hpp"

#include <string>

using namespace kedge;
using namespace kedge::mix;
using namespace kedge::test;

namespace {

std::string replaced(std::string text, const std::string& what, const std::string& by) {
    const auto at = text.find(what);
    REQUIRE(at != std::string::npos);
    return text.replace(at, what.size(), by);
}

/// A row of the rule book's table.
struct Row {
    Role role;
    double low, high, staging, fader, lands;
};

}  // namespace

TEST_CASE("the default balance is the rule book's table, staged a little under it where the range allows") {
    const auto profile = load_balance("rock.toml", shipped_text("balances/rock.toml"));
    REQUIRE(profile);
    const std::vector<Row> rows = {
        {Role::snare, 2, 4, -14, 0, -14},
        {Role::bass, 3, 6, -13, -3, -16},
        {Role::sub, 3, 6, -13, -3, -16},
        {Role::hihat, 8, 12, -18, -3, -21},
        {Role::cymbal, 8, 12, -18, -3, -21},
        {Role::tom, 2, 6, -15, 0, -15},
        {Role::room, 9, 15, -17, -6, -23},
        {Role::percussion, 6, 12, -17, -3, -20},
        {Role::rhythm_guitar, 6, 10, -16, -3, -19},
        {Role::acoustic_guitar, 6, 10, -19, 0, -19},
        {Role::keys, 6, 10, -16, -3, -19},
        {Role::organ, 6, 10, -16, -3, -19},
        {Role::pad, 6, 10, -16, -3, -19},
        {Role::lead_guitar, 3, 6, -15.5, 0, -15.5},
        {Role::synth_lead, 3, 6, -15.5, 0, -15.5},
        {Role::brass, 3, 6, -18.5, 3, -15.5},
        {Role::woodwind, 3, 6, -18.5, 3, -15.5},
        {Role::lead_vocal, 0, 3, -12.5, 0, -12.5},
        {Role::backing_vocal, 7.5, 10.5, -14, -6, -20},
        {Role::fx, 9, 15, -17, -6, -23},
        {Role::kick, 0, 0, -14, 3, -11},
    };
    CHECK(profile->roles.size() == rows.size());
    for (const Row& row : rows) {
        INFO(to_string(row.role));
        REQUIRE(profile->roles.contains(row.role));
        const RoleBalance& balance = profile->roles.at(row.role);
        const double under = row.staging == -18 ? 0.0 : 0.3;
        CHECK(balance.staging.db() == Approx(row.staging - under));
        CHECK(balance.fader.db() == row.fader);
        CHECK((balance.staging + balance.fader).db() == Approx(row.lands - under));
        CHECK(balance.below_kick.low.db() == row.low);
        CHECK(balance.below_kick.high.db() == row.high);
    }
    CHECK(profile->kick_range == LevelRange{-12_dB, -10_dB});
    CHECK(profile->bus_range == LevelRange{-10_dB, -6_dB});
    CHECK(profile->step == 3_dB);
    CHECK(profile->fallback_anchors == std::vector<std::pair<Role, Decibels>>{{Role::snare, -14.3_dB},
                                                                              {Role::drums, -8.3_dB},
                                                                              {Role::bass, -16.3_dB},
                                                                              {Role::lead_vocal, -12.8_dB}});
    CHECK(profile->loudest_anchor_level == -11.3_dB);
}

TEST_CASE("in every shipped balance each role lands inside its own range, on the grid") {
    int balances = 0;
    for (const auto& shipped : shipped_profiles()) {
        if (!shipped.path.starts_with("balances/")) continue;
        INFO(shipped.path);
        const auto profile = load_balance(shipped.path, shipped.text);
        if (!profile) FAIL(profile.error().message);
        ++balances;
        const auto& kick = profile->roles.at(Role::kick);
        const Decibels kick_level = kick.staging + kick.fader;
        CHECK(profile->kick_range.holds(kick_level));
        for (const auto& [role, balance] : profile->roles) {
            INFO(to_string(role));
            const Decibels below = kick_level - (balance.staging + balance.fader);
            CHECK(balance.below_kick.holds(below));
            CHECK(nearest_step(balance.fader, profile->step) == balance.fader);
            CHECK_FALSE(balance.range_words.empty());
            CHECK(profile->pan_width.contains(role));
        }
    }
    CHECK(balances == 6);
}

TEST_CASE("a profile of shifts moves roles by whole steps, ranges along") {
    const auto rock = load_balance("rock.toml", shipped_text("balances/rock.toml"));
    const auto mine =
        load_balance("mine.toml", "name = \"mine\"\nbase = \"rock\"\n[shifts]\nbass = 1\npad = -2\n");
    REQUIRE(rock);
    REQUIRE(mine);
    CHECK(mine->name == "mine");
    CHECK(mine->roles.at(Role::bass).fader == 0_dB);
    CHECK(mine->roles.at(Role::bass).staging == -13.3_dB);
    CHECK(mine->roles.at(Role::bass).below_kick == LevelRange{0_dB, 3_dB});
    CHECK(mine->roles.at(Role::pad).below_kick == LevelRange{12_dB, 16_dB});
    CHECK(mine->roles.at(Role::snare).below_kick == rock->roles.at(Role::snare).below_kick);
}

TEST_CASE("a wrong profile is an error that names the place") {
    const std::string rock(shipped_text("balances/rock.toml"));
    const auto message = [](const std::string& text) {
        const auto profile = load_balance("mine.toml", text);
        REQUIRE_FALSE(profile);
        CHECK(profile.error().kind == ErrorKind::usage);
        CHECK_FALSE(profile.error().next.empty());
        return profile.error().message;
    };
    using Catch::Contains;
    CHECK_THAT(message("name = "), Contains("mine.toml:1:"));
    CHECK_THAT(message(""), Contains("'name' is missing") || Contains("missing"));
    CHECK_THAT(message(replaced(rock, "step = 3.0", "step = \"three\"")), Contains("a number"));
    CHECK_THAT(message(replaced(rock, "step = 3.0", "stop = 3.0")), Contains("'stop' is not known"));
    CHECK_THAT(message(replaced(rock, "step = 3.0", "step = nan")), Contains("from 0.1 to 24"));
    CHECK_THAT(message(replaced(rock, "[roles.tom]", "[roles.tomm]")), Contains("'tomm' is no role"));
    CHECK_THAT(message(replaced(rock, "fader = 3.0", "fader = 2.0")), Contains("multiple of the step"));
    CHECK_THAT(message(replaced(rock, "range = [-12.0, -10.0]", "range = [-10.0, -12.0]")),
               Contains("lower end"));
    CHECK_THAT(message("name = \"a\"\nbase = \"nobody\"\n[shifts]\n"), Contains("mine.toml:2:"));
    CHECK_THAT(message("name = \"a\"\nbase = \"pop\"\n[shifts]\n"), Contains("no base itself"));
    CHECK_THAT(message("name = \"a\"\nbase = \"rock\"\n[shifts]\nbass = 0.5\n"), Contains("mine.toml:4:"));
}
