#include "support/catch.hpp"
#include "unit/banked/banked_bench.hpp"

#include <iostream>
#include <random>

using namespace kedge;
using namespace kedge::banked::test;

/// Strips change places on the slots while values are sent.
namespace {

sim::MackieHostSettings plain_ardour() {
    auto host = sim::as_ardour();
    host.shared.labels.shortening = Shortening::cut;
    return host;
}

}  // namespace

TEST_CASE("The DAW banks under our feet: the strips are found again, and nothing else is written") {
    BankedBench bench(song_of(20), plain_ardour(), setup_for_ardour());
    REQUIRE(bench.run_until_ready());
    const StripId id = bench.strip("Tr 3").id;
    bench.events.clear();
    bench.daw.bank_by_hand(5);
    bench.run(std::chrono::seconds(4));
    REQUIRE(bench.session.ready());
    CHECK(bench.heard<surface::StripsUnsettled>().size() == 1);
    REQUIRE(bench.heard<surface::StripsChanged>().size() == 1);
    CHECK(bench.heard<surface::StripsChanged>()[0].added.empty());
    CHECK(bench.heard<surface::StripsChanged>()[0].crossed.empty());
    CHECK(bench.strip("Tr 3").id == id);
    bench.command(surface::SetControl{id, Control::fader, Decibels(-9.0)});
    bench.run(std::chrono::seconds(3));
    CHECK(bench.daw.engine().strips().at(2).fader.db() == Approx(-9.0).margin(0.05));
    for (const auto& write : bench.daw.wire_writes())
        CHECK(write.strip == bench.daw.engine().strips().at(2).id);
}

TEST_CASE("A value that met another strip is known to have crossed") {
    const auto seed = std::random_device{}();
    std::cout << "strips that change places under values: seed " << seed << '\n';
    CAPTURE(seed);
    std::mt19937 random(seed);
    const auto below = [&](std::size_t end) { return random() % end; };
    int crossed = 0;
    constexpr int rounds = 120;
    for (int round = 0; round < rounds; ++round) {
        CAPTURE(round);
        auto host = plain_ardour();
        // With a long one the window is left before the DAW shows that its strips are others.
        host.shared.bank_lag = std::chrono::milliseconds(below(300));
        BankedBench bench(song_of(20), host, setup_for_ardour());
        REQUIRE(bench.run_until_ready());
        const std::size_t index = below(20);
        const StripId id = bench.session.mixer().strips.at(index).id;
        const sim::RouteId meant = bench.daw.engine().strips().at(index).id;
        bench.events.clear();
        bench.command(surface::SetControl{id, Control::fader, Decibels(-12.0)});
        bench.run(std::chrono::milliseconds(below(500)));
        if (below(2) == 0) {
            bench.daw.bank_by_hand(static_cast<int>(below(13)));
        } else {
            bench.daw.insert_track(below(20), {"New", 1, std::make_shared<std::vector<float>>(48000)});
        }
        bench.run(std::chrono::seconds(8));
        REQUIRE(bench.session.ready());
        for (const auto& write : bench.daw.wire_writes()) {
            if (write.strip == meant) continue;
            ++crossed;
            bool said = false;
            for (const auto& change : bench.heard<surface::StripsChanged>())
                for (const auto& each : change.crossed) {
                    const Strip* strip = bench.session.mixer().find(each.strip);
                    const sim::SimStrip* hit = bench.daw.engine().find(write.strip);
                    if (strip && hit && strip->name.name == hit->name) said = true;
                }
            CHECK(said);
        }
    }
    std::cout << crossed << " of " << rounds << " values met another strip\n";
}

TEST_CASE("A value that is on its way is not sent again before the DAW has told what it made of it") {
    BankedBench bench(song_of(20), plain_ardour(), setup_for_ardour());
    REQUIRE(bench.run_until_ready());
    const StripId id = bench.strip("Tr 3").id;
    const auto set_to = [&](double level) {
        bench.command(surface::SetControl{id, Control::fader, Decibels(level)});
    };
    set_to(-9.0);
    bench.run(std::chrono::milliseconds(20));
    set_to(-9.0);
    bench.run(std::chrono::seconds(2));
    CHECK(bench.daw.wire_writes().size() == 1);
    set_to(-9.0);
    bench.run(std::chrono::seconds(2));
    CHECK(bench.daw.wire_writes().size() == 2);
    set_to(-6.0);
    bench.run(std::chrono::milliseconds(20));
    set_to(-9.0);
    bench.run(std::chrono::seconds(2));
    CHECK(bench.daw.wire_writes().size() == 4);
    CHECK(bench.daw.engine().strips().at(2).fader.db() == Approx(-9.0).margin(0.05));
}
