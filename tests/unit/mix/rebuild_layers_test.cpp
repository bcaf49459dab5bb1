#include "mix/rebuild_layers.hpp"

#include "support/catch.hpp"
#include "support/shipped_rules.hpp"

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

using namespace kedge;
using namespace kedge::mix;
using namespace kedge::test;

namespace {

struct RebuildMixer {
    MixerState mixer;
    std::vector<RoledStrip> roles;

    Strip& add(const std::string& name, Role role, StripKind kind = StripKind::audio_track) {
        Strip strip;
        strip.id = StripId{static_cast<std::uint32_t>(mixer.strips.size() + 1)};
        strip.name = {kind, name, 0};
        strip.mute = Mute::open;
        roles.push_back({strip.id, role, "test"});
        mixer.strips.push_back(strip);
        return mixer.strips.back();
    }
    [[nodiscard]] Result<RebuildLayers> layers() const {
        return rebuild_layers(mixer, roles, shipped_rebuild());
    }
};

std::vector<std::string> names_of(const RebuildLayers& found) {
    std::vector<std::string> names;
    for (const RebuildLayer& layer : found.layers) names.push_back(layer.name);
    return names;
}

std::string rebuild_with(const std::string& what, const std::string& by) {
    std::string text(shipped_text("rebuild/default.toml"));
    const auto at = text.find(what);
    REQUIRE(at != std::string::npos);
    return text.replace(at, what.size(), by);
}

}  // namespace

TEST_CASE("a mix is rebuilt in the order of the rule: kick, drums, bass, harmony, leads, vocals, the rest") {
    RebuildMixer song;
    song.add("Strange", Role::other);
    song.add("Vox", Role::lead_vocal);
    song.add("BGV", Role::backing_vocal);
    song.add("Solo", Role::lead_guitar);
    song.add("Keys", Role::keys);
    song.add("Rhy", Role::rhythm_guitar);
    song.add("Bass", Role::bass);
    song.add("OH", Role::cymbal);
    song.add("Snare", Role::snare);
    song.add("Kick", Role::kick);
    const auto found = song.layers();
    REQUIRE(found);
    CHECK(names_of(*found) ==
          std::vector<std::string>{"kick", "drums", "bass", "harmony", "leads", "vocals", "the rest"});
    CHECK(found->layers[1].strips == std::vector<StripId>{StripId{8}, StripId{9}});
    CHECK(found->layers[6].strips == std::vector<StripId>{StripId{1}});
    CHECK(found->left_alone.empty());
}

TEST_CASE("a layer without tracks is skipped, and buses, VCAs and the master are in none") {
    RebuildMixer song;
    song.add("Kick", Role::kick);
    song.add("Drums", Role::drums, StripKind::audio_bus);
    song.add("Verb", Role::return_bus, StripKind::audio_bus);
    song.add("All Drums", Role::drums, StripKind::vca);
    song.add("Synth", Role::synth_lead, StripKind::midi_track);
    song.add("Master", Role::return_bus, StripKind::master);
    const auto found = song.layers();
    REQUIRE(found);
    CHECK(names_of(*found) == std::vector<std::string>{"kick", "leads"});
    CHECK(found->left_alone.empty());
}

TEST_CASE("what is muted, follows automation, has no mute or shares its name is left alone and named") {
    RebuildMixer song;
    song.add("Kick", Role::kick);
    song.add("Old Snare", Role::snare).mute = Mute::muted;
    song.add("Bass", Role::bass).mute_automation = AutomationMode::play;
    song.add("Keys", Role::keys).mute.reset();
    song.add("Gtr", Role::rhythm_guitar);
    song.add("Gtr", Role::rhythm_guitar).name.twin = 1;
    const auto found = song.layers();
    REQUIRE(found);
    CHECK(names_of(*found) == std::vector<std::string>{"kick"});
    REQUIRE(found->left_alone.size() == 5);
    using Catch::Contains;
    CHECK_THAT(found->left_alone[0].why, Contains("muted already"));
    CHECK_THAT(found->left_alone[1].why, Contains("follows automation"));
    CHECK_THAT(found->left_alone[2].why, Contains("did not report"));
    CHECK_THAT(found->left_alone[3].why, Contains("has its name"));
    CHECK(found->left_alone[4].strip == StripId{6});
}

TEST_CASE("a rebuild is refused while something is soloed, and when nothing sounds") {
    RebuildMixer song;
    song.add("Kick", Role::kick).soloed = true;
    const auto soloed = song.layers();
    REQUIRE_FALSE(soloed);
    CHECK(soloed.error().kind == ErrorKind::refused);
    CHECK_THAT(soloed.error().message, Catch::Contains("'Kick'"));
    CHECK_THAT(soloed.error().next, Catch::Contains("solos off"));
    song.mixer.strips[0].soloed = false;
    song.mixer.strips[0].mute = Mute::muted;
    const auto silent = song.layers();
    REQUIRE_FALSE(silent);
    CHECK_THAT(silent.error().message, Catch::Contains("No track sounds"));
}

