#include "support/catch.hpp"
#include "unit/banked/banked_bench.hpp"

using namespace kedge;
using namespace kedge::banked::test;

/// What is set, what is asked, and what counts as an answer.
namespace {

StripId id_of(const BankedBench& bench, const std::string& name) {
    return bench.strip(name).id;
}

}  // namespace

TEST_CASE("A fader is set where it stands in the mixer, and told only once the DAW has shown it anew") {
    BankedBench bench(song_of(20), sim::as_ardour(), setup_for_ardour());
    REQUIRE(bench.run_until_ready());
    const std::size_t index = GENERATE(0U, 7U, 8U, 19U);
    CAPTURE(index);
    const StripId id = bench.session.mixer().strips.at(index).id;
    bench.events.clear();
    bench.command(surface::SetControl{id, Control::fader, Decibels(-12.0)});
    bench.run(std::chrono::seconds(3));
    CHECK(bench.daw.engine().strips().at(index).fader.db() == Approx(-12.0).margin(0.05));
    const auto reports = bench.heard<surface::ControlReported>();
    REQUIRE_FALSE(reports.empty());
    CHECK(reports.back().strip == id);
    CHECK(reports.back().value == ControlValue(Decibels(-12.0)));
    CHECK_FALSE(reports.back().asked);
    for (const auto& write : bench.daw.wire_writes())
        CHECK(write.strip == bench.daw.engine().strips().at(index).id);
}

TEST_CASE("A question is answered by what the DAW tells after it") {
    const std::size_t tracks = GENERATE(5U, 20U);
    CAPTURE(tracks);
    BankedBench bench(song_of(tracks), sim::as_ardour(), setup_for_ardour());
    REQUIRE(bench.run_until_ready());
    for (std::size_t i = 0; i < tracks; ++i) bench.daw.move_fader(i, Decibels(-1.0 - static_cast<double>(i)));
    for (const Strip& strip : bench.session.mixer().strips)
        if (strip.name.kind != StripKind::master)
            bench.command(surface::QueryControl{strip.id, Control::fader});
    bench.events.clear();
    bench.run(std::chrono::seconds(8));
    std::size_t answered = 0;
    for (const auto& report : bench.heard<surface::ControlReported>()) {
        if (!report.asked) continue;
        ++answered;
        const Strip* strip = bench.session.mixer().find(report.strip);
        REQUIRE(strip != nullptr);
        const auto index = static_cast<double>(strip - bench.session.mixer().strips.data());
        CHECK(std::get<Decibels>(report.value).db() == Approx(-1.0 - index).margin(0.02));
    }
    CHECK(answered == tracks);
}

TEST_CASE("A hand on a fader in the window is heard at once") {
    BankedBench bench(song_of(20), sim::as_ardour(), setup_for_ardour());
    REQUIRE(bench.run_until_ready());
    bench.command(surface::ShowMeters{0});
    bench.run(one_second);
    bench.events.clear();
    bench.daw.move_fader(3, Decibels(-7.5));
    bench.run(one_second);
    const auto reports = bench.heard<surface::ControlReported>();
    REQUIRE(reports.size() == 1);
    CHECK(reports[0].strip == id_of(bench, bench.names()[3]));
    CHECK(std::get<Decibels>(reports[0].value).db() == Approx(-7.5).margin(0.02));
}

TEST_CASE("A strip is muted by its button, and not twice") {
    BankedBench bench(song_of(20), sim::as_ardour(), setup_for_ardour());
    REQUIRE(bench.run_until_ready());
    const StripId id = bench.session.mixer().strips.at(11).id;
    for (int i = 0; i < 2; ++i) {
        bench.command(surface::SetControl{id, Control::mute, Mute::muted});
        bench.run(std::chrono::seconds(3));
        CHECK(bench.daw.engine().strips().at(11).muted);
        CHECK(bench.session.mixer().find(id)->mute == Mute::muted);
    }
}
