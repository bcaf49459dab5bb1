#include "support/catch.hpp"
#include "unit/banked/banked_bench.hpp"

#include <fmt/format.h>

using namespace kedge;
using namespace kedge::banked::test;

/// The list of strips, from nothing but what stands on a window of the mixer.
namespace {

std::vector<std::string> numbered(std::size_t tracks) {
    std::vector<std::string> names;
    for (std::size_t i = 1; i <= tracks; ++i) names.push_back(fmt::format("Tr {}", i));
    return names;
}

}  // namespace

TEST_CASE("A control surface finds every strip of a mixer, bank by bank") {
    const std::size_t tracks = GENERATE(1U, 7U, 8U, 9U, 16U, 20U, 32U, 100U);
    const std::size_t units = GENERATE(1U, 4U);
    CAPTURE(tracks, units);
    auto host = sim::as_ardour();
    host.shared.labels.shortening = Shortening::cut;
    host.shared.units = static_cast<int>(units);
    BankedBench bench(song_of(tracks), host, setup_for_ardour(), {.units = units});
    REQUIRE(bench.run_until_ready());
    CHECK(bench.names() == numbered(tracks));
    CHECK(bench.session.mixer().master() != nullptr);
    CHECK(bench.heard<surface::Ready>().size() == 1);
}

TEST_CASE("The last bank of some DAWs is full of strips that were seen before") {
    const std::size_t tracks = GENERATE(8U, 9U, 15U, 16U, 17U, 29U);
    CAPTURE(tracks);
    auto host = sim::as_reaper();
    host.shared.banks.last_bank = sim::BankRules::LastBank::overlapping;
    auto setup = setup_for_reaper();
    setup.last_bank = banked::LastBank::overlapping;
    BankedBench bench(song_of(tracks), host, setup);
    REQUIRE(bench.run_until_ready());
    CHECK(bench.names() == numbered(tracks));
}

TEST_CASE("Nobody there is said, and the DAW that comes later is found") {
    BankedBench bench(song_of(9), sim::as_reaper(), setup_for_reaper());
    bench.daw.freeze(true);
    bench.run(std::chrono::seconds(15));
    CHECK_FALSE(bench.session.ready());
    CHECK(bench.heard<surface::Lost>().size() == 1);
    bench.daw.freeze(false);
    REQUIRE(bench.run_until_ready());
    CHECK(bench.names() == numbered(9));
}
