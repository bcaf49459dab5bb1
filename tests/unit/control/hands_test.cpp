#include "control/hands.hpp"

#include "support/catch.hpp"
#include "unit/control/position_at.hpp"

#include <string>

using namespace kedge;
using namespace kedge::control;
using namespace std::chrono_literals;
using kedge::control::test::at;

namespace {

constexpr Instant began{};
const midi::Channel first_channel;

FromController controller(int number) {
    return {first_channel, midi::Data7(number)};
}

FromNote note(int number) {
    return {first_channel, midi::Data7(number)};
}

PartOfStrip of_place(std::size_t place, StripPart part) {
    return {AtPlace{place}, part};
}

Binding binds(const std::string& control, Target target) {
    Binding binding;
    binding.control = control;
    binding.target = std::move(target);
    return binding;
}

/// Two faders with or without motors, an encoder with a ring, buttons.
ControllerMap two_strips(bool motors) {
    ControllerMap map;
    map.name = "two strips";
    map.controls = {{"fader 1", controller(1), Absolute{}},
                    {"fader 2", controller(2), Absolute{}},
                    {"encoder", controller(3), Encoder{}},
                    {"push", note(0), Button{}},
                    {"mute 1", note(1), Button{}},
                    {"select 1", note(2), Button{}},
                    {"right", note(3), Button{}},
                    {"shift", note(4), Button{}},
                    {"vocals", note(5), Button{}},
                    {"mix", note(6), Button{}},
                    {"touch 1", note(101), TouchOf{"fader 1"}}};
    if (motors) {
        map.feedback["fader 1"] = MotorBack{controller(1)};
        map.feedback["fader 2"] = MotorBack{controller(2)};
        map.motors.step = 130;
    }
    map.feedback["mute 1"] = LightBack{note(1)};
    map.feedback["select 1"] = LightBack{note(2)};
    map.feedback["vocals"] = LightBack{note(5)};
    map.feedback["mix"] = LightBack{note(6)};
    map.feedback["encoder"] = RingBack{first_channel, midi::Data7(48)};
    map.places = 2;
    map.pages = {
        {"mixer",
         InMixerOrder{},
         {binds("fader 1", of_place(0, StripPart::fader)), binds("fader 2", of_place(1, StripPart::fader)),
          binds("encoder", of_place(0, StripPart::pan)), binds("push", of_place(0, StripPart::pan)),
          binds("mute 1", of_place(0, StripPart::mute)), binds("select 1", of_place(0, StripPart::select)),
          binds("right", MoveView{1}), binds("shift", FineWhileHeld{}), binds("vocals", ToPage{"vocals"}),
          binds("mix", KedgeKey::mix)}},
        {"vocals",
         OfRoles{{Role::lead_vocal}},
         {binds("fader 1", of_place(0, StripPart::fader)),
          binds("fader 2", PartOfRole{Role::tom, StripPart::fader}),
          binds("encoder", PartOfStrip{TheSelected{}, StripPart::trim}), binds("shift", FineWhileHeld{}),
          binds("vocals", ToPage{"mixer"})}}};
    return map;
}

enum : ControlIndex {
    fader_1,
    fader_2,
    encoder,
    push,
    mute_1,
    select_1,
    right,
    shift,
    vocals,
    mix_key,
    touch_1
};

/// A mixer of four strips, and the hands on it.
struct Desk {
    explicit Desk(bool motors) : Desk(two_strips(motors)) {}
    explicit Desk(ControllerMap map) : hands(std::move(map)) {
        for (int i = 1; i <= 4; ++i) {
            Strip strip;
            strip.id = StripId{static_cast<std::uint32_t>(i)};
            strip.name = {StripKind::audio_track, "track " + std::to_string(i), 0};
            strip.fader = Decibels(-3.0 * i);
            strip.trim = Decibels(0.0);
            strip.pan = Pan(0.0);
            strip.mute = Mute::open;
            mixer.strips.push_back(strip);
        }
        roles = {{StripId{1}, Role::tom}, {StripId{2}, Role::tom}, {StripId{4}, Role::lead_vocal}};
        told();
    }
    [[nodiscard]] HandsView view() const {
        return {mixer,       roles,   selected,   Decibels(6.0), {Decibels(-20), Decibels(20)},
                suggestions, at_work, ride_depths};
    }
    HandsOutbox does(const ControlNews& news, Duration after = 0ms) {
        now += after;
        HandsOutbox out;
        hands.moved(now, news, view(), out);
        return last = out;
    }
    HandsOutbox told(Duration after = 0ms) {
        now += after;
        HandsOutbox out;
        hands.told(now, view(), out);
        return last = out;
    }
    HandsOutbox wakes(Duration after) {
        now += after;
        HandsOutbox out;
        hands.wake(now, view(), out);
        return last = out;
    }
    Strip& strip(std::size_t number) { return mixer.strips.at(number - 1); }
    [[nodiscard]] FaderPosition place_of(double db) const {
        return hands.map().levels.position_of(Decibels(db));
    }

