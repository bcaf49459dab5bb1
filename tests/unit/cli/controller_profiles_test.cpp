#include "cli/controller_profiles.hpp"

#include "control/control_reader.hpp"
#include "control/hands.hpp"
#include "control/source_words.hpp"
#include "control/target_words.hpp"
#include "midi/encoder.hpp"
#include "midi/stream_parser.hpp"
#include "profiles/shipped_profiles.hpp"
#include "support/catch.hpp"
#include "support/shipped_rules.hpp"

#include <algorithm>
#include <initializer_list>
#include <iterator>
#include <string>

#include <fmt/format.h>

using namespace kedge;
using namespace kedge::control;

namespace {

cli::ControllerProfile read_controller(std::string_view origin, std::string_view text) {
    auto profile = cli::read_controller_profile(origin, text);
    if (!profile) FAIL(profile.error().message);
    return std::move(*profile);
}

/// "mackie" is controllers/mackie.toml.
cli::ControllerProfile shipped_controller(const std::string& name) {
    const std::string path = "controllers/" + name + ".toml";
    return read_controller(path, kedge::test::shipped_text(path));
}

/// "fader 1 at 100 %", "encoder 3 by 2", "play down" … of what comes from the device.
std::string what_it_says(const ControllerMap& map, std::initializer_list<int> bytes) {
    midi::StreamParser parser;
    std::vector<std::byte> raw;
    for (const int each : bytes) raw.push_back(static_cast<std::byte>(each));
    std::vector<midi::Message> messages;
    parser.receive(raw, messages);
    ControlReader reader(map.controls);
    std::string words;
    for (const auto& message : messages) {
        for (const auto& news : reader.read(message)) {
            if (!words.empty()) words += ", ";
            words += std::visit([&](const auto& what) { return map.controls.at(what.control).name; }, news);
            if (const auto* moved = std::get_if<ControlMoved>(&news))
                words += fmt::format(" at {} %", moved->to.value() * 100 / FaderPosition::top);
            if (const auto* turned = std::get_if<ControlTurned>(&news))
                words += fmt::format(" by {}", turned->ticks);
            if (const auto* pressed = std::get_if<ControlPressed>(&news))
                words += pressed->down ? " down" : " up";
            if (const auto* touched = std::get_if<ControlTouched>(&news))
                words += touched->touched ? " touched" : " let go";
        }
    }
    return words;
}

std::string in_hexadecimal(const std::vector<midi::Message>& messages) {
    std::string words;
    for (const auto& message : messages)
        for (const std::byte byte : midi::encode(message))
            words += fmt::format("{}{:02X}", words.empty() ? "" : " ", std::to_integer<int>(byte));
    return words;
}

std::string motor(const ControllerMap& map, const std::string& name, int position) {
    return in_hexadecimal(messages_for(std::get<MotorBack>(map.feedback.at(name)), FaderPosition(position)));
}
std::string light(const ControllerMap& map, const std::string& name, Light state) {
    return in_hexadecimal(messages_for(std::get<LightBack>(map.feedback.at(name)), state));
}
std::string ring(const ControllerMap& map, const std::string& name, RingShape shape,
                 std::optional<FaderPosition> position) {
    return in_hexadecimal(messages_for(std::get<RingBack>(map.feedback.at(name)), shape, position));
}

}  // namespace

TEST_CASE("Controller profiles: every one that is shipped is read, whole, and its hands begin") {
    int read = 0;
    for (const auto& shipped : shipped_profiles()) {
        if (!shipped.path.starts_with("controllers/") || !shipped.path.ends_with(".toml")) continue;
        CAPTURE(shipped.path);
        const auto profile = read_controller(shipped.path, shipped.text);
        const ControllerMap& map = profile.map;
        CHECK_FALSE(profile.setup.empty());
        CHECK(map.controls.size() >= 16);
        std::size_t bound = 0;
        for (const auto& control : map.controls) {
            // Nothing that it says is what another control says, but for what is said to be shared.
            const auto same = std::count_if(map.controls.begin(), map.controls.end(), [&](const auto& other) {
                return other.source == control.source;
            });
            CHECK(same == 1);
            bound += std::any_of(map.pages.begin(), map.pages.end(), [&](const auto& page) {
                return std::any_of(page.bindings.begin(), page.bindings.end(),
                                   [&](const auto& binding) { return binding.control == control.name; });
            });
        }
        CHECK(bound >= map.places * 2);
        Hands hands(map);
        HandsOutbox out;
        const MixerState mixer;
        const StripRoles roles;
        hands.plugged_in(Instant{}, {mixer, roles, {}, Decibels(6), {}, {}}, out);
        CHECK(out.actions.empty());
        ++read;
    }
    CHECK(read == 12);
}

