// The engineer plays the song; a mix afterwards needs no listening of its own.

#include "cli/sim_in_memory.hpp"
#include "engine/observe_job.hpp"
#include "engine/passive_listener.hpp"
#include "measure/tape_difference.hpp"
#include "scenario/mixing_room.hpp"
#include "sim/built_in_song.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <memory>
#include <random>
#include <vector>

using namespace kedge;
using namespace std::chrono_literals;

namespace {

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

/// A song whose stems a test may change between two rolls.
struct ChangingSong {
    explicit ChangingSong(std::uint32_t seed) : song(sim::built_in_song(seed)) {
        for (sim::Stem& stem : song.stems) {
            samples.push_back(std::make_shared<std::vector<float>>(*stem.samples));
            stem.samples = samples.back();
        }
    }
    /// Turns a stem's first `share` (0..1) to this many times its level.
    void turn(const std::string& name, double share, float times) {
        for (std::size_t i = 0; i < song.stems.size(); ++i) {
            if (song.stems[i].name != name) continue;
            auto& stem = *samples[i];
            const auto end =
                stem.begin() + static_cast<std::ptrdiff_t>(static_cast<double>(stem.size()) * share);
            std::transform(stem.begin(), end, stem.begin(), [times](float each) { return each * times; });
        }
    }
    sim::Song song;
    std::vector<std::shared_ptr<std::vector<float>>> samples;
};

struct Rehearsal {
    explicit Rehearsal(std::uint32_t seed) : Rehearsal(sim::built_in_song(seed)) {}
    explicit Rehearsal(const sim::Song& song) : daw(song) {
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
    /// The shelf's tape, with the ids of today.
    [[nodiscard]] measure::Tape shelved() const {
        auto stored = *room.desk.shelf.tape;
        REQUIRE(engine::fits(stored, room.session.mixer()));
        return stored.tape;
    }
    [[nodiscard]] MeterPoint meter_point() const { return room.session.capabilities().meter_point; }
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
    test::MixingRoom<test::MemoryShelf> room{wire};
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

TEST_CASE("a region that was turned down in between is heard anew, and its louder past is forgotten") {
    ChangingSong turned_down_before(2);
    turned_down_before.turn("Bass DI", 0.5, 0.1F);
    Rehearsal reference(turned_down_before.song);
    reference.play(SongTime(), reference.song());
    REQUIRE(reference.room.desk.shelf.tape);

    ChangingSong song(2);
    Rehearsal rehearsal(song.song);
    const auto half = rehearsal.song() / 2;
    rehearsal.play(SongTime(), half);
    song.turn("Bass DI", 0.5, 0.1F);
    rehearsal.play(SongTime(), half);
    rehearsal.play(SongTime(half), half);
    REQUIRE(rehearsal.room.desk.shelf.tape);
    CHECK_FALSE(measure::differ_clearly(rehearsal.shelved(), reference.shelved(), rehearsal.meter_point()));
}

TEST_CASE("the shelf's tape makes place for a whole new one when the song was changed, not before") {
    ChangingSong song(3);
    Rehearsal rehearsal(song.song);
    auto& shelf = rehearsal.room.desk.shelf.tape;
    rehearsal.play(SongTime(), rehearsal.song());
    REQUIRE(shelf);
    shelf->bus_over_sum = measure::TruePeak{};  // what a check may have found out
    rehearsal.play(SongTime(), rehearsal.song());
    CHECK(shelf->bus_over_sum);

    const measure::Tape before = rehearsal.shelved();
    song.turn("Bass DI", 1.0, 0.2F);
    rehearsal.play(SongTime(), rehearsal.song() / 4);
    CHECK(shelf->bus_over_sum);  // not all of it was heard
    rehearsal.play(SongTime(), rehearsal.song());
    CHECK_FALSE(shelf->bus_over_sum);
    CHECK(measure::differ_clearly(before, rehearsal.shelved(), rehearsal.meter_point()));
}

TEST_CASE("after a mix the song is played as it was: what the mix's checks found out stays on the shelf") {
    Rehearsal rehearsal(1);
    rehearsal.play(SongTime(), rehearsal.song());
    auto job = rehearsal.room.desk.job({});
    REQUIRE(rehearsal.room.loop.run(job));
    REQUIRE_FALSE(job.report().error);
    auto& shelf = rehearsal.room.desk.shelf.tape;
    REQUIRE(shelf);
    shelf->bus_over_sum = measure::TruePeak{};
    rehearsal.play(SongTime(), rehearsal.song());
    CHECK(rehearsal.passive.share_heard(rehearsal.room.session.mixer()) > 0.97);
    CHECK(shelf->bus_over_sum);
}

TEST_CASE("what was heard before a job played the song is not mixed with what is heard after it") {
    ChangingSong song(1);
    Rehearsal rehearsal(song.song);
    const auto half = rehearsal.song() / 2;
    rehearsal.play(SongTime(), half);
    song.turn("Bass DI", 1.0, 0.2F);
    engine::MixOrder order;
    order.depth = engine::MixDepth::listen;
    auto listens = rehearsal.room.desk.job(order);
    REQUIRE(rehearsal.room.loop.run(listens));
    REQUIRE(rehearsal.room.desk.shelf.tape);
    const measure::Tape newest = rehearsal.shelved();
    rehearsal.play(SongTime(half), half);
    CHECK(rehearsal.passive.share_heard(rehearsal.room.session.mixer()) < 0.6);
    CHECK_FALSE(measure::differ_clearly(newest, rehearsal.shelved(), rehearsal.meter_point()));
}

TEST_CASE("the share that was heard is what a look at every cell says, wherever the song was played") {
    const std::uint32_t seed = 7;
    INFO("seed " << seed);
    Rehearsal rehearsal(seed);
    std::mt19937 random(seed);
    const auto& mixer = rehearsal.room.session.mixer();
    const auto song_cells = static_cast<std::size_t>(rehearsal.song() / measure::Tape::cell_length);
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(rehearsal.song()).count();
    double last = 0.0;
    for (int roll = 0; roll < 12; ++roll) {
        const auto from = std::uniform_int_distribution<std::int64_t>(0, seconds - 8)(random);
        rehearsal.play(SongTime(std::chrono::seconds(from)), 7'300ms);
        double least = 1.0;
        for (const Strip& strip : mixer.strips) {
            const auto* track = rehearsal.passive.tape().find(strip.id);
            std::size_t heard = 0;
            for (std::size_t i = 0; track && i < std::min(song_cells, track->cells.size()); ++i)
                heard += track->cells[i].heard() ? 1 : 0;
            if (strip.name.kind != StripKind::vca && strip.name.kind != StripKind::monitor)
                least = std::min(least, static_cast<double>(heard) / static_cast<double>(song_cells));
        }
        last = rehearsal.passive.share_heard(mixer);
        CHECK(last == least);
    }
    CHECK(last > 0.5);
}