TEST_CASE("of any mixer every track is in exactly one layer or named, and layers keep the order") {
    const auto seed = GENERATE(range(1U, 60U));
    CAPTURE(seed);
    std::mt19937 random(seed);
    const auto one_in = [&](unsigned count) { return random() % count == 0; };
    RebuildMixer song;
    song.add("Sure", Role::kick);
    for (auto left = random() % 40; left > 0; --left) {
        auto& strip =
            song.add("Strip " + std::to_string(random() % 60), all_roles()[random() % all_roles().size()],
                     static_cast<StripKind>(random() % 8));
        if (one_in(5)) strip.mute = Mute::muted;
        if (one_in(9)) strip.mute.reset();
        if (one_in(7)) strip.mute_automation = AutomationMode::touch;
        strip.hidden = one_in(4);
    }
    const auto found = song.layers();
    REQUIRE(found);
    std::map<StripId, int> seen;
    for (const RebuildLayer& layer : found->layers) {
        CHECK_FALSE(layer.strips.empty());
        for (const StripId strip : layer.strips) {
            ++seen[strip];
            CHECK(song.mixer.find(strip)->mute == Mute::open);
        }
    }
    for (const kedge::LeftAlone& left : found->left_alone) {
        ++seen[left.strip];
        CHECK_FALSE(left.why.empty());
    }
    for (const Strip& strip : song.mixer.strips) {
        const bool track =
            strip.name.kind == StripKind::audio_track || strip.name.kind == StripKind::midi_track;
        CHECK(seen[strip.id] == (track ? 1 : 0));
    }
    std::vector<std::string> order;
    for (const RebuildLayerRule& rule : shipped_rebuild().layers) order.push_back(rule.name);
    order.push_back(shipped_rebuild().rest);
    const auto place = [&](const std::string& name) {
        return std::find(order.begin(), order.end(), name) - order.begin();
    };
    const auto names = names_of(*found);
    CHECK(std::is_sorted(names.begin(), names.end(),
                         [&](const auto& a, const auto& b) { return place(a) < place(b); }));
}

TEST_CASE(
    "the shipped rebuild profile gives a layer eight bars, and names every role that is in a mix once") {
    const RebuildProfile profile = shipped_rebuild();
    CHECK(profile.bars == 8);
    std::map<Role, int> named;
    for (const RebuildLayerRule& layer : profile.layers)
        for (const Role role : layer.roles) ++named[role];
    for (const Role role : all_roles()) {
        CAPTURE(to_string(role));
        const bool rest = role == Role::fx || role == Role::click || role == Role::reference ||
                          role == Role::return_bus || role == Role::other;
        CHECK(named[role] == (rest ? 0 : 1));
    }
}

TEST_CASE("a wrong rebuild profile is an error that names the place") {
    const auto message = [](const std::string& text) {
        const auto profile = load_rebuild("mine.toml", text);
        REQUIRE_FALSE(profile);
        CHECK(profile.error().kind == ErrorKind::usage);
        CHECK_THAT(profile.error().next, Catch::Contains("rebuild/README.md"));
        return profile.error().message;
    };
    using Catch::Contains;
    CHECK_THAT(message("name = "), Contains("mine.toml:1:"));
    CHECK_THAT(message(""), Contains("'name' is missing"));
    CHECK_THAT(message("name = \"x\"\nbars = 2\nrest = \"r\"\nlayer = []"), Contains("at least one layer"));
    CHECK_THAT(message("name = \"x\"\nbars = 2\nrest = \"r\"\nlayer = [3]"), Contains("[[layer]]"));
    CHECK_THAT(message(rebuild_with("bars = 8", "bars = 0")), Contains("from 1 to 256"));
    CHECK_THAT(message(rebuild_with("bars = 8", "bars = 2.5")), Contains("whole number"));
    CHECK_THAT(message(rebuild_with("bars = 8", "bras = 8")), Contains("'bras' is not known"));
    CHECK_THAT(message(rebuild_with("[\"kick\"]", "[\"kik\"]")), Contains("'kik' is no role"));
    CHECK_THAT(message(rebuild_with("\"sub\"]", "\"kick\"]")),
               Contains("'kick' is in the layer 'kick' already"));
    CHECK_THAT(message(rebuild_with("name = \"bass\"", "name = \"\"")), Contains("needs a name"));
}