    Hands hands;
    MixerState mixer;
    StripRoles roles;
    std::optional<StripId> selected;
    Suggestions suggestions;
    std::optional<KedgeKey> at_work;
    const RideDepths* ride_depths = nullptr;
    Instant now = began;
    HandsOutbox last;
};

std::vector<HandAction> sets(std::uint32_t strip, Control control, ControlValue value) {
    return {SetStrip{StripId{strip}, control, value}};
}

double level_set(const HandsOutbox& out) {
    REQUIRE(out.actions.size() == 1);
    return std::get<Decibels>(std::get<SetStrip>(out.actions.front()).value).db();
}

std::vector<Shown> of_control(const HandsOutbox& out, ControlIndex control) {
    std::vector<Shown> found;
    for (const auto& each : out.shown)
        if (std::visit([](const auto& what) { return what.control; }, each) == control) found.push_back(each);
    return found;
}

}  // namespace

TEST_CASE("Hands: a fader without a motor picks its strip up, and each bank anew") {
    Desk desk(false);
    CHECK(desk.does(ControlMoved{fader_1, at(0)}).actions.empty());
    const auto stands = desk.place_of(-3.0);
    CHECK(desk.does(ControlMoved{fader_1, stands}).actions.empty());  // there it stands already
    CHECK(level_set(desk.does(ControlMoved{fader_1, at(stands.value() + 100)})) > -3.0);
    CHECK(desk.does(ControlPressed{right, true}).actions.empty());
    CHECK(desk.hands.strips().at(0) == StripId{3});
    CHECK(desk.does(ControlMoved{fader_1, at(stands.value() + 120)}).actions.empty());
}

TEST_CASE("Hands: a fast hand is followed in small steps, and late echoes of it do not drop it") {
    Desk desk(false);
    const auto stands = desk.place_of(-3.0);
    REQUIRE(desk.does(ControlMoved{fader_1, at(stands.value() - 100)}).actions.size() == 1);
    auto out = desk.does(ControlMoved{fader_1, at(stands.value() + 3000)});
    auto level = level_set(out);
    int steps = 1;
    for (; out.wake_at && *out.wake_at <= desk.now + 5ms; ++steps) {
        out = desk.wakes(5ms);
        if (out.actions.empty()) break;
        REQUIRE(level_set(out) > level);
        level = level_set(out);
        if (steps == 5) desk.strip(1).fader = Decibels(-3.0 + 0.01);
    }
    CHECK(steps > 20);
    CHECK(level ==
          Approx(std::min(desk.hands.map().levels.level_at(at(stands.value() + 3000)), Decibels(6.0)).db())
              .margin(0.01));
    desk.strip(1).fader = Decibels(level);
    CHECK(desk.told(100ms).actions.empty());
    CHECK(desk.does(ControlMoved{fader_1, at(stands.value() + 2950)}).actions.size() == 1);
}

