#include "support/catch.hpp"
#include "unit/sim/reaper_bench.hpp"

#include <array>
#include <iostream>
#include <limits>
#include <random>

using namespace kedge;
using namespace kedge::sim;
using namespace kedge::sim::test;

namespace {

std::vector<std::byte> bytes_of_size(std::size_t size, std::string_view address = "/x") {
    // An address of four bytes, tags of four, and a text with its end.
    return osc::encode(address, {std::string_view(std::string(size - 12, 'y'))});
}

using Many = std::vector<std::vector<std::byte>>;

const std::string one_name = "DEVICE_TRACK_COUNT 1\nTRACK_NAME s/track/@/name\n";

std::string text_of(const std::vector<std::byte>& bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace

TEST_CASE("REAPER: one message leaves bare, several as a bundle with the immediate time tag") {
    ReaperOutbox outbox(1024, 10ms);
    std::vector<Datagram> out;
    const auto a = osc::encode("/a", {1.0F});
    const auto b = osc::encode("/b", {2.0F});
    outbox.add(a);
    outbox.run(Instant{}, ReaperBench::device, out);
    REQUIRE(out.size() == 1);
    CHECK(out[0].bytes == a);
    out.clear();
    outbox.add(a);
    outbox.add(b);
    outbox.run(Instant{} + 10ms, ReaperBench::device, out);
    REQUIRE(out.size() == 1);
    CHECK(out[0].bytes == osc::encode_bundle(Many{a, b}));
}

TEST_CASE("REAPER: bundles end at the packet's size, and each packet is followed by a wait") {
    ReaperOutbox outbox(1024, 10ms);
    std::vector<Datagram> out;
    // 16 + 10 * (4 + 96) = 1016: ten go into a packet.
    for (int i = 0; i < 21; ++i) outbox.add(bytes_of_size(96));
    outbox.run(Instant{} + 5ms, ReaperBench::device, out);
    REQUIRE(out.size() == 1);
    CHECK(out[0].bytes.size() == 1016);
    CHECK(outbox.next_due() == Instant{} + 15ms);
    outbox.run(Instant{} + 15ms, ReaperBench::device, out);
    outbox.add(bytes_of_size(96));
    outbox.run(Instant{} + 24ms, ReaperBench::device, out);
    CHECK(out.size() == 2);
    outbox.run(Instant{} + 25ms, ReaperBench::device, out);
    REQUIRE(out.size() == 3);
    // One that is left over goes bare.
    CHECK(out[2].bytes == bytes_of_size(96));
    // What was said meanwhile leaves when the wait is over.
    CHECK(outbox.next_due() == Instant{} + 35ms);
    outbox.run(Instant{} + 35ms, ReaperBench::device, out);
    CHECK(out.size() == 4);
    CHECK_FALSE(outbox.next_due());
}

TEST_CASE("REAPER: a message longer than a packet goes alone, one longer than 1024 bytes never") {
    ReaperOutbox outbox(100, 10ms);
    std::vector<Datagram> out;
    outbox.add(bytes_of_size(200));
    outbox.add(bytes_of_size(1028));
    outbox.run(Instant{}, ReaperBench::device, out);
    REQUIRE(out.size() == 1);
    CHECK(out[0].bytes == bytes_of_size(200));
    CHECK_FALSE(outbox.next_due());
}

TEST_CASE("REAPER: bundles come apart, nested ones too but for one at a bundle's beginning") {
    ReaperInbox inbox;
    const auto a = osc::encode("/a", {});
    const auto b = osc::encode("/b", {});
    const auto inner = osc::encode_bundle(Many{a, b});
    inbox.add(Instant{}, osc::encode_bundle(Many{a, inner, b}));
    CHECK(inbox.take(Instant{}) == Many{a, a, b, b});
    inbox.add(Instant{}, osc::encode_bundle(Many{inner, b}));
    CHECK(inbox.take(Instant{}) == Many{inner, b});
}

TEST_CASE("REAPER: a message over 1024 bytes ends the reading of the whole queue") {
    ReaperInbox inbox;
    const auto a = osc::encode("/a", {});
    inbox.add(Instant{}, a);
    inbox.add(Instant{}, bytes_of_size(1024));
    inbox.add(Instant{}, osc::encode_bundle(Many{bytes_of_size(1028), a}));
    inbox.add(Instant{}, a);
    inbox.add(Instant{} + 1ms, a);
    CHECK(inbox.take(Instant{}) == Many{a, bytes_of_size(1024)});
    CHECK(inbox.take(Instant{} + 1ms) == Many{a});
}

TEST_CASE("REAPER: garbage in the queue ends its reading") {
    ReaperInbox inbox;
    const auto a = osc::encode("/a", {});
    auto cut = osc::encode_bundle(Many{a, a});
    cut.resize(cut.size() - 4);
    inbox.add(Instant{}, cut);
    CHECK(inbox.take(Instant{}).front() == a);
    inbox.add(Instant{}, std::vector<std::byte>{});
    CHECK(inbox.take(Instant{}).empty());
    inbox.add(Instant{}, std::vector(3, std::byte{1}));
    CHECK(inbox.take(Instant{}).size() == 1);
}

TEST_CASE("REAPER: feedback goes to the device alone, commands come from anybody") {
    ReaperBench bench;
    bench.settle();
    bench.send("/track/1/volume/db", {-6.0F}, ReaperBench::somebody);
    CHECK(bench.heard_at_once == 0);
    CHECK(holds(bench.pass(100ms), "/track/1/volume/str s-6.00dB"));
    CHECK(bench.strip(0).fader == Decibels(-6.0));
    CHECK(bench.strays == 0);
}

TEST_CASE("REAPER: messages wait for the main loop, about thirty times a second") {
    ReaperBench bench;
    bench.settle();
    bench.send("/track/1/volume/db", {-6.0F});
    CHECK(bench.strip(0).fader == Decibels());
    bench.pass(34ms);
    CHECK(bench.strip(0).fader == Decibels(-6.0));
}

TEST_CASE("REAPER, byte by byte: a name, bare") {
    Song song = recorded_song();
    song.stems.resize(1);
    ReaperBench bench(one_name, song);
    const auto heard = bench.pass_raw(1s);
    REQUIRE(heard.size() == 1);
    CHECK(heard[0].first == Instant{});
    CHECK(text_of(heard[0].second) == std::string("/track/1/name\0\0\0,s\0\0Kick\0\0\0\0", 28));
}

TEST_CASE("REAPER, byte by byte: a fader's three forms in one bundle", "[R2.22]") {
    ReaperBench bench("DEVICE_TRACK_COUNT 1\nTRACK_VOLUME n/v/@ s/v/@/str f/v/@/db\n");
    bench.settle();
    bench.daw.move_fader(0, Decibels(-6.0));
    const auto heard = bench.pass_raw(100ms);
    REQUIRE(heard.size() == 1);
    CHECK(text_of(heard[0].second) == std::string("#bundle\0\0\0\0\0\0\0\0\x01"
                                                  "\0\0\0\x10/v/1\0\0\0\0,f\0\0\x3F\x17\xC4\xE9"
                                                  "\0\0\0\x18/v/1/str\0\0\0\0,s\0\0-6.00dB\0"
                                                  "\0\0\0\x10/v/1/db\0,f\0\0\xC0\xC0\0\0",
                                                  16 + 20 + 28 + 20));
}

TEST_CASE("REAPER, byte by byte: what a message changes is told in its other forms, together, a turn later") {
    ReaperBench bench("DEVICE_TRACK_COUNT 1\nTRACK_MUTE b/m/@\nTRACK_PAN n/p/@ s/p/@/str\n");
    bench.settle();
    std::vector<std::byte> asked;
    for (const char each : std::string("#bundle\0\0\0\0\0\0\0\0\x01"
                                       "\0\0\0\x10/m/1\0\0\0\0,f\0\0\x3F\x80\0\0"
                                       "\0\0\0\x10/p/1\0\0\0\0,f\0\0\x3E\x80\0\0",
                                       16 + 20 + 20))
        asked.push_back(static_cast<std::byte>(each));
    bench.send_bytes(asked);
    const auto heard = bench.pass_raw(100ms);
    REQUIRE(heard.size() == 1);
    CHECK(text_of(heard[0].second) == std::string("#bundle\0\0\0\0\0\0\0\0\x01"
                                                  "\0\0\0\x10/m/1\0\0\0\0,f\0\0\x3F\x80\0\0"
                                                  "\0\0\0\x18/p/1/str\0\0\0\0,s\0\0"
                                                  "50%L\0\0\0\0",
                                                  16 + 20 + 4 + 24));
}

TEST_CASE("REAPER, byte by byte: the transport's buttons and the time") {
    ReaperBench bench("PLAY t/play\nSTOP t/stop\nTIME f/time\n");
    auto heard = bench.pass_raw(1s);
    REQUIRE(heard.size() == 1);
    CHECK(text_of(heard[0].second) == std::string("#bundle\0\0\0\0\0\0\0\0\x01"
                                                  "\0\0\0\x10/stop\0\0\0,f\0\0\x3F\x80\0\0"
                                                  "\0\0\0\x10/play\0\0\0,f\0\0\0\0\0\0",
                                                  16 + 20 + 20));
    bench.send("/time", {2.0F});
    heard = bench.pass_raw(1s);
    REQUIRE(heard.size() == 1);
    CHECK(text_of(heard[0].second) == std::string("/time\0\0\0,f\0\0\x40\0\0\0", 16));
}

TEST_CASE("REAPER: arguments other than int32, float and string make a message none") {
    ReaperBench bench;
    bench.settle();
    bench.send("/track/1/volume/db", {-6.0});
    bench.send("/track/2/volume/db", {std::int64_t{-6}});
    bench.pass(100ms);
    CHECK(bench.strip(0).fader == Decibels());
    CHECK(bench.strip(1).fader == Decibels());
    bench.ask("/track/3/volume/db", {std::int32_t{-6}});
    CHECK(bench.strip(2).fader == Decibels(-6.0));
}

TEST_CASE("REAPER: unknown addresses are dropped without a word") {
    ReaperBench bench;
    bench.settle();
    CHECK(bench.ask("/no/such/thing", {1.0F}).empty());
    CHECK(bench.ask("/track/x/volume", {1.0F}).empty());
}

TEST_CASE("REAPER: lists in an address take an argument for each of their numbers", "[R2.17]") {
    ReaperBench bench;
    bench.settle();
    bench.ask("/track/1,3/volume/db", {-6.0F, -9.0F});
    CHECK(bench.strip(0).fader == Decibels(-6.0));
    CHECK(bench.strip(1).fader == Decibels());
    CHECK(bench.strip(2).fader == Decibels(-9.0));
}

TEST_CASE("REAPER: an address that stands twice in the file is what its last line says") {
    ReaperBench bench("DEVICE_TRACK_COUNT 2\nTRACK_PAN n/x/@\nTRACK_VOLUME f/x/@\n");
    bench.settle();
    bench.ask("/x/1", {-6.0F});
    CHECK(bench.strip(0).fader == Decibels(-6.0));
    CHECK(bench.strip(0).pan == Pan());
}

TEST_CASE("REAPER frozen hears nothing; hanging it hears all when it comes to itself; gone nobody is there",
          "[R6.31]") {
    ReaperBench bench;
    bench.settle();
    bench.daw.freeze(true);
    bench.send("/track/1/volume/db", {-6.0F});
    CHECK(bench.pass(1s).empty());
    bench.daw.freeze(false);
    bench.pass(1s);
    CHECK(bench.strip(0).fader == Decibels());
    bench.daw.hang(true);
    bench.send("/track/1/volume/db", {-7.0F});
    CHECK(bench.pass(1s).empty());
    bench.daw.hang(false);
    bench.pass(1s);
    CHECK(bench.strip(0).fader == Decibels(-7.0));
    bench.daw.quit();
    bench.send("/track/1/volume/db", {-8.0F});
    CHECK(bench.pass(1s).empty());
    bench.daw.open();
    CHECK(holds(bench.pass(1s), "/track/1/volume/str s-7.00dB"));
    bench.daw.quit();
    Song other = recorded_song();
    other.stems = {steady("Piano", 0.5F)};
    bench.daw.open(other);
    CHECK(holds(bench.pass(1s), "/track/1/name sPiano"));
}

TEST_CASE("REAPER survives whatever it is sent, and sends nothing that is not OSC") {
    const auto seed = std::random_device{}();
    std::cout << "what REAPER is sent: seed " << seed << '\n';
    CAPTURE(seed);
    std::mt19937 random(seed);
    const auto below = [&](std::size_t end) { return random() % end; };
    constexpr std::array numbers = {0.0F, 1.0F, -1.0F, 0.5F, 3e9F, -3e9F, 1e30F, -200.0F};
    constexpr std::array texts = {"",      "-inf",     "nan",   "DEVICE", "LAST_TOUCHED",
                                  "MIXER", "_RSkedge", "40029", "1:02.5", "99999999999999999999"};
    constexpr std::array places = {"0", "1", "2", "4", "9", "2147483647", "1,2", "_RSkedge", ""};
    const auto argument = [&]() -> osc::Argument {
        switch (below(6)) {
            case 0:
                return static_cast<std::int32_t>(random());
            case 1:
                return static_cast<std::int32_t>(below(6));
            case 2:
                return std::string_view(texts.at(below(texts.size())));
            case 3:
                return std::nanf("");
            case 4:
                return std::numeric_limits<float>::infinity();
            default:
                return numbers.at(below(numbers.size()));
        }
    };
    ReaperBench bench;
    const auto& keys = reaper::PatternFile::read(reaper_patterns);
    for (int round = 0; round < 3'000; ++round) {
        CAPTURE(round);
        if (below(10) == 0) {
            std::vector<std::byte> garbage(below(64));
            for (std::byte& each : garbage) each = static_cast<std::byte>(random());
            bench.send_bytes(garbage);
        } else {
            const auto& key = keys.keys()[below(keys.keys().size())];
            if (key.patterns.empty()) continue;
            std::string address;
            for (const char letter : key.patterns[below(key.patterns.size())].address)
                address +=
                    letter == '@' ? std::string(places.at(below(places.size()))) : std::string(1, letter);
            // Large banks take as long as they are large.
            if (address.find("count") != std::string::npos) {
                bench.send(address, {static_cast<std::int32_t>(below(9)) - 1});
            } else {
                std::vector<osc::Argument> arguments;
                for (auto left = below(4); left > 0; --left) arguments.push_back(argument());
                bench.send_bytes(osc::encode(address, arguments));
            }
        }
        for (const auto& [at, bytes] : bench.pass_raw(std::chrono::milliseconds(below(60))))
            CHECK_FALSE(osc::decode(bytes).malformed);
        for (const SimStrip& strip : bench.daw.engine().strips()) CHECK(Decibels::is_level(strip.fader.db()));
    }
    CHECK(bench.strays == 0);
}
