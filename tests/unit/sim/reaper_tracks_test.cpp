#include "reaper/fader_law.hpp"
#include "sim/reaper_words.hpp"
#include "support/catch.hpp"
#include "unit/sim/reaper_bench.hpp"

using namespace kedge;
using namespace kedge::sim;
using namespace kedge::sim::test;

TEST_CASE("REAPER: volume by its position, in dB and as a text", "[R6.1]") {
    ReaperBench bench;
    bench.settle();
    bench.ask("/track/1/volume", {static_cast<float>(reaper::share_of(Decibels(-6.0)).normalised())});
    CHECK(bench.strip(0).fader.db() == Approx(-6.0).margin(1e-4));
    bench.ask("/track/1/volume/db", {-12.5F});
    CHECK(bench.strip(0).fader == Decibels(-12.5));
    bench.ask("/track/1/volume/str", {std::string_view("+3.25dB")});
    CHECK(bench.strip(0).fader == Decibels(3.25));
    bench.ask("/track/1/volume/str", {std::string_view("-inf")});
    CHECK(bench.strip(0).fader.is_silence());
    bench.ask("/track/1/volume/db", {std::nanf("")});
    CHECK(bench.strip(0).fader.is_silence());
    // The fader's way ends at +12 dB, a level in dB does not.
    bench.ask("/track/1/volume", {2.0F});
    CHECK(bench.strip(0).fader.db() == Approx(12.0));
    CHECK(holds(bench.ask("/track/1/volume/db", {20.0F}), "/track/1/volume/str s+20.0dB"));
}

TEST_CASE("REAPER: what is told right after a value was set is the value that was asked for",
          "[R6.18][R6.19]") {
    ReaperBench bench;
    bench.settle();
    const Lines told = bench.ask("/track/2/volume/db", {-6.0F});
    CHECK(told == Lines{"/track/2/volume f0.59", "/track/2/volume/str s-6.00dB"});
}

TEST_CASE(
    "REAPER: a volume sent to a selected track moves all selected ones by as many dB, and only the track is "
    "told",
    "[R6.2]") {
    ReaperBench bench;
    bench.strip(0).selected = true;
    bench.strip(1).selected = true;
    bench.strip(1).fader = Decibels(-3.0);
    bench.daw.engine().master().selected = true;
    bench.settle();
    const Lines told = bench.ask("/track/1/volume/db", {-6.0F});
    CHECK(bench.strip(0).fader == Decibels(-6.0));
    CHECK(bench.strip(1).fader.db() == Approx(-9.0));
    CHECK(bench.strip(2).fader == Decibels());
    CHECK(bench.daw.engine().master().fader.db() == Approx(-6.0));
    CHECK(only(told, "/track/2").empty());
    CHECK(only(told, "/master").empty());
    // A track that is not selected moves alone.
    bench.ask("/track/3/volume/db", {-1.0F});
    CHECK(bench.strip(0).fader == Decibels(-6.0));
    // Unselected first, a track moves alone: action 40297.
    CHECK(holds(bench.ask("/action", {std::int32_t{40297}}), "/track/1/select f0.00"));
    bench.ask("/track/1/volume/db", {0.0F});
    CHECK(bench.strip(1).fader.db() == Approx(-9.0));
}

TEST_CASE("REAPER: gangs with a silent fader") {
    ReaperBench bench;
    bench.strip(0).selected = true;
    bench.strip(1).selected = true;
    bench.settle();
    bench.ask("/track/1/volume/db", {-std::numeric_limits<float>::infinity()});
    CHECK(bench.strip(0).fader.is_silence());
    CHECK(bench.strip(1).fader.is_silence());
    bench.strip(1).fader = Decibels(-3.0);
    bench.ask("/track/1/volume/db", {0.0F});
    CHECK(bench.strip(1).fader == Decibels(-3.0));
}