TEST_CASE("Hands: motors go where the strips stand, and to the next bank's") {
    Desk desk(true);
    CHECK(of_control(desk.last, fader_1) == std::vector<Shown>{ShowMotor{fader_1, desk.place_of(-3.0)}});
    CHECK(of_control(desk.last, fader_2) == std::vector<Shown>{ShowMotor{fader_2, desk.place_of(-6.0)}});
    desk.does(ControlPressed{right, true});
    CHECK(of_control(desk.last, fader_1) == std::vector<Shown>{ShowMotor{fader_1, desk.place_of(-9.0)}});
    CHECK(of_control(desk.told(), fader_1).empty());
    CHECK(desk.does(ControlTouched{fader_1, true}).shown.empty());
    const auto to = at(desk.place_of(-9.0).value() + 500);
    const double level = level_set(desk.does(ControlMoved{fader_1, to}));
    CHECK(of_control(desk.last, fader_1).empty());
    desk.strip(3).fader = Decibels(level);
    CHECK(of_control(desk.told(10ms), fader_1).empty());
    desk.does(ControlTouched{fader_1, false});
    CHECK(of_control(desk.told(1s), fader_1).empty());
    desk.strip(3).fader = Decibels(-20.0);
    CHECK(of_control(desk.told(), fader_1) == std::vector<Shown>{ShowMotor{fader_1, desk.place_of(-20.0)}});
}

TEST_CASE("Hands: plugged in anew, the device is shown everything, where it was") {
    Desk desk(true);
    desk.does(ControlPressed{right, true});
    HandsOutbox out;
    desk.hands.plugged_in(desk.now, desk.view(), out);
    CHECK(of_control(out, fader_1) == std::vector<Shown>{ShowMotor{fader_1, desk.place_of(-9.0)}});
    CHECK(of_control(out, fader_2) == std::vector<Shown>{ShowMotor{fader_2, desk.place_of(-12.0)}});
    CHECK(of_control(out, mute_1) == std::vector<Shown>{ShowLight{mute_1, Light::off}});
    CHECK(of_control(out, encoder) ==
          std::vector<Shown>{ShowRing{encoder, RingShape::from_middle, at(8192)}});
}

TEST_CASE("Hands: encoders step, finely while shift is held, and are put to the middle by a push") {
    Desk desk(false);
    CHECK(desk.does(ControlTurned{encoder, 3}).actions == sets(1, Control::pan, Pan(0.06)));
    // What was set counts before the DAW tells it.
    CHECK(desk.does(ControlTurned{encoder, 1}).actions == sets(1, Control::pan, Pan(0.08)));
    CHECK(desk.does(ControlPressed{push, true}).actions == sets(1, Control::pan, Pan(0.0)));
    CHECK(desk.does(ControlPressed{push, false}).actions.empty());
    desk.does(ControlPressed{vocals, true});
    CHECK(desk.hands.page().name == "vocals");
    CHECK(of_control(desk.last, vocals) == std::vector<Shown>{});
    CHECK(desk.does(ControlTurned{encoder, 2}).actions.empty());  // nothing is selected
    desk.selected = StripId{2};
    CHECK(level_set(desk.does(ControlTurned{encoder, 2})) == Approx(1.0));
    desk.does(ControlPressed{shift, true});
    CHECK(level_set(desk.does(ControlTurned{encoder, -2})) == Approx(0.8));
    desk.does(ControlPressed{shift, false});
    CHECK(level_set(desk.does(ControlTurned{encoder, 63})) == Approx(20.0));
}

TEST_CASE("Hands: buttons turn over what they are for, and their lights follow the DAW") {
    Desk desk(false);
    CHECK(desk.does(ControlPressed{mute_1, true}).actions == sets(1, Control::mute, Mute::muted));
    CHECK(of_control(desk.last, mute_1).empty());  // it is not so yet
    desk.strip(1).mute = Mute::muted;
    CHECK(of_control(desk.told(), mute_1) == std::vector<Shown>{ShowLight{mute_1, Light::on}});
    CHECK(desk.does(ControlPressed{mute_1, false}).actions.empty());
    CHECK(desk.does(ControlPressed{mute_1, true}).actions == sets(1, Control::mute, Mute::open));
    CHECK(desk.does(ControlPressed{select_1, true}).actions ==
          std::vector<HandAction>{SelectStrip{StripId{1}}});
    CHECK(desk.does(ControlPressed{mix_key, true}).actions == std::vector<HandAction>{KedgeKey::mix});
    CHECK(of_control(desk.last, mix_key).empty());
    desk.at_work = KedgeKey::listen;
    CHECK(of_control(desk.told(), mix_key).empty());
    desk.at_work = KedgeKey::mix;
    CHECK(of_control(desk.told(), mix_key) == std::vector<Shown>{ShowLight{mix_key, Light::on}});
    desk.at_work.reset();
    CHECK(of_control(desk.told(), mix_key) == std::vector<Shown>{ShowLight{mix_key, Light::off}});
}

