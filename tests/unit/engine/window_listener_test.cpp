#include "engine/listener.hpp"
#include "support/catch.hpp"
#include "unit/engine/scripted_transport.hpp"

#include <algorithm>
#include <string>

using namespace kedge;
using namespace kedge::engine;
using namespace kedge::test;
using namespace std::chrono_literals;

namespace {

SongTime second(double seconds) {
    return SongTime::from_seconds(seconds);
}

/// Six strips behind a window of two, a song of 10 s; strip n plays at -10 - n dB.
struct Banks {
    Banks() {
        daw.window_size = 2;
        daw.mixer_.session.end = second(10.0);
        daw.position_now = second(7.0);
        for (int i = 1; i <= 6; ++i) strips.push_back(daw.add_strip("Strip " + std::to_string(i)));
        daw.plays = [](StripId strip, SongTime) { return Decibels(-10.0 - strip.value); };
    }

    [[nodiscard]] long count(const std::string& command) const {
        return std::count(daw.log.begin(), daw.log.end(), command);
    }
    /// Whether every strip has its own level all through.
    void check_heard(const Listener& listener, double from, double to) const {
        for (const StripId strip : strips) {
            INFO("strip " << strip.value);
            const auto* track = listener.tape().find(strip);
            REQUIRE(track);
            for (auto cell = static_cast<std::size_t>(from * 10.0);
                 cell < static_cast<std::size_t>(to * 10.0); ++cell) {
                REQUIRE(cell < track->cells.size());
                CHECK(track->cells[cell].level() == Decibels(-10.0 - strip.value));
            }
        }
    }

    ScriptedTransport daw;
    std::vector<StripId> strips;
};

}  // namespace

TEST_CASE("through a window the song is rolled once for each bank, and every strip is heard") {
    Banks banks;
    Listener listener({});
    REQUIRE(banks.daw.run(listener));
    CHECK_FALSE(listener.error());
    CHECK(banks.daw.log == std::vector<std::string>{"bank 1", "locate 0.0", "play", "stop", "bank 2",
                                                    "locate 0.0", "play", "stop", "bank 3", "locate 0.0",
                                                    "play", "stop", "locate 7.0"});
    banks.check_heard(listener, 0.0, 9.9);
    CHECK(listener.heard().to >= second(10.0));
    CHECK(banks.daw.position_now == second(7.0));
}

TEST_CASE("progress counts the rolls through all banks, and never goes back") {
    Banks banks;
    Listener listener({});
    std::vector<std::string> said;
    double share = 0.0;
    for (Duration when = 100ms; when < 40s; when += 100ms)
        banks.daw.at(when, [&](TransportUser&) {
            if (listener.done()) return;
            const Progress now = listener.progress();
            said.push_back(now.doing);
            CHECK(now.share >= share - 1e-9);
            share = now.share;
        });
    REQUIRE(banks.daw.run(listener));
    CHECK(share > 0.95);
    CHECK(std::any_of(said.begin(), said.end(), [](const std::string& words) {
        return words.starts_with("listening 0:05.") && words.ends_with(" of 0:10.0, bank 2 of 3");
    }));
}

TEST_CASE("Ctrl-C at any moment between and in the rolls stops the DAW and puts the transport back") {
    for (Duration when = 50ms; when < 30s; when += 530ms) {
        Banks banks;
        banks.daw.at(when, [&](TransportUser& user) { banks.daw.interrupt(user); });
        Listener listener({});
        REQUIRE(banks.daw.run(listener));
        INFO("after " << std::chrono::duration<double>(when).count() << " s");
        REQUIRE(listener.error());
        CHECK(listener.error()->kind == ErrorKind::interrupted);
        CHECK_FALSE(banks.daw.rolling_now);
        CHECK(banks.daw.position_now == second(7.0));
    }
}

TEST_CASE("a DAW that is lost between the rolls ends the listen at once") {
    for (Duration when = 1s; when < 30s; when += 1700ms) {
        Banks banks;
        banks.daw.at(when,
                     [&](TransportUser& user) { banks.daw.tell(user, surface::Lost{"the port is gone"}); });
        Listener listener({});
        REQUIRE(banks.daw.run(listener));
        REQUIRE(listener.error());
        CHECK(listener.error()->kind == ErrorKind::no_daw);
        CHECK(listener.done());
    }
}

TEST_CASE("a bank that is never shown is said, and the transport goes back") {
    Banks banks;
    banks.daw.never_shows = true;
    Listener listener({});
    REQUIRE(banks.daw.run(listener));
    REQUIRE(listener.error());
    CHECK_THAT(listener.error()->message, Catch::Contains("next bank"));
    CHECK(banks.daw.position_now == second(7.0));
}

TEST_CASE("strips that change between the rolls are heard once more, bank by bank") {
    Banks banks;
    banks.daw.at(16s, [&](TransportUser& user) {
        // A new first strip: all others move on by one slot.
        const StripId fresh = banks.daw.add_strip("New");
        auto& strips = banks.daw.mixer_.strips;
        std::rotate(strips.begin(), strips.end() - 1, strips.end());
        banks.strips.push_back(fresh);
        banks.daw.tell(user, surface::StripsChanged{{fresh}, {}});
    });
    Listener listener({});
    REQUIRE(banks.daw.run(listener));
    CHECK_FALSE(listener.error());
    CHECK(banks.count("bank 4") == 1);
    banks.check_heard(listener, 0.0, 9.9);
}

