#include "cli/ride_picture.hpp"

#include "unit/mix/ride_fixture.hpp"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>

using namespace kedge;
using namespace kedge::cli;
using namespace kedge::test;

namespace {

/// Two verses and a chorus under which the band grows; the singer is uneven.
struct DrawnSong {
    DrawnSong() {
        TrueLevels band = steady(30.0, -21.0);
        sing(band, 10.0, 20.0, -17.0);
        song.add("Band", Role::keys, band);
        TrueLevels voice = steady(30.0, no_sound);
        const double levels[] = {-18, -22, -16, -19, -15, -18, -24, -18};
        for (int i = 0; i < 8; ++i) sing(voice, 1.0 + 3.6 * i, 3.2 + 3.6 * i, levels[i]);
        vocal = song.add("Lead Vox & <Friends>", Role::lead_vocal, voice);
        song.marks = {{"Verse 1", SongTime()},
                      {"Chorus \"loud\"", SongTime::from_seconds(10.0)},
                      {"Verse 2", SongTime::from_seconds(20.0)}};
        song.record();
        plan = song.planned();
        REQUIRE(plan.rides.size() == 1);
    }
    [[nodiscard]] const Ride& ride() const { return plan.rides[0]; }
    [[nodiscard]] mix::RideTrace trace(std::optional<SongRange> part = {}) const {
        return mix::ride_trace(song.question(), vocal, plan.sections, part);
    }
    RideSong song;
    StripId vocal;
    mix::RidePlan plan;
};

void check_golden(const std::string& name, const std::string& text) {
    const std::string path = std::string(KEDGE_SOURCE_DIR) + "/tests/golden/rides/" + name;
    if (std::getenv("KEDGE_WRITE_GOLDEN")) std::ofstream(path, std::ios::binary) << text;
    std::ifstream in(path, std::ios::binary);
    const std::string golden{std::istreambuf_iterator<char>(in), {}};
    INFO(path << "\n" << text);
    CHECK((text == golden));
}

std::size_t widest_line(const std::string& text) {
    std::istringstream lines(text);
    std::size_t most = 0;
    for (std::string line; std::getline(lines, line);)
        most =
            std::max(most, static_cast<std::size_t>(std::count_if(line.begin(), line.end(), [](char letter) {
                         return (static_cast<unsigned char>(letter) & 0xC0U) != 0x80U;
                     })));
    return most;
}

std::size_t count_of(const std::string& text, const std::string& what) {
    std::size_t count = 0;
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++count;
    return count;
}

}  // namespace

TEST_CASE("a ride as text fits the terminal and is as it was drawn") {
    const DrawnSong drawn;
    for (const std::size_t columns : {80U, 100U}) {
        const std::string text = ride_picture(drawn.trace(), drawn.ride().points, Columns{columns});
        CHECK(widest_line(text) <= columns);
        check_golden("ride-" + std::to_string(columns) + ".txt", text);
    }
    for (std::size_t columns = 0; columns < 450; columns += 7)
        CHECK(widest_line(ride_picture(drawn.trace(), drawn.ride().points, Columns{columns})) <=
              std::clamp<std::size_t>(columns, 40, 400));
}

TEST_CASE("a part of a song, a ride without points and a strip without a tape have a picture too") {
    const DrawnSong drawn;
    const auto part = drawn.trace(SongRange{SongTime::from_seconds(9.0), SongTime::from_seconds(9.2)});
    CHECK(part.level.size() == 2);
    CHECK(widest_line(ride_picture(part, drawn.ride().points, {})) <= 80);
    CHECK(ride_picture(drawn.trace(), {}, {}).find("●\n") == std::string::npos);
    const auto nowhere = mix::ride_trace(drawn.song.question(), StripId{77}, {});
    CHECK(ride_picture(nowhere, {}, {}).find("nothing to show") != std::string::npos);
    CHECK(ride_svg(nowhere, Ride{}).find("</svg>") != std::string::npos);
    CHECK(ride_svg(drawn.trace(), Ride{}).find("nan") == std::string::npos);
}

TEST_CASE("a ride as SVG is as it was drawn, with every point and nothing unescaped") {
    const DrawnSong drawn;
    const std::string svg = ride_svg(drawn.trace(), drawn.ride());
    check_golden("ride.svg", svg);
    CHECK(count_of(svg, "<circle") == drawn.ride().points.size());
    CHECK(count_of(svg, "<rect") == 1 + 8);  // the page and a stretch for each phrase
    CHECK(svg.find("Lead Vox &amp; &lt;Friends&gt;") != std::string::npos);
    CHECK(svg.find("Chorus &quot;loud&quot;") != std::string::npos);
    CHECK(count_of(svg, "<text") == count_of(svg, "</text>"));
    CHECK(svg.find("nan") == std::string::npos);
}
