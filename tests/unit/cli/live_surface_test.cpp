// Ableton Live as a surface of the command line: where it is, and a demo on a simulated one.

#include "cli/settings.hpp"
#include "support/kedge_command.hpp"

using namespace kedge;
using namespace kedge::test;

TEST_CASE("Live is where AbletonOSC listens, and answers at a port that cannot be chosen", "[L1.1]") {
    cli::Settings settings;
    settings.surface = "live";
    const auto address = cli::daw_address(settings);
    REQUIRE(address);
    CHECK(address->text() == "127.0.0.1:11000");
    CHECK(address->feedback_port == 11'001);
    CHECK(address->feedback_port_is_fixed);
    // A simulated one sends wherever it was told to.
    settings.at = ":3890";
    settings.feedback_port = 3'891;
    const auto simulated = cli::daw_address(settings);
    REQUIRE(simulated);
    CHECK(simulated->text() == "127.0.0.1:3890");
    CHECK(simulated->feedback_port == 3'891);
    CHECK_FALSE(simulated->feedback_port_is_fixed);
}

TEST_CASE("a surface that there is not names those there are, and Live says how it is turned on") {
    const auto none = cli::surface_kind("ableton");
    REQUIRE_FALSE(none);
    CHECK_THAT(none.error().next, Catch::Contains("live"));
    const auto live = cli::surface_kind("live");
    REQUIRE(live);
    CHECK_THAT(std::string(live->how_to_turn_on),
               Catch::Contains("Remote Scripts/AbletonOSC") && Catch::Contains("Control Surface"));
}

TEST_CASE("the demo on a simulated Live mixes, says what Live has not, and takes everything back") {
    const OwnFolders folders;
    const Ran ran = kedge_command({"demo", "--surface", "live", "--seed", "4", "--json"});
    CHECK(ran.code == 0);
    const auto document = the_document(ran);
    CHECK(document.at("reverted_exactly") == true);
    CHECK(document.at("surface") == "live in memory");
    CHECK_THAT(ran.out, Catch::Contains("This surface sets no trims"));
    const Ran text = kedge_command({"demo", "--surface", "live", "--seed", "4"});
    CHECK_THAT(text.out, Catch::Contains("no meter of the master") && !Catch::Contains("NOT in"));
}
