#include "control/strip_view.hpp"

#include "support/catch.hpp"

#include <string>

using namespace kedge;
using namespace kedge::control;

namespace {

Strip named(std::uint32_t id, const std::string& name, StripKind kind = StripKind::audio_track) {
    Strip strip;
    strip.id = StripId{id};
    strip.name = {kind, name, 0};
    return strip;
}

MixerState mixer_of(int tracks) {
    MixerState mixer;
    for (int i = 1; i <= tracks; ++i)
        mixer.strips.push_back(named(static_cast<std::uint32_t>(i), "track " + std::to_string(i)));
    mixer.strips.push_back(named(999, "Master", StripKind::master));
    return mixer;
}

std::string in_view(const StripView& view) {
    std::string text;
    for (std::size_t place = 0; place < view.places(); ++place) {
        const auto strip = view.at(place);
        text += (place > 0 ? " " : "") + (strip ? std::to_string(strip->value) : "-");
    }
    return text;
}

}  // namespace

TEST_CASE("Strip view: banks stop at both ends, and the last one is full") {
    StripView view(InMixerOrder{}, 4);
    CHECK(in_view(view) == "- - - -");
    view.update(mixer_of(6), {});
    CHECK(in_view(view) == "1 2 3 4");
    view.move_by(4);
    CHECK(in_view(view) == "3 4 5 6");
    view.move_by(1);
    CHECK(in_view(view) == "3 4 5 6");
    view.move_by(-1);
    CHECK(in_view(view) == "2 3 4 5");
    view.move_by(-100);
    CHECK(in_view(view) == "1 2 3 4");
    view.update(mixer_of(3), {});
    CHECK(in_view(view) == "1 2 3 -");
    view.move_by(4);
    CHECK(in_view(view) == "1 2 3 -");
    CHECK_FALSE(view.at(4));
}

TEST_CASE("Strip view: what comes and goes elsewhere does not move what is under the hands") {
    StripView view(InMixerOrder{}, 3);
    auto mixer = mixer_of(9);
    view.update(mixer, {});
    view.move_by(3);
    REQUIRE(in_view(view) == "4 5 6");
    SECTION("a strip comes before them") {
        mixer.strips.insert(mixer.strips.begin(), named(50, "new"));
        view.update(mixer, {});
        CHECK(in_view(view) == "4 5 6");
    }
    SECTION("the first of them goes") {
        mixer.strips.erase(mixer.strips.begin() + 3);
        view.update(mixer, {});
        CHECK(in_view(view) == "3 5 6");
    }
    SECTION("all of them go") {
        mixer.strips.erase(mixer.strips.begin() + 3, mixer.strips.begin() + 6);
        view.update(mixer, {});
        CHECK(in_view(view) == "7 8 9");
    }
    SECTION("the DAW is gone for a moment") {
        view.update(MixerState{}, {});
        CHECK(in_view(view) == "- - -");
        view.update(mixer, {});
        CHECK(in_view(view) == "4 5 6");
    }
}

TEST_CASE("Strip view: by role, and pinned") {
    auto mixer = mixer_of(5);
    mixer.strips[1].hidden = true;
    const StripRoles roles{
        {StripId{1}, Role::lead_vocal}, {StripId{3}, Role::backing_vocal}, {StripId{4}, Role::lead_vocal}};
    StripView vocals(OfRoles{{Role::backing_vocal, Role::lead_vocal}}, 4);
    vocals.update(mixer, roles);
    CHECK(in_view(vocals) == "3 1 4 -");
    CHECK(vocals.place_of(StripId{4}) == 2U);
    StripView others(OfRoles{{Role::other}}, 2);
    others.update(mixer, roles);
    CHECK(in_view(others) == "5 -");
    StripView pinned(Pinned{{"track 4", "no such", "Master"}}, 3);
    pinned.update(mixer, roles);
    CHECK(in_view(pinned) == "4 - 999");
    StripView all(InMixerOrder{}, 9);
    all.update(mixer, roles);
    CHECK(in_view(all) == "1 3 4 5 - - - - -");
}

TEST_CASE("Strip view: a strip is brought into view by as little as needed") {
    StripView view(InMixerOrder{}, 3);
    view.update(mixer_of(9), {});
    CHECK(view.show(StripId{5}));
    CHECK(in_view(view) == "3 4 5");
    CHECK(view.show(StripId{4}));
    CHECK(in_view(view) == "3 4 5");
    CHECK(view.show(StripId{1}));
    CHECK(in_view(view) == "1 2 3");
    CHECK_FALSE(view.show(StripId{999}));
}
