#include "cli/sim_in_memory.hpp"
#include "engine/observe_job.hpp"
#include "engine/revert_job.hpp"
#include "scenario/mixing_room.hpp"
#include "sim/built_in_song.hpp"
#include "support/catch.hpp"
#include "support/sanitized.hpp"

#include <algorithm>
#include <cmath>
#include <map>

using namespace kedge;

namespace {

/// A studio in virtual time: the simulator, a session on it, and a journal in memory.
struct Studio {
    explicit Studio(std::uint32_t seed) : daw(sim::built_in_song(seed)) {}

    engine::MixReport mix(const engine::MixOrder& order = {}) {
        auto job = room.desk.job(order);
        REQUIRE(room.loop.run(job));
        return job.report();
    }

    engine::RevertReport revert(PassId pass, bool force = false) {
        engine::RevertJob job(pass, force, "sim", {}, *room.desk.journal, room.desk.recorder);
        REQUIRE(room.loop.run(job));
        return job.report();
    }

    sim::SimulatedArdour daw;
    cli::SimInMemory<> wire{daw};
    test::MixingRoom<test::MemoryShelf> room{wire};
};

std::size_t index_of(const Studio& studio, const std::string& name) {
    const auto& strips = studio.daw.engine().strips();
    for (std::size_t i = 0; i < strips.size(); ++i)
        if (strips[i].name == name) return i;
    FAIL("no strip " << name);
    return 0;
}

bool on_grid(Decibels fader) {
    return distance(fader, nearest_step(fader, Decibels(3.0))) < Decibels(0.001);
}

}  // namespace

