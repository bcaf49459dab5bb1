#include "sim/faults.hpp"

#include "support/catch.hpp"
#include "unit/sim/daw_bench.hpp"

using namespace kedge;
using namespace kedge::sim;
using namespace kedge::sim::test;

namespace {

/// A wire to a simulated DAW, a client that has been greeted, and what it heard.
struct FaultyBench {
    explicit FaultyBench(const FaultPlan& plan) : wire(daw, plan) {
        wire.set_plan({});
        send("/set_surface", {std::int32_t{0}, std::int32_t{575}, std::int32_t{DawBench::everything}});
        heard.clear();
        wire.set_plan(plan);
    }
    void send(std::string_view address, std::initializer_list<osc::Argument> arguments) {
        std::vector<Datagram> out;
        wire.receive(now, DawBench::one, osc::encode(address, arguments), out);
        keep(out);
    }
    void pass(Duration span) {
        const Instant end = now + span;
        while (wire.next_wake() <= end) {
            now = wire.next_wake();
            std::vector<Datagram> out;
            wire.advance(now, out);
            keep(out);
        }
        now = end;
    }
    void keep(const std::vector<Datagram>& out) {
        for (const Datagram& datagram : out) heard.push_back(line_of(datagram.bytes));
    }

    SimulatedArdour daw{recorded_song()};
    FaultyWire wire;
    Instant now{};
    Lines heard;
};

/// Two hundred moves of one fader, all different, 10 ms apart.
Lines moves_through(const FaultPlan& plan, FaultCounts* counts = nullptr) {
    FaultyBench bench(plan);
    for (int i = 0; i < 200; ++i) {
        bench.send("/strip/gain/1", {-0.1F * static_cast<float>(i + 1)});
        bench.pass(10ms);
    }
    bench.pass(1s);
    if (counts) *counts = bench.wire.counts();
    return only(bench.heard, "/strip/gain/1");
}

Lines sorted(Lines lines) {
    std::sort(lines.begin(), lines.end());
    return lines;
}

}  // namespace

TEST_CASE("a wire without faults changes nothing") {
    FaultCounts counts;
    const Lines heard = moves_through({}, &counts);
    CHECK(heard.size() == 200);
    CHECK(heard.front() == "/strip/gain/1 f-0.10");
    CHECK(heard.back() == "/strip/gain/1 f-20.00");
    CHECK(counts.dropped + counts.duplicated + counts.delayed + counts.reordered == 0);
}

TEST_CASE("a plan's seed decides what is lost: the same each time, another for another seed") {
    FaultPlan plan;
    plan.to_client.drop = 0.3;
    const Lines once = moves_through(plan);
    CHECK(once.size() < 180);
    CHECK(once.size() > 100);
    CHECK(moves_through(plan) == once);
    plan.seed = 2;
    CHECK(moves_through(plan) != once);
}

TEST_CASE("what is lost on the way there is never done") {
    FaultPlan plan;
    plan.to_daw.drop = 1.0;
    FaultyBench bench(plan);
    bench.send("/strip/gain/1", {-6.0F});
    CHECK(bench.heard.empty());
    CHECK(bench.daw.engine().strips()[0].fader == Decibels());
}

TEST_CASE("doubled on the way back everything is heard twice, doubled on the way there nothing is") {
    FaultPlan plan;
    plan.to_client.duplicate = 1.0;
    CHECK(moves_through(plan).size() == 400);
    FaultPlan there;
    there.to_daw.duplicate = 1.0;
    CHECK(moves_through(there).size() == 200);
}

TEST_CASE("what is delayed comes in time, all of it, and others overtake it") {
    FaultPlan plan;
    plan.to_client.delay = 0.5;
    const Lines straight = moves_through({});
    const Lines delayed = moves_through(plan);
    CHECK(delayed != straight);
    CHECK(sorted(delayed) == sorted(straight));
    FaultyBench bench(plan);
    FaultPlan always;
    always.to_client.delay = 1.0;
    always.to_client.longest_delay = 50ms;
    bench.wire.set_plan(always);
    bench.send("/strip/gain/1", {-6.0F});
    CHECK(bench.heard.empty());
    bench.pass(51ms);
    CHECK(only(bench.heard, "/strip/gain").size() == 1);
}

TEST_CASE("reordered, each is overtaken by the one behind it, in both directions, and none is lost") {
    FaultPlan plan;
    plan.to_client.reorder = 0.3;
    const Lines straight = moves_through({});
    CHECK(moves_through(plan) != straight);
    CHECK(sorted(moves_through(plan)) == sorted(straight));
    FaultPlan there;
    there.to_daw.reorder = 0.3;
    CHECK(moves_through(there) != straight);
    CHECK(sorted(moves_through(there)) == sorted(straight));
    // The next one sets it free, not the time.
    plan.to_client.longest_delay = 1h;
    const Lines freed = moves_through(plan);
    CHECK(freed.size() >= 190);
    CHECK(freed != straight);
}