TEST_CASE("REAPER: pan from 0, left, to 1, right; a text counts as it stands", "[R6.4][R6.21]") {
    ReaperBench bench;
    bench.settle();
    CHECK(bench.ask("/track/1/pan", {0.0F}) == Lines{"/track/1/pan/str s100%L"});
    CHECK(bench.strip(0).pan == Pan::left());
    CHECK(bench.ask("/track/1/pan", {0.5F}) == Lines{"/track/1/pan/str sC"});
    bench.ask("/track/1/pan/str", {std::string_view("30%R")});
    CHECK(bench.strip(0).pan == Pan::right());
    bench.strip(0).selected = true;
    bench.strip(1).selected = true;
    bench.ask("/track/1/pan", {0.75F});
    CHECK(bench.strip(0).pan == Pan(0.5));
    CHECK(bench.strip(1).pan == Pan(-0.5));
}

TEST_CASE("REAPER: mute, solo, recarm and monitor go to all selected tracks when one of them is meant",
          "[R2.9][R2.10][R3.7][R3.8][R6.6]") {
    ReaperBench bench;
    bench.strip(0).selected = true;
    bench.strip(1).selected = true;
    bench.settle();
    CHECK(holds(bench.ask("/track/1/mute", {1.0F}), "/track/2/mute f1.00"));
    CHECK(bench.strip(1).muted);
    CHECK_FALSE(bench.strip(2).muted);
    bench.ask("/track/1/mute", {2.0F});
    CHECK(bench.strip(0).muted);
    bench.ask("/track/3/mute/toggle", {});
    CHECK(bench.strip(2).muted);
    bench.ask("/track/3/mute/toggle", {1.0F});
    bench.ask("/track/3/mute/toggle", {0.0F});
    CHECK_FALSE(bench.strip(2).muted);
    const Lines soloed = bench.ask("/track/2/solo", {1.0F});
    CHECK(bench.strip(0).soloed);
    CHECK(holds(soloed, "/anysolo f1.00"));
    CHECK(holds(bench.ask("/action", {std::int32_t{40340}}), "/anysolo f0.00"));
    CHECK(holds(bench.ask("/track/1/recarm", {1.0F}), "/track/2/recarm f1.00"));
    CHECK(holds(bench.ask("/track/1/monitor", {std::int32_t{2}}), "/track/2/monitor f2.00"));
    CHECK(bench.ask("/track/1/monitor", {std::int32_t{3}}).empty());
}

TEST_CASE("REAPER: b and t are told back at their own address, other flags are not", "[R6.18][R6.19]") {
    ReaperBench bench;
    bench.settle();
    CHECK(bench.ask("/track/1/mute", {1.0F}) == Lines{"/track/1/mute f1.00", "/track/1/mute/toggle f1.00"});
    CHECK(only(bench.ask("/track/1/volume", {0.5F}), "/track/1/volume f").empty());
    // The current track's address is another one.
    bench.ask("/device/track/select", {std::int32_t{1}});
    CHECK(holds(bench.ask("/track/1/volume/db", {-8.0F}), "/track/volume/db f-8.00"));
}

TEST_CASE("REAPER: each address says a value once, until one is received there", "[R6.16][R6.17]") {
    ReaperBench bench;
    bench.settle();
    bench.daw.move_fader(0, Decibels(-6.0));
    CHECK(bench.pass(100ms).size() == 3);
    bench.daw.move_fader(0, Decibels(-6.0));
    CHECK(bench.pass(100ms).empty());
    // Received: forgotten at that address alone, so that the next look says it again there.
    CHECK(bench.ask("/track/1/volume/db", {-6.0F}).empty());
    bench.daw.move_fader(0, Decibels(-6.0));
    CHECK(bench.pass(100ms) == Lines{"/track/1/volume/db f-6.00"});
}

TEST_CASE("REAPER's texts of volume", "[R6.21][R7.7]") {
    CHECK(volume_text(Decibels()) == "0.00dB");
    CHECK(volume_text(Decibels(-6.02)) == "-6.02dB");
    CHECK(volume_text(Decibels(6.0206)) == "+6.02dB");
    CHECK(volume_text(Decibels(-20.0)) == "-20.0dB");
    CHECK(volume_text(Decibels(-140.0)) == "-140.0dB");
    CHECK(volume_text(Decibels(-0.0009)) == "-0.00dB");
    CHECK(volume_text(Decibels::silence()) == "-inf dB");
    CHECK(volume_text(Decibels(-151.0)) == "-inf dB");
    CHECK(*volume_value(Decibels::silence()).raw == -150.0);
    CHECK(*volume_value(Decibels(-200.0)).raw == -150.0);
}

