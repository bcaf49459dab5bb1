#pragma once

#include "engine/heard_recover_job.hpp"
#include "engine/heard_return_job.hpp"
#include "engine/heard_ride_job.hpp"
#include "engine/journal_recorder.hpp"
#include "scenario/live_studio.hpp"

#include <algorithm>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace kedge::test {

using namespace std::chrono_literals;
using engine::Recovery;

/// What an engineer sees of a fader.
struct SeenFader {
    Decibels fader;
    AutomationMode mode;
    bool operator==(const SeenFader&) const = default;
};

inline constexpr std::size_t tracks = 3;

/// Silent tracks at a DAW without a companion; the first two are ridden from 0:05 to 0:14.
struct HeardRoom {
    HeardRoom() : studio(tracks) { studio.daw().engine().strips()[0].fader = Decibels(-4.0); }

    [[nodiscard]] Ride ride(std::size_t track) const {
        Ride made;
        made.strip = studio.id(track);
        made.base = studio.strip(track).fader;
        made.points = {{SongTime(5s), Decibels()},          {SongTime(6s), Decibels(3.0)},
                       {SongTime(9s), Decibels(3.0)},       {SongTime(10s), Decibels(-4.0)},
                       {SongTime(12500ms), Decibels(-4.0)}, {SongTime(14s), Decibels()}};
        return made;
    }
    [[nodiscard]] engine::HeardRideOrder order(std::vector<std::size_t> ridden = {0, 1}) const {
        engine::HeardRideOrder made;
        for (const std::size_t track : ridden) {
            made.live.rides.push_back(ride(track));
            const auto history = journal->history(studio.mixer().session.name).value();
            const StripName& name = studio.mixer().strips[track].name;
            if (const PassLine* left = engine::left_behind(history, name))
                made.ours[studio.id(track)] = left->left();
        }
        made.header.kind = PassKind::ride;
        made.header.surface = "sim";
        return made;
    }
    engine::LiveRideReport ride_live(std::vector<std::size_t> ridden = {0, 1}) {
        engine::HeardRideJob job(order(std::move(ridden)), known, recorder);
        REQUIRE(studio.run(job));
        return job.report();
    }
    engine::LineReport revert(PassId pass, bool force = false) {
        engine::HeardReturnJob job({engine::LineWay::back, pass, force, "sim", {}, {}}, *journal, recorder);
        REQUIRE(studio.run(job));
        return job.report();
    }
    engine::LineRecoverReport recover(Recovery recovery, bool force = false) {
        engine::HeardRecoverJob job(recovery, force, *journal, known);
        REQUIRE(studio.run(job));
        return job.report();
    }
    [[nodiscard]] std::vector<SeenFader> seen() const {
        std::vector<SeenFader> all;
        for (std::size_t i = 0; i < tracks; ++i) all.push_back({studio.strip(i).fader, mode(i)});
        return all;
    }
    /// The same to a query's tenth of a decibel: an exactness that the DAW's own answers do not have.
    [[nodiscard]] bool stands_as(const std::vector<SeenFader>& before) const {
        const auto now = seen();
        return std::equal(now.begin(), now.end(), before.begin(), before.end(),
                          [](const SeenFader& a, const SeenFader& b) {
                              return a.mode == b.mode && distance(a.fader, b.fader) < Decibels(0.03);
                          });
    }
    [[nodiscard]] AutomationMode mode(std::size_t track) const {
        return studio.strip(track).automation(Control::fader).mode();
    }
    [[nodiscard]] const std::vector<sim::AutomationPoint>& points(std::size_t track) const {
        return studio.strip(track).automation(Control::fader).list().points();
    }
    /// A list that was drawn by a person.
    void draw(std::size_t track, std::vector<std::pair<Duration, Decibels>> curve) {
        auto& list = studio.daw().engine().strips()[track].automation(Control::fader).list();
        for (const auto& [at, level] : curve) list.add({SongTime(at).samples(SampleRate{}), level});
    }
    /// Once the job says that it does this, and the song is so far.
    void when(const engine::Job& job, std::string doing, SongTime at, std::function<void()> act) {
        studio.loop().on_step = [this, &job, doing = std::move(doing), at, act = std::move(act),
                                 done = false](Instant) mutable {
            if (done || job.progress().doing.find(doing) != 0 || !studio.daw().engine().rolling() ||
                studio.position() < at)
                return;
            done = true;
            act();
        };
    }
    [[nodiscard]] PassState state(std::int64_t pass) const {
        return journal->pass(PassId{pass}).value().state;
    }
    [[nodiscard]] std::size_t passes() const { return journal->passes().value().size(); }

    LiveStudio studio;
    std::unique_ptr<journal::Journal> journal = std::move(*journal::open_journal(":memory:"));
    engine::JournalRecorder recorder{*journal};
    engine::KnownStyle known;
};

inline void check_written(const HeardRoom& room, std::size_t track, const Ride& ride) {
    CAPTURE(track);
    const auto beside = list_against_plan(room.studio, track, ride);
    INFO("worst at " << to_string(beside.where));
    CHECK(beside.worst_db <= 0.3);
    CHECK(room.mode(track) == AutomationMode::play);
}

/// A pass of the song that ends, as if killed, at the n-th thing that happens to it.
class KilledRide : public engine::HeardRideJob {
  public:
    using HeardRideJob::HeardRideJob;
    void event(engine::Desk& desk, const surface::Event& event) override {
        if (done()) return;
        HeardRideJob::event(desk, event);
        --left;
    }
    void wake(engine::Desk& desk) override {
        if (!done()) HeardRideJob::wake(desk);
    }
    [[nodiscard]] bool done() const override { return left <= 0 || HeardRideJob::done(); }
    [[nodiscard]] bool ended() const { return HeardRideJob::done(); }
    int left = 0;
};

}  // namespace kedge::test
