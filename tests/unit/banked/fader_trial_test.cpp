#include "support/catch.hpp"
#include "unit/banked/banked_bench.hpp"

using namespace kedge;
using namespace kedge::banked::test;

/// What the display says of a fader that is tried.
namespace {

surface::TryFader trial(const BankedBench& bench, const std::string& strip, int position) {
    return {bench.strip(strip).id, FaderPosition(position)};
}

sim::MackieHostSettings ardour_with(bool shows) {
    auto host = sim::as_ardour();
    host.shared.values.shows = shows;
    return host;
}

}  // namespace

TEST_CASE("A fader that is tried is held there, and answered by what the display then says") {
    BankedBench bench(song_of(20), sim::as_ardour(), setup_for_ardour());
    REQUIRE(bench.run_until_ready());
    const FaderScale law(FaderCurve::ardour);
    for (const int position : {12'000, 6'000, 15'000}) {
        bench.events.clear();
        bench.command(trial(bench, "Tr 12", position));
        bench.run(std::chrono::seconds(2));
        const auto tried = bench.heard<surface::FaderTried>();
        REQUIRE(tried.size() == 1);
        CHECK(tried[0].strip == bench.strip("Tr 12").id);
        CHECK(tried[0].shown.at == FaderPosition(position));
        REQUIRE(tried[0].shown.text);
        CHECK(std::stod(*tried[0].shown.text) ==
              Approx(law.level_at(FaderPosition(position)).db()).margin(0.051));
        CHECK(bench.daw.engine().strips().at(11).fader.db() ==
              Approx(law.level_at(FaderPosition(position)).db()).margin(0.01));
    }
    for (const auto& write : bench.daw.wire_writes())
        CHECK(write.strip == bench.daw.engine().strips().at(11).id);
}

TEST_CASE("A fader that was tried is let go before anything else is done") {
    BankedBench bench(song_of(8), sim::as_ardour(), setup_for_ardour());
    REQUIRE(bench.run_until_ready());
    const StripId id = bench.strip("Tr 3").id;
    bench.command(trial(bench, "Tr 3", 9'000));
    bench.run(one_second);
    REQUIRE(bench.heard<surface::FaderTried>().size() == 1);
    bench.command(surface::SetControl{id, Control::fader, Decibels(-7.0)});
    bench.events.clear();
    bench.command(surface::QueryControl{id, Control::fader});
    bench.run(std::chrono::seconds(4));
    const auto reports = bench.heard<surface::ControlReported>();
    REQUIRE_FALSE(reports.empty());
    CHECK(reports.back().value == ControlValue(Decibels(-7.0)));
    // Nobody holds it any more: a hand in the DAW is told.
    bench.daw.move_fader(2, Decibels(-20.0));
    bench.run(one_second);
    CHECK(bench.strip("Tr 3").fader->db() == Approx(-20.0).margin(0.05));
}

TEST_CASE("A display that shows nothing answers for a fader that is tried with nothing") {
    BankedBench bench(song_of(8), ardour_with(false), setup_for_ardour());
    REQUIRE(bench.run_until_ready());
    bench.command(trial(bench, "Tr 3", 9'000));
    bench.run(one_second);
    const auto tried = bench.heard<surface::FaderTried>();
    REQUIRE(tried.size() == 1);
    CHECK_FALSE(tried[0].shown.text);
}

TEST_CASE("The master is not tried, nor what is no strip, and nothing is sent") {
    BankedBench bench(song_of(8), sim::as_ardour(), setup_for_ardour());
    REQUIRE(bench.run_until_ready());
    bench.command(surface::TryFader{bench.strip("Master").id, FaderPosition(9'000)});
    bench.command(surface::TryFader{StripId{9'999}, FaderPosition(9'000)});
    bench.run(one_second);
    CHECK(bench.refusals.size() == 2);
    CHECK(bench.daw.wire_writes().empty());
    CHECK(bench.heard<surface::FaderTried>().empty());
}
