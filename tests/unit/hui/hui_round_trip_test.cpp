#include "hui/encoder.hpp"
#include "support/catch.hpp"
#include "support/hui_accounts.hpp"
#include "unit/hui/hui_frames.hpp"
#include "unit/hui/random_hui.hpp"

#include <iostream>
#include <random>

using namespace kedge;
using namespace kedge::hui;
using namespace kedge::test;

namespace {

/// A generator with a new seed, which is printed.
std::mt19937 new_seed(const char* what) {
    const auto seed = std::random_device{}();
    std::cout << what << ": seed " << seed << '\n';
    return std::mt19937(seed);
}

/// Two senders' messages mixed, each one's in its order.
std::vector<midi::Message> mixed(const std::vector<midi::Message>& one,
                                 const std::vector<midi::Message>& other, RandomHui& random) {
    std::vector<midi::Message> all;
    for (std::size_t i = 0, j = 0; i < one.size() || j < other.size();) {
        const bool first = j == other.size() || (i < one.size() && random.number(2) == 0);
        all.push_back(first ? one[i++] : other[j++]);
    }
    return all;
}

}  // namespace

TEST_CASE("HUI: whatever a host says is read as it was") {
    auto generator = new_seed("HUI host there and back");
    RandomHui random(generator);
    for (int round = 0; round < 300; ++round) {
        ToHuiMessages said;
        for (int i = 0; i < 60; ++i) said.push_back(random.to_hui());
        const auto bytes = bytes_of(to_midi(said));
        ToHuiDecoder decoder;
        CAPTURE(round, to_hex(bytes));
        REQUIRE((heard<ToHui>(decoder, bytes) == said));
        REQUIRE((decoder.dropped() == Dropped{}));
        REQUIRE(decoder.pending() == 0);
    }
}

TEST_CASE("HUI: each of a host's messages by itself is read as it was") {
    auto generator = new_seed("HUI host one by one");
    RandomHui random(generator);
    for (int i = 0; i < 20000; ++i) {
        const auto said = random.to_hui();
        ToHuiDecoder decoder;
        const auto bytes = bytes_of(to_midi(said));
        CAPTURE(to_hex(bytes));
        REQUIRE((heard<ToHui>(decoder, bytes) == ToHuiMessages{said}));
    }
}

TEST_CASE("HUI: whatever a HUI says is read as it was") {
    auto generator = new_seed("HUI device there and back");
    RandomHui random(generator);
    FromHuiDecoder decoder;
    for (int i = 0; i < 20000; ++i) {
        const auto said = random.from_hui();
        const auto bytes = bytes_of(to_midi(said));
        CAPTURE(to_hex(bytes));
        REQUIRE((heard<FromHui>(decoder, bytes) == FromHuiMessages{said}));
    }
    CHECK((decoder.dropped() == Dropped{}));
}

TEST_CASE("HUI: faders of several units mixed at random all arrive") {
    auto generator = new_seed("HUI mixed faders");
    RandomHui random(generator);
    for (int round = 0; round < 300; ++round) {
        std::vector<midi::Message> all;
        for (int fader = 0; fader < Fader::count; ++fader)
            for (int unit = 0; unit < 16; ++unit)
                all = mixed(
                    all, to_midi(ToHui(MoveFader{Unit(unit), Fader(fader), FaderPosition(unit * 9 + fader)})),
                    random);
        ToHuiDecoder decoder;
        std::vector<bool> arrived(16 * 9);
        for (const auto& message : all)
            if (const auto said = decoder.receive(message)) {
                const auto& move = std::get<MoveFader>(*said);
                const int expected = move.unit.number() * 9 + move.fader.number();
                REQUIRE(move.position.value() == expected);
                arrived.at(static_cast<std::size_t>(expected)) = true;
            }
        CAPTURE(round);
        REQUIRE(arrived == std::vector<bool>(16 * 9, true));
        REQUIRE((decoder.dropped() == Dropped{}));
    }
}

TEST_CASE("HUI: of any MIDI at all each message is said, dropped or waited on") {
    auto generator = new_seed("HUI any MIDI");
    RandomHui random(generator);
    for (int round = 0; round < 2000; ++round) {
        std::vector<midi::Message> messages;
        for (int i = 0; i < 100; ++i) {
            // Mostly controllers of the first two channels, where the pairs are.
            if (random.number(4) == 0)
                messages.push_back(random.any_midi());
            else
                messages.emplace_back(midi::ControlChange{Unit(random.number(2)),
                                                          midi::Data7(random.number(0x50)),
                                                          midi::Data7(random.number(128))});
        }
        CAPTURE(round);
        REQUIRE(all_accounted<ToHuiDecoder>(messages, zone_to_hui));
        REQUIRE(all_accounted<FromHuiDecoder>(messages, zone_from_hui));
    }
}

TEST_CASE("HUI: whatever came before, a whole message is read as it is") {
    auto generator = new_seed("HUI after noise");
    RandomHui random(generator);
    ToHuiDecoder host;
    FromHuiDecoder device;
    for (int round = 0; round < 5000; ++round) {
        for (int i = 0; i < 10; ++i) {
            const auto noise = random.any_midi();
            (void)host.receive(noise);
            (void)device.receive(noise);
        }
        const auto to = random.to_hui();
        const auto from = random.from_hui();
        CAPTURE(round, to_hex(bytes_of(to_midi(to))), to_hex(bytes_of(to_midi(from))));
        REQUIRE((heard<ToHui>(host, bytes_of(to_midi(to))) == ToHuiMessages{to}));
        REQUIRE((heard<FromHui>(device, bytes_of(to_midi(from))) == FromHuiMessages{from}));
    }
}