TEST_CASE("REAPER's texts of pan", "[R6.21]") {
    CHECK(pan_text(Pan()) == "C");
    CHECK(pan_text(Pan(-0.125)) == "12%L");
    CHECK(pan_text(Pan(0.3)) == "30%R");
    CHECK(pan_text(Pan(0.999)) == "99%R");
    CHECK(pan_text(Pan(1.0)) == "100%R");
    CHECK(pan_text(Pan(-0.004)) == "0.4%L");
    CHECK(pan_text(Pan(0.0004)) == "0%R");
}

TEST_CASE("REAPER's texts of time", "[R4.10]") {
    CHECK(time_text(SongTime::from_seconds(3.5)) == "0:03.500");
    CHECK(time_text(SongTime::from_seconds(0.0016)) == "0:00.001");
    CHECK(time_text(SongTime::from_seconds(3725.25)) == "1:02:05.250");
    CHECK(beat_text(SongTime::from_seconds(3.5), {}) == "2.4.00");
    CHECK(beat_text(SongTime::from_seconds(1.999), {}) == "2.1.00");
    CHECK(frame_text(SongTime::from_seconds(3.5)) == "00:00:03:15");
    CHECK(frame_text(SongTime::from_seconds(3725.25)) == "01:02:05:07");
    CHECK(time_from_text("1:02:05.250") == SongTime::from_seconds(3725.25));
    CHECK(time_from_text("x") == SongTime());
    CHECK(leading_number("  +3.5dB") == 3.5);
    CHECK(leading_number("Kick") == 0.0);
}

TEST_CASE(
    "REAPER: positions beyond the last track are tracks to the device: a name, silence, pan in the middle",
    "[R6.23][R7.7]") {
    ReaperBench bench;
    const Lines told = bench.pass(1s);
    CHECK(only(told, "/track/4/name") == Lines{"/track/4/name sTrack 4"});
    CHECK(holds(told, "/track/4/volume f0.00"));
    CHECK(holds(told, "/track/4/volume/str s-inf dB"));
    CHECK(holds(told, "/track/4/volume/db f-150.00"));
    CHECK(holds(told, "/track/4/pan f0.50"));
    CHECK(holds(told, "/track/4/mute f0.00"));
    CHECK(holds(told, "/track/4/autotrim f1.00"));
    CHECK(holds(told, "/track/4/vu f0.00"));
    // What is sent there goes nowhere.
    CHECK(bench.ask("/track/4/volume/db", {-6.0F}).empty());
}

TEST_CASE("REAPER: a track without a name cannot be told from one that is not there", "[R6.24][R6.25]") {
    ReaperBench bench;
    bench.settle();
    bench.daw.rename_track(1, "");
    CHECK(bench.pass(100ms) == Lines{"/track/2/name sTrack 2"});
    bench.daw.rename_track(1, "Bass");
    bench.daw.rename_track(1, "2");
    CHECK(bench.pass(100ms) == Lines{"/track/2/name sBass", "/track/2/name sTrack 2"});
}

TEST_CASE("REAPER: a name can be sent, but not the master's", "[R3.2]") {
    ReaperBench bench;
    bench.settle();
    CHECK(bench.ask("/track/1/name", {std::string_view("Snare")}).empty());
    CHECK(bench.strip(0).name == "Snare");
    CHECK(bench.ask("/track/name", {std::string_view("Snare")}).empty());
}

