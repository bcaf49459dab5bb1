// The engineer plays the song; a mix afterwards needs no listening of its own.

#include "cli/sim_in_memory.hpp"
#include "engine/observe_job.hpp"
#include "engine/passive_listener.hpp"
#include "scenario/mixing_room.hpp"
#include "sim/built_in_song.hpp"
#include "support/catch.hpp"

using namespace kedge;
using namespace std::chrono_literals;

namespace {

class OneTapeShelf : public engine::TapeShelf {
  public:
    std::optional<measure::StoredTape> load(const SessionInfo&) override { return tape; }
    Result<void> store(const measure::StoredTape& stored) override {
        tape = stored;
        return {};
    }
    std::optional<measure::StoredTape> tape;
};

/// What a person does at the DAW, as far as the wire tells: one command, and done.
class OneCommand : public engine::Job {
  public:
    explicit OneCommand(surface::Command command) : command_(std::move(command)) {}
    void start(engine::Desk& desk) override {
        desk.send(command_);
        done_ = true;
    }
    void event(engine::Desk&, const surface::Event&) override {}
    void wake(engine::Desk&) override {}
    void refused(engine::Desk&, const surface::Command&, const Error&) override {}
    void interrupt(engine::Desk&) override {}
    [[nodiscard]] bool done() const override { return done_; }
    [[nodiscard]] engine::Progress progress() const override { return {}; }

  private:
    surface::Command command_;
    bool done_ = false;
};

struct Rehearsal {
    explicit Rehearsal(std::uint32_t seed) : daw(sim::built_in_song(seed)) {
        room.engine.observe(passive);
        engine::ObserveJob glance{Duration::zero()};
        REQUIRE(room.loop.run(glance));
    }
    void tell(surface::Command command) {
        OneCommand job(std::move(command));
        REQUIRE(room.loop.run(job));
    }
    [[nodiscard]] StripId id(const std::string& name) const {
        for (const Strip& strip : room.session.mixer().strips)
            if (strip.name.name == name) return strip.id;
        FAIL("no strip " << name);
        return {};
    }
    [[nodiscard]] Duration song() const { return room.session.mixer().session.end->since_start(); }
    void play(SongTime from, Duration span) {
        tell(surface::Locate{from});
        room.loop.idle(300ms);
        tell(surface::Play{});
        room.loop.idle(span);
        tell(surface::Stop{});
        room.loop.idle(500ms);
    }

    sim::SimulatedArdour daw;
    cli::SimInMemory<> wire{daw};
    test::MixingRoom<OneTapeShelf> room{wire};
    engine::PassiveListener passive{room.desk.shelf};
};

/// Every strip in its range by the samples.
void check_in_range(const Rehearsal& rehearsal, const engine::MixReport& report) {
    const auto peaks = rehearsal.daw.engine().robust_peaks();
    const auto& strips = rehearsal.daw.engine().strips();
    CHECK(report.plan.targets.size() >= 16);
    for (const StripTarget& target : report.plan.targets) {
        if (!target.range) continue;
        const std::string name = report.after.find(target.strip)->name.name;
        for (std::size_t i = 0; i < strips.size(); ++i) {
            if (strips[i].name != name) continue;
            INFO(name << " at " << to_string(peaks[i]));
            CHECK(target.range->holds(peaks[i], Decibels(0.5)));
        }
    }
    CHECK(rehearsal.daw.engine().bus_peak() <= Decibels(-6.0));
}

}  // namespace

TEST_CASE("the song was played while kedge looked on: the mix needs its checks alone, and is as good") {
    for (const std::uint32_t seed : {1U, 4U}) {
        INFO("seed " << seed);
        Rehearsal rehearsal(seed);
        CHECK(rehearsal.passive.share_heard(rehearsal.room.session.mixer()) == 0.0);
        rehearsal.play(SongTime(), rehearsal.song());
        REQUIRE(rehearsal.room.desk.shelf.tape);
        CHECK_FALSE(rehearsal.passive.not_stored());
        const Instant began = rehearsal.room.loop.now();
        auto job = rehearsal.room.desk.job({});
        REQUIRE(rehearsal.room.loop.run(job));
        const auto& report = job.report();
        REQUIRE_FALSE(report.error);
        CHECK(report.tape_reused);
        CHECK(rehearsal.room.loop.now() - began < 25s);
        check_in_range(rehearsal, report);
    }
}