TEST_CASE("strips that keep changing are given up with a word") {
    Banks banks;
    for (Duration when = 5s; when < 5min; when += 7s)
        banks.daw.at(when, [&](TransportUser& user) { banks.daw.tell(user, surface::StripsChanged{}); });
    Listener listener({});
    REQUIRE(banks.daw.run(listener));
    REQUIRE(listener.error());
    CHECK_THAT(listener.error()->message, Catch::Contains("kept changing"));
    CHECK(banks.daw.position_now == second(7.0));
}

TEST_CASE("a bank in which nothing plays does not end a song without a known end") {
    Banks banks;
    banks.daw.mixer_.session.end.reset();
    banks.daw.plays = [](StripId strip, SongTime at) {
        const double until = strip.value <= 2 ? 0.0 : strip.value <= 4 ? 90.0 : 30.0;
        return at.seconds() < until ? Decibels(-10.0 - strip.value) : Decibels::silence();
    };
    Listener listener({});
    REQUIRE(banks.daw.run(listener, 20min));
    CHECK_FALSE(listener.error());
    REQUIRE(listener.song_end());
    CHECK(std::abs(listener.song_end()->seconds() - 90.0) <= 0.2);
    // The first bank was left after a minute of silence, and is heard up to the end all the same.
    CHECK(banks.count("bank 1") == 2);
    for (const StripId strip : banks.strips) {
        INFO(strip.value);
        CHECK(listener.tape().find(strip)->cells.size() >= 899);
    }
    CHECK(listener.heard().to.seconds() >= 89.8);
}

TEST_CASE("a bank that comes in late, after the others ended, is waited for") {
    Banks banks;
    banks.daw.mixer_.session.end.reset();
    banks.daw.plays = [](StripId strip, SongTime at) {
        const bool plays =
            strip.value <= 4 ? at.seconds() < 20.0 : at.seconds() > 50.0 && at.seconds() < 70.0;
        return plays ? Decibels(-20.0) : Decibels::silence();
    };
    Listener listener({});
    REQUIRE(banks.daw.run(listener, 20min));
    CHECK_FALSE(listener.error());
    CHECK(std::abs(listener.song_end()->seconds() - 70.0) <= 0.2);
    CHECK(listener.heard().to.seconds() >= 69.8);
}

TEST_CASE("silence on every bank ends after the longest lead-in of each") {
    Banks banks;
    banks.daw.mixer_.session.end.reset();
    banks.daw.plays = [](StripId, SongTime) { return Decibels::silence(); };
    Listener listener({});
    REQUIRE(banks.daw.run(listener, 20min));
    CHECK_FALSE(listener.error());
    CHECK(listener.heard().to.seconds() < 61.0);
    CHECK(banks.count("play") == 3);
}

TEST_CASE("a playhead that goes only to the start is left there, and that is known") {
    Banks banks;
    banks.daw.capabilities_.locates = false;
    const bool rolled = GENERATE(false, true);
    banks.daw.rolling_now = rolled;
    Listener listener({});
    REQUIRE(banks.daw.run(listener));
    CHECK_FALSE(listener.error());
    banks.check_heard(listener, 0.0, 9.9);
    CHECK(listener.left_at_start());
    CHECK_FALSE(banks.daw.rolling_now);
    CHECK(banks.daw.position_now == SongTime());
}

TEST_CASE("a playhead that stood at the start is where it was: nothing to say") {
    Banks banks;
    banks.daw.capabilities_.locates = false;
    banks.daw.position_now = SongTime();
    Listener listener({});
    REQUIRE(banks.daw.run(listener));
    CHECK_FALSE(listener.error());
    CHECK_FALSE(listener.left_at_start());
}

TEST_CASE("a range that begins elsewhere is refused where the playhead goes only to the start") {
    Banks banks;
    banks.daw.capabilities_.locates = false;
    ListenWishes wishes;
    wishes.from = second(3.0);
    Listener listener(wishes);
    REQUIRE(banks.daw.run(listener));
    REQUIRE(listener.error());
    CHECK(listener.error()->kind == ErrorKind::usage);
    CHECK_THAT(listener.error()->message, Catch::Contains("start of the song and nowhere else"));
    CHECK_THAT(listener.error()->next, Catch::Contains("--from"));
    CHECK(banks.daw.log.empty());
    CHECK(banks.daw.position_now == second(7.0));
}

TEST_CASE("the tail of what played before is no sound of a bank, whatever steps the meter shows") {
    Banks banks;
    auto& law = banks.daw.capabilities_.meter;
    law.fall_off_per_second = Decibels(13.0);
    for (const double level : {-60.0, -50.0, -40.0, -30.0, -20.0, -14.0, -10.0, -8.0, -6.0, -4.0, -2.0, 0.0})
        law.steps.emplace_back(level);
    banks.daw.rolling_now = true;
    // Nothing in the song's first seconds: what a meter shows there falls from before.
    double since = 0.0;
    banks.daw.plays = [&](StripId, SongTime at) {
        since = at.seconds();
        if (at >= second(5.0)) return law.told(-10.1_dB);
        return law.told(Decibels(-10.1 - 13.0 * since));
    };
    Listener listener({});
    REQUIRE(banks.daw.run(listener));
    CHECK_FALSE(listener.error());
    const auto* track = listener.tape().find(banks.strips.front());
    REQUIRE(track);
    CHECK(track->cells[60].level() == law.told(-10.1_dB));
}
