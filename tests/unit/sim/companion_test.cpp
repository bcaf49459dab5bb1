#include "support/catch.hpp"
#include "unit/sim/daw_bench.hpp"

#include <string>

using namespace kedge;
using namespace kedge::sim;
using namespace kedge::sim::test;

namespace {

/// A DAW whose companion script is asked by one client.
struct CompanionBench : DawBench {
    Lines ask(const std::string& body, int number = 1, const std::string& session = "truth") {
        daw.hand_over(
            fmt::format("kedge-companion\t1\nrequest\t{}\nsession\t{}\n{}end\n", number, session, body));
        return call();
    }
    Lines call() { return only(send("/access_action", {"LuaAction/script-3"}), "/kedge/"); }
    std::string refusal(const std::string& body) {
        const Lines lines = ask(body);
        REQUIRE(lines.size() == 1);
        return lines[0];
    }
    const AutomationList& list(std::string_view name) {
        return strip(name).automation(Control::fader).list();
    }
};

}  // namespace

TEST_CASE("The simulated companion writes a line exactly, and reads it back") {
    CompanionBench bench;
    CHECK(bench.ask("read\tKick\n") ==
          Lines{"/kedge/companion/fader i1 i0 smanual s1 i0", "/kedge/companion/done i1 i1"});
    CHECK(bench.ask("write\tride\nfader\tKick\tplay\t0.5\npoint\t7\t0.10000000000000001\npoint\t48000\t0."
                    "33333333333333331\n",
                    2) == Lines{"/kedge/companion/done i2 i1"});
    REQUIRE(bench.list("Kick").points().size() == 2);
    CHECK(bench.list("Kick").points()[0].at == 7);
    CHECK(std::get<Decibels>(bench.list("Kick").points()[0].value).db() == Approx(-20.0));
    CHECK(bench.strip("Kick").automation(Control::fader).mode() == AutomationMode::play);
    CHECK(bench.strip("Kick").fader.db() == Approx(-6.0206).margin(1e-4));
    CHECK(bench.daw.undo_names() == std::vector<std::string>{"ride"});
    const Lines read = bench.ask("read\tKick\n", 3);
    REQUIRE(read.size() == 3);
    CHECK(read[1] == "/kedge/companion/points i3 i0 i0 s7 0.10000000000000001;48000 0.33333333333333331");
}

TEST_CASE("A long line is told in parts of a hundred points") {
    CompanionBench bench;
    std::string body = "write\tride\nfader\tKick\tplay\t1\n";
    for (int i = 0; i < 250; ++i) body += fmt::format("point\t{}\t1\n", i * 100);
    bench.ask(body);
    const Lines parts = only(bench.ask("read\tKick\n", 2), "/kedge/companion/points");
    REQUIRE(parts.size() == 3);
    CHECK(parts[2].starts_with("/kedge/companion/points i2 i0 i200 s20000 1;20100 1;"));
}

TEST_CASE(
    "The simulated companion empties a line and takes the mode back, and keeps the master's and a VCA's") {
    CompanionBench bench;
    bench.daw.add_vca("Band");
    CHECK(bench.ask("write\tride\nfader\tMaster\tplay\t1\npoint\t0\t1\nfader\tBand\ttouch\t1\n", 5) ==
          Lines{"/kedge/companion/done i5 i2"});
    CHECK(bench.daw.engine().master().automation(Control::fader).list().points().size() == 1);
    CHECK(bench.list("Band").empty());
    CHECK(bench.strip("Band").automation(Control::fader).mode() == AutomationMode::touch);
    bench.ask("write\tback\nfader\tMaster\tmanual\t1\n", 6);
    CHECK(bench.daw.engine().master().automation(Control::fader).list().empty());
}

TEST_CASE("A write that comes again under its number is answered again, not done again") {
    CompanionBench bench;
    bench.ask("write\tride\nfader\tKick\tplay\t1\npoint\t0\t1\n", 9);
    CHECK(bench.ask("write\tride\nfader\tKick\tplay\t1\npoint\t0\t0.5\n", 9) ==
          Lines{"/kedge/companion/done i9 i1"});
    CHECK(std::get<Decibels>(bench.list("Kick").points()[0].value) == 0_dB);
    CHECK(bench.daw.undo_names().size() == 1);
}