TEST_CASE("played in pieces, out of order, with faders moved, a mute and a solo: still one good tape") {
    Rehearsal rehearsal(2);
    const auto half = rehearsal.song() / 2;
    rehearsal.play(SongTime(half), half);
    CHECK_FALSE(rehearsal.room.desk.shelf.tape);
    CHECK(rehearsal.passive.share_heard(rehearsal.room.session.mixer()) < 0.6);

    rehearsal.tell(surface::Locate{SongTime()});
    rehearsal.room.loop.idle(300ms);
    rehearsal.tell(surface::Play{});
    rehearsal.room.loop.idle(5s);
    rehearsal.tell(
        surface::SetControl{rehearsal.id("Bass DI"), Control::fader, ControlValue(Decibels(-18.0))});
    rehearsal.tell(surface::SetControl{rehearsal.id("Kick In"), Control::mute, ControlValue(Mute::muted)});
    rehearsal.room.loop.idle(3s);
    rehearsal.tell(
        surface::SetControl{rehearsal.id("Bass DI"), Control::fader, ControlValue(Decibels(-2.0))});
    rehearsal.tell(surface::SetControl{rehearsal.id("Kick In"), Control::mute, ControlValue(Mute::open)});
    rehearsal.room.loop.idle(3s);
    rehearsal.tell(surface::Locate{SongTime::from_seconds(4.0)});  // while it rolls
    rehearsal.room.loop.idle(half);
    rehearsal.tell(surface::Stop{});
    rehearsal.room.loop.idle(500ms);
    REQUIRE(rehearsal.room.desk.shelf.tape);

    auto job = rehearsal.room.desk.job({});
    REQUIRE(rehearsal.room.loop.run(job));
    REQUIRE_FALSE(job.report().error);
    CHECK(job.report().tape_reused);
    check_in_range(rehearsal, job.report());
}

TEST_CASE("what is heard while something is soloed, or of a strip that is muted, does not count") {
    Rehearsal rehearsal(1);
    rehearsal.daw.engine().strips()[0].soloed = true;
    rehearsal.daw.add_bus("Late");  // everything is told again
    rehearsal.room.loop.idle(2s);
    rehearsal.play(SongTime(), rehearsal.song());
    CHECK(rehearsal.passive.share_heard(rehearsal.room.session.mixer()) == 0.0);
    CHECK_FALSE(rehearsal.room.desk.shelf.tape);

    rehearsal.daw.engine().strips()[0].soloed = false;
    rehearsal.daw.engine().strips()[1].muted = true;
    rehearsal.daw.add_bus("Later");
    rehearsal.room.loop.idle(2s);
    rehearsal.play(SongTime(), rehearsal.song());
    // Muted it is no part of the mix; opened, it has not been heard.
    CHECK(rehearsal.passive.share_heard(rehearsal.room.session.mixer()) > 0.97);
    const auto id = rehearsal.room.session.mixer().strips[1].id;
    rehearsal.tell(surface::SetControl{id, Control::mute, ControlValue(Mute::open)});
    rehearsal.room.loop.idle(1s);
    CHECK(rehearsal.passive.share_heard(rehearsal.room.session.mixer()) == 0.0);
}

TEST_CASE("strips that come or go, and a DAW that was away, begin a new tape") {
    Rehearsal rehearsal(1);
    const auto half = rehearsal.song() / 2;
    rehearsal.play(SongTime(), half);
    CHECK(rehearsal.passive.share_heard(rehearsal.room.session.mixer()) > 0.4);
    rehearsal.daw.add_bus("Late");
    rehearsal.room.loop.idle(2s);
    CHECK(rehearsal.passive.share_heard(rehearsal.room.session.mixer()) == 0.0);
    rehearsal.play(SongTime(half), half);
    CHECK(rehearsal.passive.share_heard(rehearsal.room.session.mixer()) > 0.4);
    rehearsal.daw.quit();
    rehearsal.room.loop.idle(4s);
    rehearsal.daw.open();
    rehearsal.room.loop.idle(4s);
    CHECK(rehearsal.passive.share_heard(rehearsal.room.session.mixer()) == 0.0);
    CHECK_FALSE(rehearsal.room.desk.shelf.tape);
}
