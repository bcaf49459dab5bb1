#include "unit/mix/song_fixture.hpp"

#include <functional>
#include <random>

using namespace kedge;
using namespace kedge::mix;
using namespace kedge::test;

namespace {

/// Any mixer at all: any roles, levels, automation, mutes, closed faders, twins, silent and never heard
/// strips.
class AnyMixer {
  public:
    explicit AnyMixer(std::uint32_t seed) : random_(seed) {}

    TestSong next() {
        TestSong song;
        song.can.trim = !one_in(8);
        song.can.pan = !one_in(8);
        const int strips = 1 + static_cast<int>(random_() % 24);
        for (int i = 0; i < strips; ++i) add_strip(song);
        Strip master;
        master.id = StripId{1000};
        master.name = {StripKind::master, "Master", 0};
        master.fader = Decibels(between(-3.0, 3.0));
        song.mixer.strips.push_back(master);
        return song;
    }

  private:
    bool one_in(unsigned n) { return random_() % n == 0; }
    double between(double low, double high) {
        return std::uniform_real_distribution<double>(low, high)(random_);
    }
    AutomationMode any_mode() {
        return one_in(10) ? static_cast<AutomationMode>(1 + random_() % 4) : AutomationMode::manual;
    }

    void add_strip(TestSong& song) {
        static const std::vector<std::string> words = {"Kick", "Snr", "Gtr L",  "Gtr R",
                                                       "Gtr",  "Vox", "Vox Dbl"};
        const auto roles = all_roles();
        const Role role = roles[random_() % roles.size()];
        const StripId id = song.add(words[random_() % words.size()], role, between(-45.0, 3.0));
        Strip& strip = song.strip(id);
        strip.trim =
            song.can.trim && !one_in(12) ? std::optional(Decibels(between(-20.0, 20.0))) : std::nullopt;
        strip.fader = one_in(15) ? Decibels::silence() : Decibels(between(-30.0, 6.0));
        if (one_in(20)) strip.fader.reset();
        strip.pan = one_in(20) ? std::nullopt : std::optional(Pan(between(-1.0, 1.0)));
        strip.inputs = one_in(4) ? 2 : 1;
        strip.hidden = one_in(20);
        strip.mute = one_in(12) ? Mute::muted : Mute::open;
        strip.fader_automation = any_mode();
        strip.trim_automation = any_mode();
        strip.pan_automation = any_mode();
        if (one_in(8)) strip.name.kind = StripKind::audio_bus;
        if (one_in(16)) strip.name.kind = StripKind::vca;
        auto& heard = song.heard(id);
        heard.onsets_per_second = between(0.0, 3.0);
        heard.never_active = one_in(10);
        if (one_in(12)) {
            heard.heard = Duration::zero();
            heard.never_active = true;
        }
    }

    std::mt19937 random_;
};

void check_every_move(const TestSong& song, const Plan& plan) {
    for (const Move& move : plan.moves) {
        const Strip& strip = *song.mixer.find(move.strip);
        INFO(strip.name.name << " " << to_string(move.control) << ": " << move.reason);
        CHECK_FALSE(move.rule.empty());
        REQUIRE_FALSE(move.reason.empty());
        CHECK(move.reason.find_first_of("0123456789") != std::string::npos);
        CHECK(move.from == strip.control(move.control));
        CHECK(strip.automation(move.control) == AutomationMode::manual);
        if (move.control == Control::trim) CHECK(song.can.trim_range.holds(level(move.to)));
        if (move.control == Control::fader) CHECK(level(move.to) <= song.can.fader_top);
    }
}

/// What must not be moved is not moved, and named.
void check_left_alone(TestSong& song, const Plan& plan) {
    for (const RoledStrip& roled : song.roles) {
        const auto& heard = song.heard(roled.strip);
        const Strip& strip = song.strip(roled.strip);
        const bool nothing_to_go_by = roled.role == Role::other || heard.never_active ||
                                      heard.heard == Duration::zero() || strip.mute == Mute::muted;
        if (!nothing_to_go_by) continue;
        INFO(strip.name.name << " " << to_string(roled.role));
        CHECK_FALSE(why_left(plan, roled.strip).empty());
        for (const Move& move : plan.moves) CHECK(move.strip != roled.strip);
    }
}

void check_settled(TestSong song, const Plan& plan, const Result<Plan>& again) {
    song.apply(plan.moves);
    REQUIRE(again);
    for (const Move& move : again->moves) {
        if (move.control != Control::fader) continue;
        INFO(song.strip(move.strip).name.name << ": " << move.reason);
        CHECK(distance(level(move.from), level(move.to)) < 1.5_dB);
    }
}

/// Plans 400 mixers. What holds for every plan is checked here, what the rule makes of a single move by
/// `check_move`.
void check_any_mixer(std::uint32_t seed, Rule rule,
                     const std::function<void(const TestSong&, const Move&)>& check_move) {
    AnyMixer mixers(seed);
    int plans = 0;
    for (int round = 0; round < 400; ++round) {
        INFO("seed " << seed << ", round " << round);
        TestSong song = mixers.next();
        const auto plan = rule(song.question());
        if (!plan) {
            CHECK_FALSE(plan.error().next.empty());
            continue;
        }
        ++plans;
        check_every_move(song, *plan);
        check_left_alone(song, *plan);
        for (const Move& move : plan->moves) check_move(song, move);
        TestSong after = song;
        after.apply(plan->moves);
        check_settled(song, *plan, rule(after.question()));
    }
    CHECK(plans > 300);
}

}  // namespace

TEST_CASE("whatever the mixer, a mix keeps the rules, names what it leaves, and is done in one go") {
    check_any_mixer(20'261'121, plan_mix, [](const TestSong& song, const Move& move) {
        if (move.control != Control::fader || !song.mixer.find(move.strip)->trim) return;
        CHECK(off_step(level(move.to)) <= 1e-9);
    });
}

TEST_CASE("whatever the mixer, a refinement is whole steps of faders only, and is done in one go") {
    check_any_mixer(20'261'122, plan_refine, [](const TestSong&, const Move& move) {
        REQUIRE(move.control == Control::fader);
        CHECK(off_step(level(move.to) - level(move.from)) <= 1e-9);
        CHECK(distance(level(move.to), level(move.from)) >= 2.99_dB);
    });
}
