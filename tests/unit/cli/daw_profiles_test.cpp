#include "cli/daw_profiles.hpp"

#include "cli/profiles.hpp"
#include "hui/switches.hpp"
#include "mackie/buttons.hpp"
#include "profiles/shipped_profiles.hpp"
#include "support/catch.hpp"
#include "support/shipped_rules.hpp"

#include <cmath>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace kedge;
using namespace kedge::banked;

namespace {

DawProfile read_whole(std::string_view origin, std::string_view text) {
    auto profile = cli::read_daw_profile(origin, text);
    if (!profile) FAIL(profile.error().message);
    return std::move(*profile);
}

/// "logic" is daws/logic.toml.
DawProfile shipped_daw(const std::string& name) {
    const std::string path = "daws/" + name + ".toml";
    return read_whole(path, kedge::test::shipped_text(path));
}

struct ShippedDaw {
    std::string file;
    DawProfile profile;
};

std::vector<ShippedDaw> shipped_daws() {
    std::vector<ShippedDaw> all;
    for (const auto& shipped : shipped_profiles())
        if (shipped.path.starts_with("daws/") && shipped.path.ends_with(".toml"))
            all.push_back({std::string(shipped.path), read_whole(shipped.path, shipped.text)});
    return all;
}

std::string pressed(const DawProfile& profile, const ButtonUse& use) {
    if (use.exists != Known::yes) return use.exists == Known::no ? "none" : "unknown";
    std::string words;
    for (const SurfaceButton& button : use.press) {
        if (!words.empty()) words += " + ";
        words += profile.protocol == SurfaceProtocol::mackie
                     ? mackie::to_string(mackie::Button::at(midi::Data7(button.number)).value())
                     : hui::to_string(hui::Switch::at(midi::Data7(button.zone), button.number).value());
    }
    return words;
}

std::string ardour_with(const std::string& what, const std::string& by) {
    std::string text(kedge::test::shipped_text("daws/ardour.toml"));
    const auto at = text.find(what);
    REQUIRE(at != std::string::npos);
    return text.replace(at, what.size(), by);
}

std::string daw_refusal(const std::string& text) {
    const auto profile = cli::read_daw_profile("mine.toml", text);
    REQUIRE_FALSE(profile);
    CHECK(profile.error().kind == ErrorKind::usage);
    CHECK(profile.error().next.find("daws/README.md") != std::string::npos);
    return profile.error().message;
}

}  // namespace

TEST_CASE("Every shipped DAW profile can be read, and what it says lies in its bounds") {
    const auto all = shipped_daws();
    std::vector<std::string> names;
    for (const auto& [file, profile] : all) {
        CAPTURE(file);
        names.push_back(profile.name);
        CHECK(profile.setup.size() >= 3);
        CHECK(profile.certainties.size() == 31);
        // Where kedge's ports are chosen has to be said.
        std::string setup;
        for (const auto& step : profile.setup) setup += step;
        for (const char* const port : {"1 out", "1 in", "2 out", "2 in"})
            CHECK(setup.find(port) != std::string::npos);
        if (profile.certainty_of("setup") == Certainty::from_memory)
            CHECK(setup.find("from memory") != std::string::npos);
        const bool on_hui = profile.protocol == SurfaceProtocol::hui;
        CHECK(on_hui == (profile.name == "Pro Tools"));
        if (profile.labels.width) CHECK(*profile.labels.width == (on_hui ? 4 : 6));
        if (profile.fader.bits) CHECK((*profile.fader.bits >= 9 && *profile.fader.bits <= 14));
        if (profile.pan.ticks) CHECK((*profile.pan.ticks >= 31 && *profile.pan.ticks <= 255));
        if (profile.time.channel) CHECK((*profile.time.channel == 1 || *profile.time.channel == 16));
        if (profile.meters.fall_per_second)
            CHECK(LevelRange{5_dB, 80_dB}.holds(*profile.meters.fall_per_second));
    }
    CHECK(names == std::vector<std::string>{"Ardour", "Bitwig Studio", "Cubase and Nuendo", "FL Studio",
                                            "Ableton Live", "Logic Pro", "Pro Tools", "REAPER",
                                            "Studio One"});
}