TEST_CASE("Controller profiles: the bytes of the fact sheets") {
    SECTION("Mackie Control, and who speaks its language") {
        for (const std::string name :
             {"mackie", "behringer-x-touch", "icon-platform-m", "behringer-bcf2000"}) {
            const auto map = shipped_controller(name).map;
            CAPTURE(name);
            CHECK(what_it_says(map, {0xE0, 0x00, 0x00}) == "fader 1 at 0 %");
            CHECK(what_it_says(map, {0xE7, 0x70, 0x7F}) == "fader 8 at 100 %");
            CHECK(what_it_says(map, {0xB0, 0x10, 0x02}) == "encoder 1 by 2");
            CHECK(what_it_says(map, {0xB0, 0x17, 0x41}) == "encoder 8 by -1");
            CHECK(what_it_says(map, {0x90, 0x10, 0x7F, 0x90, 0x10, 0x00}) == "mute 1 down, mute 1 up");
            CHECK(what_it_says(map, {0x90, 0x5E, 0x7F}) == "play down");
            CHECK(what_it_says(map, {0x90, 0x2F, 0x7F}) == "bank right down");
            CHECK(motor(map, "fader 2", FaderPosition::top) == "E1 70 7F");
            CHECK(light(map, "solo 8", Light::on) == "90 0F 7F");
            CHECK(light(map, "solo 8", Light::blinking) == "90 0F 01");
            CHECK(ring(map, "encoder 1", RingShape::from_middle, FaderPosition(8192)) == "B0 30 16");
            CHECK(ring(map, "encoder 8", RingShape::from_left, FaderPosition(FaderPosition::top)) ==
                  "B0 37 2B");
            CHECK(ring(map, "encoder 8", RingShape::from_left, std::nullopt) == "B0 37 00");
        }
        const auto map = shipped_controller("behringer-x-touch").map;
        CHECK(what_it_says(map, {0x90, 0x68, 0x7F}) == "fader 1 touched");
        CHECK(what_it_says(map, {0x90, 0x70, 0x00}) == "master let go");
        CHECK(what_it_says(map, {0x90, 0x36, 0x7F, 0x90, 0x3D, 0x7F}) == "f 1 down, f 8 down");
        CHECK(what_it_says(map, {0x90, 0x28, 0x7F, 0x90, 0x65, 0x7F}) == "assign track down, scrub down");
        CHECK(what_it_says(map, {0xB0, 0x3C, 0x41, 0xB0, 0x2E, 0x7F}) == "jog wheel by -1, pedal at 100 %");
        CHECK(light(map, "flip", Light::blinking) == "90 32 01");
        CHECK_FALSE(shipped_controller("behringer-bcf2000").map.motors.senses_touch);
    }
    SECTION("Korg nanoKONTROL2") {
        const auto map = shipped_controller("korg-nanokontrol2").map;
        CHECK(what_it_says(map, {0xB0, 0x00, 0x7F}) == "fader 1 at 100 %");
        CHECK(what_it_says(map, {0xB0, 0x17, 0x00}) == "knob 8 at 0 %");
        CHECK(what_it_says(map, {0xB0, 0x29, 0x7F}) == "play down");
        CHECK(what_it_says(map, {0xB0, 0x3E, 0x7F}) == "marker right down");
        CHECK(light(map, "mute 1", Light::on) == "B0 30 7F");
        CHECK(light(map, "cycle", Light::off) == "B0 2E 00");
    }
    SECTION("Akai MIDImix") {
        const auto map = shipped_controller("akai-midimix").map;
        CHECK(what_it_says(map, {0xB0, 61, 127}) == "fader 8 at 100 %");
        CHECK(what_it_says(map, {0xB0, 62, 0}) == "master at 0 %");
        CHECK(what_it_says(map, {0xB0, 46, 0}) == "top knob 5 at 0 %");
        CHECK(what_it_says(map, {0x90, 22, 127, 0x90, 23, 127, 0x90, 24, 127}) ==
              "mute 8 down, solo 8 down, rec 8 down");
        CHECK(light(map, "mute 2", Light::on) == "90 04 7F");
    }
    SECTION("Novation Launch Control XL") {
        const auto map = shipped_controller("novation-launch-control-xl").map;
        CHECK(what_it_says(map, {0xB8, 77, 127}) == "fader 1 at 100 %");
        CHECK(what_it_says(map, {0xB8, 56, 0}) == "pan 8 at 0 %");
        CHECK(what_it_says(map, {0x98, 57, 127}) == "focus 5 down");
        CHECK(what_it_says(map, {0xB8, 107, 127}) == "track right down");
        CHECK(what_it_says(map, {0xB0, 77, 127}) == "");  // another template
        CHECK(light(map, "control 1", Light::on) == "98 49 0F");
        CHECK(light(map, "focus 1", Light::off) == "98 29 0C");
    }
    SECTION("Behringer X-Touch Compact: lights have other numbers than buttons") {
        const auto map = shipped_controller("behringer-x-touch-compact").map;
        CHECK(what_it_says(map, {0xB0, 8, 127, 0xB0, 9, 0}) == "fader 8 at 100 %, master at 0 %");
        CHECK(what_it_says(map, {0xB0, 101, 127, 0xB0, 109, 0}) == "fader 1 touched, master let go");
        CHECK(what_it_says(map, {0x90, 40, 127}) == "select 1 down");
        CHECK(motor(map, "fader 1", FaderPosition::top) == "B0 01 7F");
        CHECK(light(map, "select 1", Light::blinking) == "90 18 02");
        CHECK(light(map, "play", Light::on) == "90 26 01");
        CHECK(ring(map, "encoder 16", RingShape::from_left, FaderPosition(FaderPosition::top)) == "B0 29 0D");
    }
    SECTION("Behringer X-Touch Mini") {
        const auto map = shipped_controller("behringer-x-touch-mini").map;
        CHECK(what_it_says(map, {0xBA, 9, 127}) == "fader at 100 %");
        CHECK(what_it_says(map, {0x9A, 23, 127}) == "lower 8 down");
        CHECK(light(map, "upper 1", Light::on) == "9A 00 01");
        CHECK(ring(map, "encoder 8", RingShape::from_left, FaderPosition(0)) == "BA 10 01");
    }
    SECTION("PreSonus FaderPort") {
        const auto map = shipped_controller("presonus-faderport").map;
        CHECK(what_it_says(map, {0xB0, 0x00, 0x7F, 0xB0, 0x20, 0x70}) == "fader at 100 %");
        CHECK(what_it_says(map, {0xE0, 0x00, 0x01}) == "encoder by 1");
        CHECK(what_it_says(map, {0xE0, 0x00, 0x7F}) == "encoder by -1");
        CHECK(what_it_says(map, {0xA0, 18, 1, 0xA0, 127, 0}) == "mute down, fader let go");
        CHECK(motor(map, "fader", FaderPosition::top) == "B0 00 07 B0 20 7F");
        CHECK(light(map, "mute", Light::on) == "A0 15 01");
        CHECK(map.hello == std::vector{std::byte{0x91}, std::byte{0x00}, std::byte{0x64}});
    }
    SECTION("PreSonus FaderPort 8") {
        const auto map = shipped_controller("presonus-faderport-8").map;
        CHECK(what_it_says(map, {0x90, 0x68, 0x7F, 0xE0, 0x70, 0x7F}) == "fader 1 touched, fader 1 at 100 %");
        CHECK(what_it_says(map, {0xB0, 0x10, 0x41}) == "pan encoder by -1");
        CHECK(what_it_says(map, {0x90, 0x2F, 0x7F}) == "next down");
        CHECK(motor(map, "fader 8", 0) == "E7 00 00");
        CHECK(map.hello_every == std::chrono::seconds(1));
    }
    SECTION("any eight faders") {
        const auto map = shipped_controller("generic-8-faders").map;
        CHECK(what_it_says(map, {0xB0, 7, 127, 0xB0, 23, 0}) == "fader 8 at 100 %, pot 8 at 0 %");
        CHECK(map.feedback.empty());
    }
}

