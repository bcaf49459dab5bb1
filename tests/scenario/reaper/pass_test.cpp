// Passes on a simulated REAPER: everything set is read back from the track, and nobody is taken along.

#include "engine/revert_job.hpp"
#include "scenario/reaper/reaper_room.hpp"

using namespace kedge;
using namespace kedge::test;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

std::vector<surface::PassRunner::Wish> wishes_for_all(const ReaperRoom& room) {
    std::vector<surface::PassRunner::Wish> wishes;
    double level = -3.0;
    for (const Strip& strip : room.session.mixer().strips) {
        level -= 0.125;
        wishes.push_back({strip.id, Control::fader, Decibels(level), std::nullopt, "test", "a test"});
        wishes.push_back({strip.id, Control::pan, Pan(level / 60.0), std::nullopt, "test", "a test"});
        if (strip.mute)
            wishes.push_back({strip.id, Control::mute, Mute::muted, std::nullopt, "test", "a test"});
    }
    return wishes;
}

/// Loses every so-many-th datagram by chance, either way.
struct LossyWire : engine::VirtualDaw {
    LossyWire(engine::VirtualDaw& far_end, std::uint32_t seed, std::uint32_t in_a_hundred)
        : to(far_end), chance(seed), percent(in_a_hundred) {}
    [[nodiscard]] bool loses() { return chance() % 100 < percent; }
    void receive(Instant now, std::span<const std::byte> bytes, Datagrams& out) override {
        if (!loses()) to.receive(now, bytes, out);
    }
    void advance(Instant now, Datagrams& out) override {
        to.advance(now, out);
        std::erase_if(out, [this](const auto&) { return loses(); });
    }
    [[nodiscard]] Instant next_wake() const override { return to.next_wake(); }

    engine::VirtualDaw& to;
    std::mt19937 chance;
    std::uint32_t percent;
};

}  // namespace

TEST_CASE("REAPER simulated: passes over a wire that loses a tenth of all datagrams end right") {
    const auto seed = GENERATE(21U, 22U, 23U, 24U);
    INFO("seed " << seed);
    ReaperRoom room(sim::many_strips_song(40));
    LossyWire wire(room.wire, seed, 10);
    engine::VirtualLoop loop(room.engine, wire);
    ReadyJob ready;
    REQUIRE(loop.run(ready, seconds(30)));
    PassJob job(wishes_for_all(room), room.desk.recorder);
    REQUIRE(loop.run(job));
    const auto& pass = job.runner().pass();
    REQUIRE(pass.state == PassState::applied);
    WARN("seed " << seed << ": " << pass.entries.size() << " controls took "
                 << (loop.now() - job.began()) / milliseconds(1) << " ms");
    double level = -3.125;
    for (const auto& track : room.daw.engine().strips()) {
        level -= 0.125;
        REQUIRE(distance(track.fader, Decibels(level)) < Decibels(0.001));
        REQUIRE(track.muted);
    }
    REQUIRE(room.session.ready());
    room.require_same_mixer();
}

TEST_CASE("REAPER simulated: a pass over 1, 16 and 200 tracks is applied and confirmed") {
    const int count = GENERATE(1, 16, 200);
    ReaperRoom room(sim::many_strips_song(count));
    room.connect();
    PassJob job(wishes_for_all(room), room.desk.recorder);
    REQUIRE(room.loop.run(job));
    REQUIRE(job.runner().pass().state == PassState::applied);
    const auto took = (room.loop.now() - job.began()) / milliseconds(1);
    WARN(count << " tracks: " << job.runner().total() << " controls took " << took << " ms");
    for (const auto& entry : job.runner().pass().entries) REQUIRE(entry.verdict == Verdict::confirmed);
    double level = -3.125;
    for (const auto& track : room.daw.engine().strips()) {
        level -= 0.125;
        REQUIRE(distance(track.fader, Decibels(level)) < Decibels(0.001));
        REQUIRE(track.muted);
    }
    room.require_same_mixer();
}

TEST_CASE("REAPER simulated: selected tracks are set one by one, and selected again") {
    ReaperRoom room(sim::many_strips_song(16));
    for (std::size_t i = 0; i < 8; ++i) room.daw.select_track(i, true);
    room.connect();
    PassJob job({{room.session.mixer().strips[2].id, Control::fader, Decibels(-21.0), std::nullopt, "", ""}},
                room.desk.recorder);
    REQUIRE(room.loop.run(job));
    REQUIRE(job.runner().pass().state == PassState::applied);
    for (std::size_t i = 0; i < 16; ++i)
        REQUIRE(distance(room.daw.engine().strips()[i].fader, i == 1 ? Decibels(-21.0) : Decibels()) <
                Decibels(0.001));
    room.loop.idle(seconds(3));
    for (std::size_t i = 0; i < 16; ++i) REQUIRE(room.daw.engine().strips()[i].selected == (i < 8));
}

TEST_CASE("REAPER simulated: a pass survives tracks that change places in its midst") {
    ReaperRoom room(sim::many_strips_song(16));
    room.connect();
    const auto before = room.daw.engine().strips();
    PassJob job(wishes_for_all(room), room.desk.recorder);
    bool moved = false;
    room.loop.on_step = [&](Instant now) {
        if (moved || job.began() == Instant{} || now < job.began() + milliseconds(70)) return;
        moved = true;
        std::vector<std::size_t> order;
        for (std::size_t i = 16; i-- > 0;) order.push_back(i);
        room.daw.reorder_tracks(order);
    };
    REQUIRE(room.loop.run(job));
    REQUIRE(moved);
    const auto state = job.runner().pass().state;
    REQUIRE((state == PassState::applied || state == PassState::rolled_back || state == PassState::broken));
    room.loop.idle(seconds(3));
    room.require_same_mixer();
    if (state == PassState::broken) return;
    for (const auto& strip : before) {
        const auto& now = room.track(strip.name);
        INFO(strip.name);
        if (state == PassState::rolled_back) {
            REQUIRE(distance(now.fader, strip.fader) < Decibels(0.02));
            REQUIRE(now.muted == strip.muted);
        }
    }
}

TEST_CASE("REAPER simulated: moments in which it stands still cost a pass those moments, not its pace") {
    const bool stock = GENERATE(false, true);
    const auto stands = GENERATE(milliseconds(300), milliseconds(700), milliseconds(1'500));
    constexpr auto runs = milliseconds(400);
    constexpr int times = 6;
    CAPTURE(stock, stands.count());
    ReaperRoom room(sim::many_strips_song(200), stock ? stock_patterns() : kedge_patterns());
    room.connect();
    PassJob job(wishes_for_all(room), room.desk.recorder);
    room.loop.on_step = [&](Instant now) {
        if (job.began() == Instant{}) return;
        const auto since = now - job.began() - milliseconds(1'500);
        const bool begun = since >= milliseconds(0) && since / (stands + runs) < times;
        room.daw.hang(begun && since % (stands + runs) < stands);
    };
    REQUIRE(room.loop.run(job));
    REQUIRE(job.runner().pass().state == PassState::applied);
    const auto took = room.loop.now() - job.began();
    WARN((stock ? "stock" : "kedge") << ", stood still for " << stands.count() << " ms, " << times
                                     << " times: " << took / milliseconds(1) << " ms");
    CHECK(took < seconds(20) + times * (stands + runs));
}
