#include "cli/map_trial.hpp"

#include "support/catch.hpp"
#include "support/shipped_rules.hpp"

#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

using namespace kedge;

namespace {

const char* const box = R"(
name = "Box"
ports = []
channel = 1
strips = 1
setup = []
notes = []
from_memory = []
controls = [
  { name = "fader", is = "fader", from = "bend", top = 16383, motor = true },
  { name = "touch", is = "touch", of = "fader", from = "note 104" },
  { name = "knob", is = "encoder", from = "cc 16", turns = "sign is back", ring = "cc 48", ring_form = "mackie" },
  { name = "mute", is = "button", from = "note 16", light = "note 16", light_values = [0, 127, 1] },
]
[faders]
levels = "ardour"
bits = 14
[motors]
touch = true
[[pages]]
name = "mixer"
[pages.controls]
"fader" = "strip 1 fader"
)";

cli::MapTrial trial_of_box() {
    auto profile = cli::read_controller_profile("box.toml", box);
    if (!profile) FAIL(profile.error().message);
    return cli::MapTrial(std::move(profile->map));
}

midi::Message controller(int number, int value) {
    return midi::ControlChange{midi::Channel(), midi::Data7(number), midi::Data7(value)};
}
midi::Message note(int number, int velocity) {
    return midi::NoteOn{midi::Channel(), midi::Data7(number), midi::Data7(velocity)};
}

}  // namespace

TEST_CASE("Map trial: each control is said once, when it is first heard") {
    auto trial = trial_of_box();
    CHECK(trial.controls() == 4);
    CHECK(trial.missing() == std::vector<std::string>{"fader", "touch", "knob", "mute"});
    CHECK(trial.hear(note(16, 127)) == "mute (1 of 4)");
    CHECK(trial.hear(note(16, 0)).empty());
    CHECK(trial.hear(note(104, 127)) == "touch (2 of 4)");
    CHECK(trial.missing() == std::vector<std::string>{"fader", "knob"});
    CHECK(trial.hear(controller(16, 1)) == "knob (3 of 4)");
    CHECK(trial.hear(midi::PitchBend{midi::Channel(), midi::Data14(100)}) == "fader (4 of 4)");
    CHECK(trial.missing().empty());
    CHECK(trial.heard() == std::vector<std::string>{"fader", "touch", "knob", "mute"});
    CHECK(trial.unexplained().empty());
}

TEST_CASE("Map trial: what no control explains is said once, in the words of a profile") {
    auto trial = trial_of_box();
    CHECK(trial.hear(controller(17, 5)) == "cc 17 ch 1: no control of the profile says so");
    CHECK(trial.hear(controller(17, 6)).empty());
    CHECK(trial.hear(note(5, 127)) == "note 5 ch 1: no control of the profile says so");
    CHECK(trial.unexplained().size() == 2);
    CHECK(trial.heard().empty());
}

TEST_CASE("Map trial: motors, lights and rings are shown one after the other, in the device's bytes") {
    std::vector<std::string> steps;
    for (const auto& step : trial_of_box().steps()) {
        std::vector<int> bytes;
        for (const std::byte each : step.bytes) bytes.push_back(std::to_integer<int>(each));
        steps.push_back(fmt::format("{}: {:02X}", step.words, fmt::join(bytes, " ")));
    }
    CHECK(steps == std::vector<std::string>{
                       "fader: motor to the top: E0 7F 7F", "fader: motor to the bottom: E0 00 00",
                       "fader: motor to the middle: E0 7F 3F", "knob: ring to the left: B0 30 21",
                       "knob: ring to the right: B0 30 2B", "knob: ring dark: B0 30 00",
                       "mute: light on: 90 10 7F", "mute: light off: 90 10 00"});
}