TEST_CASE("The fader laws of shipped profiles rise, have unity below the top, and lose no position") {
    int laws = 0;
    for (const auto& [file, profile] : shipped_daws()) {
        if (!profile.fader.scale) continue;
        CAPTURE(file);
        ++laws;
        const FaderScale& scale = *profile.fader.scale;
        CHECK(LevelRange{5_dB, 13_dB}.holds(scale.top()));
        CHECK(LevelRange{-0.01_dB, 0.01_dB}.holds(scale.level_at(scale.position_of(0_dB))));
        for (int value = 1; value <= FaderPosition::top; ++value) {
            const FaderPosition position(value);
            if (!(scale.level_at(position) > scale.level_at(FaderPosition(value - 1))))
                FAIL("falls at " << value);
            if (scale.position_of(scale.level_at(position)) != position) FAIL("not found at " << value);
        }
    }
    CHECK(laws == 5);
}

TEST_CASE("Anchors of shipped profiles lie on the laws they were taken from") {
    const auto within = [](const DawProfile& profile, double db, double share) {
        CAPTURE(profile.name, db);
        const auto position = profile.fader.scale->position_of(Decibels(db)).value();
        CHECK(position / 16383.0 == Approx(share).margin(0.001));
    };
    const DawProfile bitwig = shipped_daw("bitwig");
    const DawProfile fl = shipped_daw("fl-studio");
    for (double db = -60.0; db <= 5.5; db += 0.5) {
        const double gain = Decibels(db).gain().ratio();
        within(bitwig, db, std::cbrt(gain / 2.0));
        within(fl, db, std::log(10.0 * gain + 1.0) / std::log(11.0) * 0.8 * 16'340.0 / 16'383.0);
    }
}

TEST_CASE("Meter steps of shipped profiles are those that the hosts' sums make") {
    const auto ardour = shipped_daw("ardour").meters.steps;
    const auto reaper = shipped_daw("reaper").meters.steps;
    const auto live = shipped_daw("live").meters.steps;
    REQUIRE(ardour);
    REQUIRE(reaper);
    REQUIRE(live);
    const auto deflection = [](double db) {
        if (db < -70.0) return 0.0;
        if (db < -60.0) return (db + 70.0) * 0.25;
        if (db < -50.0) return (db + 60.0) * 0.5 + 2.5;
        if (db < -40.0) return (db + 50.0) * 0.75 + 7.5;
        if (db < -30.0) return (db + 40.0) * 1.5 + 15.0;
        if (db < -20.0) return (db + 30.0) * 2.0 + 30.0;
        return db < 6.0 ? (db + 20.0) * 2.5 + 50.0 : 115.0;
    };
    // Levels that lie on no border.
    for (double db = -90.005; db < 10.0; db += 0.01) {
        CAPTURE(db);
        CHECK(ardour->step_at(Decibels(db)) == std::lrint(deflection(db) / 115.0 * 13.0));
        const int in_reaper = db >= 0.0 ? 13 : db < -70.0 ? 0 : static_cast<int>((db + 70.0) * 13.0 / 70.0);
        CHECK(reaper->step_at(Decibels(db)) == in_reaper);
        const double share = share_of(FaderCurve::live, Decibels(db)).normalised();
        CHECK(live->step_at(Decibels(db)) == static_cast<int>(share * 12.0));
    }
}

