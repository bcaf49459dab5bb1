#include "unit/mix/song_fixture.hpp"

#include <cmath>

using namespace kedge;
using namespace kedge::mix;
using namespace kedge::test;

namespace {

struct Dense : TestSong {
    Dense() {
        add("Kick", Role::kick, -9.0);
        add("Snare", Role::snare, -9.0);
        add("Bass", Role::bass, -9.0);
        add("HH", Role::hihat, -9.0);
        add("Gtr L", Role::rhythm_guitar, -9.0);
        add("Gtr R", Role::rhythm_guitar, -9.0);
        add("Piano", Role::keys, -9.0);
        add("Vox", Role::lead_vocal, -9.0);
        add("FX", Role::fx, -9.0);
    }
};

/// The bus of this imagined song: powers add, and it stands so much hotter than their sum.
Decibels bus_of(const Plan& plan, Decibels hotter) {
    double power = 0.0;
    for (const StripTarget& target : plan.targets) power += std::pow(10.0, target.predicted_peak.db() / 10.0);
    return Decibels(10.0 * std::log10(power)) + hotter;
}

Plan planned(const TestSong& song) {
    auto plan = plan_mix(song.question());
    REQUIRE(plan);
    return std::move(*plan);
}

}  // namespace

TEST_CASE("a bus a little too hot costs supporting strips a step inside their ranges, widest first") {
    Dense song;
    for (const char* name : {"Tamb", "Conga", "Shaker"}) song.add(name, Role::percussion, -9.0);
    const Plan plan = planned(song);
    song.apply(plan.moves);
    const Plan cooler = plan_headroom(song.question(), plan, {-5.9_dB, {}, {}});
    REQUIRE_FALSE(cooler.moves.empty());
    CHECK(cooler.kick_level == plan.kick_level);
    CHECK(move_of(cooler, StripId{1}, Control::fader) == nullptr);
    for (const Move& move : cooler.moves) {
        CHECK(level(move.to) == level(move.from) - 3_dB);
        const auto* target = target_of(cooler, move.strip);
        CHECK(target->range->high - target->range->low == 6_dB);
        CHECK(target->range->holds(target->predicted_peak, 0.05_dB));
        CHECK_THAT(move.reason, Catch::Contains("the bus peaked at -5.9 dBFS"));
    }
}

TEST_CASE("round after round the bus comes into its range, and the relations to the anchor hold") {
    const Decibels hotter = GENERATE(Decibels(0.5), Decibels(2.0), Decibels(5.0), Decibels(11.0));
    INFO("hotter by " << to_string(hotter));
    Dense song;
    Plan plan = planned(song);
    song.apply(plan.moves);
    int rounds = 0;
    for (; rounds < 6; ++rounds) {
        const Plan cooler = plan_headroom(song.question(), plan, {bus_of(plan, hotter), {}, {}});
        if (cooler.moves.empty()) break;
        song.apply(cooler.moves);
        for (const Move& move : cooler.moves) {
            CHECK(off_step(level(move.to)) == Approx(0.0).margin(1e-9));
            CHECK(level(move.to) < level(move.from));
        }
        plan = cooler;
    }
    CHECK(rounds <= 3);
    CHECK(bus_of(plan, hotter) <= -6_dB);
    for (const StripTarget& target : plan.targets) {
        INFO(song.strip(target.strip).name.name);
        CHECK(target.range->holds(target.predicted_peak, 0.06_dB));
        const auto& heard = song.heard(target.strip);
        const Strip& strip = song.strip(target.strip);
        CHECK(distance(heard.robust_peak + *strip.trim + *strip.fader, target.predicted_peak) <
              Decibels(1e-6));
    }
}

TEST_CASE("what the reading may have missed counts as bus level") {
    Dense song;
    const Plan plan = planned(song);
    song.apply(plan.moves);
    CHECK(plan_headroom(song.question(), plan, {-6.5_dB, {}, {}}).moves.empty());
    CHECK_FALSE(plan_headroom(song.question(), plan, {-6.5_dB, 1_dB, {}}).moves.empty());
}

TEST_CASE("a cold bus is said and left; a silent one too") {
    Dense song;
    const Plan plan = planned(song);
    const Plan cold = plan_headroom(song.question(), plan, {-14_dB, {}, {}});
    CHECK(cold.moves.empty());
    CHECK_THAT(notes_of(cold), Catch::Contains("-14.0 dBFS") && Catch::Contains("nothing is done"));
    CHECK_THAT(notes_of(plan_headroom(song.question(), plan, {Decibels::silence(), {}, {}})),
               Catch::Contains("silent"));
}

TEST_CASE("faders that follow automation are not lowered, and named") {
    Dense song;
    const Plan plan = planned(song);
    song.apply(plan.moves);
    song.strip(StripId{1}).fader_automation = AutomationMode::touch;
    const Plan cooler = plan_headroom(song.question(), plan, {-2_dB, {}, {}});
    CHECK(move_of(cooler, StripId{1}, Control::fader) == nullptr);
    CHECK_THAT(notes_of(cooler), Catch::Contains("follow automation: 'Kick'"));
    for (Strip& strip : song.mixer.strips) strip.fader_automation = AutomationMode::play;
    const Plan none = plan_headroom(song.question(), plan, {-2_dB, {}, {}});
    CHECK(none.moves.empty());
    CHECK_THAT(notes_of(none), Catch::Contains("no strip can be lowered"));
}
