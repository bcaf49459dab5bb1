#include "integration/io/simulator_on_udp.hpp"
#include "support/kedge_command.hpp"
#include "support/layered_song.hpp"

#include <algorithm>

using namespace kedge;
using namespace kedge::test;
using Catch::Contains;

namespace {

struct RebuildBench {
    Ran command(std::vector<std::string> words) {
        words.insert(words.begin(), {"--surface", "sim", "--at", daw.address().text()});
        return kedge_command(std::move(words));
    }
    void solo(std::size_t strip) {
        daw.meddle([strip](sim::SimulatedArdour& sim, std::vector<sim::Datagram>&) {
            sim.engine().strips()[strip].soloed = true;
        });
    }

    OwnFolders folders;
    ServedDaw daw{layered_song(20)};
};

}  // namespace

TEST_CASE("a rebuild tells its layers as they come in, and what stands at the end") {
    RebuildBench bench;
    const Ran ran = bench.command({"rebuild", "--every", "1s"});
    INFO(ran.out << ran.err);
    CHECK(ran.code == 0);
    CHECK_THAT(ran.err, Contains("6 tracks are muted") && Contains("kick: Kick In") &&
                            Contains("drums: OH, Snare Top") && Contains("vocals: Lead Vox"));
    CHECK_THAT(ran.out, Contains("All 5 layers came in.") &&
                            Contains("Everything stands as it was: 6 mutes read back (pass 1)."));
    CHECK_THAT(bench.command({"passes"}).out, Contains("rebuild") && Contains("rolled-back"));
    CHECK_THAT(bench.command({"show", "1"}).out, Contains("muted until 'bass' comes in"));
    CHECK_THAT(bench.command({"revert"}).err, !Contains("pass 1"));
    const auto& left = bench.daw.retire();
    CHECK_FALSE(left.engine().rolling());
    const auto& strips = left.engine().strips();
    CHECK(std::none_of(strips.begin(), strips.end(), [](const auto& strip) { return strip.muted; }));
}

TEST_CASE("a rebuild as a document: every layer with its tracks and its bar") {
    RebuildBench bench;
    const Ran ran = bench.command({"--json", "rebuild", "--bars", "1"});
    INFO(ran.out << ran.err);
    CHECK(ran.code == 0);
    const auto document = the_document(ran);
    CHECK(document.at("ended") == "all-heard");
    const auto& layers = document.at("layers").as_array();
    REQUIRE(layers.size() == 5);
    CHECK(layers[1].at("name") == "drums");
    CHECK(layers[1].at("strips").as_array().size() == 2);
    CHECK(layers[1].at("bar") == 2);
    CHECK(layers[1].at("at_s").to_number<double>() == Approx(2.0).margin(0.3));
    CHECK(document.at("not_heard").as_array().empty());
    CHECK(document.at("pass").at("state") == "rolled-back");
    CHECK(document.at("conflicts").as_array().empty());
}

TEST_CASE("wrong words of a rebuild are said with the right ones, and nothing is sent") {
    RebuildBench bench;
    for (const std::string bars : {"0", "-1", "x", "2.5", "300"}) {
        CAPTURE(bars);
        const Ran ran = bench.command({"rebuild", "--bars=" + bars});
        CHECK(ran.code == 2);
        CHECK_THAT(ran.err, Contains("'" + bars + "' is not a number of bars from 1 to 256") &&
                                Contains("`kedge rebuild --help`"));
    }
    for (const std::string every : {"0", "0.5s"}) {
        const Ran ran = bench.command({"rebuild", "--every", every});
        CHECK(ran.code == 2);
        CHECK_THAT(ran.err, Contains("too short to hear a layer") && Contains("--every 15s"));
    }
    CHECK(bench.command({"rebuild", "--every", "soon"}).code == 2);
    const Ran both = bench.command({"rebuild", "--bars", "2", "--every", "5s"});
    CHECK(both.code == 2);
    CHECK_THAT(both.err, Contains("--bars") && Contains("--every"));
    CHECK_THAT(bench.command({"passes"}).out, Contains("No passes yet"));
}

TEST_CASE("a solo refuses a rebuild, by name and with the way out") {
    RebuildBench bench;
    bench.solo(1);
    const Ran ran = bench.command({"rebuild"});
    CHECK(ran.code == 1);
    CHECK_THAT(ran.err, Contains("Soloed: 'Keys'") && Contains("Take all solos off"));
}

TEST_CASE("rebuild has help with an example") {
    const Ran help = kedge_command({"rebuild", "--help"});
    CHECK(help.code == 0);
    CHECK_THAT(help.out, Contains("--bars") && Contains("--every") && Contains("Example:") &&
                             Contains("kedge rebuild --bars 4") && Contains("any key"));
}

TEST_CASE("a profile of the user's own says which layers there are, and for how long") {
    RebuildBench bench;
    std::filesystem::create_directories(bench.folders.config() / "kedge" / "rebuild");
    (void)bench.folders.file("config/kedge/rebuild/default.toml",
                             "name = \"mine\"\nbars = 1\nrest = \"others\"\n"
                             "[[layer]]\nname = \"low end\"\nroles = [\"kick\", \"bass\"]\n");
    const Ran ran = bench.command({"rebuild"});
    CHECK(ran.code == 0);
    CHECK_THAT(ran.err, Contains("low end: Bass DI, Kick In") && Contains("others: Lead Vox, Keys"));
}