TEST_CASE("Controller profiles: a mistake is named with its line and column") {
    const std::string good(kedge::test::shipped_text("controllers/generic-8-faders.toml"));
    const auto with = [&](const std::string& what, const std::string& by) {
        std::string text = good;
        const auto at = text.find(what);
        REQUIRE(at != std::string::npos);
        return text.replace(at, what.size(), by);
    };
    struct Mistake {
        std::string what;
        std::string by;
        std::string says;
    };
    const std::vector<Mistake> mistakes = {
        {"channel = 1", "channel = 17", "a number from 1 to 16"},
        {"channel = 1", "channel = 1\nchanel = 2", "'chanel' is not known here"},
        {"strips = 8", "", "'strips' is missing"},
        {"is = \"fader\"", "is = \"slider\"", "one of 'fader', 'encoder', 'button', 'touch'"},
        {"from = \"cc 0\"", "from = \"cc 200\"", "'cc 200' names no MIDI message"},
        {"from = \"cc 0\"", "from = \"cc 125\"", "8 of them go past the last"},
        {"from = \"cc 0\"", "from = [\"cc 0\", \"cc 1\"]", "a list of 8"},
        {"from = \"cc 0\"", "from = \"cc 0\", turns = \"twos complement\"",
         "this is of what is 'encoder' alone"},
        {"from = \"cc 0\"", "from = \"cc 0\", ring = \"note 1\", ring_form = \"mackie\"",
         "a ring is written by a controller"},
        {"name = \"pot 1-8\"", "name = \"fader 1-8\"", "'fader 1' stands here twice"},
        {"name = \"pot 1-8\"", "name = \"pot 8-1\"", "must count upwards"},
        {"levels = \"ardour\"", "levels = \"loud\"", "one of 'ardour', 'reaper', 'live'"},
        {"levels = \"ardour\"", "", "either levels or anchors"},
        {"bits = 7", "bits = 7.5", "a whole number"},
        {"\"strip 1-8 pan\"", "\"strip 1-7 pan\"", "8 controls here, and 7 targets"},
        {"\"strip 1-8 pan\"", "\"strip 2-9 pan\"", "there are 8 strips side by side"},
        {"\"strip 1-8 pan\"", "\"strip 1-8 width\"",
         "'strip 1 width' is nothing that a control can be the hand for"},
        {"\"strip 1-8 pan\"", "\"strip 1-8 mute\"", "a fader or a pot is the hand for"},
        {"\"pot 1-8\" = ", "\"knob 1-8\" = ", "'knob 1' is no control of this device"},
        {"\"strip 1-8 pan\"", "{ takeover = \"scale\" }", "'to' is missing"},
        {"\"strip 1-8 pan\"", "{ to = \"strip 1-8 pan\", takeover = \"never\" }", "one of 'jump'"},
        {"[[pages]]", "[[pages]]\nroles = [\"singer\"]", "'singer' is no role"},
        {"from_memory = []", "from_memory = [\"wheel\"]", "'wheel' is no control"},
        {"from_memory = []", "from_memory = []\nhello = [\"9 00\"]", "bytes in hexadecimal"},
        {"from_memory = []", "from_memory = []\nhello_every_ms = 1000", "there is no hello"},
        {"name = \"mixer\"", "name = \"mixer", "Error while parsing string"},
    };
    for (const auto& mistake : mistakes) {
        CAPTURE(mistake.by);
        const auto profile = cli::read_controller_profile("mine.toml", with(mistake.what, mistake.by));
        REQUIRE_FALSE(profile);
        CAPTURE(profile.error().message);
        CHECK(profile.error().message.starts_with("mine.toml:"));
        CHECK(profile.error().message.find(mistake.says) != std::string::npos);
        CHECK_FALSE(profile.error().next.empty());
    }
    CHECK(cli::read_controller_profile("mine.toml", good));
}

TEST_CASE("Controller profiles: how a control goes about it") {
    std::string text(kedge::test::shipped_text("controllers/generic-8-faders.toml"));
    const std::string plain = "\"pot 1-8\" = \"strip 1-8 pan\"";
    text.replace(text.find(plain), plain.size(),
                 "\"pot 1-8\" = { to = \"strip 1-8 pan\", takeover = \"catch up\" }");
    const auto page = read_controller("mine.toml", text).map.pages.at(0);
    REQUIRE(page.bindings.size() == 16);
    for (const auto& binding : page.bindings)
        CHECK(binding.takeover ==
              (binding.control.starts_with("pot") ? TakeoverWay::catch_up : TakeoverWay::pickup));
}
