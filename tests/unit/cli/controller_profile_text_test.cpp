#include "cli/controller_profile_text.hpp"

#include "cli/controller_profile_words.hpp"
#include "profiles/shipped_profiles.hpp"
#include "support/catch.hpp"
#include "support/shipped_rules.hpp"

#include <fstream>
#include <initializer_list>
#include <sstream>
#include <string>
#include <string_view>

#include <fmt/format.h>

using namespace kedge;

namespace {

cli::ControllerProfile controller_of(std::string_view origin, std::string_view text) {
    auto profile = cli::read_controller_profile(origin, text);
    if (!profile) FAIL(profile.error().message);
    return std::move(*profile);
}

void check_there_and_back(const cli::ControllerProfile& profile) {
    const std::string text = cli::text_of_profile(profile);
    CAPTURE(text);
    const auto back = controller_of("written.toml", text);
    CHECK(back.setup == profile.setup);
    CHECK(back.notes == profile.notes);
    CHECK(back.from_memory == profile.from_memory);
    const auto& map = profile.map;
    CHECK(back.map.name == map.name);
    CHECK(back.map.ports == map.ports);
    CHECK(back.map.hello == map.hello);
    CHECK(back.map.hello_every == map.hello_every);
    CHECK(back.map.controls == map.controls);
    CHECK(back.map.feedback == map.feedback);
    CHECK(back.map.levels == map.levels);
    CHECK(back.map.takeover == map.takeover);
    CHECK(back.map.step == map.step);
    CHECK(back.map.motors.step == map.motors.step);
    CHECK(back.map.motors.senses_touch == map.motors.senses_touch);
    CHECK(back.map.motors.quiet == map.motors.quiet);
    CHECK(back.map.places == map.places);
    CHECK(back.map.display == map.display);
    CHECK(back.map.pages == map.pages);
}

}  // namespace

TEST_CASE("Controller profile text: what is written is read back, of every shipped profile") {
    int written = 0;
    for (const auto& shipped : shipped_profiles()) {
        if (!shipped.path.starts_with("controllers/")) continue;
        CAPTURE(shipped.path);
        check_there_and_back(controller_of(shipped.path, shipped.text));
        ++written;
    }
    CHECK(written == 12);
}

TEST_CASE("Controller profile text: what no shipped profile has") {
    auto profile = controller_of("x.toml", test::shipped_text("controllers/generic-8-faders.toml"));
    auto& map = profile.map;
    map.name = "Anna's \"box\" \\ \x01 ü";
    map.levels =
        *FaderScale::through({{FaderPosition(100), Decibels(-60)}, {FaderPosition(16'000), Decibels(5.5)}});
    map.takeover = control::TakeoverWay::scale;
    map.pages[0].order = control::OfRoles{{Role::lead_vocal, Role::return_bus}};
    map.pages[0].bindings[0].target =
        control::PartOfStrip{control::ByName{"Lead \"Vox\""}, control::StripPart::fader};
    map.pages[0].bindings[1].takeover = control::TakeoverWay::jump;
    map.pages[0].bindings[2].per_tick = Decibels(0.25);
    map.pages[0].bindings[2].per_fine_tick = Decibels(0.05);
    map.pages[0].bindings[2].pan_per_tick = 0.01;
    for (auto& binding : map.pages[0].bindings)
        if (binding.takeover == control::TakeoverWay::pickup) binding.takeover = map.takeover;
    map.pages[0].bindings[3].way = control::ButtonWay::hold;
    map.pages.push_back({"pinned", control::Pinned{{"Kick", "Snare"}}, {}});
    check_there_and_back(profile);
}

TEST_CASE("Controller profiles: every key and word that may stand in one is in their README") {
    using namespace cli::profile_words;
    std::ifstream in(KEDGE_SOURCE_DIR "/profiles/controllers/README.md");
    REQUIRE(in);
    std::stringstream all;
    all << in.rdbuf();
    const std::string readme = all.str();
    const auto named = [&](const auto& words) {
        for (const std::string_view word : words) {
            CAPTURE(word);
            CHECK((readme.find(fmt::format("`{}`", word)) != std::string::npos ||
                   readme.find(fmt::format("\"{}\"", word)) != std::string::npos ||
                   readme.find(fmt::format("[{}]", word)) != std::string::npos));
        }
    };
    for (const ProfileKeys& keys :
         {file_keys, control_keys, fader_keys, motor_keys, display_keys, page_keys, binding_keys})
        named(keys);
    named(make_words);
    named(control::turn_words);
    named(ring_words);
    named(takeover_words);
    named(button_words);
    named(law_words);
    named(display_words);
    // The words of messages and of targets.
    named(std::initializer_list<std::string_view>{"cc N",
                                                  "cc N/M",
                                                  "nrpn N",
                                                  "nrpn N coarse",
                                                  "bend",
                                                  "note N",
                                                  "pressure N",
                                                  "ch N",
                                                  "ride depth",
                                                  "strip N suggestion",
                                                  "kedge listen",
                                                  "kedge mix",
                                                  "kedge revert",
                                                  "kedge a-b",
                                                  "kedge accept",
                                                  "kedge reject",
                                                  "kedge ride",
                                                  "strip N pickup",
                                                  "fine",
                                                  "next marker",
                                                  "previous marker",
                                                  "play or stop",
                                                  "to start",
                                                  "loop",
                                                  "bank left",
                                                  "channel right",
                                                  "page NAME"});
}