TEST_CASE("What is known of Ardour's, REAPER's and Live's Mackie Control stands in their profiles") {
    const DawProfile ardour = shipped_daw("ardour");
    CHECK(ardour.fader.scale == FaderScale(FaderCurve::ardour));
    CHECK(ardour.fader.bits == 14);
    CHECK(ardour.fader.echoes == Known::yes);
    CHECK(ardour.fader.waits_for_touch == Known::no);
    CHECK(ardour.labels.shortening == Shortening::letters);
    CHECK(ardour.banks.step == BankStep::whole_surface);
    CHECK(ardour.banks.last == LastBank::partial);
    CHECK(ardour.pan.ticks == 63);
    CHECK(ardour.pan.text == PanText::shares);
    CHECK(ardour.meters.fall == MeterFall::host);
    CHECK(ardour.time.shows == TimeShown::beats);
    CHECK(ardour.time.channel == 1);
    CHECK(ardour.automation.scope == ModeScope::selected);
    CHECK(pressed(ardour, ardour.buttons.to_start) == "shift + rewind");
    CHECK(pressed(ardour, ardour.buttons.save) == "save");
    CHECK(pressed(ardour, ardour.buttons.marker) == "marker");
    CHECK(pressed(ardour, ardour.automation.off) == "group");
    CHECK(pressed(ardour, ardour.automation.latch) == "none");
    CHECK(ardour.certainty_of("fader.law") == Certainty::certain);
    CHECK(ardour.certainty_of("meters.rolling_only") == Certainty::from_memory);

    const DawProfile reaper = shipped_daw("reaper");
    CHECK(reaper.fader.scale == FaderScale(FaderCurve::reaper));
    CHECK(reaper.banks.step == BankStep::one_unit);
    CHECK(reaper.pan.text == PanText::none);
    CHECK(reaper.meters.fall == MeterFall::unit);
    CHECK(reaper.time.shows == TimeShown::project);
    CHECK(pressed(reaper, reaper.automation.off) == "trim");
    CHECK(pressed(reaper, reaper.buttons.to_start) == "none");

    const DawProfile live = shipped_daw("live");
    CHECK(live.fader.scale == FaderScale(FaderCurve::live));
    CHECK(live.certainty_of("fader.law") == Certainty::from_memory);
    CHECK(live.automation.scope == ModeScope::none);
    CHECK(live.pan.ticks == std::nullopt);
    CHECK(live.certainty_of("pan.ticks") == Certainty::unknown);
    CHECK(pressed(live, live.buttons.undo) == "trim");
    CHECK(pressed(live, live.buttons.save) == "none");
    CHECK(shipped_daw("fl-studio").banks.last == LastBank::wrapping);
}

TEST_CASE("A HUI's buttons are a zone and a port") {
    const DawProfile pro_tools = shipped_daw("pro-tools");
    CHECK(pro_tools.protocol == SurfaceProtocol::hui);
    CHECK(pressed(pro_tools, pro_tools.automation.read) == "auto mode: read");
    CHECK(pressed(pro_tools, pro_tools.automation.latch) == "auto mode: latch");
    CHECK(pressed(pro_tools, pro_tools.buttons.save) == "keyboard: save");
    CHECK(pro_tools.time.channel == std::nullopt);
    CHECK(pro_tools.certainty_of("time.channel") == Certainty::certain);
}

TEST_CASE("A DAW profile is found by its name, and others are named when there is none") {
    const auto found = cli::load_daw_profile("studio-one");
    REQUIRE(found);
    CHECK(found->name == "Studio One");
    const auto missing = cli::load_daw_profile("garageband");
    REQUIRE_FALSE(missing);
    CHECK(missing.error().kind == ErrorKind::usage);
    CHECK_THAT(missing.error().message, Catch::Contains("no DAW profile 'garageband'"));
    CHECK_THAT(
        missing.error().next,
        Catch::Contains("ardour, bitwig, cubase, fl-studio, live, logic, pro-tools, reaper, studio-one"));
}

