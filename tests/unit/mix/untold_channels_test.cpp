#include "unit/mix/song_fixture.hpp"

using namespace kedge;
using namespace kedge::mix;
using namespace kedge::test;

TEST_CASE(
    "Where channels are not told, what is often stereo keeps its pan, and what names its side is panned") {
    TestSong song;
    song.can.counts_channels = false;
    song.add("Kick", Role::kick, -8.0);
    const StripId guitar = song.add("Rhy Gtr", Role::rhythm_guitar, -8.0);
    const StripId pad = song.add("Pad", Role::pad, -8.0);
    const StripId keys = song.add("Keys L", Role::keys, -8.0);
    // Nobody knows: it is not asked.
    for (Strip& strip : song.mixer.strips) strip.inputs = 2;
    for (Strip& strip : song.mixer.strips) strip.pan = Pan(0.15);
    const Plan plan = planned(song);
    CHECK(move_of(plan, pad, Control::pan) == nullptr);
    CHECK(move_of(plan, guitar, Control::pan) != nullptr);
    REQUIRE(move_of(plan, keys, Control::pan) != nullptr);
    CHECK(std::get<Pan>(move_of(plan, keys, Control::pan)->to) < Pan());
    CHECK_THAT(plan.notes,
               Catch::VectorContains(std::string(
                   "This surface does not say which strips are stereo: what often is, such as keys "
                   "and pads, keeps its pan.")));
}

TEST_CASE("A pan that is read back no more exactly than it is off is not moved") {
    TestSong song;
    song.can.pan_tolerance = 0.03;
    const StripId kick = song.add("Kick", Role::kick, -8.0);
    song.mixer.strips.front().pan = Pan(0.02);
    CHECK(move_of(planned(song), kick, Control::pan) == nullptr);
    song.mixer.strips.front().pan = Pan(0.04);
    CHECK(move_of(planned(song), kick, Control::pan) != nullptr);
}
