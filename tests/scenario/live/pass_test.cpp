// Passes on a simulated Live: everything set is read back from the track, over wires that are bad and while
// tracks come, go and move.

#include "engine/revert_job.hpp"
#include "scenario/live/live_room.hpp"
#include "sim/chance.hpp"

#include <algorithm>
#include <optional>
#include <vector>

using namespace kedge;
using namespace kedge::test;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

/// A level for each place, of which no other has the same.
Decibels level_for(std::size_t place) {
    return Decibels(-3.0 - 0.125 * static_cast<double>(place));
}

/// Every second track is to be set, the others are none of ours.
std::vector<surface::PassRunner::Wish> wishes_for_every_second(const LiveRoom& room) {
    std::vector<surface::PassRunner::Wish> wishes;
    const auto& strips = room.session.mixer().strips;
    for (std::size_t i = 0; i < strips.size(); i += 2) {
        wishes.push_back({strips[i].id, Control::fader, level_for(i), std::nullopt, "test", "a test"});
        wishes.push_back(
            {strips[i].id, Control::pan, Pan(level_for(i).db() / 60.0), std::nullopt, "test", ""});
        wishes.push_back({strips[i].id, Control::mute, Mute::muted, std::nullopt, "test", "a test"});
    }
    return wishes;
}

/// A pass that was to set a track that is gone cannot be taken back as a whole; no other track has a part in
/// it.
void require_ours_alone(const LiveRoom& room, const std::vector<sim::SimStrip>& before) {
    for (std::size_t i = 0; i < before.size(); ++i) {
        const sim::SimStrip* const is = room.daw.engine().find(before[i].id);
        if (!is) continue;
        INFO(before[i].name << ": " << to_string(is->fader) << (is->muted ? ", muted" : ""));
        INFO("place " << i);
        const bool as_was =
            distance(is->fader, before[i].fader) < Decibels(0.001) && is->muted == before[i].muted;
        const bool as_meant = distance(is->fader, level_for(i)) < Decibels(0.001) && is->muted;
        REQUIRE((as_was || (i % 2 == 0 && as_meant)));
    }
}

/// What the tracks have to be after the pass, by what they were before it.
void require_set(const LiveRoom& room, const std::vector<sim::SimStrip>& before) {
    for (std::size_t i = 0; i < before.size(); ++i) {
        const sim::SimStrip* const is = room.daw.engine().find(before[i].id);
        INFO(before[i].name);
        if (!is) continue;
        const bool ours = i % 2 == 0;
        REQUIRE(distance(is->fader, ours ? level_for(i) : before[i].fader) < Decibels(0.001));
        REQUIRE(is->muted == (ours || before[i].muted));
    }
}

/// Every fader that the wire moved is one of ours, and went where it was meant to, or back.
void require_meant_writes(const LiveRoom& room, const std::vector<sim::SimStrip>& before) {
    for (const auto& write : room.daw.wire_writes()) {
        const auto meant = std::find_if(before.begin(), before.end(),
                                        [&](const sim::SimStrip& each) { return each.id == write.strip; });
        REQUIRE(meant != before.end());
        const auto at = static_cast<std::size_t>(meant - before.begin());
        INFO(meant->name << " at place " << at);
        REQUIRE(at % 2 == 0);
        if (write.control != Control::fader) continue;
        const auto level = std::get<Decibels>(write.value);
        const bool own = distance(level, level_for(at)) < Decibels(0.001);
        REQUIRE((own || distance(level, meant->fader) < Decibels(0.001)));
    }
}

sim::FaultPlan bad_wire(std::uint32_t seed) {
    sim::FaultRates rates;
    rates.drop = 0.08;
    rates.duplicate = 0.08;
    rates.delay = 0.15;
    rates.reorder = 0.05;
    rates.longest_delay = milliseconds(400);
    rates.latency = milliseconds(3);
    return {seed, rates, rates};
}

}  // namespace

