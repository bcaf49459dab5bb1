// The main job on a simulated Live: listen, plan, apply, check, and take it all back.

#include "engine/revert_job.hpp"
#include "scenario/live/live_room.hpp"

using namespace kedge;
using namespace kedge::test;

namespace {

engine::MixReport mix_in(LiveRoom& room) {
    auto job = room.desk.job({});
    room.run(job);
    const auto& report = job.report();
    INFO((report.error ? report.error->message : std::string("no error")));
    REQUIRE_FALSE(report.error);
    REQUIRE(report.passes.front().state == PassState::applied);
    return report;
}

void revert_all(LiveRoom& room, const engine::MixReport& report) {
    for (auto pass = report.passes.rbegin(); pass != report.passes.rend(); ++pass) {
        engine::RevertJob revert(pass->id, false, "live", {}, *room.desk.journal, room.desk.recorder);
        room.run(revert);
        REQUIRE_FALSE(revert.report().error);
    }
}

/// By what the samples say; those that the plan says it cannot reach excepted.
void require_all_in_range(const LiveRoom& room, const engine::MixReport& report) {
    const auto peaks = room.daw.engine().robust_peaks();
    std::size_t targets = 0;
    for (const StripTarget& target : report.plan.targets) {
        if (!target.range) continue;
        ++targets;
        const auto name = report.after.find(target.strip)->name.name;
        const auto peak = peaks[room.place(name)];
        INFO(name << " at " << to_string(peak) << " in " << to_string(target.range->low) << " to "
                  << to_string(target.range->high));
        REQUIRE(target.range->holds(peak, Decibels(1.0)));
    }
    REQUIRE(targets == 17);
}

}  // namespace

TEST_CASE("Live simulated: one click brings every strip into its role's range, and a revert brings it back") {
    const auto seed = GENERATE(2U, 4U, 7U);
    const bool keeps_meters = GENERATE(false, true);
    CAPTURE(seed, keeps_meters);
    sim::LiveSettings settings;
    settings.keeps_meters = keeps_meters;
    LiveRoom room(sim::built_in_song(seed), {}, settings);
    room.connect();
    const auto before = room.daw.engine().strips();
    const auto report = mix_in(room);
    room.require_same_mixer();
    require_all_in_range(room, report);
    // No master within reach: the bus is reckoned, and that is near what the samples make.
    REQUIRE(report.bus.reckoned);
    REQUIRE(report.bus.after);
    CHECK(distance(*report.bus.after, room.daw.engine().bus_peak()) < Decibels(3.0));
    CHECK(room.daw.engine().bus_peak() <= Decibels(-4.0));
    revert_all(room, report);
    room.require_as_before(before);
    CHECK(room.daw.errors().empty());
    CHECK(room.daw.times_saved() == 0);
}

TEST_CASE("Live simulated: what the fader does not reach without a trim is said, strip by strip") {
    LiveRoom room(sim::built_in_song(5));
    room.connect();
    const auto report = mix_in(room);
    const auto peaks = room.daw.engine().robust_peaks();
    const auto kick = room.place("Kick In");
    CHECK(room.daw.engine().strips()[kick].fader == Decibels(6.0));
    CHECK(peaks[kick] < Decibels(-14.0));
    CHECK(std::any_of(report.plan.notes.begin(), report.plan.notes.end(), [](const std::string& note) {
        return note.find("'Kick In' ends") != std::string::npos &&
               note.find("reach no further") != std::string::npos;
    }));
}

TEST_CASE("Live simulated: a song that loops is heard to its end, and loops again afterwards") {
    LiveRoom room(sim::built_in_song(4));
    room.daw.set_loop(true, {8.0}, {8.0});
    room.connect();
    const auto report = mix_in(room);
    require_all_in_range(room, report);
    CHECK(room.daw.loops());
}

TEST_CASE("Live simulated: at another tempo the song is as long as it is") {
    LiveRoom room(sim::built_in_song(4));
    room.daw.set_tempo({87.5});
    room.connect();
    REQUIRE(room.session.mixer().session.end);
    const auto length = SongTime::from_samples(room.daw.engine().song_samples(), SampleRate{48'000});
    CHECK(std::abs(room.session.mixer().session.end->seconds() - length.seconds()) < 0.001);
    require_all_in_range(room, mix_in(room));
}

TEST_CASE("Live simulated: tracks in a group and MIDI tracks are mixed like others") {
    LiveRoom room(sim::built_in_song(4));
    room.daw.engine().strips()[room.place("Keys")].kind = StripKind::midi_track;
    const auto group = room.daw.add_group("Drums");
    for (const std::string name : {"Kick In", "Kick Out", "Snare Top", "Snare Btm", "HH"})
        room.daw.put_into(room.place(name), group);
    room.connect();
    CHECK(room.session.mixer().strips.back().name.kind == StripKind::audio_bus);
    const auto before = room.daw.engine().strips();
    const auto report = mix_in(room);
    require_all_in_range(room, report);
    CHECK(room.track("Drums").fader == Decibels(0.0));
    revert_all(room, report);
    room.require_as_before(before);
}
