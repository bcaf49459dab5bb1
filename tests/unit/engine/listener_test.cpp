#include "engine/listener.hpp"

#include "support/catch.hpp"
#include "unit/engine/scripted_transport.hpp"

#include <algorithm>
#include <cmath>

using namespace kedge;
using namespace kedge::engine;
using namespace kedge::test;
using namespace std::chrono_literals;

namespace {

SongTime at(double seconds) {
    return SongTime::from_seconds(seconds);
}

ListenWishes from(double seconds) {
    ListenWishes wishes;
    wishes.from = at(seconds);
    return wishes;
}

/// A stopped DAW at 7 s with a song of 10 s on two strips.
struct Studio {
    Studio() { daw.mixer_.session.end = at(10.0); }

    void listen(Listener& listener) { REQUIRE(daw.run(listener)); }
    /// The transport is as the listener found it.
    void check_returned(bool rolls = false) const {
        CHECK(daw.rolling_now == rolls);
        if (!rolls) CHECK(daw.position_now == at(7.0));
    }

    ScriptedTransport daw = [] {
        ScriptedTransport made;
        made.position_now = SongTime::from_seconds(7.0);
        return made;
    }();
    StripId kick = daw.add_strip("Kick");
    StripId bass = daw.add_strip("Bass");
};

std::size_t cells_heard(const measure::Tape& tape, StripId strip) {
    const auto* track = tape.find(strip);
    if (!track) return 0;
    std::size_t heard = 0;
    for (std::size_t i = 0; i < track->cells.size(); ++i) heard += track->cells[i].heard() ? 1 : 0;
    return heard;
}

measure::Cell cell(const measure::Tape& tape, StripId strip, double seconds) {
    const auto index = static_cast<std::size_t>(std::llround(seconds * 10.0));
    const auto* track = tape.find(strip);
    return track && index < track->cells.size() ? track->cells[index] : measure::Cell();
}

using Log = std::vector<std::string>;

}  // namespace

TEST_CASE("the whole song is heard, up to the session's end, and the transport goes back") {
    Studio studio;
    Listener listener({});
    studio.listen(listener);
    CHECK_FALSE(listener.error());
    CHECK(studio.daw.log == Log{"locate 0.0", "play", "stop", "locate 7.0"});
    CHECK(listener.heard().from == SongTime());
    CHECK(listener.heard().to >= at(10.0));
    CHECK(listener.song_end() == at(10.0));
    CHECK(cells_heard(listener.tape(), studio.kick) >= 100);
    CHECK(cell(listener.tape(), studio.kick, 0.0).level() == -20_dB);
    CHECK(cell(listener.tape(), studio.bass, 9.9).level() == -20_dB);
    studio.check_returned();
}

TEST_CASE("an end that must be looked for is looked for first, and the transport goes back") {
    Studio studio;
    studio.daw.mixer_.session.end = at(3.0);  // of before: the song has grown
    studio.daw.capabilities_.finds_end = true;
    studio.daw.end_to_find = at(10.0);
    Listener listener({});
    studio.listen(listener);
    CHECK_FALSE(listener.error());
    CHECK(studio.daw.log == Log{"find end", "locate 0.0", "play", "stop", "locate 7.0"});
    CHECK(listener.song_end() == at(10.0));
    CHECK(listener.heard().to >= at(10.0));
    studio.check_returned();
}

TEST_CASE("nobody looks for the end of a song that is wanted up to a place") {
    Studio studio;
    studio.daw.capabilities_.finds_end = true;
    ListenWishes wishes = from(1.0);
    wishes.to = at(2.0);
    Listener listener(wishes);
    studio.listen(listener);
    CHECK_FALSE(listener.error());
    CHECK(studio.daw.log == Log{"locate 1.0", "play", "stop", "locate 7.0"});
}

TEST_CASE("an end that nobody tells is done without") {
    Studio studio;
    studio.daw.mixer_.session.end.reset();
    studio.daw.capabilities_.finds_end = true;
    studio.daw.plays = [](StripId, SongTime t) { return t < at(4.0) ? -20_dB : Decibels::silence(); };
    Listener listener({});
    studio.listen(listener);
    CHECK_FALSE(listener.error());
    CHECK(studio.daw.log == Log{"find end", "locate 0.0", "play", "stop", "locate 7.0"});
    CHECK(listener.song_end() >= at(4.0));
    studio.check_returned();
}

