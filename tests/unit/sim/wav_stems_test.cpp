#include "sim/song.hpp"
#include "support/catch.hpp"
#include "support/scratch_folder.hpp"

#include <filesystem>
#include <fstream>

using namespace kedge;
using namespace kedge::sim;
using kedge::test::ScratchFolder;

namespace {

Stem stem(std::string name, int channels, std::vector<float> samples) {
    return {std::move(name), channels, std::make_shared<const std::vector<float>>(std::move(samples))};
}

}  // namespace

TEST_CASE("Stems come back from WAV files in order, without their numbers") {
    const ScratchFolder folder;
    const Song song{
        "Song", SampleRate{44100}, {stem("Snare/Top", 1, {0.5F, -0.25F}), stem("OH", 2, {0.1F, -0.9F})}, {}};
    REQUIRE(write_stems(song, folder.path().string()));
    const auto loaded = load_stems(folder.path().string());
    REQUIRE(loaded);
    CHECK(loaded->rate == SampleRate{44100});
    REQUIRE(loaded->stems.size() == 2);
    CHECK(loaded->stems[0].name == "Snare-Top");
    CHECK(loaded->stems[1].name == "OH");
    CHECK(loaded->stems[1].channels == 2);
    CHECK(loaded->stems[1].samples->at(1) == Approx(-0.9F).margin(1e-6));
}

TEST_CASE(
    "A hundred stems and more come back in their order, and a slash at the end does not hide the song's "
    "name") {
    const ScratchFolder folder;
    Song song{"Song", SampleRate{48000}, {}, {}};
    for (int i = 1; i <= 101; ++i) song.stems.push_back(stem("S" + std::to_string(i), 1, {0.5F}));
    REQUIRE(write_stems(song, folder.path().string()));
    CHECK(std::filesystem::exists(folder.path() / "001 S1.wav"));
    const auto loaded = load_stems(folder.path().string() + "/");
    REQUIRE(loaded);
    CHECK(loaded->name == folder.path().filename().string());
    REQUIRE(loaded->stems.size() == 101);
    for (std::size_t i = 0; i < 101; ++i) CHECK(loaded->stems[i].name == song.stems[i].name);
}

TEST_CASE("A folder that cannot be a song is refused with the reason") {
    const ScratchFolder folder;
    SECTION("no folder") {
        CHECK_FALSE(load_stems(folder.path() / "none"));
    }
    SECTION("empty") {
        CHECK(load_stems(folder.path().string()).error().message.find("no WAV") != std::string::npos);
    }
    SECTION("not a WAV file") {
        std::ofstream(folder.path() / "01 Kick.wav") << "noise";
        CHECK(load_stems(folder.path().string()).error().message.find("01 Kick.wav") != std::string::npos);
    }
    SECTION("mixed rates") {
        REQUIRE(write_stems({"a", SampleRate{48000}, {stem("Kick", 1, {0.5F})}, {}}, folder.path().string()));
        REQUIRE(
            write_stems({"b", SampleRate{44100}, {stem("Snare", 1, {0.5F})}, {}}, folder.path().string()));
        CHECK(load_stems(folder.path().string()).error().message.find("01 Snare.wav") != std::string::npos);
    }
}
