#include "integration/midi/jack_server.hpp"
#include "integration/midi/stderr_text.hpp"
#include "integration/midi/wired_end.hpp"

#include <chrono>
#include <memory>
#include <thread>

#include <jack/jack.h>

namespace kedge::test {

namespace {

const std::string host_client = "kedge-sim";

std::unique_ptr<WiredEnd> a_host(io::EventLoop& loop, std::vector<std::string> units = {""}) {
    return std::make_unique<WiredEnd>(std::move(units), host_client, loop);
}

/// Pulls every cable between two ports with these words in their names.
void pull_cables(const std::string& from, const std::string& to) {
    jack_client_t* client = jack_client_open("hand", JackNoStartServer, nullptr);
    REQUIRE(client != nullptr);
    const char** ports = jack_get_ports(client, from.c_str(), JACK_DEFAULT_MIDI_TYPE, JackPortIsOutput);
    REQUIRE(ports != nullptr);
    int pulled = 0;
    for (const char** port = ports; *port != nullptr; ++port) {
        const char** others = jack_port_get_all_connections(client, jack_port_by_name(client, *port));
        for (const char** other = others; others != nullptr && *other != nullptr; ++other)
            if (std::string(*other).find(to) != std::string::npos &&
                jack_disconnect(client, *port, *other) == 0)
                ++pulled;
        jack_free(others);
    }
    jack_free(ports);
    jack_client_close(client);
    CHECK(pulled == 1);
}

}  // namespace

TEST_CASE("MIDI: ports that are not there yet are waited for and found") {
    JackServer jack;
    io::EventLoop loop;
    WiredEnd unit({host_client}, "kedge", loop);
    loop.run_until([] { return false; }, std::chrono::milliseconds(700));
    CHECK(unit.changes == 0);
    CHECK_FALSE(unit.send(midi({0x90, 1, 1})));
    CHECK(unit.wire->what_to_check().starts_with("There is no MIDI port 'kedge-sim' that sends. "));

    const auto host = a_host(loop);
    REQUIRE(unit.comes_to_be(true));
    CHECK(unit.changes == 1);
    CHECK(talk(unit, *host, 1));
}

TEST_CASE("MIDI: what was unplugged is told, and found by name when it is plugged in again") {
    JackServer jack;
    io::EventLoop loop;
    auto host = a_host(loop);
    WiredEnd unit({host_client}, "kedge", loop);
    REQUIRE(unit.comes_to_be(true));
    for (int turn = 0; turn < 3; ++turn) {
        CHECK(talk(unit, *host, turn));
        host.reset();
        REQUIRE(unit.comes_to_be(false));
        CHECK_FALSE(unit.send(midi({0x90, 1, 1})));
        host = a_host(loop);
        REQUIRE(unit.comes_to_be(true));
    }
    CHECK(talk(unit, *host, 3));
    CHECK(unit.changes == 7);
}

TEST_CASE("MIDI: ports that come back at once under the same name are connected again") {
    JackServer jack;
    io::EventLoop loop;
    auto host = a_host(loop);
    WiredEnd unit({host_client}, "kedge", loop);
    REQUIRE(unit.comes_to_be(true));
    host.reset();
    host = a_host(loop);  // the unit's wire had no turn in between
    REQUIRE(unit.comes_back());
    CHECK(talk(unit, *host, 1));
}

TEST_CASE("MIDI: a cable that was pulled is plugged in again") {
    JackServer jack;
    io::EventLoop loop;
    const auto host = a_host(loop);
    WiredEnd unit({host_client}, "kedge", loop);
    REQUIRE(unit.comes_to_be(true));
    SECTION("of the port that sends") {
        pull_cables("kedge-0.:1 out", "kedge-sim");
    }
    SECTION("of the port that takes") {
        pull_cables("kedge-sim.*:1 out", "kedge:");
    }
    REQUIRE(unit.comes_back());
    CHECK(talk(unit, *host, 1));
}

TEST_CASE("MIDI: a JACK that ends and comes back is survived, without a word on stderr") {
    const int how = GENERATE(SIGKILL, SIGTERM);
    INFO("signal " << how);
    const StderrText printed;
    JackServer jack;
    io::EventLoop loop;
    const auto host = a_host(loop, {"", ""});
    const std::string second = "kedge-sim-03:2 out | kedge-sim-02:2 in";
    WiredEnd unit({"kedge-sim-01:1 out | kedge-sim:1 in", second}, "kedge", loop);
    REQUIRE(unit.comes_to_be(true));
    CHECK(talk(unit, *host, 1));

    jack.end(how);
    for (int i = 0; i < 20'000; ++i)
        static_cast<void>(unit.send(midi({0xE0, i % 128, 0})));  // it must not hang
    REQUIRE(unit.comes_to_be(false));
    REQUIRE(host->comes_to_be(false));
    CHECK_FALSE(unit.send(midi({0x90, 1, 1})));
    loop.run_until([] { return false; }, std::chrono::milliseconds(1'500));
    CHECK(unit.wire->what_to_check().starts_with("No MIDI system answers on this machine."));

    jack.start();
    REQUIRE(host->comes_to_be(true));
    REQUIRE(unit.comes_to_be(true));
    CHECK(talk(unit, *host, 2));
    CHECK(printed.text().empty());
}

TEST_CASE("MIDI: a wire may end while messages come, and after its JACK did") {
    JackServer jack;
    io::EventLoop loop;
    auto host = a_host(loop);
    for (int turn = 0; turn < 10; ++turn) {
        auto unit = std::make_unique<WiredEnd>(std::vector<std::string>{host_client}, "kedge", loop);
        REQUIRE(unit->comes_to_be(true));
        for (int i = 0; i < 200; ++i) CHECK(host->send(sysex(40, i)));
        if (turn % 2 == 0) REQUIRE(unit->hears(1));
        unit.reset();
        loop.run_until([] { return false; }, std::chrono::milliseconds(60));
    }
    auto unit = std::make_unique<WiredEnd>(std::vector<std::string>{host_client}, "kedge", loop);
    REQUIRE(unit->comes_to_be(true));
    jack.end(SIGKILL);
    unit.reset();
    host.reset();
    jack.start();  // JACK keeps a killed server's place, one of eight, until one of that name ends well
}

TEST_CASE("MIDI: a JACK that is killed while ports are opened ends the opening, and not the process") {
    using Clock = std::chrono::steady_clock;
    JackServer jack;
    const std::vector<std::string> units = {host_client, "b", "c", "d"};
    const auto opening = [&](io::EventLoop& loop) { return io::MidiWire::open({units, "kedge"}, loop); };
    const auto begun = Clock::now();
    {
        io::EventLoop loop;
        REQUIRE(opening(loop));
    }
    const auto whole = Clock::now() - begun;
    constexpr int instants = 8;
    for (int i = 0; i < instants; ++i) {
        CAPTURE(i, whole.count());
        {
            io::EventLoop loop;
            std::thread killer([&] {
                std::this_thread::sleep_for(whole * i / instants);
                jack.end(SIGKILL);
            });
            const auto wire = opening(loop);
            killer.join();
            if (!wire) CHECK(wire.error().kind == ErrorKind::no_daw);
        }
        jack.start();
    }
    io::EventLoop loop;
    const auto host = a_host(loop);
    WiredEnd unit({host_client}, "kedge", loop);
    REQUIRE(unit.comes_to_be(true));
    CHECK(talk(unit, *host, 3));
}

TEST_CASE("MIDI: a name that may be several ports is a usage error, one of none says what there is") {
    JackServer jack;
    io::EventLoop loop;
    const auto host = a_host(loop, {"", ""});
    const auto several = io::MidiWire::open({{host_client}, "kedge"}, loop);
    REQUIRE_FALSE(several);
    CHECK(several.error().kind == ErrorKind::usage);
    CHECK(several.error().message ==
          "'kedge-sim' may be 2 MIDI ports: 'kedge-sim-01:1 out', 'kedge-sim-03:2 out'.");
    CHECK_FALSE(several.error().next.empty());

    WiredEnd unit({"nobody's port"}, "kedge", loop);
    CHECK(
        unit.wire->what_to_check() ==
        "There is no MIDI port 'nobody's port' that sends. Start the DAW and turn on its control surface, or "
        "name another with --midi: there are 'kedge-sim-01:1 out', 'kedge-sim-03:2 out'.");
    WiredEnd half({"kedge-sim-01:1 out | nobody"}, "kedge", loop);
    CHECK(half.wire->what_to_check().starts_with("There is no MIDI port 'nobody' that takes."));
    CHECK(half.changes + unit.changes == 0);
}

TEST_CASE("MIDI: kedge does not connect to ports of its own") {
    JackServer jack;
    io::EventLoop loop;
    const WiredEnd own({""}, "kedge", loop);
    CHECK(own.changes == 1);
    CHECK(own.wire->name() == "kedge's own port 1");
    WiredEnd unit({"kedge"}, "kedge", loop);
    CHECK_FALSE(loop.run_until([&] { return unit.changes > 0; }, std::chrono::milliseconds(700)));
    const auto ports = io::MidiWire::ports();
    CHECK(ports.from.empty());
    CHECK(ports.to.empty());
}

TEST_CASE("MIDI: without a MIDI system there is an error that says what to do, and nothing else is printed") {
    setenv("JACK_DEFAULT_SERVER", "kedge-nobody", 1);
    setenv("ALSA_CONFIG_PATH", "/dev/null", 1);  // nor ALSA, where there is one
    const StderrText printed;
    io::EventLoop loop;
    const auto wire = io::MidiWire::open({}, loop);
    REQUIRE_FALSE(wire);
    CHECK(wire.error().kind == ErrorKind::no_daw);
    CHECK(wire.error().message == "No MIDI system answers on this machine.");
    CHECK(wire.error().next.starts_with("Start JACK"));
    CHECK(io::MidiWire::ports().from.empty());
    CHECK(printed.text().empty());
    CHECK(std::cerr.good());
}

}  // namespace kedge::test
