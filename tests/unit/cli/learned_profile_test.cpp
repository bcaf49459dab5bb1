#include "cli/learned_profile.hpp"

#include "cli/daw_profiles.hpp"
#include "cli/profiles.hpp"
#include "io/state_files.hpp"
#include "profiles/shipped_profiles.hpp"
#include "support/catch.hpp"
#include "support/kedge_command.hpp"
#include "support/shipped_rules.hpp"

#include <filesystem>
#include <string>
#include <vector>

using namespace kedge;
using namespace kedge::cli;
using kedge::test::OwnFolders;

namespace {

const std::vector<FaderAnchor>& some_law() {
    static const std::vector<FaderAnchor> law = {{FaderPosition(100), Decibels(-72.5)},
                                                 {FaderPosition(4'000), Decibels(-40.0)},
                                                 {FaderPosition(9'000), Decibels(-12.3)},
                                                 {FaderPosition(12'288), Decibels(0.0)},
                                                 {FaderPosition(16'383), Decibels(6.02)}};
    return law;
}

std::string with_law(std::string_view profile) {
    auto text = with_learned_law(profile, {some_law(), 10}, "read off the display by a test");
    if (!text) FAIL(text.error().message + ' ' + text.error().next);
    return std::move(*text);
}

std::string own_text(const std::string& name) {
    return io::read_file(io::config_folder() / "daws" / name).value();
}

}  // namespace

TEST_CASE("A learned law takes the place of whatever law a profile has, and all else stays as it was read") {
    for (const auto& shipped : shipped_profiles()) {
        if (!shipped.path.starts_with("daws/") || !shipped.path.ends_with(".toml")) continue;
        CAPTURE(shipped.path);
        const std::string text = with_law(shipped.text);
        CHECK_THAT(text, Catch::Contains("read off the display by a test"));
        const auto before = read_daw_profile(shipped.path, shipped.text).value();
        const auto after = read_daw_profile(shipped.path, text);
        REQUIRE(after);
        REQUIRE(after->fader.scale);
        CHECK(*after->fader.scale == *FaderScale::through(some_law()));
        CHECK(after->certainty_of("fader.law") == banked::Certainty::certain);
        CHECK(after->name == before.name);
        CHECK(after->setup == before.setup);
        CHECK(after->fader.bits == before.fader.bits.value_or(10));
        CHECK(after->banks.step == before.banks.step);
        CHECK(after->buttons.to_start == before.buttons.to_start);
        auto certainties = after->certainties;
        for (const auto* key : {"fader.law", "fader.bits"}) certainties[key] = before.certainty_of(key);
        CHECK(certainties == before.certainties);
        // Learned once more, it is written as it was.
        CHECK(with_law(text) == text);
    }
}

TEST_CASE("What a person wrote beside the law stays word for word") {
    std::string mine(kedge::test::shipped_text("daws/cubase.toml"));
    mine.insert(0, "# mine: [fader] as measured with a pencil, law = \"guess\"\n");
    const auto text = with_learned_law(mine, {some_law(), {}}, "a test").value();
    const auto law = mine.find("law = \"unknown\"");
    REQUIRE(law != std::string::npos);
    CHECK(text.substr(0, law) == mine.substr(0, law));
    const std::string behind = mine.substr(mine.find('\n', law));
    CHECK(text.substr(text.size() - behind.size()) == behind);
}

TEST_CASE("A law is written into profiles only") {
    CHECK_FALSE(with_learned_law("name = 3", {some_law(), {}}, "a test"));
    CHECK_FALSE(with_learned_law("no toml [", {some_law(), {}}, "a test"));
    const auto cubase = kedge::test::shipped_text("daws/cubase.toml");
    CHECK_FALSE(with_learned_law(cubase, {{{FaderPosition(3), Decibels(0.0)}}, {}}, "a test"));
}

TEST_CASE("A profile of the user's own is never overwritten: what was there is kept beside it") {
    const OwnFolders folders;
    const auto first = keep_as_own_profile("cubase", "first");
    REQUIRE(first);
    CHECK_FALSE(first->before);
    CHECK(own_text("cubase.toml") == "first");
    for (const auto* text : {"second", "third"}) {
        const std::string was = own_text("cubase.toml");
        const auto kept = keep_as_own_profile("cubase", text);
        REQUIRE(kept);
        REQUIRE(kept->before);
        CHECK(io::read_file(*kept->before).value() == was);
        CHECK(own_text("cubase.toml") == text);
    }
    CHECK(own_text("cubase.toml.before-1") == "first");
    CHECK(own_text("cubase.toml.before-2") == "second");
    // Those that are kept are nobody's profile.
    CHECK(io::read_toml_folder(io::config_folder() / "daws")->size() == 1);
}

TEST_CASE("A profile whose law was learned comes before the shipped one") {
    const OwnFolders folders;
    REQUIRE_FALSE(load_daw_profile("cubase")->fader.scale);
    REQUIRE(keep_as_own_profile("cubase", with_law(daw_profile_text("cubase")->text)));
    const auto own = load_daw_profile("cubase");
    REQUIRE(own);
    CHECK(own->fader.scale);
}

TEST_CASE("A folder that cannot be written to is named") {
    const OwnFolders folders;
    std::filesystem::create_directories(io::config_folder());
    REQUIRE(io::replace_file(io::config_folder() / "daws", "a file"));
    const auto kept = keep_as_own_profile("cubase", "text");
    REQUIRE_FALSE(kept);
    CHECK_THAT(kept.error().message, Catch::Contains("daws"));
}
