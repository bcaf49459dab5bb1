#include "support/catch.hpp"
#include "unit/sim/reaper_bench.hpp"

#include <cmath>
#include <limits>

using namespace kedge;
using namespace kedge::sim;
using namespace kedge::sim::test;

/// What a surface reaches of REAPER beside the mixer and the transport: the window's view, the virtual
/// keyboard, the MIDI editor, values of actions; and how far a move of a track reaches.
namespace {

constexpr std::string_view reach_patterns = R"(
DEVICE_TRACK_COUNT 4
SCROLL_X- b/scroll/x/- r/scroll/x
SCROLL_X+ b/scroll/x/+ r/scroll/x
SCROLL_Y+ b/scroll/y/+ r/scroll/y
ZOOM_Y- b/zoom/y/- r/zoom/y
ZOOM_Y+ b/zoom/y/+ r/zoom/y
ZOOM_X+ t/zoom/x/in
TRACK_NAME s/track/@/name
TRACK_VOLUME f/track/@/volume/db
TRACK_PAN n/track/@/pan
TRACK_MUTE b/track/@/mute
ACTION i/action s/action/str t/action/@ f/action/@/cc
MIDIACTION i/midiaction t/midiaction/@
MIDILISTACTION i/midilistaction t/midilistaction/@
VKB_MIDI_NOTE i/vkb_midi/@/note/@ f/vkb_midi/@/note/@ i/vkb_midi/note/@ f/vkb_midi/note/@
VKB_MIDI_POLYAFTERTOUCH i/vkb_midi/@/polyaftertouch/@
VKB_MIDI_CC i/vkb_midi/@/cc/@
VKB_MIDI_PROGRAM i/vkb_midi/@/program i/vkb_midi/program
VKB_MIDI_CHANNELPRESSURE i/vkb_midi/@/channelpressure
VKB_MIDI_PITCH i/vkb_midi/@/pitch f/vkb_midi/pitch
)";

using Steps = ReaperView::Steps;

ReaperMidi::Played played(int status, int number, int value = 0, bool on_keyboards_channel = false) {
    return {{static_cast<std::uint8_t>(status), static_cast<std::uint8_t>(number),
             static_cast<std::uint8_t>(value)},
            on_keyboards_channel};
}

}  // namespace

TEST_CASE("REAPER: a button starts and stops scrolling and zooming, a wheel goes both ways on one path",
          "[R2.15]") {
    ReaperBench bench(reach_patterns);
    bench.settle();
    CHECK(bench.ask("/scroll/x/+", {1.0F}).empty());
    const int there = bench.daw.view().scrolled().x;
    CHECK(there > 5);
    bench.ask("/scroll/x/+", {0.0F});
    const Steps stopped = bench.daw.view().scrolled();
    CHECK(stopped.x == there);
    bench.pass(1s);
    CHECK(bench.daw.view().scrolled() == stopped);
    // Neither on nor off, and off where nothing moves: nothing.
    bench.ask("/scroll/x/+", {0.5F});
    bench.ask("/scroll/x/-", {0.0F});
    CHECK(bench.daw.view().scrolled() == stopped);
    bench.ask("/scroll/x/-", {1.0F});
    bench.ask("/scroll/x/-", {1.0F});
    CHECK(bench.daw.view().scrolled().x < stopped.x);

    bench.ask("/zoom/y", {0.5F});
    CHECK(bench.daw.view().zoomed() == Steps{0, 1});
    bench.ask("/zoom/y", {-0.5F});
    bench.ask("/zoom/y", {-0.5F});
    CHECK(bench.daw.view().zoomed() == Steps{0, -1});
    bench.ask("/zoom/x/in", {});
    CHECK(bench.daw.view().zoomed() == Steps{1, -1});
}

TEST_CASE("REAPER: a renaming is a step of undo of its own, made a little later", "[R3.3]") {
    ReaperBench bench(reach_patterns);
    bench.settle();
    bench.send("/track/2/name", {std::string_view("Room")});
    bench.pass(100ms);
    CHECK(bench.strip(1).name == "Room");
    CHECK(bench.daw.undo_history().points() == 0);
    bench.pass(600ms);
    CHECK(bench.daw.undo_history().points() == 1);
    bench.ask("/track/2/volume/db", {-6.0F});
    bench.pass(600ms);
    CHECK(bench.daw.undo_history().points() == 2);
    bench.ask("/action", {std::int32_t{40029}});
    CHECK(bench.strip(1).name == "Room");
    CHECK(bench.strip(1).fader == Decibels());
    CHECK(holds(bench.ask("/action", {std::int32_t{40029}}), "/track/2/name sOH"));
    CHECK(bench.strip(1).name == "OH");
}