TEST_CASE("without a session's end the song ends where the silence begins") {
    Studio studio;
    studio.daw.mixer_.session.end.reset();
    studio.daw.plays = [](StripId, SongTime where) {
        const bool pause = where > SongTime::from_seconds(5.0) && where < SongTime::from_seconds(13.0);
        return pause || where > SongTime::from_seconds(20.0) ? Decibels::silence() : Decibels(-20.0);
    };
    Listener listener({});
    studio.listen(listener);
    CHECK_FALSE(listener.error());
    REQUIRE(listener.song_end());
    CHECK(std::abs(listener.song_end()->seconds() - 20.0) <= 0.2);
    CHECK(listener.heard().to.seconds() < 33.0);
    studio.check_returned();
}

TEST_CASE("a long way in does not end a song without a known end; no song at all does end") {
    Studio studio;
    studio.daw.mixer_.session.end.reset();
    studio.daw.plays = [](StripId, SongTime where) {
        const bool plays = where > SongTime::from_seconds(40.0) && where < SongTime::from_seconds(50.0);
        return plays ? Decibels(-20.0) : Decibels::silence();
    };
    Listener late({});
    studio.listen(late);
    CHECK(std::abs(late.song_end()->seconds() - 50.0) <= 0.2);
    studio.daw.plays = [](StripId, SongTime) { return Decibels::silence(); };
    Listener nothing({});
    studio.listen(nothing);
    CHECK(nothing.heard().to.seconds() < 61.0);
    studio.check_returned();
}

TEST_CASE("--from and --to: only that much is played and recorded") {
    Studio studio;
    ListenWishes wishes;
    wishes.from = at(3.0);
    wishes.to = at(5.0);
    Listener listener(wishes);
    studio.listen(listener);
    CHECK_FALSE(listener.error());
    CHECK(studio.daw.log == Log{"locate 3.0", "play", "stop", "locate 7.0"});
    CHECK_FALSE(cell(listener.tape(), studio.kick, 2.9).heard());
    CHECK(cell(listener.tape(), studio.kick, 3.0).heard());
    CHECK(cell(listener.tape(), studio.kick, 4.9).heard());
    CHECK_FALSE(cell(listener.tape(), studio.kick, 5.2).heard());
    CHECK(listener.heard() == SongRange{at(3.0), at(5.0)});
    studio.check_returned();
}

TEST_CASE("--listen ends early") {
    Studio studio;
    ListenWishes wishes = from(4.0);
    wishes.at_most = 2s;
    Listener listener(wishes);
    studio.listen(listener);
    CHECK_FALSE(listener.error());
    CHECK(listener.heard() == SongRange{at(4.0), at(6.0)});
    studio.check_returned();
}

TEST_CASE("a range outside of the song is a usage error, and nothing is played") {
    Studio studio;
    Listener listener(from(12.0));
    studio.listen(listener);
    REQUIRE(listener.error());
    CHECK(listener.error()->kind == ErrorKind::usage);
    CHECK_THAT(listener.error()->message, Catch::Contains("0:12.0") && Catch::Contains("0:10.0"));
    CHECK(std::count(studio.daw.log.begin(), studio.daw.log.end(), "play") == 0);
    studio.check_returned();
}

TEST_CASE("a DAW that rolled is stopped first, and rolls on from there afterwards") {
    Studio studio;
    studio.daw.rolling_now = true;
    Listener listener({});
    studio.listen(listener);
    CHECK_FALSE(listener.error());
    CHECK(studio.daw.log == Log{"stop", "locate 0.0", "play", "stop", "locate 7.0", "play"});
    studio.check_returned(true);
    CHECK(studio.daw.position_now == at(7.0));
}

TEST_CASE("a DAW busy with stopping loses the locate: it is told again") {
    const auto busy = GENERATE(100ms, 300ms, 900ms);
    const bool rolled = GENERATE(false, true);
    Studio studio;
    studio.daw.busy_after_stop = busy;
    studio.daw.rolling_now = rolled;
    Listener listener({});
    studio.listen(listener);
    CHECK_FALSE(listener.error());
    CHECK(listener.heard().from == SongTime());
    CHECK(cells_heard(listener.tape(), studio.kick) >= 100);
    studio.check_returned(rolled);
}

TEST_CASE("whichever command is lost on the way, the song is heard and the transport goes back") {
    const int lost = GENERATE(range(0, 6));
    const bool rolled = GENERATE(false, true);
    INFO("command " << lost << " is lost, the DAW " << (rolled ? "rolled" : "stood"));
    Studio studio;
    studio.daw.rolling_now = rolled;
    studio.daw.lost_commands = {lost};
    Listener listener({});
    studio.listen(listener);
    CHECK_FALSE(listener.error());
    CHECK(listener.heard().from == SongTime());
    CHECK(listener.heard().to >= at(10.0));
    CHECK(cells_heard(listener.tape(), studio.kick) >= 100);
    const bool last_play_lost = rolled && lost == 5;  // nobody looks any more
    studio.check_returned(rolled && !last_play_lost);
    if (last_play_lost) CHECK(studio.daw.position_now == at(7.0));
}

