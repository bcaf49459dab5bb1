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

}  // namespace

TEST_CASE("a bus a little too hot costs supporting strips a step inside their ranges, widest first") {
    Dense song;
    song.can.trim = false;  // else the anchor's range has room to give by trim
    for (const char* name : {"Tamb", "Conga", "Shaker"}) song.add(name, Role::percussion, -9.0);
    const Plan plan = planned(song);
    song.apply(plan.moves);
    const Plan cooler = plan_headroom(song.question(), plan, {-5.9_dB, {}});
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
    song.can.trim = GENERATE(true, false);
    Plan plan = planned(song);
    song.apply(plan.moves);
    int rounds = 0;
    for (; rounds < 6; ++rounds) {
        const Plan cooler = plan_headroom(song.question(), plan, {bus_of(plan, hotter), {}});
        if (cooler.moves.empty()) break;
        song.apply(cooler.moves);
        for (const Move& move : cooler.moves) {
            const bool by_trim = move.control == Control::trim;
            CHECK(by_trim <= song.can.trim);
            if (!by_trim) CHECK(off_step(level(move.to) - level(move.from)) == Approx(0.0).margin(1e-9));
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

TEST_CASE("a bus at its border costs every strip the same by trim, and no strip leaves its range") {
    Dense song;
    const Plan plan = planned(song);
    song.apply(plan.moves);
    const Plan cooler = plan_headroom(song.question(), plan, {-6.2_dB, 0.6_dB});
    CHECK(cooler.moves.size() == song.mixer.strips.size());
    for (const Move& move : cooler.moves) {
        CHECK(move.control == Control::trim);
        CHECK(distance(level(move.from) - level(move.to), 0.5_dB) < Decibels(1e-6));
    }
    const auto* kick = target_of(cooler, StripId{1});
    CHECK(kick->range->low == -12_dB);
    for (const StripTarget& target : cooler.targets)
        CHECK(target.range->holds(target.predicted_peak, 0.01_dB));
    CHECK_THAT(notes_of(cooler), Catch::Contains("by trim"));

    SECTION("not beyond what the anchor's range has") {
        const Plan hotter = plan_headroom(song.question(), plan, {-5.5_dB, 1.0_dB});
        CHECK(target_of(hotter, StripId{1})->predicted_peak >= Decibels(-12.0001));
    }
    SECTION("not when a strip has no trim to give") {
        song.strip(StripId{3}).trim = Decibels(-20.0);
        for (const Move& move : plan_headroom(song.question(), plan, {-5.9_dB, {}}).moves)
            CHECK(move.control == Control::fader);
        CHECK(plan_headroom(song.question(), plan, {-6.2_dB, 0.6_dB}).moves.empty());
    }
}

TEST_CASE(
    "a bus foreseen too hot is in the plan before anything is sent, and planning again changes nothing") {
    const Decibels bus = GENERATE(-7.0_dB, -6.1_dB, -5.5_dB, -3.0_dB);
    Dense song;
    const Plan plain = planned(song);
    const BusCheck foreseen{bus, 0.6_dB};
    const Plan plan = with_headroom(song.question(), plain, foreseen);
    song.apply(plan.moves);
    for (const StripTarget& target : plan.targets) {
        const Strip& strip = song.strip(target.strip);
        CHECK(distance(song.heard(target.strip).robust_peak + *strip.trim + *strip.fader,
                       target.predicted_peak) < Decibels(1e-6));
    }
    for (const Move& move : plan.moves) {
        const auto same = [&](const Move& m) { return m.strip == move.strip && m.control == move.control; };
        CHECK(std::count_if(plan.moves.begin(), plan.moves.end(), same) == 1);
    }
    const Plan again = with_headroom(song.question(), planned(song), foreseen);
    CHECK(again.moves.empty());
    CHECK(distance(sum_of_targets(again), sum_of_targets(plan)) < Decibels(1e-6));
}

TEST_CASE("what the reading may have missed counts as bus level") {
    Dense song;
    const Plan plan = planned(song);
    song.apply(plan.moves);
    CHECK(plan_headroom(song.question(), plan, {-6.5_dB, {}}).moves.empty());
    CHECK_FALSE(plan_headroom(song.question(), plan, {-6.5_dB, 1_dB}).moves.empty());
}

TEST_CASE("a cold bus is said and left; a silent one too") {
    Dense song;
    const Plan plan = planned(song);
    const Plan cold = plan_headroom(song.question(), plan, {-14_dB, {}});
    CHECK(cold.moves.empty());
    CHECK_THAT(notes_of(cold), Catch::Contains("-14.0 dBFS") && Catch::Contains("nothing is done"));
    CHECK_THAT(notes_of(plan_headroom(song.question(), plan, {Decibels::silence(), {}})),
               Catch::Contains("silent"));
    const Plan foreseen = with_headroom(song.question(), plan, {-14_dB, {}});
    CHECK(foreseen.moves.size() == plan.moves.size());
    CHECK_THAT(notes_of(foreseen), Catch::Contains("nothing is done"));
}

TEST_CASE("faders that follow automation are not lowered, and named") {
    Dense song;
    const Plan plan = planned(song);
    song.apply(plan.moves);
    song.strip(StripId{1}).fader_automation = AutomationMode::touch;
    const Plan cooler = plan_headroom(song.question(), plan, {-2_dB, {}});
    CHECK(move_of(cooler, StripId{1}, Control::fader) == nullptr);
    CHECK_THAT(notes_of(cooler), Catch::Contains("follow automation: 'Kick'"));
    for (Strip& strip : song.mixer.strips) strip.fader_automation = AutomationMode::play;
    const Plan none = plan_headroom(song.question(), plan, {-2_dB, {}});
    CHECK(none.moves.empty());
    CHECK_THAT(notes_of(none), Catch::Contains("no strip can be lowered"));
}
