#include "integration/io/listened_song.hpp"
#include "sim/built_in_song.hpp"

#include <algorithm>
#include <cmath>

using namespace kedge;
using namespace kedge::test;

TEST_CASE("connects over UDP and lists forty strips, each with its values") {
    ServedDaw daw(sim::many_strips_song(40));
    Client client(daw.address());
    REQUIRE(until(client, [&] { return client.session.ready(); }));
    const auto& strips = client.session.mixer().strips;
    REQUIRE(strips.size() == 41);
    CHECK(strips.back().name.kind == StripKind::master);
    for (const Strip& strip : strips) {
        INFO(strip.name.name);
        CHECK(strip.fader);
        CHECK(strip.trim);
        CHECK(strip.pan);
        CHECK(strip.mute);
    }
    const auto& counters = client.session.counters();
    CHECK(counters.malformed == 0);
    CHECK(counters.wrong_type == 0);
    CHECK(counters.out_of_range == 0);
    CHECK(client.loop->counters().send_failures == 0);
    CHECK(client.loop->counters().from_strangers == 0);
}

TEST_CASE("what a person moves in the DAW is seen") {
    ServedDaw daw(sim::many_strips_song(3));
    Client client(daw.address());
    REQUIRE(until(client, [&] { return client.session.ready(); }));
    daw.meddle([](sim::SimulatedArdour& sim, std::vector<sim::Datagram>& out) {
        sim.move_fader(1, Decibels(-7.5), out);
    });
    CHECK(until(client, [&] { return client.session.mixer().strips[1].fader == Decibels(-7.5); }));
}

TEST_CASE("a second client goes on while the first says goodbye") {
    ServedDaw daw(sim::many_strips_song(3));
    Client first(daw.address());
    Client second(daw.address());
    REQUIRE(until(first, [&] { return first.session.ready(); }));
    REQUIRE(until(second, [&] { return second.session.ready(); }));
    first.loop->close();
    const auto beats = second.session.counters().heartbeats;
    CHECK(until(second, [&] { return second.session.counters().heartbeats > beats; }));
}

TEST_CASE("a short listen and mix over UDP ends with the DAW where the pass says") {
    ServedDaw daw(song());
    Client client(daw.address());
    MixingDesk desk;
    auto order = listen_order(std::chrono::milliseconds(1'500));
    order.depth = engine::MixDepth::apply;
    engine::CheckRules check;
    check.length = std::chrono::seconds(1);
    check.roll_in = std::chrono::milliseconds(200);
    check.most_rounds = 1;
    auto job = desk.job(order, check);
    REQUIRE(client.loop->run(job));
    const auto& report = job.report();
    REQUIRE_FALSE(report.error);
    REQUIRE_FALSE(report.passes.empty());
    const auto final_mixer = client.session.mixer();

    const auto& left = daw.retire();
    CHECK_FALSE(left.engine().rolling());
    CHECK(left.engine().position() == 0);
    int moved = 0;
    for (std::size_t i = 0; i < left.engine().strips().size(); ++i) {
        const sim::SimStrip& truth = left.engine().strips()[i];
        const Strip& believed = final_mixer.strips[i];
        INFO(truth.name);
        REQUIRE(believed.name.name == truth.name);
        CHECK(distance(*believed.fader, truth.fader) < Decibels(0.02));
        CHECK(distance(*believed.trim, truth.trim) < Decibels(0.02));
        CHECK(std::abs(believed.pan->position() - truth.pan.position()) < 0.002);
        moved += truth.trim != Decibels() ? 1 : 0;
    }
    CHECK(moved > 2);
    for (const Pass& pass : report.passes) CHECK(pass.state == PassState::applied);
}
