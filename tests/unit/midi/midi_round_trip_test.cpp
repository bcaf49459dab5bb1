#include "midi/encoder.hpp"
#include "midi/stream_parser.hpp"
#include "support/catch.hpp"
#include "support/midi_bytes.hpp"
#include "support/random_midi.hpp"

#include <algorithm>
#include <iostream>
#include <random>
#include <variant>
#include <vector>

using namespace kedge;
using namespace kedge::midi;

namespace {

using Bytes = std::vector<std::byte>;

/// A generator with a new seed, which is printed.
std::mt19937 seeded(const char* what) {
    const auto seed = std::random_device{}();
    std::cout << what << ": seed " << seed << '\n';
    return std::mt19937(seed);
}

bool is_channel_status(std::byte byte) {
    return byte >= std::byte{0x80} && byte < std::byte{0xF0};
}

/// The message as a sender may write it: without its status byte where the one before was the same, and with
/// real-time bytes in between.
void write_as_a_sender_may(const Message& message, test::RandomMidi& random, std::byte& running, Bytes& bytes,
                           std::vector<Message>& expected) {
    auto written = encode(message);
    const auto status = written[0];
    if (is_channel_status(status) && status == running && random.number(2) == 0)
        written.erase(written.begin());
    if (!std::holds_alternative<RealTime>(message))
        running = is_channel_status(status) ? status : std::byte{0};
    for (std::size_t i = 0; i < written.size(); ++i) {
        if (i > 0 && random.number(8) == 0) {
            const auto real_time = random.real_time();
            expected.emplace_back(real_time);
            bytes.push_back(static_cast<std::byte>(real_time));
        }
        bytes.push_back(written[i]);
    }
    expected.push_back(message);
}

}  // namespace

TEST_CASE("Whatever MIDI is written is read as it was") {
    auto generator = seeded("MIDI there and back");
    test::RandomMidi random(generator);
    for (int i = 0; i < 20000; ++i) {
        const auto message = random.message();
        const auto bytes = encode(message);
        CAPTURE(test::to_hex(bytes));
        REQUIRE(test::midi_messages(bytes) == std::vector<Message>{message});
    }
}

TEST_CASE("Running status, real-time bytes and pieces change no message") {
    auto generator = seeded("MIDI streams in pieces");
    test::RandomMidi random(generator);
    for (int stream = 0; stream < 300; ++stream) {
        Bytes bytes;
        std::vector<Message> expected;
        std::byte running{0};
        for (int i = 0; i < 50; ++i)
            write_as_a_sender_may(random.message(), random, running, bytes, expected);

        StreamParser parser;
        std::vector<Message> got;
        for (std::size_t at = 0; at < bytes.size();) {
            const auto piece = std::min(bytes.size() - at, static_cast<std::size_t>(1 + random.number(40)));
            parser.receive(std::span(bytes).subspan(at, piece), got);
            at += piece;
        }
        CAPTURE(stream, test::to_hex(bytes));
        REQUIRE(got == expected);
        REQUIRE(parser.dropped() == Dropped{});
    }
}

TEST_CASE("Of random bytes each is in a message, dropped or waited on") {
    auto generator = seeded("MIDI random bytes");
    for (int stream = 0; stream < 2000; ++stream) {
        StreamParser parser(16);
        std::vector<Message> messages;
        Bytes bytes(generator() % 200);
        for (auto& byte : bytes) byte = static_cast<std::byte>(generator() % 256);
        parser.receive(bytes, messages);

        // With a status byte for each, messages can be no shorter than they came.
        std::size_t written = 0;
        for (const auto& message : messages) written += encode(message).size();
        const auto rest = parser.dropped().bytes + parser.pending();
        CAPTURE(stream, test::to_hex(bytes));
        REQUIRE(parser.bytes_in() == bytes.size());
        REQUIRE(rest <= bytes.size());
        REQUIRE(written + rest >= bytes.size());
        REQUIRE(parser.messages_in() == messages.size());
    }
}

TEST_CASE("Whatever came before, a message with its status byte is heard") {
    auto generator = seeded("MIDI after noise");
    for (int stream = 0; stream < 2000; ++stream) {
        StreamParser parser(16);
        std::vector<Message> messages;
        Bytes bytes(generator() % 60);
        for (auto& byte : bytes) byte = static_cast<std::byte>(generator() % 256);
        parser.receive(bytes, messages);
        messages.clear();
        const auto healed = encode(NoteOn{Channel(3), Data7(1), Data7(2)});
        parser.receive(healed, messages);
        CAPTURE(stream, test::to_hex(bytes));
        REQUIRE(messages == std::vector<Message>{NoteOn{Channel(3), Data7(1), Data7(2)}});
    }
}
