#include "cli/controller_profiles.hpp"
#include "profiles/shipped_profiles.hpp"
#include "support/catch.hpp"
#include "support/shipped_rules.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

using namespace kedge;
using namespace kedge::control;

namespace {

/// How many of each a device has, by its maker's papers: what stands on it in the mode that the profile is
/// for. Buttons are at least so many: keys without any use for a mixer may be left out.
struct Device {
    std::string profile;
    std::ptrdiff_t absolute;  ///< faders, pots, and encoders that tell where they stand
    std::ptrdiff_t encoders;  ///< that tell which way they went
    std::ptrdiff_t touches;
    std::ptrdiff_t motors;
    std::ptrdiff_t rings;
    std::ptrdiff_t buttons;
    std::ptrdiff_t lights;
};

const std::vector<Device> devices = {
    // 8 faders, 1 master, 3 rows of knobs; mute, solo (held), rec; bank keys, Solo. Solo has no lights.
    {"akai-midimix", 9 + 24, 0, 0, 0, 0, 24 + 3, 16 + 2},
    // No touch, no master; each row of the buttons that its mode keys choose among.
    {"behringer-bcf2000", 8, 8, 0, 8, 8, 5 * 8 + 11, 4 * 8 + 6},
    // 8 faders and the master, a pedal; the jog wheel beside 8 V-Pots; the foot switches among the buttons.
    {"behringer-x-touch", 9 + 1, 8 + 1, 9, 9, 8, 5 * 8 + 64, 4 * 8 + 54},
    // 16 encoders that tell where they stand, a pedal; 16 pushes, 3 rows of 8, 9 select, 6 transport, a foot
    // switch.
    {"behringer-x-touch-compact", 9 + 16 + 1, 0, 9, 9, 16, 16 + 24 + 9 + 6 + 1, 24 + 9 + 6},
    {"behringer-x-touch-mini", 1 + 8, 0, 0, 0, 8, 8 + 16, 16},
    {"generic-8-faders", 8 + 8, 0, 0, 0, 0, 0, 0},
    {"icon-platform-m", 9, 8 + 1, 9, 9, 8, 5 * 8 + 62, 4 * 8 + 54},
    // 24 strip buttons, 6 of the transport with lights, 5 track and marker keys without.
    {"korg-nanokontrol2", 8 + 8, 0, 0, 0, 0, 24 + 6 + 5, 24 + 6},
    {"mackie", 9 + 1, 8 + 1, 9, 9, 8, 5 * 8 + 64, 4 * 8 + 54},
    // 3 rows of knobs; 2 rows of 8 buttons, 4 at the side, 4 arrows.
    {"novation-launch-control-xl", 8 + 24, 0, 0, 0, 0, 16 + 4 + 4, 16 + 4},
    // 24 switches with a light each, and the foot switch.
    {"presonus-faderport", 1, 1, 1, 1, 0, 24 + 1, 24},
    // Solo, mute and select of each strip, the transport; two encoders that are pushed.
    {"presonus-faderport-8", 8, 2, 8, 8, 0, 24 + 6 + 2, 24 + 6},
};

template <typename Make>
std::ptrdiff_t count_of(const ControllerMap& map) {
    return std::count_if(map.controls.begin(), map.controls.end(), [](const ControlSpec& control) {
        return std::holds_alternative<Make>(control.make);
    });
}
template <typename Back>
std::ptrdiff_t told(const ControllerMap& map) {
    return std::count_if(map.feedback.begin(), map.feedback.end(),
                         [](const auto& each) { return std::holds_alternative<Back>(each.second); });
}

}  // namespace

TEST_CASE("Controller coverage: each shipped profile has what stands on its device") {
    const auto shipped =
        std::count_if(shipped_profiles().begin(), shipped_profiles().end(),
                      [](const auto& each) { return each.path.starts_with("controllers/"); });
    CHECK(static_cast<std::size_t>(shipped) == devices.size());
    for (const Device& device : devices) {
        CAPTURE(device.profile);
        const std::string path = "controllers/" + device.profile + ".toml";
        const auto profile = cli::read_controller_profile(path, test::shipped_text(path));
        REQUIRE(profile);
        const auto& map = profile->map;
        CHECK(count_of<Absolute>(map) == device.absolute);
        CHECK(count_of<Encoder>(map) == device.encoders);
        CHECK(count_of<TouchOf>(map) == device.touches);
        CHECK(told<MotorBack>(map) == device.motors);
        CHECK(told<RingBack>(map) == device.rings);
        CHECK(count_of<Button>(map) >= device.buttons);
        CHECK(told<LightBack>(map) >= device.lights);
    }
}