TEST_CASE(
    "REAPER: when the list of the tracks changes only what changed is told, and never how many there are",
    "[R6.22][R6.23]") {
    ReaperBench bench;
    bench.settle();
    bench.daw.add_track(steady("Keys", 0.5F));
    Lines told = bench.pass(200ms);
    CHECK(told == Lines{"/track/4/name sKeys", "/track/4/volume f0.72", "/track/4/volume/str s0.00dB",
                        "/track/4/volume/db f0.00"});
    bench.daw.reorder_tracks({3, 1, 2, 0});
    told = bench.pass(200ms);
    CHECK(told == Lines{"/track/1/name sKeys", "/track/4/name sKick"});
    bench.daw.remove_track(3);
    told = bench.pass(200ms);
    CHECK(holds(told, "/track/4/name sTrack 4"));
    CHECK(told.size() == 4);
}

TEST_CASE(
    "REAPER: the master's fader is told while it is the current track, and with the list; its pan always") {
    ReaperBench bench;
    bench.settle();
    CHECK(holds(bench.ask("/master/volume", {0.5F}), "/master/volume/str s-11.1dB"));
    bench.ask("/device/track/select", {std::int32_t{1}});
    CHECK(bench.ask("/master/volume", {0.6F}).empty());
    CHECK(bench.daw.engine().master().fader.db() == Approx(-5.63).margin(0.01));
    CHECK(holds(bench.ask("/action", {std::int32_t{41743}}), "/master/volume/str s-5.63dB"));
    bench.daw.engine().master().pan = Pan(0.5);
    bench.ask("/device/track/count", {std::int32_t{3}});
    CHECK(bench.ask("/master/pan", {0.25F}).empty());
    CHECK(bench.daw.engine().master().pan == Pan(-0.5));
}

TEST_CASE(
    "REAPER: a complete refresh is action 41743, nothing less; a count asked for again is only looked at",
    "[R6.30][R6.31]") {
    ReaperBench bench;
    const Lines first = bench.pass(1s);
    CHECK(bench.ask("/device/track/count", {std::int32_t{4}}).empty());
    CHECK(bench.ask("/track/1/volume/db", {}).empty());
    Lines again = bench.ask("/action", {std::int32_t{41743}});
    CHECK(only(again, "/track") == only(first, "/track"));
    CHECK(only(again, "/master") == only(first, "/master"));
    again = bench.ask("/action/41743", {});
    CHECK(again == first);
}

TEST_CASE("REAPER: undo and redo are actions, and what they change is told", "[R6.32][R6.33][R4.35]") {
    ReaperBench bench;
    bench.settle();
    bench.ask("/track/1/volume/db", {-6.0F});
    bench.pass(1s);
    // Another kind ends what is held: both moves are one point.
    bench.send("/track/2/volume/db", {-3.0F});
    bench.send("/track/2/mute", {1.0F});
    bench.pass(1s);
    CHECK(bench.daw.undo_history().points() == 2);
    Lines told = bench.ask("/action/40029", {});
    CHECK(bench.strip(1).fader == Decibels());
    CHECK_FALSE(bench.strip(1).muted);
    CHECK(holds(told, "/track/2/volume/db f0.00"));
    bench.ask("/action/40029", {});
    CHECK(bench.strip(0).fader == Decibels());
    CHECK(bench.ask("/action/40029", {}).empty());
    bench.ask("/action/str", {std::string_view("40030")});
    CHECK(bench.strip(0).fader == Decibels(-6.0));
    bench.ask("/action", {std::int32_t{40030}});
    CHECK(bench.strip(1).muted);
    CHECK(bench.ask("/action", {std::int32_t{40030}}).empty());
}

TEST_CASE("REAPER: many moves in a burst are one undo point", "[R6.32]") {
    ReaperBench bench;
    bench.settle();
    for (int i = 1; i <= 3; ++i) bench.send("/track/" + std::to_string(i) + "/volume/db", {-6.0F});
    bench.pass(1s);
    CHECK(bench.daw.undo_history().points() == 1);
}

TEST_CASE("REAPER: OSC speaks to the project that is open", "[R6.34]") {
    ReaperBench bench;
    bench.settle();
    bench.daw.quit();
    Song other = recorded_song();
    other.stems = {steady("Piano", 0.5F)};
    bench.daw.open(other);
    bench.settle();
    bench.ask("/track/1/volume/db", {-6.0F});
    CHECK(bench.strip(0).name == "Piano");
    CHECK(bench.strip(0).fader == Decibels(-6.0));
}