TEST_CASE("The simulated companion refuses what the real one refuses, and changes nothing") {
    CompanionBench bench;
    bench.ask("write\tride\nfader\tKick\tplay\t1\npoint\t0\t0.5\n", 100);
    const std::string bodies[] = {
        "read\tNobody\n",
        "write\tu\nfader\tKick\tmanual\t1\nfader\tNobody\tmanual\t1\n",
        "write\tu\nfader\tKick\tmanual\t1\nfader\tKick\tmanual\t1\n",
        "write\tu\nfader\tKick\tsolo\t1\n",
        "write\tu\nfader\tKick\tplay\tnan\n",
        "write\tu\nfader\tKick\tplay\t1\npoint\t5\t1\npoint\t5\t1\n",
        "write\tu\nfader\tKick\tplay\t1\npoint\t-1\t1\n",
        "write\tu\nfader\tKick\tplay\t1\npoint\t5\t3\n",
        "write\tu\npoint\t5\t1\n",
        "write\tu\n",
        "read\tKick\nwrite\tu\nfader\tKick\tmanual\t1\n",
        "nonsense\n",
        "",
    };
    for (const auto& body : bodies) {
        CAPTURE(body);
        CHECK(bench.refusal(body).starts_with("/kedge/companion/refused i1 s"));
    }
    CHECK(bench.ask("read\tKick\n", 1, "Another")[0] ==
          "/kedge/companion/refused i1 sArdour has the session 'truth' open, not 'Another'. sOpen that "
          "session, "
          "then run the command again.");
    bench.daw.hand_over("kedge-companion\t1\nrequest\t4\nsession\ttruth\nread\tKick\n");
    CHECK(bench.call() == Lines{"/kedge/companion/refused i4 sThe request has no end. s"});
    bench.daw.hand_over("kedge-companion\t2\nrequest\t4\nsession\ttruth\nread\tKick\nend\n");
    CHECK(bench.call()[0].find("another version") != std::string::npos);
    CHECK(bench.list("Kick").points().size() == 1);
    CHECK(bench.strip("Kick").automation(Control::fader).mode() == AutomationMode::play);
    CHECK(bench.daw.undo_names().size() == 1);
}

TEST_CASE("A request is taken once, and answered where it says; headless nobody takes it") {
    CompanionBench bench;
    CHECK(bench.call().empty());
    bench.ask("read\tKick\n");
    CHECK(bench.call().empty());
    bench.daw.hand_over("reply\t9002\nkedge-companion\t1\nrequest\t1\nsession\ttruth\nread\tKick\nend\n");
    std::vector<Datagram> out;
    bench.daw.receive(bench.now, DawBench::one,
                      osc::encode("/access_action", {std::string_view("LuaAction/script-3")}), out);
    REQUIRE(out.size() == 2);
    CHECK(out[0].to == DawBench::two);
    bench.daw.headless(true);
    CHECK(bench.ask("read\tKick\n").empty());
    bench.daw.headless(false);
    CHECK(bench.call().size() == 2);
}

TEST_CASE("While Write records, a list is not written") {
    CompanionBench bench;
    std::vector<Datagram> nobody;
    bench.daw.set_automation(bench.index("Kick"), Control::fader, AutomationMode::write, nobody);
    bench.send("/transport_play", {});
    CHECK(bench.refusal("write\tu\nfader\tKick\tmanual\t1\n").find("is writing automation") !=
          std::string::npos);
    bench.send("/transport_stop", {});
    CHECK(bench.ask("write\tu\nfader\tKick\tmanual\t1\n", 2) == Lines{"/kedge/companion/done i2 i1"});
}

TEST_CASE("Names with tabs and line ends are escaped in a request") {
    const auto request = read_companion_request(
        "reply\t70000\nkedge-companion\t1\nrequest\t5\nsession\tA%09B\nread\tX%0AY%25%zz%4\nend\n");
    CHECK_FALSE(request.reply_port);
    CHECK(request.session == "A\tB");
    REQUIRE(request.reads.size() == 1);
    CHECK(request.reads[0] == "X\nY%%zz%4");
    CHECK_FALSE(request.wrong);
}