TEST_CASE("Hands: what is suggested is shown by lights and rings, and a press accepts it") {
    auto map = two_strips(false);
    map.feedback["select 1"] = LightBack{note(2)};
    auto& bindings = map.pages[0].bindings;
    const auto bind = [&](const std::string& control, Target target) {
        std::erase_if(bindings, [&](const Binding& each) { return each.control == control; });
        bindings.push_back(binds(control, std::move(target)));
    };
    bind("mute 1", of_place(1, StripPart::suggestion));
    bind("encoder", of_place(1, StripPart::suggestion));
    bind("mix", KedgeKey::accept);
    Desk desk(std::move(map));
    CHECK(desk.does(ControlPressed{mute_1, true}).actions.empty());
    desk.suggestions[StripId{2}] = {Decibels(-6), Decibels(-3), "refine", "it is 3 dB below its range"};
    desk.told();
    CHECK(of_control(desk.last, mute_1) == std::vector<Shown>{ShowLight{mute_1, Light::on}});
    CHECK(of_control(desk.last, encoder) ==
          std::vector<Shown>{ShowRing{encoder, RingShape::from_middle, at(10'239)}});  // 3 of 12 dB up
    CHECK(of_control(desk.last, mix_key).empty());                                     // no strip is selected
    desk.selected = StripId{2};
    CHECK(of_control(desk.told(), mix_key) == std::vector<Shown>{ShowLight{mix_key, Light::on}});
    CHECK(desk.does(ControlPressed{mute_1, true}).actions ==
          std::vector<HandAction>{AcceptSuggestion{StripId{2}}});
    CHECK(desk.does(ControlTurned{encoder, 3}).actions.empty());
    desk.suggestions[StripId{2}].to = Decibels(-30);
    desk.told();
    CHECK(of_control(desk.last, mute_1) == std::vector<Shown>{ShowLight{mute_1, Light::blinking}});
    CHECK(of_control(desk.last, encoder) ==
          std::vector<Shown>{ShowRing{encoder, RingShape::from_middle, at(0)}});
    desk.suggestions.clear();
    desk.told();
    CHECK(of_control(desk.last, mute_1) == std::vector<Shown>{ShowLight{mute_1, Light::off}});
    CHECK(of_control(desk.last, encoder) ==
          std::vector<Shown>{ShowRing{encoder, RingShape::from_middle, std::nullopt}});
}

TEST_CASE("Hands: a role's strips move together, by as many decibels") {
    Desk desk(true);
    desk.does(ControlPressed{vocals, true});
    CHECK(of_control(desk.last, fader_1) ==
          std::vector<Shown>{ShowMotor{fader_1, desk.place_of(-12.0)}});  // the vocal
    CHECK(of_control(desk.last, fader_2) ==
          std::vector<Shown>{ShowMotor{fader_2, desk.place_of(-3.0)}});  // the toms
    auto map = two_strips(false);
    REQUIRE(map.pages[1].bindings[1].control == "fader 2");
    Desk plain(false);
    plain.does(ControlPressed{vocals, true});
    const auto out = plain.does(ControlMoved{fader_2, plain.place_of(-3.0)});
    CHECK(out.actions.empty());  // there they stand already
    const auto next = plain.does(ControlMoved{fader_2, at(plain.place_of(-3.0).value() + 120)});
    REQUIRE(next.actions.size() == 2);
    const auto level = [&](std::size_t i) {
        return std::get<Decibels>(std::get<SetStrip>(next.actions[i]).value).db();
    };
    CHECK(level(0) - level(1) == Approx(3.0).margin(0.02));
}

TEST_CASE("Hands: a display has names, levels, what was moved, suggestions, and the way to go") {
    auto map = two_strips(false);
    map.display = DisplayBack{};
    Desk desk(std::move(map));
    const auto lower = [&](const HandsOutbox& out, std::size_t place) {
        std::string last = "nothing";
        for (const auto& each : out.texts)
            if (each.place == place && each.line == ScribbleLine::lower) last = each.text;
        return last;
    };
    CHECK(desk.last.texts == std::vector<ShowText>{{0, ScribbleLine::upper, "track1"},
                                                   {0, ScribbleLine::lower, "-3.0  "},
                                                   {1, ScribbleLine::upper, "track2"},
                                                   {1, ScribbleLine::lower, "-6.0  "}});
    CHECK(desk.told().texts.empty());
    CHECK(lower(desk.does(ControlMoved{fader_1, at(100)}), 0) == "-3.0^ ");
    CHECK(lower(desk.does(ControlMoved{fader_2, at(FaderPosition::top)}), 1) == "-6.0v ");
    CHECK(lower(desk.does(ControlTurned{encoder, -10}), 0) == "L 20  ");
    desk.strip(1).pan = Pan(-0.2);
    CHECK(desk.told(1s).texts.empty());
    CHECK(lower(desk.wakes(300ms), 0) == "-3.0^ ");
    desk.suggestions[StripId{2}] = {Decibels(-6.0), Decibels(-9.0), "rule", "reason"};
    CHECK(lower(desk.told(), 1) == "-3dB? ");
    desk.suggestions.clear();
    CHECK(desk.does(ControlPressed{right, true}).texts.size() == 4);
    CHECK(lower(desk.last, 1) == "-12.0v");
    HandsOutbox anew;
    desk.hands.plugged_in(desk.now, desk.view(), anew);
    CHECK(anew.texts.size() == 4);
    CHECK(lower(anew, 1) == "-12.0 ");  // where the hand is now, nobody knows
}

TEST_CASE("Hands: a light says whether a fader is to be picked up, and which way, in each bank") {
    auto map = two_strips(false);
    map.controls.push_back({"pickup 1", note(9), Button{}});
    map.feedback["pickup 1"] = LightBack{note(9), midi::Data7(0), midi::Data7(127), midi::Data7(1)};
    map.pages[0].bindings.push_back(binds("pickup 1", of_place(0, StripPart::pickup)));
    Desk desk(std::move(map));
    constexpr ControlIndex pickup = touch_1 + 1;
    const auto light = [&](const HandsOutbox& out) {
        const auto shown = of_control(out, pickup);
        return shown.empty() ? std::optional<Light>() : std::get<ShowLight>(shown.back()).state;
    };
    CHECK(light(desk.last) == Light::off);
    CHECK(light(desk.does(ControlMoved{fader_1, at(100)})) == Light::blinking);
    CHECK(light(desk.does(ControlMoved{fader_1, desk.place_of(-3.0)})) == Light::off);
    CHECK(light(desk.does(ControlPressed{right, true})) == Light::on);  // strip 3 stands lower
    CHECK(desk.does(ControlMoved{fader_1, at(desk.place_of(-9.0).value() - 2000)}).actions.size() == 1);
    CHECK(light(desk.last) == Light::off);
    CHECK(desk.does(ControlPressed{pickup, true}).actions.empty());
}

TEST_CASE("Hands: a ride's depth stands at the top until a hand turns it down, and is picked up there") {
    auto map = two_strips(false);
    map.pages[0].bindings[1] = binds("fader 2", of_place(1, StripPart::ride_depth));
    Desk desk(std::move(map));
    RideDepths depths;
    desk.ride_depths = &depths;
    CHECK(desk.does(ControlMoved{fader_2, at(5000)}).actions.empty());
    CHECK(desk.does(ControlMoved{fader_2, at(FaderPosition::top)}).actions.empty());  // there it stands
    const auto out = desk.does(ControlMoved{fader_2, at(FaderPosition::top - 100)});
    CHECK(out.actions == std::vector<HandAction>{SetRideDepth{StripId{2}, at(FaderPosition::top - 100)}});
    depths[StripId{2}] = at(FaderPosition::top - 100);
    CHECK(desk.told(1s).actions.empty());
    depths[StripId{2}] = at(2000);  // by another hand
    CHECK(desk.told(1s).actions.empty());
    CHECK(desk.does(ControlMoved{fader_2, at(9000)}).actions.empty());
}
