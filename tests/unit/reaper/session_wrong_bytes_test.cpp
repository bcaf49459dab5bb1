// Anything at all may come in: it is counted, and changes nothing.

#include "room.hpp"
#include "support/catch.hpp"

#include <cmath>
#include <limits>
#include <random>

using namespace kedge;
using namespace kedge::reaper::test;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

struct Told {
    std::uint64_t wrong_type;
    std::uint64_t out_of_range;
    std::uint64_t unknown_path;
    std::uint64_t malformed;
    bool operator==(const Told&) const = default;
};

Told counted(const Room& room) {
    const auto& counters = room.session.counters();
    return {counters.wrong_type, counters.out_of_range, counters.unknown_path, counters.malformed};
}

void hear(Room& room, const std::vector<std::byte>& bytes) {
    surface::Effects effects;
    room.session.receive(room.now, bytes, effects);
    for (const auto& effect : effects) REQUIRE_FALSE(std::holds_alternative<surface::Event>(effect));
}

}  // namespace

TEST_CASE("REAPER: what is wrong is counted by what is wrong with it", "[reaper]") {
    Room room;
    room.reaper.tracks = named_tracks(3);
    room.start();
    REQUIRE(room.run_until_ready());
    const auto before = room.session.mixer();
    const auto none = counted(room);
    REQUIRE(none == Told{0, 0, 0, 0});
    using Text = std::string_view;
    constexpr float not_a_number = std::numeric_limits<float>::quiet_NaN();
    constexpr float infinite = std::numeric_limits<float>::infinity();
    hear(room, osc::encode("/track/1/volume/db", {Text("loud")}));
    hear(room, osc::encode("/track/1/name", {1.0F}));
    hear(room, osc::encode("/track/1/pan"));
    hear(room, osc::encode("/track/1/mute", {Text("yes")}));
    hear(room, osc::encode("/track/1/vu/L"));
    hear(room, osc::encode("/time", {Text("now")}));
    hear(room, osc::encode("/play"));
    hear(room, osc::encode("/track/number/str", {3.0F}));
    hear(room, osc::encode("/marker/1/time", {Text("")}));
    REQUIRE(counted(room) == Told{9, 0, 0, 0});
    hear(room, osc::encode("/track/1/volume/db", {not_a_number}));
    hear(room, osc::encode("/track/1/volume/db", {infinite}));
    hear(room, osc::encode("/track/1/volume/db", {1'000.0F}));
    hear(room, osc::encode("/track/1/pan", {7.0F}));
    hear(room, osc::encode("/track/1/mute", {0.5F}));
    hear(room, osc::encode("/track/1/vu/L", {not_a_number}));
    hear(room, osc::encode("/time", {infinite}));
    hear(room, osc::encode("/beat/str", {Text("soon")}));
    hear(room, osc::encode("/track/number/str", {Text("many")}));
    hear(room, osc::encode("/track/number/str", {Text("-1")}));
    REQUIRE(counted(room) == Told{9, 10, 0, 0});
    hear(room, osc::encode("/nothing/we/know", {1.0F}));
    REQUIRE(counted(room) == Told{9, 10, 1, 0});
    // In the file, but not ours; and behind the bank.
    hear(room, osc::encode("/record", {1.0F}));
    hear(room, osc::encode("/track/900/volume/db", {1.0F}));
    REQUIRE(counted(room) == Told{9, 10, 1, 0});
    hear(room, {std::byte{'/'}, std::byte{'x'}});
    REQUIRE(counted(room) == Told{9, 10, 1, 1});
    REQUIRE(room.session.mixer() == before);
}

TEST_CASE("REAPER: random bytes change nothing for good", "[reaper]") {
    const auto seed = GENERATE(11U, 12U, 13U);
    INFO("seed " << seed);
    std::mt19937 chance(seed);
    Room room;
    room.reaper.tracks = named_tracks(3);
    room.start();
    REQUIRE(room.run_until_ready());
    for (int i = 0; i < 2'000; ++i) {
        auto bytes = osc::encode("/track/2/volume/db", {-1.0F});
        for (std::uint32_t flips = chance() % 4; flips > 0; --flips)
            bytes[chance() % bytes.size()] = static_cast<std::byte>(chance() % 256);
        bytes.resize(bytes.size() - chance() % 3 * 4);
        surface::Effects effects;
        room.session.receive(room.now, bytes, effects);
    }
    room.run(seconds(3));
    REQUIRE(room.session.ready());
    REQUIRE(room.session.mixer().strips.size() == 4);
}

TEST_CASE("REAPER: datagrams never hold more than 1,024 bytes, however much is set at once", "[reaper]") {
    Room room;
    room.reaper.tracks = named_tracks(200);
    room.start();
    REQUIRE(room.run_until_ready());
    room.sent.clear();
    for (int i = 1; i <= 200; ++i)
        REQUIRE(room.command(
            surface::SetControl{room.id("Part " + std::to_string(i)), Control::fader, Decibels(-40.0)}));
    room.run(seconds(1));
    for (const auto& bytes : room.sent) REQUIRE(bytes.size() <= 1'024);
    REQUIRE(room.sent.size() < 60);
    for (const auto& track : room.reaper.tracks) REQUIRE(track.db == Approx(-40.0));
}