TEST_CASE("a DAW that never rolls is told a few times, then said, and left where it was") {
    Studio studio;
    studio.daw.never_rolls = true;
    Listener listener({});
    studio.listen(listener);
    REQUIRE(listener.error());
    CHECK(listener.error()->kind == ErrorKind::refused);
    CHECK_THAT(listener.error()->message, Catch::Contains("does not play"));
    CHECK_THAT(listener.error()->next, Catch::Contains("audio engine"));
    CHECK(std::count(studio.daw.log.begin(), studio.daw.log.end(), "play") == 5);
    CHECK(listener.tape().heard() == Duration::zero());
    studio.check_returned();
}

TEST_CASE("a DAW that does not stop is told a few times, then said") {
    Studio studio;
    studio.daw.never_stops = true;
    Listener listener({});
    studio.listen(listener);
    REQUIRE(listener.error());
    CHECK_THAT(listener.error()->message, Catch::Contains("does not stop"));
    CHECK_FALSE(listener.error()->next.empty());
    CHECK(std::count(studio.daw.log.begin(), studio.daw.log.end(), "stop") == 5);
}

TEST_CASE("a DAW that stops by itself at the end has played the song") {
    Studio studio;
    studio.daw.stops_by_itself_at = at(9.6);
    Listener listener({});
    studio.listen(listener);
    CHECK_FALSE(listener.error());
    CHECK(listener.heard().to >= at(9.4));
    studio.check_returned();
}

TEST_CASE("a DAW that somebody stops in the middle: said where, the tape keeps what was heard") {
    Studio studio;
    studio.daw.at(4s, [&](TransportUser&) { studio.daw.stop_by_hand(); });
    Listener listener({});
    studio.listen(listener);
    REQUIRE(listener.error());
    CHECK(listener.error()->kind == ErrorKind::interrupted);
    CHECK_THAT(listener.error()->message, Catch::Contains("was stopped at 0:03."));
    CHECK_FALSE(listener.error()->next.empty());
    const auto heard = cells_heard(listener.tape(), studio.kick);
    CHECK(heard > 25);
    CHECK(heard < 45);
    studio.check_returned();
}

TEST_CASE("a song that stands still without a word is given up, with where; at its end it is heard") {
    Studio studio;
    studio.daw.at(4s, [&](TransportUser&) { studio.daw.stalled = true; });
    Listener listener({});
    studio.listen(listener);
    REQUIRE(listener.error());
    CHECK_THAT(listener.error()->message, Catch::Contains("stood still at 0:03."));
    CHECK_THAT(listener.error()->next, Catch::Contains("audio engine"));
    studio.check_returned();

    studio.daw.stalled = false;
    studio.daw.at(9s + 900ms, [&](TransportUser&) { studio.daw.stalled = true; });
    Listener at_the_end({});
    studio.listen(at_the_end);
    CHECK_FALSE(at_the_end.error());
    studio.check_returned();
}

TEST_CASE("somebody locates in the middle: what was jumped over is not heard, the rest is") {
    Studio studio;
    studio.daw.at(3s, [&](TransportUser&) { studio.daw.position_now = at(6.0); });
    Listener listener({});
    studio.listen(listener);
    CHECK_FALSE(listener.error());
    CHECK(cell(listener.tape(), studio.kick, 1.0).heard());
    CHECK_FALSE(cell(listener.tape(), studio.kick, 4.5).heard());
    CHECK(cell(listener.tape(), studio.kick, 8.0).heard());
    CHECK(listener.tape().heard() < 8s);
    studio.check_returned();
}

TEST_CASE("a loop is not listened to for ever") {
    Studio studio;
    studio.daw.loops_at = at(2.0);
    Listener listener({});
    studio.listen(listener);
    REQUIRE(listener.error());
    CHECK_THAT(listener.error()->message, Catch::Contains("loops"));
    studio.check_returned();
}

TEST_CASE("a loop that is told is off while it is listened over, and on again afterwards") {
    Studio studio;
    studio.daw.loop_now = SongLoop{true, {at(2.0), at(4.0)}};
    Listener listener({});
    studio.listen(listener);
    CHECK_FALSE(listener.error());
    CHECK(cell(listener.tape(), studio.kick, 6.0).heard());
    CHECK(studio.daw.loop_now->on);
    CHECK(std::count(studio.daw.log.begin(), studio.daw.log.end(), "loop off") == 1);
    studio.check_returned();
}

