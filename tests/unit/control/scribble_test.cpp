#include "control/scribble.hpp"

#include "control/control_feedback.hpp"
#include "midi/encoder.hpp"
#include "support/catch.hpp"

#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

using namespace kedge;
using namespace kedge::control;
using namespace std::chrono_literals;

namespace {

Strip strip_of(int id, const std::string& name) {
    Strip strip;
    strip.id = StripId{static_cast<std::uint32_t>(id)};
    strip.name.name = name;
    return strip;
}

std::string in_hexadecimal(const ShowText& text) {
    std::vector<std::byte> bytes;
    midi::encode_onto(bytes, message_for(DisplayBack{}, text));
    std::vector<int> numbers;
    for (const std::byte each : bytes) numbers.push_back(std::to_integer<int>(each));
    return fmt::format("{:02X}", fmt::join(numbers, " "));
}

}  // namespace

TEST_CASE("Scribble: names and levels as a cell holds them") {
    CHECK(name_in_cell("Kick") == "Kick");
    CHECK(name_in_cell("OH L R") == "OH L R");
    CHECK(name_in_cell("Lead Vox") == "LeadVx");
    CHECK(name_in_cell("Kick Out") == "KickOt");
    CHECK(name_in_cell("Rhythm Guitar Left") == "Rhythm");
    CHECK(name_in_cell("Flöte") == "Fl?te");
    CHECK(name_in_cell("").empty());
    CHECK(level_in_cell(Decibels(-12.04)) == "-12.0");
    CHECK(level_in_cell(Decibels(3.5)) == "+3.5");
    CHECK(level_in_cell(Decibels(-0.01)) == "0.0");
    CHECK(level_in_cell(Decibels::silence()) == "-inf");
    CHECK(level_in_cell(Decibels(-100.44)) == "-100.4");
}

TEST_CASE("Scribble: the bytes of a Mackie Control's display") {
    CHECK(in_hexadecimal({0, ScribbleLine::upper, "Kick  "}) == "F0 00 00 66 14 12 00 4B 69 63 6B 20 20 F7");
    CHECK(in_hexadecimal({7, ScribbleLine::lower, "-12.0 "}) == "F0 00 00 66 14 12 69 2D 31 32 2E 30 20 F7");
}

TEST_CASE("Scribble: what was moved is shown for a while, then what is there else; told where it changes") {
    Scribble scribble;
    const Strip drum = strip_of(1, "Kick");
    std::vector<ShowText> out;
    const auto told = [&](Instant now, const std::string& below) {
        out.clear();
        scribble.show(now, 2, drum, below, out);
        return out;
    };
    CHECK(told(Instant{}, "-6.0") ==
          std::vector<ShowText>{{2, ScribbleLine::upper, "Kick  "}, {2, ScribbleLine::lower, "-6.0  "}});
    CHECK(told(Instant{}, "-6.0").empty());
    CHECK_FALSE(scribble.wake_at(Instant{}));
    scribble.moved(Instant{1s}, drum.id, "L 25");
    CHECK(told(Instant{1s}, "-6.0") == std::vector<ShowText>{{2, ScribbleLine::lower, "L 25  "}});
    CHECK(scribble.wake_at(Instant{1s}) == Instant{1s} + Scribble::moved_is_shown_for);
    CHECK(told(Instant{2s}, "+3dB?").empty());
    CHECK(told(Instant{3s}, "+3dB?") == std::vector<ShowText>{{2, ScribbleLine::lower, "+3dB? "}});
    CHECK_FALSE(scribble.wake_at(Instant{3s}));
    out.clear();
    scribble.show_none(2, out);
    CHECK(out.size() == 2);
    scribble.forget_shown();
    CHECK(told(Instant{3s}, "+3dB?").size() == 2);
}

TEST_CASE("Scribble: told in differences, the device shows the same as told whole") {
    const auto seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    const auto any = [&](int most) { return static_cast<int>(random() % static_cast<unsigned>(most + 1)); };
    Scribble scribble;
    std::map<std::pair<std::size_t, ScribbleLine>, std::string> device;
    Instant now;
    for (int i = 0; i < 2'000; ++i) {
        now += std::chrono::milliseconds(any(400));
        if (any(3) == 0)
            scribble.moved(now, StripId{static_cast<std::uint32_t>(any(12))}, std::to_string(any(99)));
        if (any(50) == 0) {
            scribble.forget_shown();
            device.clear();
        }
        Scribble whole = scribble;
        whole.forget_shown();
        const int first = any(5);
        std::vector<ShowText> differences;
        std::vector<ShowText> all;
        for (std::size_t place = 0; place < 8; ++place) {
            const int id = first + static_cast<int>(place);
            if (id > 10) {
                scribble.show_none(place, differences);
                whole.show_none(place, all);
                continue;
            }
            const Strip strip = strip_of(id, fmt::format("Strip {}", id));
            scribble.show(now, place, strip, "-6.0", differences);
            whole.show(now, place, strip, "-6.0", all);
        }
        for (const auto& each : differences) device[{each.place, each.line}] = each.text;
        REQUIRE(all.size() == 16);
        for (const auto& each : all) REQUIRE(device[{each.place, each.line}] == each.text);
    }
}