TEST_CASE("REAPER: the virtual keyboard plays MIDI as it is, on the channel of the address", "[R4.32]") {
    ReaperBench bench(reach_patterns);
    bench.settle();
    CHECK(bench.ask("/vkb_midi/0/note/60", {std::int32_t{100}}).empty());
    bench.ask("/vkb_midi/15/note/60", {std::int32_t{0}});
    bench.ask("/vkb_midi/note/61", {90.9F});
    bench.ask("/vkb_midi/2/cc/7", {std::int32_t{300}});
    bench.ask("/vkb_midi/3/polyaftertouch/64", {std::int32_t{50}});
    bench.ask("/vkb_midi/4/program", {std::int32_t{12}});
    bench.ask("/vkb_midi/5/channelpressure", {std::int32_t{-3}});
    bench.ask("/vkb_midi/6/pitch", {std::int32_t{8192}});
    bench.ask("/vkb_midi/pitch", {20000.0F});
    bench.ask("/vkb_midi/6/pitch", {std::nanf("")});
    bench.ask("/vkb_midi/99/program", {std::int32_t{1}});
    const std::vector<ReaperMidi::Played> expected = {
        played(0x90, 60, 100), played(0x8F, 60, 0),  played(0x90, 61, 90, true),
        played(0xB2, 7, 127),  played(0xA3, 64, 50), played(0xC4, 12),
        played(0xD5, 0),       played(0xE6, 0, 64),  played(0xE0, 127, 127, true),
        played(0xCF, 1)};
    CHECK(bench.daw.midi().played() == expected);
}

TEST_CASE("REAPER: what an action gets at its cc is a share of 16383", "[R4.36]") {
    ReaperBench bench(reach_patterns);
    bench.settle();
    std::vector<std::optional<int>> values;
    bench.daw.on_command([&](std::string_view) { values.push_back(bench.daw.action_value()); });
    bench.ask("/action/_RSsome/cc", {1.0F});
    bench.ask("/action/_RSsome/cc", {0.5F});
    bench.ask("/action/_RSsome/cc", {0.0F});
    bench.ask("/action/_RSsome", {});
    bench.ask("/action/str", {std::string_view("_RSsome"), 0.25F});
    bench.ask("/action/str", {std::string_view("_RSsome"), std::nanf("")});
    bench.ask("/action/str", {std::string_view("_RSsome"), std::numeric_limits<float>::infinity()});
    CHECK(values == std::vector<std::optional<int>>{16383, 8191, 0, std::nullopt, 4095, std::nullopt, 16383});
}

TEST_CASE("REAPER: actions of the MIDI editor reach the one that has the focus, and its event list",
          "[R4.38]") {
    ReaperBench bench(reach_patterns);
    bench.settle();
    bench.ask("/midiaction", {std::int32_t{40010}});
    CHECK(bench.daw.midi().editor_actions().empty());
    bench.daw.midi().open_editor(true);
    CHECK(bench.ask("/midiaction", {std::int32_t{40010}, std::int32_t{40011}}).empty());
    bench.ask("/midiaction/40012", {});
    bench.ask("/midiaction/40013", {0.0F});
    bench.ask("/midilistaction/40762", {});
    bench.ask("/midilistaction", {std::int32_t{40763}});
    CHECK(bench.daw.midi().editor_actions() == std::vector<int>{40010, 40011, 40012});
    CHECK(bench.daw.midi().list_actions() == std::vector<int>{40762, 40763});
    CHECK(bench.daw.saved() == 0);
}

TEST_CASE("REAPER: tracks of a group move along, and nobody is told", "[R6.3]") {
    ReaperBench bench(reach_patterns);
    bench.settle();
    bench.daw.put_into_group(0, "drums");
    bench.daw.put_into_group(1, "drums");
    bench.strip(1).fader = Decibels(-3.0);
    CHECK(bench.ask("/track/1/volume/db", {-6.0F}).empty());
    CHECK(bench.strip(0).fader == Decibels(-6.0));
    CHECK(bench.strip(1).fader.db() == Approx(-9.0));
    CHECK(bench.strip(2).fader == Decibels());
    bench.ask("/track/2/pan", {0.75F});
    CHECK(bench.strip(0).pan.position() == Approx(0.5));
    bench.ask("/track/1/mute", {1.0F});
    CHECK(bench.strip(1).muted);
    CHECK_FALSE(bench.strip(2).muted);
}