TEST_CASE("a loop is put back when the listening is cut off, and one that is not in the way is left alone") {
    Studio studio;
    studio.daw.loop_now = SongLoop{true, {at(2.0), at(4.0)}};
    SECTION("cut off") {
        studio.daw.at(3s, [&](TransportUser& user) { studio.daw.interrupt(user); });
        Listener listener({});
        studio.listen(listener);
        CHECK(listener.error());
        CHECK(studio.daw.log.back() != "loop off");
    }
    SECTION("behind the playhead") {
        Listener listener(from(4.0));
        studio.listen(listener);
        CHECK_FALSE(listener.error());
        CHECK(std::count(studio.daw.log.begin(), studio.daw.log.end(), "loop off") == 0);
    }
    CHECK(studio.daw.loop_now->on);
}

TEST_CASE("strips that come are recorded from then on, strips that go keep their tape") {
    Studio studio;
    StripId late;
    studio.daw.at(3s, [&](TransportUser& user) {
        late = studio.daw.add_strip("Late");
        studio.daw.tell(user, surface::StripsChanged{{late}, {}});
    });
    studio.daw.at(6s, [&](TransportUser& user) {
        studio.daw.remove_strip(studio.bass);
        studio.daw.tell(user, surface::StripsChanged{{}, {studio.bass}});
    });
    Listener listener({});
    studio.listen(listener);
    CHECK_FALSE(listener.error());
    CHECK_FALSE(cell(listener.tape(), late, 1.0).heard());
    CHECK(cell(listener.tape(), late, 5.0).level() == -20_dB);
    CHECK(cell(listener.tape(), studio.bass, 4.0).level() == -20_dB);
    CHECK_FALSE(cell(listener.tape(), studio.bass, 8.0).heard());
    CHECK(cells_heard(listener.tape(), studio.kick) >= 100);
    studio.check_returned();
}

TEST_CASE("a DAW that is lost ends the listen at once") {
    Studio studio;
    studio.daw.at(3s, [&](TransportUser& user) { studio.daw.tell(user, surface::Lost{"no sign of life"}); });
    Listener listener({});
    studio.listen(listener);
    REQUIRE(listener.error());
    CHECK(listener.error()->kind == ErrorKind::no_daw);
    CHECK_THAT(listener.error()->message, Catch::Contains("no sign of life"));
    CHECK(studio.daw.now() - Instant{} < 64s);
}

TEST_CASE("a locate that is refused for ever does not go round for ever") {
    Studio studio;
    studio.daw.refuses_locate = Error{ErrorKind::refused, "further than can be located", "go nearer"};
    Listener listener({});
    studio.listen(listener);
    REQUIRE(listener.error());
    CHECK_THAT(listener.error()->message, Catch::Contains("further than"));
    CHECK(studio.daw.log.size() < 12);
    CHECK_FALSE(studio.daw.rolling_now);
}

TEST_CASE("Ctrl-C at any moment stops the DAW and puts the transport back") {
    const int tenths = GENERATE(range(0, 130, 3));
    const bool rolled = GENERATE(false, true);
    INFO("after " << tenths << " tenths of a second, the DAW " << (rolled ? "rolled" : "stood"));
    Studio studio;
    studio.daw.rolling_now = rolled;
    bool pressed = false;
    studio.daw.at(tenths * 100ms, [&](TransportUser& user) {
        if (user.done()) return;
        pressed = true;
        studio.daw.interrupt(user);
        studio.daw.interrupt(user);  // people press it twice
    });
    Listener listener({});
    studio.listen(listener);
    CHECK(listener.error().has_value() == pressed);
    if (pressed) CHECK(listener.error()->kind == ErrorKind::interrupted);
    studio.check_returned(rolled);
    CHECK(std::count(studio.daw.log.begin(), studio.daw.log.end(), "stop") <= 3);
}

TEST_CASE("progress tells where the song is") {
    Studio studio;
    double half = 0.0;
    std::string words;
    Listener listener({});
    studio.daw.at(5s + 500ms, [&](TransportUser&) {
        half = listener.progress().share;
        words = listener.progress().doing;
    });
    CHECK(listener.progress().share == 0.0);
    studio.listen(listener);
    CHECK(half > 0.4);
    CHECK(half < 0.6);
    CHECK_THAT(words, Catch::StartsWith("listening 0:0") && Catch::EndsWith("of 0:10.0"));
}

TEST_CASE("where the ticks fell and how long the start took are known afterwards") {
    Studio studio;
    Listener listener(from(2.03));
    studio.listen(listener);
    // The scripted transport rolls at once and reports every 100 ms.
    REQUIRE(listener.start_delay());
    CHECK(listener.start_delay()->count() >= 0);
    CHECK(*listener.start_delay() <= 100ms);
    const auto phase = listener.tick_phase().in({at(3.0), at(9.0)});
    REQUIRE(phase);
    CHECK(std::chrono::abs(*phase - 30ms) <= 1ms);
}