TEST_CASE(
    "one click from five scrambles: in range by the samples, the bus under -6, the same levels each time") {
    std::map<std::string, std::vector<double>> ends;
    for (std::uint32_t seed = 1; seed <= (test::sanitized ? 2 : 5); ++seed) {
        INFO("seed " << seed);
        Studio studio(seed);
        const auto report = studio.mix();
        REQUIRE_FALSE(report.error);
        const auto peaks = studio.daw.engine().robust_peaks();
        CHECK(report.plan.targets.size() >= 16);
        for (const StripTarget& target : report.plan.targets) {
            if (!target.range) continue;
            const std::string name = report.after.find(target.strip)->name.name;
            const std::size_t i = index_of(studio, name);
            INFO(name << " at " << to_string(peaks[i]));
            CHECK(target.range->holds(peaks[i], Decibels(0.5)));
            CHECK(on_grid(studio.daw.engine().strips()[i].fader));
            ends[name].push_back(peaks[i].db());
        }
        CHECK(studio.daw.engine().bus_peak() <= Decibels(-6.0));
        CHECK(report.passes.front().state == PassState::applied);
        const auto song = Duration(studio.daw.engine().song_samples() * 1'000'000'000 / 48000);
        CHECK(studio.room.loop.now() - Instant() < song + std::chrono::seconds(20));
    }
    for (const auto& [name, levels] : ends) {
        const auto count = static_cast<double>(levels.size());
        double mean = 0.0;
        for (const double level : levels) mean += level / count;
        double variance = 0.0;
        for (const double level : levels) variance += (level - mean) * (level - mean) / count;
        INFO(name << " sd " << std::sqrt(variance));
        CHECK(std::sqrt(variance) <= 0.5);
    }
}

TEST_CASE("what has no role or makes no sound is named and not moved") {
    Studio studio(1);
    const auto report = studio.mix();
    for (const std::string name : {"Foo 7", "Gtr Solo"}) {
        INFO(name);
        const auto& strip = studio.daw.engine().strips()[index_of(studio, name)];
        CHECK(strip.trim == Decibels());
        CHECK(strip.fader == Decibels());
        bool named = false;
        for (const LeftAlone& left : report.plan.left_alone)
            named = named || report.before.find(left.strip)->name.name == name;
        CHECK(named);
    }
}

TEST_CASE("a mix and its corrections go back as one, exactly") {
    Studio studio(3);
    const auto before = studio.daw.engine().strips();
    const auto report = studio.mix();
    REQUIRE_FALSE(report.passes.empty());
    const auto reverted = studio.revert(report.passes.front().id);
    CHECK_FALSE(reverted.error);
    const auto& after = studio.daw.engine().strips();
    for (std::size_t i = 0; i < before.size(); ++i) {
        INFO(before[i].name);
        CHECK(distance(after[i].trim, before[i].trim) < Decibels(0.01));
        CHECK(distance(after[i].fader, before[i].fader) < Decibels(0.01));
        CHECK(std::abs(after[i].pan.position() - before[i].pan.position()) < 0.001);
        CHECK(after[i].muted == before[i].muted);
    }
}

TEST_CASE("a fader moved by hand since is left alone and named") {
    Studio studio(3);
    const auto report = studio.mix();
    std::vector<sim::Datagram> nobody;
    const std::size_t bass = index_of(studio, "Bass DI");
    studio.daw.move_fader(bass, Decibels(-20.0), nobody);
    const auto reverted = studio.revert(report.passes.front().id);
    REQUIRE(reverted.error);
    CHECK(reverted.error->kind == ErrorKind::conflict);
    REQUIRE(reverted.conflicts.size() == 1);
    CHECK(reverted.conflicts[0].strip.name == "Bass DI");
    CHECK(reverted.conflicts[0].control == Control::fader);
    CHECK(studio.daw.engine().strips()[bass].fader == Decibels(-20.0));
}

TEST_CASE("a second mix tries the stored tape and does not listen to the whole song again") {
    Studio studio(2);
    studio.mix();
    const Instant began = studio.room.loop.now();
    const auto again = studio.mix();
    CHECK_FALSE(again.error);
    CHECK(again.tape_reused);
    CHECK(again.passes.empty());
    CHECK(studio.room.loop.now() - began < std::chrono::seconds(20));
}

TEST_CASE("the transport goes back to where it was, stopped or rolling") {
    Studio studio(1);
    engine::ObserveJob glance(std::chrono::milliseconds(500));
    REQUIRE(studio.room.loop.run(glance));
    studio.daw.engine().locate(48000 * 7);
    studio.room.loop.idle(std::chrono::milliseconds(300));
    engine::MixOrder order;
    order.depth = engine::MixDepth::listen;
    order.listen.part.from = SongTime::from_seconds(2);
    order.listen.part.to = SongTime::from_seconds(4);
    const auto report = studio.mix(order);
    CHECK_FALSE(report.error);
    CHECK_FALSE(studio.daw.engine().rolling());
    CHECK(studio.daw.engine().position() == 48000 * 7);
}

TEST_CASE("a section is listened to from its marker to the next one") {
    Studio studio(1);
    engine::MixOrder order;
    order.depth = engine::MixDepth::listen;
    order.listen.section = "Verse 1";
    const auto report = studio.mix(order);
    CHECK_FALSE(report.error);
    CHECK(report.heard.from == SongTime::from_seconds(4));
    CHECK(std::chrono::abs(report.heard.to - SongTime::from_seconds(12)) < std::chrono::milliseconds(200));
    CHECK(studio.daw.engine().position() == 0);
}

TEST_CASE("a section that the song does not have is refused before a note is played") {
    Studio studio(1);
    engine::MixOrder order;
    order.listen.section = "Bridge";
    const auto report = studio.mix(order);
    REQUIRE(report.error);
    CHECK(report.error->kind == ErrorKind::usage);
    CHECK_THAT(report.error->next, Catch::Contains("'Chorus 2' at 0:26.0"));
    CHECK(report.passes.empty());
    CHECK_FALSE(studio.daw.engine().rolling());
    CHECK(studio.daw.engine().position() == 0);
}

TEST_CASE("a soloed strip stops the mix before anything is heard or moved") {
    Studio studio(1);
    studio.daw.engine().strips()[0].soloed = true;
    const auto report = studio.mix();
    REQUIRE(report.error);
    CHECK(report.error->message.find("Kick In") != std::string::npos);
    CHECK(report.passes.empty());
}

TEST_CASE("a DAW that freezes in mid-listen is reported and nothing is moved") {
    Studio studio(1);
    studio.room.loop.on_step = [&](Instant now) {
        if (now > Instant(std::chrono::seconds(10))) studio.daw.freeze(true);
    };
    const auto report = studio.mix();
    REQUIRE(report.error);
    CHECK(report.passes.empty());
}

TEST_CASE("a bus that is a little hot is cooled by trim once, in the same relations") {
    Studio studio(2);
    const auto plain = studio.mix();
    REQUIRE_FALSE(plain.error);
    const Decibels before = studio.daw.engine().bus_peak();

    Studio cooled(2);
    cooled.room.desk.profile.bus_range.high = before - Decibels(0.2);
    const auto report = cooled.mix();
    REQUIRE_FALSE(report.error);
    REQUIRE(report.passes.size() == 2);
    CHECK(report.passes[1].kind == PassKind::correction);
    REQUIRE(report.bus.after);
    INFO("bus guessed " << to_string(*plain.bus.after) << ", then " << to_string(*report.bus.after)
                        << ", was " << to_string(before));
    CHECK(*report.bus.after <= cooled.room.desk.profile.bus_range.high);
    CHECK(cooled.daw.engine().bus_peak() < before - Decibels(0.2));
    // Every strip went down by the same.
    const auto levels = studio.daw.engine().robust_peaks();
    const auto lower = cooled.daw.engine().robust_peaks();
    const Decibels by = levels[0] - lower[0];
    for (const StripTarget& target : report.plan.targets) {
        if (!target.range) continue;
        const std::size_t i = index_of(studio, report.after.find(target.strip)->name.name);
        CHECK(distance(levels[i] - lower[i], by) < Decibels(0.02));
    }
}

namespace {

/// A person's hand on a controller of kedge's.
struct GuestsHand : engine::EngineGuest {
    void event(engine::Desk&, const surface::Event&) override {}
    void wake(engine::Desk&) override {}
    void refused(engine::Desk&, const surface::Command&, const Error&) override {}
};

}  // namespace

TEST_CASE("a fader that a hand takes while the mix is applied is left to it, by its corrections too") {
    Studio studio(1);
    GuestsHand hand;
    studio.room.engine.invite(hand);
    const std::size_t bass = index_of(studio, "Bass DI");
    const Decibels loud(4.5);
    bool taken = false;
    studio.room.loop.on_step = [&](Instant) {
        const auto progress = studio.room.engine.progress();
        if (taken || !progress || !progress->doing.starts_with("applying")) return;
        taken = true;
        studio.room.loop.act(hand, [&](engine::Desk& desk) {
            const StripId strip = desk.mixer().strips[bass].id;
            desk.send(surface::TouchControl{strip, Control::fader, true});
            desk.send(surface::SetControl{strip, Control::fader, loud});
        });
    };
    const auto report = studio.mix();
    REQUIRE(taken);
    CHECK_FALSE(report.error);
    CHECK(distance(studio.daw.engine().strips()[bass].fader, loud) < Decibels(0.02));
    int left = 0;
    for (const Pass& pass : report.passes) {
        CHECK(pass.state == PassState::applied);
        for (const PassEntry& entry : pass.entries)
            if (entry.strip.name == "Bass DI" && entry.control == Control::fader) {
                CHECK(entry.verdict == Verdict::conflict);
                ++left;
            }
    }
    CHECK(left == 1);
    CHECK(std::count(report.notes.begin(), report.notes.end(),
                     "The fader of \"Bass DI\" was left to the hand that had it.") == 1);
}
