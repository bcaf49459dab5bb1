#include "engine/song_part.hpp"

#include "support/catch.hpp"

using namespace kedge;
using namespace kedge::engine;

namespace {

SongTime second_of_song(int seconds) {
    return SongTime(std::chrono::seconds(seconds));
}

SongRegion region_of_song(const std::string& name, int from, int to) {
    return {name, {second_of_song(from), second_of_song(to)}};
}

}  // namespace

TEST_CASE("A section lasts from its marker to the next one") {
    const SongPlaces places = {
        {{"Intro", SongTime()}, {"Verse", second_of_song(8)}, {"End", second_of_song(20)}}, {}};
    const auto verse = part_called(places, "Verse");
    REQUIRE(verse);
    CHECK(verse->from == second_of_song(8));
    CHECK(verse->to == second_of_song(20));
    const auto last = part_called(places, "End");
    REQUIRE(last);
    CHECK_FALSE(last->to);
}

TEST_CASE("A region is a section by itself, whatever markers lie in it") {
    const SongPlaces places = {{{"Verse", second_of_song(8)}, {"Fill", second_of_song(25)}},
                               {region_of_song("Chorus", 20, 30)}};
    const auto chorus = part_called(places, "Chorus");
    REQUIRE(chorus);
    CHECK(chorus->from == second_of_song(20));
    CHECK(chorus->to == second_of_song(30));
}

TEST_CASE("A section that is not there, or there twice, is a usage error that names what is there") {
    const auto none = part_called({}, "Verse");
    REQUIRE_FALSE(none);
    CHECK(none.error().kind == ErrorKind::usage);
    CHECK_THAT(none.error().next, Catch::Contains("--from and --to"));
    SongPlaces places = {{{"Verse", second_of_song(8)}, {"Verse", second_of_song(20)}}, {}};
    const auto unknown = part_called(places, "Chorus");
    REQUIRE_FALSE(unknown);
    CHECK(unknown.error().message == "The session has no marker 'Chorus'.");
    CHECK_THAT(unknown.error().next, Catch::Contains("'Verse' at 0:08.0"));
    const auto twice = part_called(places, "Verse");
    REQUIRE_FALSE(twice);
    CHECK(twice.error().kind == ErrorKind::usage);

    places.regions = {region_of_song("Bridge", 20, 32), region_of_song("Bridge", 40, 52)};
    const auto unknown_region = part_called(places, "Chorus");
    REQUIRE_FALSE(unknown_region);
    CHECK(unknown_region.error().message == "The session has no marker or region 'Chorus'.");
    CHECK_THAT(unknown_region.error().next, Catch::Contains("'Bridge' from 0:20.0 to 0:32.0"));
    CHECK_FALSE(part_called(places, "Bridge"));
}

TEST_CASE("Sections begin at markers; where there are none, at regions") {
    SongPlaces places = {{}, {region_of_song("Verse", 8, 20), region_of_song("Chorus", 20, 30)}};
    const std::vector<SongMarker> regions = {{"Verse", second_of_song(8)}, {"Chorus", second_of_song(20)}};
    CHECK(section_marks(places) == regions);
    places.markers = {{"Bridge", second_of_song(3)}};
    CHECK(section_marks(places) == places.markers);
}
