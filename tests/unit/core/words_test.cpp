#include "core/mixer_state.hpp"
#include "core/pass.hpp"
#include "core/role.hpp"
#include "support/catch.hpp"

using namespace kedge;

TEST_CASE("every role has a word and finds its way back") {
    for (const Role role : all_roles()) {
        INFO(to_string(role));
        CHECK(role_from_string(to_string(role)) == role);
    }
    CHECK(to_string(Role::return_bus) == "return");
    CHECK_FALSE(role_from_string("Kick"));
    CHECK_FALSE(role_from_string(""));
}

TEST_CASE("pass words find their way back") {
    for (const PassState state : {PassState::prepared, PassState::applied, PassState::rolled_back,
                                  PassState::broken, PassState::reverted, PassState::partly_reverted})
        CHECK(pass_state_from_string(to_string(state)) == state);
    for (const Verdict verdict : {Verdict::pending, Verdict::confirmed, Verdict::failed, Verdict::unheard,
                                  Verdict::rolled_back, Verdict::conflict})
        CHECK(verdict_from_string(to_string(verdict)) == verdict);
    for (const PassKind kind : {PassKind::mix, PassKind::refine, PassKind::revert, PassKind::reapply,
                                PassKind::correction, PassKind::recall, PassKind::comparison})
        CHECK(pass_kind_from_string(to_string(kind)) == kind);
    CHECK_FALSE(pass_state_from_string("done"));
}

TEST_CASE("a strip gives and takes its controls by name") {
    Strip strip;
    CHECK_FALSE(strip.control(Control::fader));
    strip.set_control(Control::fader, Decibels(-3.0));
    strip.set_control(Control::pan, Pan(0.5));
    strip.set_control(Control::mute, Mute::muted);
    strip.set_control(Control::trim, Decibels::silence());
    CHECK(strip.control(Control::fader) == ControlValue(Decibels(-3.0)));
    CHECK(strip.control(Control::pan) == ControlValue(Pan(0.5)));
    CHECK(strip.control(Control::mute) == ControlValue(Mute::muted));
    CHECK(strip.control(Control::trim) == ControlValue(Decibels::silence()));
}

TEST_CASE("each control of a strip has an automation mode of its own") {
    for (const Control automated : all_controls) {
        Strip strip;
        strip.set_automation(automated, AutomationMode::latch);
        for (const Control control : all_controls) {
            INFO(to_string(automated) << " automated, " << to_string(control) << " asked");
            CHECK(strip.automation(control) ==
                  (control == automated ? AutomationMode::latch : AutomationMode::manual));
        }
    }
}

TEST_CASE("strips are found by id and by name, twins told apart") {
    MixerState mixer;
    for (std::uint32_t i = 1; i <= 3; ++i) {
        Strip strip;
        strip.id = StripId{i};
        strip.name = {i == 3 ? StripKind::master : StripKind::audio_track, i == 3 ? "Master" : "Gtr",
                      i == 2 ? 1 : 0};
        mixer.strips.push_back(strip);
    }
    CHECK(mixer.find(StripName{StripKind::audio_track, "Gtr", 1})->id == StripId{2});
    CHECK(mixer.find(StripId{1})->name.twin == 0);
    CHECK(mixer.find(StripId{9}) == nullptr);
    CHECK(mixer.master()->id == StripId{3});
}
