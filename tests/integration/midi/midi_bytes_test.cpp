#include "integration/midi/jack_server.hpp"
#include "integration/midi/wired_end.hpp"

namespace kedge::test {

namespace {

/// The host has ports of its own, the unit of kedge finds them by name.
struct MidiPair {
    MidiPair() { REQUIRE(unit.comes_to_be(true)); }

    JackServer jack;
    io::EventLoop loop;
    WiredEnd host{{""}, "kedge-sim", loop};
    WiredEnd unit{{"kedge-sim"}, "kedge", loop};
};

std::vector<MidiBytes> faders(int count) {
    std::vector<MidiBytes> messages;
    for (int i = 0; i < count; ++i) messages.push_back(midi({0xE0 + i % 9, i % 128, i / 128 % 128}));
    return messages;
}

/// Without the loop's turn, so that nobody takes what comes; as fast as it may leave.
std::size_t send_all(const WiredEnd& from, const std::vector<MidiBytes>& messages) {
    std::size_t refused = 0;
    for (const auto& each : messages)
        while (!from.send(each)) {
            ++refused;
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
    return refused;
}

}  // namespace

TEST_CASE("MIDI: short messages and SysEx of 7, 120 and 1000 bytes pass both ways") {
    MidiPair pair;
    const std::vector<MidiBytes> messages = {
        midi({0x90, 0x68, 0x7F}), sysex(7, 1),        midi({0xD0, 0x3C}), sysex(120, 2), sysex(1'000, 3),
        midi({0xE8, 0x00, 0x40}), midi({0xF0, 0xF7}), sysex(10'000, 4),   midi({0xF8})};
    for (const auto& each : messages) CHECK(pair.unit.send(each));
    REQUIRE(pair.host.hears(messages.size()));
    CHECK(pair.host.heard[0] == messages);
    send_all(pair.host, messages);
    REQUIRE(pair.unit.hears(messages.size()));
    CHECK(pair.unit.heard[0] == messages);
    CHECK(pair.unit.wire->dropped() == 0);
    CHECK(pair.unit.wire->name() == "kedge-sim");
}

TEST_CASE("MIDI: messages that were put together arrive one by one") {
    MidiPair pair;
    MidiBytes all;
    const std::vector<MidiBytes> messages = {midi({0x90, 0x68, 0x7F}), sysex(120, 5),
                                             midi({0xE0, 0x11, 0x22}), midi({0xD0, 0x1C}),
                                             midi({0x90, 0x68, 0x00})};
    for (const auto& each : messages) all.insert(all.end(), each.begin(), each.end());
    CHECK(pair.unit.send(all));
    REQUIRE(pair.host.hears(messages.size()));
    CHECK(pair.host.heard[0] == messages);
    CHECK(pair.unit.send({}));
    CHECK_FALSE(pair.unit.wire->send(1, messages.front()));
}

TEST_CASE("MIDI: bursts of hundreds of messages keep their order, both ways at once") {
    MidiPair pair;
    const auto messages = faders(600);
    for (int burst = 1; burst <= 5; ++burst) {
        for (const auto& each : messages) CHECK(pair.host.send(each));
        for (const auto& each : messages) CHECK(pair.unit.send(each));
        REQUIRE(pair.unit.hears(messages.size()));
        REQUIRE(pair.host.hears(messages.size()));
        CHECK(pair.unit.heard[0] == messages);
        CHECK(pair.host.heard[0] == messages);
        pair.unit.heard[0].clear();
        pair.host.heard[0].clear();
    }
}

TEST_CASE("MIDI: what comes faster than JACK takes it does not leave, is said, and blocks nobody") {
    MidiPair pair;
    std::vector<MidiBytes> left;
    std::size_t refused = 0;
    for (const auto& each : faders(20'000)) {
        if (pair.unit.send(each)) {
            left.push_back(each);
        } else {
            ++refused;
        }
    }
    CHECK(refused > 0);
    CHECK_FALSE(pair.unit.send(sysex(16'001, 1)));
    REQUIRE(pair.host.hears(left.size()));
    CHECK(pair.host.heard[0] == left);
    CHECK(pair.loop.run_until([&] { return talk(pair.unit, pair.host, 1); }, std::chrono::seconds(5)));
}

TEST_CASE("MIDI: a JACK that stands still blocks nobody, and goes on when it does") {
    MidiPair pair;
    pair.jack.signal(SIGSTOP);
    std::size_t left = 0;
    for (const auto& each : faders(20'000)) left += pair.unit.send(each) ? 1 : 0;
    CHECK(left < 5'000);
    pair.jack.signal(SIGCONT);
    REQUIRE(pair.host.hears(left));
    CHECK(pair.loop.run_until([&] { return talk(pair.unit, pair.host, 2); }, std::chrono::seconds(5)));
}

TEST_CASE("MIDI: what nobody takes in time is dropped and counted") {
    MidiPair pair;
    constexpr std::size_t messages = 300;
    send_all(pair.host, std::vector<MidiBytes>(messages, sysex(1'000, 6)));
    // The last ones are still under way.
    REQUIRE(
        pair.loop.run_until([&] { return pair.unit.heard[0].size() + pair.unit.wire->dropped() == messages; },
                            std::chrono::seconds(15)));
    CHECK(pair.unit.wire->dropped() > 0);
    for (const auto& each : pair.unit.heard[0]) CHECK(each == sysex(1'000, 6));
    CHECK(talk(pair.unit, pair.host, 3));
}

TEST_CASE("MIDI: each unit has a pair of ports of its own") {
    JackServer jack;
    io::EventLoop loop;
    WiredEnd host({"", "", "", ""}, "kedge-sim", loop);
    const auto ports = io::MidiWire::ports();
    REQUIRE(ports.from.size() == 4);
    REQUIRE(ports.to.size() == 4);
    std::vector<std::string> units;
    for (std::size_t i = 0; i < 4; ++i) units.push_back(ports.from[i] + " | " + ports.to[i]);
    WiredEnd unit(units, "kedge", loop);
    REQUIRE(unit.comes_to_be(true));
    for (std::size_t i = 0; i < 4; ++i) {
        const auto number = static_cast<int>(i);
        CHECK(unit.send(midi({0x90, number, 0x01}), i));
        CHECK(host.send(midi({0x90, number, 0x02}), i));
        REQUIRE(host.hears(1, i));
        REQUIRE(unit.hears(1, i));
        CHECK(host.heard[i] == std::vector<MidiBytes>{midi({0x90, number, 0x01})});
        CHECK(unit.heard[i] == std::vector<MidiBytes>{midi({0x90, number, 0x02})});
    }
}

}  // namespace kedge::test