TEST_CASE("Live simulated: a pass over 1, 16 and 200 tracks is applied and confirmed, and touches no other") {
    const int count = GENERATE(1, 16, 200);
    LiveRoom room(sim::many_strips_song(count));
    room.connect();
    const auto before = room.daw.engine().strips();
    PassJob job(wishes_for_every_second(room), room.desk.recorder);
    room.run(job);
    REQUIRE(job.runner().pass().state == PassState::applied);
    const auto took = (room.loop.now() - job.began()) / milliseconds(1);
    WARN(count << " tracks: " << job.runner().total() << " controls took " << took << " ms");
    CHECK(took < 1'500 + 40 * count);
    for (const auto& entry : job.runner().pass().entries) REQUIRE(entry.verdict == Verdict::confirmed);
    require_set(room, before);
    for (const auto& write : room.daw.wire_writes()) {
        const auto place = static_cast<std::size_t>(
            std::find_if(before.begin(), before.end(),
                         [&](const sim::SimStrip& each) { return each.id == write.strip; }) -
            before.begin());
        REQUIRE(place % 2 == 0);
    }
    CHECK(room.daw.errors().empty());
}

TEST_CASE("Live simulated: passes over a wire that loses, doubles and delays end right") {
    const auto seed = GENERATE(range(31U, 43U));
    INFO("seed " << seed);
    LiveRoom room(sim::many_strips_song(24), bad_wire(seed));
    room.connect();
    const auto before = room.daw.engine().strips();
    PassJob job(wishes_for_every_second(room), room.desk.recorder);
    room.run(job);
    REQUIRE(job.runner().pass().state == PassState::applied);
    require_set(room, before);
    CHECK(room.faulty.counts().dropped > 0);
    room.loop.idle(seconds(3));
    REQUIRE(room.session.ready());
    room.require_same_mixer();
}

TEST_CASE("Live simulated: a song is mixed over a wire that loses, doubles and delays, and taken back") {
    const auto seed = GENERATE(51U, 52U);
    INFO("seed " << seed);
    auto plan = bad_wire(seed);
    // Positions that come out of their order would look like a loop.
    plan.to_client.longest_delay = milliseconds(80);
    LiveRoom room(sim::built_in_song(4), plan);
    room.connect();
    const auto before = room.daw.engine().strips();
    auto job = room.desk.job({});
    room.run(job);
    const auto& report = job.report();
    INFO((report.error ? report.error->message : std::string("no error")));
    REQUIRE_FALSE(report.error);
    for (auto pass = report.passes.rbegin(); pass != report.passes.rend(); ++pass) {
        engine::RevertJob revert(pass->id, false, "live", {}, *room.desk.journal, room.desk.recorder);
        room.run(revert);
        REQUIRE_FALSE(revert.report().error);
    }
    room.require_as_before(before);
}

TEST_CASE("Live simulated: while tracks come, go and move in mid-pass no other track is written") {
    const auto seed = GENERATE(range(101U, 161U));
    const bool takes_bundles = GENERATE(true, false);
    INFO("seed " << seed << (takes_bundles ? "" : ", an older script"));
    sim::Chance chance(seed);
    const auto share = [&] { return (chance.next() + 1.0) / 2.0; };
    const auto any_of = [&](std::size_t count) {
        return std::min(count - 1, static_cast<std::size_t>(share() * static_cast<double>(count)));
    };
    sim::LiveSettings settings;
    settings.takes_bundles = takes_bundles;
    LiveRoom room(sim::many_strips_song(16), {}, settings);
    room.connect();
    const auto before = room.daw.engine().strips();
    PassJob job(wishes_for_every_second(room), room.desk.recorder);
    const auto when = milliseconds(static_cast<int>(share() * 350.0));
    const auto what = any_of(3);
    bool meddled = false;
    room.loop.on_step = [&](Instant now) {
        if (meddled || job.began() == Instant{} || now < job.began() + when) return;
        meddled = true;
        auto& tracks = room.daw.engine().strips();
        if (what == 0) {
            room.daw.insert_track(any_of(tracks.size()), sim::Stem{"Newcomer", 1, {}});
        } else if (what == 1) {
            room.daw.remove_track(any_of(tracks.size()));
        } else {
            std::vector<std::size_t> order(tracks.size());
            for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
            const auto from = any_of(order.size());
            std::rotate(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(from), order.end());
            room.daw.reorder_tracks(order);
        }
    };
    room.run(job);
    room.loop.idle(seconds(3));
    const auto state = job.runner().pass().state;
    CAPTURE(when.count(), what, to_string(state));
    REQUIRE(meddled);
    if (state == PassState::applied) {
        require_set(room, before);
    } else if (state == PassState::rolled_back || state == PassState::prepared) {
        room.require_as_before(before);
    } else {
        REQUIRE(state == PassState::broken);
        require_ours_alone(room, before);
    }
    if (takes_bundles) {
        require_meant_writes(room, before);
    } else if (state == PassState::broken && what == 0) {
        // What a newcomer held before nobody knows: it is said instead.
        REQUIRE(job.runner().cause());
        CHECK_THAT(job.runner().cause()->next, Catch::Contains("The new ") && Catch::Contains("check it"));
    }
    REQUIRE(room.session.ready());
    room.require_same_mixer();
}

TEST_CASE(
    "Live simulated: Live quits in mid-pass and is started again: every track is one thing or the other") {
    const auto after = milliseconds(GENERATE(0, 50, 120, 180, 250));
    const bool another_song = GENERATE(false, true);
    CAPTURE(after.count(), another_song);
    LiveRoom room(sim::many_strips_song(16));
    room.connect();
    const auto before = room.daw.engine().strips();
    PassJob job(wishes_for_every_second(room), room.desk.recorder);
    std::optional<Instant> quit_at;
    bool opened = false;
    room.loop.on_step = [&](Instant now) {
        if (!quit_at && job.began() != Instant{} && now >= job.began() + after) {
            quit_at = now;
            room.daw.quit();
        }
        if (opened || !quit_at || now < *quit_at + seconds(2)) return;
        opened = true;
        if (another_song) {
            room.daw.open(sim::many_strips_song(16));
        } else {
            room.daw.open();
        }
        room.daw.forget_wire_writes();
    };
    static_cast<void>(room.loop.run(job));  // it ends in one way or another
    room.loop.idle(seconds(12));
    REQUIRE(opened);
    REQUIRE(room.session.ready());
    room.require_same_mixer();
    // Its tracks are other tracks, whatever they are called: what is under way was for those before.
    CHECK(room.daw.wire_writes().empty());
    const auto state = job.runner().pass().state;
    CHECK(state == PassState::prepared);
    if (!another_song) require_ours_alone(room, before);
}