TEST_CASE("A wrong DAW profile is an error that names the place") {
    using Catch::Contains;
    CHECK_THAT(daw_refusal("name = "), Contains("mine.toml:1:"));
    CHECK_THAT(daw_refusal(""), Contains("'name' is missing"));
    const auto check = [](const std::string& what, const std::string& by, const std::string& says) {
        CAPTURE(what, by);
        const auto message = daw_refusal(ardour_with(what, by));
        CHECK_THAT(message, Contains(says));
        CHECK_THAT(message, Catch::StartsWith("mine.toml:"));
    };
    check("name = \"Ardour\"", "name = \"\"", "a name is expected");
    check("protocol = \"mackie\"", "protocol = \"eucon\"", "'eucon' is none of: mackie, hui");
    check("bits = 14", "bites = 10", "'bites' is not known");
    check("[pan]", "[pans]", "'pans' is not known");
    check("ticks = 63", "", "'ticks' is missing");
    check("bits = 14", "bits = 15", "from 1 to 14");
    check("bits = 14", "bits = 9.5", "a whole number");
    check("bits = 14", "bits = \"ten\"", "a number");
    check("law = \"ardour\"", "law = \"log\"", "'log' is none of");
    check("law = \"ardour\"", "law = \"anchors\"", "'anchors' is missing");
    check("law = \"ardour\"", "law = \"ardour\"\nanchors = [[1, -6.0], [2, 0.0]]", "only with law");
    check("law = \"ardour\"", "law = \"anchors\"\nanchors = [[1, -6.0]]", "at least two");
    check("law = \"ardour\"", "law = \"anchors\"\nanchors = [[9, -6.0], [2, 0.0]]", "Anchor 2");
    check("law = \"ardour\"", "law = \"anchors\"\nanchors = [[1, -6.0], [16384, 0.0]]", "to 16383");
    check("law = \"ardour\"", "law = \"anchors\"\nanchors = [[1, -6.0], [2.5, 0.0]]", "a whole number");
    check("law = \"ardour\"", "law = \"anchors\"\nanchors = [[1, -6.0, 3]]", "a list of 2");
    check("width = 6", "width = 8", "from 1 to 7");
    check("last = \"partial\"", "last = \"half\"", "'half' is none of");
    check("echo = \"yes\"", "echo = true", "must be a text");
    check("steps = [-56.1538, -42.3077, ", "steps = [", "not 11");
    check("-56.1538, -42.3077", "-42.3077, -56.1538", "Step 2");
    check("fall_per_second = 13.3", "fall_per_second = -1.0", "from 0 to");
    check("channel = 1", "channel = 0", "from 1 to 16");
    check("channel = 1", "channel = \"none\"", "a channel from 1 to 16");
    check("save = [0x50]", "save = 0x50", "a list of buttons");
    check("save = [0x50]", "save = []", "at least one button");
    check("save = [0x50]", "save = [0x70]", "no button 0x70");
    check("save = [0x50]", "save = [[8, 7]]", "a number");
    check("save = [0x50]", "save = \"maybe\"", "a list of buttons");
    check("scope = \"selected\"", "scope = \"none\"", "whose?");
    check("\"labels.shortening\"", "\"labels.shortning\"", "'labels.shortning' is no key");
    check("\"labels.shortening\"", "\"labels.shortening\", \"labels.shortening\"", "twice");
    check("\"labels.shortening\"", "7", "a key in quotes");
    check("rolling_only = \"yes\"", "rolling_only = \"unknown\"", "nobody can remember");
    check("No button sets Latch mode.", "", "a sentence in quotes");
}

TEST_CASE("What a HUI has not is refused in its profile") {
    const auto check = [](const std::string& what, const std::string& by, const std::string& says) {
        CAPTURE(what, by);
        std::string text(kedge::test::shipped_text("daws/pro-tools.toml"));
        const auto at = text.find(what);
        REQUIRE(at != std::string::npos);
        CHECK_THAT(daw_refusal(text.replace(at, what.size(), by)), Catch::Contains(says));
    };
    check("width = 4", "width = 6", "from 1 to 4");
    check("channel = \"none\"", "channel = 1", "have no channel");
    check("save = [[0x08, 7]]", "save = [0x50]", "a list of 2");
    check("save = [[0x08, 7]]", "save = [[0x08, 8]]", "from 0 to 7");
    check("save = [[0x08, 7]]", "save = [[0x7F, 0]]", "nothing at zone 0x7F, port 0");
}
