#include "cli/ride_words.hpp"

#include "unit/mix/ride_fixture.hpp"

#include <cstddef>
#include <sstream>

using namespace kedge;
using namespace kedge::cli;
using namespace kedge::test;
namespace json = boost::json;

namespace {

/// A planned song: an uneven voice over a band, a solo instrument without a solo.
engine::RidePlanReport planned_report(bool with_voice = true) {
    RideSong song;
    song.mixer.session.name = "A song";
    song.add("Band", Role::keys, steady(30.0, -21.0));
    TrueLevels voice = steady(30.0, no_sound);
    const double levels[] = {-18, -22, -16, -19, -15, -18, -24, -18};
    for (int i = 0; i < 8; ++i) sing(voice, 1.0 + 3.6 * i, 3.2 + 3.6 * i, with_voice ? levels[i] : no_sound);
    song.add("Lead Vox", Role::lead_vocal, voice);
    song.add("Solo Gtr", Role::lead_guitar, steady(30.0, -30.0));
    song.record();
    engine::RidePlanReport report;
    report.facts = {song.mixer, song.can, song.roles, song.tape, {}, {}, {}, {}};
    report.heard = {SongTime(), SongTime::from_seconds(30.0)};
    report.plan = song.planned();
    for (const Ride& ride : report.plan.rides)
        report.forecasts.push_back(mix::forecast_ride(song.question(), ride.strip, ride.points));
    report.notes = {"A note of the job."};
    return report;
}

}  // namespace

TEST_CASE("a depth is a number of dB above 0 and up to the profile's") {
    const Decibels most(6.0);
    CHECK(*parse_depth("4", most) == 4_dB);
    CHECK(*parse_depth("4.5dB", most) == 4.5_dB);
    CHECK(*parse_depth("6 dB", most) == 6_dB);
    for (const char* wrong : {"", "loud", "4 db", "dB", "nan", "inf", "4,5", "1e1", "+3", "4.5dB ", "- 3"}) {
        INFO(wrong);
        const auto depth = parse_depth(wrong, most);
        REQUIRE_FALSE(depth);
        CHECK(depth.error().kind == ErrorKind::usage);
        CHECK(depth.error().message.find("is not a depth") != std::string::npos);
        CHECK(depth.error().next.find("up to 6") != std::string::npos);
    }
    for (const char* none : {"0", "-3", "-0.0", "0dB"}) {
        const auto depth = parse_depth(none, most);
        REQUIRE_FALSE(depth);
        CHECK(depth.error().message.find("above 0 dB") != std::string::npos);
    }
    const auto far = parse_depth("6.1", most);
    REQUIRE_FALSE(far);
    CHECK(far.error().message.find("no further than 6 dB") != std::string::npos);
}

TEST_CASE("each ride's picture has a file of its own") {
    using Files = std::vector<std::string>;
    CHECK(picture_files("ride.svg", {"Lead Vox"}) == Files{"ride.svg"});
    CHECK(picture_files("ride.svg", {}).empty());
    CHECK(picture_files("/tmp/a.b/ride.svg", {"Lead Vox", "AC/DC\n"}) ==
          Files{"/tmp/a.b/ride-Lead Vox.svg", "/tmp/a.b/ride-AC_DC_.svg"});
    CHECK(picture_files("ride", {"A", "A", "A"}) == Files{"ride-A", "ride-A-2", "ride-A-3"});
}

TEST_CASE("rides in words have a picture, the spread, every cue, what was left alone and the notes") {
    const auto report = planned_report();
    const std::string text = rides_text(report, shipped_rides(), Columns{80});
    using Catch::Contains;
    CHECK_THAT(text, Contains("Session 'A song': heard 0:00.0 to 0:30.0."));
    CHECK_THAT(text, Contains("Sections: the song from 0:00.0."));
    CHECK_THAT(text, Contains("● points of the ride"));
    CHECK_THAT(text, Contains("Lead Vox (lead-vocal): " + std::to_string(report.plan.rides[0].points.size()) +
                              " points"));
    CHECK_THAT(text, Contains("8 phrases against the rest: a spread of 2.8 dB, 0.9 dB with"));
    for (const RideCue& cue : report.plan.rides[0].cues) CHECK_THAT(text, Contains(cue.reason));
    CHECK_THAT(text, Contains("Left alone:\n  Solo Gtr: it has no solo\n"));
    CHECK_THAT(text, Contains("Note: The session has no markers: 1 section was guessed"));
    CHECK_THAT(text, Contains("Note: A note of the job."));
}

TEST_CASE("the document of rides has every point, phrase and cue, in seconds and dB") {
    const auto report = planned_report();
    const json::object words = json_of(report, "sim");
    CHECK(words.at("surface") == "sim");
    CHECK(words.at("session") == "A song");
    CHECK(words.at("heard").at("to_s") == 30.0);
    CHECK(words.at("heard").at("tape_reused") == false);
    CHECK(words.at("sections").at(0).at("guessed") == true);
    REQUIRE(words.at("rides").as_array().size() == 1);
    const json::object ride = words.at("rides").at(0).as_object();
    CHECK(ride.at("strip") == "Lead Vox");
    CHECK(ride.at("role") == "lead-vocal");
    CHECK(ride.at("control") == "fader");
    CHECK(ride.at("base_db") == 0.0);
    const Ride& planned = report.plan.rides[0];
    const auto& points = ride.at("points").as_array();
    REQUIRE(points.size() == planned.points.size());
    for (std::size_t i = 0; i < points.size(); ++i) {
        CHECK(points[i].at("at_s").as_double() == Approx(planned.points[i].at.seconds()).margin(1e-6));
        CHECK(points[i].at("offset_db").as_double() == Approx(planned.points[i].offset.db()).margin(5e-4));
        CHECK(points[i].at("fader_db").as_double() ==
              Approx(planned.value_at(planned.points[i].at).db()).margin(5e-4));
    }
    const auto& spread = ride.at("spread").as_object();
    CHECK(spread.at("before_db").as_double() == Approx(report.forecasts[0].spread_before.db()).margin(5e-4));
    CHECK(spread.at("after_db").as_double() < spread.at("before_db").as_double() / 2.0);
    CHECK(spread.at("phrases").as_array().size() == 8);
    REQUIRE(ride.at("cues").as_array().size() == planned.cues.size());
    CHECK(ride.at("cues").at(1).at("kind") == "phrase");
    CHECK_FALSE(ride.at("cues").at(1).at("reason").as_string().empty());
    CHECK(words.at("left_alone").at(0).at("strip") == "Solo Gtr");
    CHECK(words.at("notes").as_array().size() == 2);
}

TEST_CASE("no ride at all is said in words and in the document") {
    const auto report = planned_report(false);
    const std::string text = rides_text(report, shipped_rides(), Columns{80});
    CHECK_THAT(text, Catch::Contains("No strip needs a ride, or can have one."));
    CHECK_THAT(text, Catch::Contains("Lead Vox: no phrase was heard of it"));
    CHECK(json_of(report, "sim").at("rides").as_array().empty());
}
