#include "unit/mix/song_fixture.hpp"

#include <cmath>
#include <numbers>

using namespace kedge;
using namespace kedge::mix;
using namespace kedge::test;

namespace {

double pan_after(TestSong song, const Plan& plan, StripId strip) {
    song.apply(plan.moves);
    return song.strip(strip).pan->position();
}

/// Left minus right energy in dB, equal-power panning, from the moves alone.
double left_over_right(TestSong song, const Plan& plan) {
    song.apply(plan.moves);
    double left = 0.0;
    double right = 0.0;
    for (const Strip& strip : song.mixer.strips) {
        const double energy =
            std::pow(10.0, (song.heard(strip.id).active_level + *strip.trim + *strip.fader).db() / 10.0);
        const double angle = (strip.pan->position() + 1.0) * std::numbers::pi / 4.0;
        left += energy * std::cos(angle) * std::cos(angle);
        right += energy * std::sin(angle) * std::sin(angle);
    }
    return 10.0 * std::log10(left / right);
}

struct Rhythm : TestSong {
    StripId kick = add("Kick", Role::kick, -8.0);
    StripId snare = add("Snare", Role::snare, -8.0);
    StripId bass = add("Bass", Role::bass, -8.0);
    StripId vocal = add("Lead Vox", Role::lead_vocal, -8.0);
};

}  // namespace

TEST_CASE("low end, snare and lead vocal go to the middle from wherever they stood") {
    Rhythm song;
    for (Strip& strip : song.mixer.strips) strip.pan = Pan(-0.4);
    const Plan plan = planned(song);
    for (const StripId strip : {song.kick, song.snare, song.bass, song.vocal}) {
        CHECK(pan_after(song, plan, strip) == 0.0);
        CHECK_THAT(move_of(plan, strip, Control::pan)->reason, Catch::Contains("it was at"));
    }
}

TEST_CASE("L and R in a name are obeyed, whichever comes first") {
    Rhythm song;
    const StripId right = song.add("Rhy Gtr R", Role::rhythm_guitar, -8.0);
    const StripId left = song.add("Rhy Gtr L", Role::rhythm_guitar, -8.0);
    const Plan plan = planned(song);
    CHECK(pan_after(song, plan, left) == Approx(-0.9));
    CHECK(pan_after(song, plan, right) == Approx(0.9));
    CHECK(std::abs(left_over_right(song, plan)) <= 1.0);
}

TEST_CASE("a lone guitar is balanced by another instrument on the other side") {
    Rhythm song;
    const StripId guitar = song.add("Rhy Gtr", Role::rhythm_guitar, -8.0);
    const StripId keys = song.add("Piano", Role::keys, -15.0);
    const Plan plan = planned(song);
    const double guitar_at = pan_after(song, plan, guitar);
    const double keys_at = pan_after(song, plan, keys);
    CHECK(guitar_at * keys_at < 0.0);
    CHECK(std::abs(guitar_at) > 0.1);
    CHECK(std::abs(left_over_right(song, plan)) <= 1.0);
}

TEST_CASE("a double without sides in its names goes left and right") {
    Rhythm song;
    const StripId one = song.add("Gtr 1", Role::rhythm_guitar, -8.0);
    const StripId two = song.add("Gtr 2", Role::rhythm_guitar, -8.0);
    const Plan plan = planned(song);
    CHECK(pan_after(song, plan, one) == Approx(-pan_after(song, plan, two)));
    CHECK(std::abs(pan_after(song, plan, one)) >= 0.8);
}

TEST_CASE("stereo strips stay centred, or come there") {
    Rhythm song;
    const StripId keys = song.add("Piano", Role::keys, -8.0);
    song.strip(keys).inputs = 2;
    CHECK(move_of(planned(song), keys, Control::pan) == nullptr);
    song.strip(keys).pan = Pan(0.5);
    CHECK(pan_after(song, planned(song), keys) == 0.0);
}

TEST_CASE("a pan that follows automation stays, is named, and counts for the balance of sides") {
    Rhythm song;
    const StripId guitar = song.add("Rhy Gtr", Role::rhythm_guitar, -8.0);
    song.strip(guitar).pan = Pan(0.8);
    song.strip(guitar).pan_automation = AutomationMode::touch;
    const StripId keys = song.add("Piano", Role::keys, -8.0);
    const Plan plan = planned(song);
    CHECK(move_of(plan, guitar, Control::pan) == nullptr);
    CHECK_THAT(why_left(plan, guitar), Catch::Contains("pan follows automation"));
    CHECK(move_of(plan, guitar, Control::trim) != nullptr);
    CHECK(pan_after(song, plan, keys) < 0.0);
}

TEST_CASE("sides that nothing can balance are said") {
    Rhythm song;
    song.add("Rhy Gtr L", Role::rhythm_guitar, -8.0);
    song.add("Strings L", Role::pad, -8.0);
    song.add("Tambourine L", Role::percussion, -8.0);
    const Plan plan = planned(song);
    CHECK(std::abs(left_over_right(song, plan)) > 1.0);
    CHECK_THAT(notes_of(plan), Catch::Contains("Left and right energy are"));
}

TEST_CASE("a surface without pan gets no pan moves") {
    Rhythm song;
    song.add("Rhy Gtr L", Role::rhythm_guitar, -8.0);
    song.can.pan = false;
    for (const Move& move : planned(song).moves) CHECK(move.control != Control::pan);
}
