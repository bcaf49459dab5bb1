#include "support/catch.hpp"
#include "support/mixing_desk.hpp"
#include "support/windowed_daw.hpp"

#include <algorithm>
#include <random>
#include <string>

using namespace kedge;
using namespace kedge::engine;
using namespace kedge::test;

namespace {

const std::vector<std::string> band = {"Kick",       "Snare", "HH",      "Tom 1", "OH",         "Bass",
                                       "Rhythm Gtr", "Piano", "Strings", "Organ", "Lead Vocal", "BV"};

/// The band behind a window of four, at levels of their own.
struct Band {
    explicit Band(std::uint32_t seed) : random(seed) {
        std::uniform_real_distribution<double> source(-30.0, -4.0);
        std::uniform_real_distribution<double> fader(-12.0, 3.0);
        for (const auto& name : band) daw.play(name, Decibels(source(random)), Decibels(fader(random)));
    }
    [[nodiscard]] MixReport mix(const MixOrder& order = {}) {
        MixJob job = desk.job(order);
        REQUIRE(daw.roll(job, std::chrono::minutes(20)));
        return job.report();
    }

    std::mt19937 random;
    WindowedDaw daw{4};
    MixingDesk<MemoryShelf> desk;
};

std::string all_notes(const MixReport& report) {
    std::string all;
    for (const auto& note : report.plan.notes) all += note + "\n";
    for (const auto& note : report.notes) all += note + "\n";
    return all;
}

}  // namespace

TEST_CASE("a mix through windows and steps puts every strip in its range, as far as the meter sees") {
    const auto seed = std::random_device{}();
    for (std::uint32_t song = 0; song < 20; ++song) {
        INFO("seed " << seed << ", song " << song);
        Band room(seed + song);
        const MixReport report = room.mix();
        INFO((report.error ? report.error->message : std::string()));
        REQUIRE_FALSE(report.error);
        INFO(all_notes(report));
        CHECK(report.outcomes.size() >= 10);
        for (const StripOutcome& one : report.outcomes) {
            const Decibels truth = room.daw.peak(one.strip);
            INFO(room.daw.mixer().find(one.strip)->name.name << ": believed " << one.peak.db() << " within "
                                                             << one.known.within.db() << ", in truth "
                                                             << truth.db());
            CHECK_FALSE(one.known.exact());
            if (one.known.open_above)
                CHECK(truth >= one.peak - one.known.within - Decibels(0.02));
            else
                CHECK(distance(truth, one.peak) <= one.known.within + Decibels(0.02));
            const auto* target = report.target_of(one.strip);
            if (!target || !target->range || !target->shortfall.empty()) continue;
            CHECK(one.in_range == true);
            CHECK(may_be_in(*target->range, truth, one.known, Decibels(0.52)));
        }
    }
}

TEST_CASE("the check after applying sees closer what was read in wide steps") {
    Band room(7);
    for (const Strip& strip : room.daw.mixer().strips)
        room.daw.mixer().find(strip.id)->fader = Decibels(-18.0) - room.daw.source(strip.id) - Decibels(8.0);
    const MixReport report = room.mix();
    REQUIRE_FALSE(report.error);
    // All of them read -30..-20, known within 5. Some went where the steps are finer; the others are known
    // by what both looks through the same step leave.
    int in_finer_steps = 0;
    for (const StripOutcome& one : report.outcomes) {
        const bool finer = room.daw.peak(one.strip) >= Decibels(-20.0);
        in_finer_steps += finer ? 1 : 0;
        INFO(room.daw.mixer().find(one.strip)->name.name << " at " << room.daw.peak(one.strip).db()
                                                         << ", within " << one.known.within.db());
        CHECK(one.known.within <= Decibels(finer ? 3.01 : 4.99));
    }
    CHECK(in_finer_steps >= 5);
}

TEST_CASE("what a second mix believes from the stored tape is true as well") {
    const auto seed = std::random_device{}();
    INFO("seed " << seed);
    Band room(seed);
    REQUIRE_FALSE(room.mix().error);
    const MixReport second = room.mix();
    REQUIRE_FALSE(second.error);
    CHECK(second.tape_reused);
    INFO(all_notes(second));
    for (const StripOutcome& one : second.outcomes)
        CHECK(distance(room.daw.peak(one.strip), one.peak) <= one.known.within + Decibels(0.02));
}

TEST_CASE("without a meter of the master the bus is reckoned from its strips, and said to be") {
    Band room(3);
    const MixReport report = room.mix();
    REQUIRE_FALSE(report.error);
    CHECK(report.bus.reckoned);
    REQUIRE(report.bus.after);
    REQUIRE(report.bus.before);
    // All beat together: the powers of their peaks add up.
    Decibels sum = Decibels::silence();
    for (const Strip& strip : room.daw.mixer().strips) sum = power_sum(sum, room.daw.peak(strip.id));
    CHECK(distance(*report.bus.after, sum) < Decibels(3.0));
    CHECK(*report.bus.after <= report.bus.range->high + Decibels(0.1));
}

TEST_CASE("what a surface cannot do is said once: no pans, no trims, a playhead left at the start") {
    Band room(5);
    room.daw.locate_by_hand(SongTime::from_seconds(12.0));
    surface::Effects out;
    room.daw.wake({}, out);
    const MixReport report = room.mix();
    REQUIRE_FALSE(report.error);
    const std::string notes = all_notes(report);
    for (const std::string words : {"no pans and no trims", "left at the start", "The meters show steps"}) {
        INFO(words << " in\n" << notes);
        const auto at = notes.find(words);
        REQUIRE(at != std::string::npos);
        CHECK(notes.find(words, at + 1) == std::string::npos);
    }
    for (const Pass& pass : report.passes)
        for (const PassEntry& entry : pass.entries) CHECK(entry.control == Control::fader);
}

TEST_CASE("through windows a stored tape is tried near the start, bank by bank") {
    Band room(9);
    MixOrder order;
    order.depth = MixDepth::plan;
    REQUIRE_FALSE(room.mix(order).error);
    room.daw.log.clear();
    const MixReport again = room.mix(order);
    REQUIRE_FALSE(again.error);
    CHECK(again.tape_reused);
    CHECK(std::count(room.daw.log.begin(), room.daw.log.end(), "play") == 3);
}

TEST_CASE("a mix of a range that begins elsewhere is refused with a word, and nothing is rolled") {
    Band room(11);
    MixOrder order;
    order.listen.part.from = SongTime::from_seconds(5.0);
    const MixReport report = room.mix(order);
    REQUIRE(report.error);
    CHECK(report.error->kind == ErrorKind::usage);
    CHECK_THAT(report.error->message, Catch::Contains("start of the song and nowhere else"));
    CHECK(room.daw.log.empty());
    CHECK(report.passes.empty());
}

TEST_CASE(
    "through windows of meters that show all levels nothing is said of steps, and without a master the "
    "bus is reckoned") {
    Band room(13);
    room.daw.shows_all_levels();
    const MixReport report = room.mix();
    REQUIRE_FALSE(report.error);
    CHECK_FALSE(report.meter_of_steps);
    CHECK(report.bus.reckoned);
    REQUIRE(report.bus.after);
    CHECK(*report.bus.after <= report.bus.range->high);
    CHECK_THAT(all_notes(report), !Catch::Contains("show steps"));
    for (const StripTarget& target : report.plan.targets) CHECK(target.known.exact());
    for (const StripOutcome& one : report.outcomes) {
        CHECK(one.known.exact());
        CHECK(distance(room.daw.peak(one.strip), one.peak) < Decibels(0.02));
    }
}
