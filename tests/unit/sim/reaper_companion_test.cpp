#include "support/catch.hpp"
#include "unit/sim/reaper_bench.hpp"

#include <cmath>
#include <string>

using namespace kedge;
using namespace kedge::sim;
using namespace kedge::sim::test;

namespace {

/// A REAPER with kedge's script, called as over OSC.
struct ScriptBench {
    static ReaperSettings settings() {
        ReaperSettings settings;
        settings.patterns = reaper::PatternFile::read("ACTION i/action s/action/str t/action/@\n");
        settings.companion = true;
        return settings;
    }
    static Song song() {
        Song song{"truth", SampleRate{48'000}, {}, {}};
        for (const char* name : {"Kick", "100% Vox"})
            song.stems.push_back({name, 1, std::make_shared<const std::vector<float>>(48'000, 0.1F)});
        return song;
    }
    std::string ask(const std::string& body, const std::string& id = "k1") {
        daw.hand_over("kedge-reaper\t1\t" + id + "\t1700000000\n" + body + "end\n");
        std::vector<Datagram> out;
        daw.receive(now, {0x7F000001, 9000}, osc::encode("/action/str", {std::string_view("_RS12")}), out);
        now += std::chrono::milliseconds(100);
        daw.advance(now, out);
        return daw.take_answer().value_or("nobody answered");
    }
    std::string project() {
        const std::string answer = ask("identity\n");
        const auto at = answer.find("project\t");
        REQUIRE(at != std::string::npos);
        const std::string line = answer.substr(at, answer.find('\n', at) - at);
        return line.substr(0, line.rfind('\t')) + "\n";
    }
    static std::string guid(int track) {
        return "{7A000000-0000-4000-8000-00000000000" + std::to_string(track) + "}";
    }

    SimulatedReaper daw{song(), settings()};
    Instant now{};
};

const std::string ride_of_two =
    "\tread\t0.5\t1\t1\t1\t1\t-\t0\t2\npoint\t0.25\t0.5\t0\t0\t0\t-\n"
    "point\t0.75\t0.33333333333333331\t5\t-0.25\t0\t-\n";

}  // namespace

TEST_CASE("the simulated script says which project is open and what its tracks are") {
    ScriptBench bench;
    CHECK_THAT(bench.ask("identity\n"), Catch::StartsWith("answer\tk1\t1\ndone\nreaper\t7.22/") &&
                                            Catch::Contains("\t/projects/truth.rpp\ttruth.rpp\nstate\t0\n") &&
                                            Catch::EndsWith("end\t5\n"));
    const std::string strips = bench.ask(bench.project() + "strips\n");
    CHECK_THAT(strips, Catch::Contains("\nlength\t1\n") && Catch::Contains("\nmeters\t-62\t6\n"));
    CHECK_THAT(strips, Catch::Contains("\t2\t100%25 Vox\t0\t0\t0\t1\t0\t0\t0\t0\ttrim\t2\t"));
}

TEST_CASE("what the simulated script writes plays, and is told to the last bit") {
    ScriptBench bench;
    const std::string project = bench.project();
    const std::string write = project + "write\tride\nfader\t" + bench.guid(1) + ride_of_two;
    const std::string told = bench.ask(write, "k2");
    CHECK_THAT(told, Catch::Contains("read\t0.5\t1\t1\t1\t1\t0\t0\t2\npoint\t0.25\t0.5\t0\t0\t0\t0.5\n"
                                     "point\t0.75\t0.33333333333333331\t5\t-0.25\t0\t0.33333333333333331\n"));
    CHECK(bench.daw.mode_of(bench.daw.engine().strips()[0].id) == AutomationMode::play);
    CHECK(bench.daw.engine().strips()[0].automation(Control::fader).list().points().size() == 2);
    // The same request again is told, and not done again.
    CHECK_THAT(bench.ask(write, "k2"), Catch::StartsWith("answer\tk2\t1\ndone\nagain\nfader\t"));
    CHECK(bench.daw.script_steps() == std::vector<std::string>{"ride"});
    // An envelope stays, and does nothing.
    const std::string back = bench.ask(
        project + "write\tback\nfader\t" + bench.guid(1) + "\ttrim\t1\t0\t0\t0\t0\t-\t0\t0\n", "k3");
    CHECK_THAT(back, Catch::Contains("\ttrim\t1\t1\t0\t0\t0\t0\t0\t0\n"));
    CHECK(bench.daw.engine().strips()[0].automation(Control::fader).list().empty());
}

TEST_CASE("the simulated script refuses what the script refuses, and changes nothing") {
    ScriptBench bench;
    const std::string project = bench.project();
    const auto refused = [&](const std::string& body, const std::string& why) {
        CHECK_THAT(bench.ask(body, "k9"), Catch::Contains("\nrefused\t") && Catch::Contains(why));
        CHECK(bench.daw.script_steps().empty());
    };
    refused("strips\n", "not the one that is meant");
    refused("project\t{Other}\t/x.rpp\nstrips\n", "not the one that is meant");
    refused(project + "read\n", "asks for nothing");
    refused(project + "read\ntrack\t{nobody}\n", "REAPER has no track {nobody} any more.");
    refused(project + "read\nride\n", "Line 4 of the request has the word 'ride'");
    refused(project + "write\tride\nfader\t" + bench.guid(1) + "\tread\t0.5\t1\t1\t1\t1\t-\t0\t2\n",
            "before all points");
    refused(project + "write\tride\nfader\t" + bench.guid(1) + "\tride\t0.5\t1\t1\t1\t1\t-\t0\t0\n",
            "the mode 'ride'");
    refused(project + "write\tride\nfader\t" + bench.guid(1) + "\tread\t1e9\t1\t1\t1\t1\t-\t0\t0\n",
            "number '1e9'");
    ReaperEnvelope items;
    items.active = true;
    items.items = 2;
    items.points.push_back({});
    bench.daw.draw_envelope(0, items);
    refused(project + "write\tride\nfader\t" + bench.guid(1) + ride_of_two, "has automation items");
}

TEST_CASE("without the script a named command is only a named command") {
    ReaperSettings settings = ScriptBench::settings();
    settings.companion = false;
    SimulatedReaper daw(ScriptBench::song(), settings);
    daw.hand_over("kedge-reaper\t1\tk1\nidentity\nend\n");
    std::vector<Datagram> out;
    daw.receive({}, {0x7F000001, 9000}, osc::encode("/action/str", {std::string_view("_RS12")}), out);
    daw.advance(Instant(std::chrono::seconds(1)), out);
    CHECK_FALSE(daw.take_answer());
    CHECK(daw.named_commands() == std::vector<std::string>{"_RS12"});
    CHECK_FALSE(daw.calls_companion("/action/str"));
}
