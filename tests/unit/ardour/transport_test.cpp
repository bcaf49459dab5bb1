#include "support/catch.hpp"
#include "unit/ardour/conversation.hpp"

#include <limits>

using namespace kedge;
using namespace kedge::test;
using namespace std::chrono_literals;

TEST_CASE("The transport's commands go out in Ardour's words") {
    Conversation talk(small_mixer());
    talk.connect();
    REQUIRE(talk.command(surface::Play{}));
    REQUIRE(talk.command(surface::Stop{}));
    REQUIRE(talk.command(surface::Locate{SongTime::from_seconds(2.5)}));
    REQUIRE(talk.command(surface::SaveSession{}));
    REQUIRE(talk.sent.size() == 4);
    CHECK(talk.sent[0] == osc::encode("/transport_play"));
    CHECK(talk.sent[1] == osc::encode("/transport_stop"));
    CHECK(talk.sent[2] == osc::encode("/locate", {120'000, 0}));
    CHECK(talk.sent[3] == osc::encode("/save_state"));
}

TEST_CASE("A place that does not fit into Ardour's number is refused") {
    Conversation talk(small_mixer());
    talk.connect();
    const auto last = SongTime::from_samples(std::numeric_limits<std::int32_t>::max(), SampleRate{48'000});
    CHECK(talk.command(surface::Locate{last}));
    CHECK(talk.sent.back() == osc::encode("/locate", {std::numeric_limits<std::int32_t>::max(), 0}));
    talk.forget_the_past();
    for (const auto beyond : {last + 1ms, SongTime::from_seconds(1e6), SongTime::from_seconds(-1)}) {
        const auto refused = talk.command(surface::Locate{beyond});
        REQUIRE_FALSE(refused);
        CHECK(refused.error().kind == ErrorKind::refused);
    }
    CHECK(talk.sent.empty());
}

TEST_CASE("Rolling and stopping are reported when they change") {
    Conversation talk(small_mixer());
    talk.start();
    REQUIRE(talk.run_until_ready());
    CHECK(talk.session.rolling() == false);
    // Known before Ready, said with it.
    REQUIRE(talk.count<surface::TransportReported>() == 1);
    talk.forget_the_past();
    talk.hear(osc::encode("/transport_stop", {1.0F}));
    CHECK(talk.events.empty());
    talk.hear(osc::encode("/transport_stop", {0.0F}));
    CHECK(talk.session.rolling() == true);
    talk.hear(osc::encode("/transport_stop", {0.0F}));
    talk.hear(osc::encode("/transport_stop", {1.0F}));
    const auto reports = talk.all<surface::TransportReported>();
    REQUIRE(reports.size() == 2);
    CHECK(reports[0].rolling);
    CHECK_FALSE(reports[1].rolling);
}

TEST_CASE("The position is a string of samples, at the session's own rate") {
    Conversation talk(small_mixer());
    talk.ardour.rate = 44'100;
    talk.start();
    // Before the rate is known.
    talk.hear(osc::encode("/position/samples", {"88200"}));
    CHECK(talk.count<surface::PositionReported>() == 0);
    REQUIRE(talk.run_until_ready());
    CHECK(talk.session.position() == SongTime::from_seconds(2));
    REQUIRE(talk.count<surface::PositionReported>() == 1);
    CHECK(talk.all<surface::PositionReported>()[0].at == SongTime::from_seconds(2));
    talk.hear(osc::encode("/position/samples", {"44100"}));
    CHECK(talk.all<surface::PositionReported>().back().at == SongTime::from_seconds(1));
    // It goes on while the strips are listed again.
    talk.hear(talk.ardour.strips_changed());
    talk.hear(osc::encode("/position/samples", {"0"}));
    CHECK(talk.session.position() == SongTime());
    CHECK(talk.count<surface::PositionReported>() == 3);
}

TEST_CASE("A position that is none is counted and leaves the last one") {
    Conversation talk(small_mixer());
    talk.connect();
    talk.hear(osc::encode("/position/samples", {"4800"}));
    const auto bad_type = talk.session.counters().wrong_type;
    const auto out_of_range = talk.session.counters().out_of_range;
    for (const std::string_view text : {"", "one", "12x", " 12", "1.5", "0x10", "--1"})
        talk.hear(osc::encode("/position/samples", {text}));
    talk.hear(osc::encode("/position/samples", {480}));
    talk.hear(osc::encode("/position/samples"));
    CHECK(talk.session.counters().wrong_type == bad_type + 9);
    for (const std::string_view text : {"-1", "99999999999999", "99999999999999999999999999"})
        talk.hear(osc::encode("/position/samples", {text}));
    CHECK(talk.session.counters().out_of_range == out_of_range + 3);
    CHECK(talk.session.position() == SongTime::from_samples(4800, SampleRate{48'000}));
    CHECK(talk.count<surface::PositionReported>() == 1);
}

TEST_CASE("Markers are gone to by number alone: Ardour renames one for a name that it does not know") {
    Conversation talk(small_mixer());
    talk.connect();
    REQUIRE(talk.command(surface::LocateMark{2}));
    CHECK(talk.sent.back() == osc::encode("/marker", {std::int32_t{2}}));
}

TEST_CASE("What Ardour shows of markers is told as it is") {
    Conversation talk(small_mixer());
    talk.connect();
    for (const std::string_view text : {"No Marks", "-> Intro", "Intro <-> Verse", "Verse", ""})
        talk.hear(osc::encode("/marker", {text}));
    CHECK(talk.count<surface::MarkShown>() == 5);
    const auto wrong = talk.session.counters().wrong_type;
    talk.hear(osc::encode("/marker", {std::int32_t{3}}));
    CHECK(talk.session.counters().wrong_type == wrong + 1);
    CHECK(talk.count<surface::MarkShown>() == 5);
}

TEST_CASE("A bar is told when another beat of the song begins") {
    Conversation talk(small_mixer());
    talk.connect();
    CHECK(talk.session.capabilities().bars);
    for (const char* text : {"001|01|0000", "001|01|0960", "001|02|0000", "002|01|0020", "002|01|0430"})
        talk.hear(osc::encode("/position/bbt", {text}));
    const auto bars = talk.all<surface::BarReported>();
    REQUIRE(bars.size() == 3);
    REQUIRE(talk.session.bar());
    CHECK(std::pair(talk.session.bar()->bar, talk.session.bar()->beat) == std::pair(2, 1));
    CHECK(std::pair(bars[0].bar, bars[0].beat) == std::pair(1, 1));
    CHECK(std::pair(bars[1].bar, bars[1].beat) == std::pair(1, 2));
    CHECK(std::pair(bars[2].bar, bars[2].beat) == std::pair(2, 1));
}
