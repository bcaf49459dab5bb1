#include "integration/io/simulator_on_udp.hpp"
#include "scenario/short_song.hpp"
#include "support/kedge_command.hpp"

#include <filesystem>

using namespace kedge;
using namespace kedge::test;

namespace {

struct RidingDesk {
    explicit RidingDesk(sim::Song song) : daw(std::move(song)) {}
    Ran command(std::vector<std::string> words) {
        words.insert(words.begin(), {"--surface", "sim", "--at", daw.address().text()});
        return kedge_command(std::move(words));
    }
    OwnFolders folders;
    ServedDaw daw;
};

}  // namespace

TEST_CASE("a strip that is not there is said with the nearest one, before the DAW plays a note") {
    RidingDesk desk(sim::many_strips_song(3));
    const Ran ran = desk.command({"--json", "ride", "--plan", "Mastre"});
    CHECK(ran.code == 2);
    const auto error = the_document(ran).at("error").as_object();
    CHECK_THAT(error.at("message").as_string().c_str(), Catch::Contains("No strip is called 'Mastre'"));
    CHECK_THAT(error.at("next").as_string().c_str(),
               Catch::Contains("'Master'") && Catch::Contains("kedge strips"));
    const Ran master = desk.command({"ride", "--plan", "Master"});
    CHECK(master.code == 2);
    CHECK_THAT(master.err, Catch::Contains("only tracks and buses are ridden"));
    CHECK(desk.daw.retire().engine().position() == 0);
}

TEST_CASE("rides are planned over the wire, with a picture in the terminal and one as SVG") {
    RidingDesk desk(uneven_song());
    const std::string file = (desk.folders.root() / "ride.svg").string();
    const Ran ran = desk.command({"ride", "Lead Vox", "--plan", "--svg", file});
    INFO(ran.out << ran.err);
    REQUIRE(ran.code == 0);
    CHECK_THAT(ran.out,
               Catch::Contains("points of the ride") && Catch::Contains("4 phrases against the rest"));
    CHECK_THAT(ran.out, Catch::Contains("The picture of 'Lead Vox' is in " + file));
    CHECK_THAT(ran.out, Catch::EndsWith("Nothing was written: this is a plan.\n"));
    std::ifstream svg(file);
    const std::string drawn{std::istreambuf_iterator<char>(svg), {}};
    CHECK_THAT(drawn, Catch::StartsWith("<svg ") && Catch::Contains("Lead Vox"));

    // The tape of the first command is tried, and good.
    const Ran unwritable =
        desk.command({"--json", "ride", "--plan", "--svg", (desk.folders.root() / "no/such.svg").string()});
    CHECK(unwritable.code == 1);
    const auto document = the_document(unwritable);
    CHECK(document.at("heard").as_object().at("tape_reused") == true);
    CHECK(document.at("rides").as_array().size() == 1);
    CHECK(document.at("error").as_object().at("kind") == "storage");
    CHECK_THAT(document.at("error").as_object().at("message").as_string().c_str(),
               Catch::Contains("no/such.svg"));
}

TEST_CASE("without a companion both ways to a ride are named, and what cannot be taken back is said first") {
    RidingDesk desk(uneven_song());
    const Ran refused = desk.command({"ride", "Lead Vox"});
    INFO(refused.out << refused.err);
    CHECK(refused.code == 1);
    CHECK_THAT(refused.err, Catch::Contains("takes kedge's companion script") &&
                                Catch::Contains("kedge doctor") && Catch::Contains("`kedge ride --live`"));

    const Ran plan = desk.command({"--json", "ride", "Lead Vox", "--live", "--plan"});
    REQUIRE(plan.code == 0);
    const boost::json::array sentences = the_document(plan).at("cannot_restore").as_array();
    REQUIRE(sentences.size() == 5);
    CHECK_THAT(sentences[0].as_string().c_str(), Catch::Contains("stay in the fader's list"));
    const Ran in_words = desk.command({"ride", "Lead Vox", "--live", "--plan"});
    CHECK_THAT(in_words.out,
               Catch::Contains("Without it this cannot be taken back exactly:\n  - The points"));

    const Ran doctor = desk.command({"doctor"});
    CHECK_THAT(doctor.out, Catch::Contains("Rides can be written live only"));
    const Ran passes = desk.command({"--json", "passes"});
    CHECK(the_document(passes).at("passes") == boost::json::array());
}
