#include "mackie/device_codec.hpp"
#include "mackie/host_codec.hpp"
#include "midi/encoder.hpp"
#include "support/catch.hpp"
#include "support/midi_bytes.hpp"
#include "support/random_midi.hpp"
#include "unit/mackie/random_messages.hpp"

#include <array>
#include <iostream>
#include <random>
#include <variant>

using namespace kedge;
using namespace kedge::mackie;

namespace {

std::mt19937 mackie_seeded(const char* what) {
    const auto seed = std::random_device{}();
    std::cout << what << ": seed " << seed << '\n';
    return std::mt19937(seed);
}

/// The message as bytes and out of them again.
midi::Message over_the_wire(const midi::Message& message) {
    const auto bytes = midi::encode(message);
    CAPTURE(test::to_hex(bytes));
    const auto messages = test::midi_messages(bytes);
    REQUIRE(messages.size() == 1);
    return messages[0];
}

bool is_mackie_sysex(const midi::Message& message) {
    const auto* sysex = std::get_if<midi::SysEx>(&message);
    return sysex && sysex->data.size() > 3 && sysex->data[2] == midi::Data7(0x66);
}

/// SysEx of Mackie's with any command, any length and mostly small numbers, and other messages.
midi::Message likely_message(test::RandomMidi& random) {
    if (random.number(2) == 0) return random.message();
    auto sysex = midi::SysEx::of({0, 0, 0x66, 0x10 + random.number(6)});
    const int length = random.number(14);
    for (int i = 0; i < length; ++i)
        sysex.data.push_back(random.number(2) == 0 ? random.data7() : midi::Data7(random.number(0x22)));
    return sysex;
}

}  // namespace

TEST_CASE("Whatever a Mackie host says is heard as it was") {
    auto generator = mackie_seeded("Mackie host there and back");
    test::RandomMackie random(generator);
    std::array<int, std::variant_size_v<HostMessage>> seen{};
    for (int i = 0; i < 20000; ++i) {
        const auto message = random.host_message();
        const auto model = random.model();
        const auto written = over_the_wire(write_to_device(message, model));
        const auto read = read_from_host(written);
        REQUIRE(read);
        REQUIRE(read->message == message);
        REQUIRE(read->to == (is_mackie_sysex(written) ? std::optional(model) : std::nullopt));
        ++seen.at(message.index());
    }
    for (const int times : seen) CHECK(times > 0);
}

TEST_CASE("Whatever a Mackie unit says is heard as it was") {
    auto generator = mackie_seeded("Mackie unit there and back");
    test::RandomMackie random(generator);
    std::array<int, std::variant_size_v<DeviceMessage>> seen{};
    for (int i = 0; i < 20000; ++i) {
        const auto message = random.device_message();
        const auto model = random.model();
        const auto written = over_the_wire(write_to_host(message, model));
        const auto read = read_from_device(written);
        REQUIRE(read);
        REQUIRE(read->message == message);
        REQUIRE(read->from == (is_mackie_sysex(written) ? std::optional(model) : std::nullopt));
        ++seen.at(message.index());
    }
    for (const int times : seen) CHECK(times > 0);
}

TEST_CASE("Any MIDI is understood or refused, and what was understood can be said again") {
    auto generator = mackie_seeded("Mackie any MIDI");
    test::RandomMidi random(generator);
    int understood = 0;
    for (int i = 0; i < 30000; ++i) {
        const auto message = likely_message(random);
        CAPTURE(test::to_hex(midi::encode(message)));
        if (const auto from_host = read_from_host(message)) {
            const auto again = write_to_device(from_host->message, from_host->to.value_or(Model::main_unit));
            REQUIRE(read_from_host(again) == from_host);
            ++understood;
        }
        if (const auto from_device = read_from_device(message)) {
            const auto again =
                write_to_host(from_device->message, from_device->from.value_or(Model::main_unit));
            REQUIRE(read_from_device(again) == from_device);
            ++understood;
        }
    }
    CHECK(understood > 300);
}
