#include "support/catch.hpp"
#include "unit/surface/pass_fixture.hpp"

using namespace kedge;
using namespace kedge::surface;
using namespace kedge::test;
using namespace std::chrono_literals;

namespace {

/// Faders of the first strips move along with each other, untold.
struct GroupedPass : PassFixture {
    explicit GroupedPass(std::uint32_t grouped_strips = 3) : PassFixture(5), grouped(grouped_strips) {
        has_groups = true;
        wishes.clear();
        for (Strip& strip : daw.mixer.strips)
            for (const Control control : {Control::fader, Control::pan, Control::mute})
                strip.set_control(control, daw.values.at({strip.id, control}));
        daw.takes = [this](const Key& key, const ControlValue& value) {
            take_along(key, value);
            return value;
        };
    }
    void take_along(const Key& key, const ControlValue& value) {
        if (key.first.value > grouped) return;
        const ControlValue from = daw.values.at(key);
        for (auto& [other, holds] : daw.values) {
            if (other.first == key.first || other.first.value > grouped || other.second != key.second)
                continue;
            if (key.second == Control::fader)
                holds = std::get<Decibels>(holds) + (std::get<Decibels>(value) - std::get<Decibels>(from));
            if (key.second == Control::mute) holds = value;
        }
    }
    void set_fader(std::uint32_t strip, double db) { wish(StripId{strip}, Control::fader, Decibels(db)); }
    [[nodiscard]] Decibels fader(std::uint32_t strip) const {
        return std::get<Decibels>(daw.values.at({StripId{strip}, Control::fader}));
    }

    std::uint32_t grouped;
};

}  // namespace

TEST_CASE("faders of a group, set one by one, are put back as a whole, and the message names them") {
    GroupedPass pass;
    pass.set_fader(1, -12.0);
    pass.set_fader(2, -9.0);
    pass.set_fader(4, -6.0);
    pass.run();
    CHECK(pass.pass().state == PassState::rolled_back);
    CHECK(pass.all_before());
    REQUIRE(pass.runner->cause());
    CHECK(
        pass.runner->cause()->message ==
        "The fader of \"Strip 1\" moved along with that of \"Strip 2\", and 1 more: the DAW has them in one "
        "group.");
    CHECK(pass.runner->cause()->next ==
          "Take them out of their group in the DAW, or switch the group off, and try again.");
    CHECK(pass.recorder.outcomes.back().state == PassState::rolled_back);
}

TEST_CASE("a fader that the pass does not set is put back too, when one of its group took it along") {
    GroupedPass pass;
    pass.set_fader(1, -12.0);
    pass.run();
    CHECK(pass.pass().state == PassState::rolled_back);
    CHECK(pass.all_before());
}

TEST_CASE("mutes of a group go together as well") {
    GroupedPass pass(2);
    pass.wish(StripId{2}, Control::mute, Mute::muted);
    pass.run();
    CHECK(pass.pass().state == PassState::rolled_back);
    CHECK(pass.all_before());
}

TEST_CASE("a group that is not in the way is no hindrance, nor is one whose faders are to go the same way") {
    GroupedPass others(2);
    others.set_fader(3, -12.0);
    others.set_fader(4, -9.0);
    others.run();
    CHECK(others.pass().state == PassState::applied);
    CHECK(others.all_after());

    GroupedPass alike(2);
    alike.set_fader(1, -4.0);
    alike.set_fader(2, -5.0);
    alike.run();
    CHECK(alike.pass().state == PassState::applied);
    CHECK(alike.all_after());
}

TEST_CASE("a fader that a hand moves in the midst of a pass is the hand's, group or not") {
    GroupedPass pass(0);
    pass.set_fader(1, -12.0);
    pass.set_fader(2, -9.0);
    pass.daw.at(17ms, [&](PassRunner&) {
        pass.daw.values[{StripId{1}, Control::fader}] = Decibels(-20.0);
        pass.daw.values[{StripId{5}, Control::fader}] = Decibels(-33.0);
    });
    pass.run();
    CHECK(pass.pass().state == PassState::applied);
    CHECK(pass.fader(1) == Decibels(-20.0));
    CHECK(pass.fader(2) == Decibels(-9.0));
    CHECK(pass.fader(5) == Decibels(-33.0));
}

TEST_CASE("a strip that says nothing at the second look leaves the pass as it was confirmed") {
    GroupedPass pass(0);
    pass.set_fader(1, -12.0);
    pass.daw.no_answer.insert({StripId{4}, Control::fader});
    pass.run();
    CHECK(pass.pass().state == PassState::applied);
    CHECK(pass.all_after());
}

TEST_CASE("Ctrl-C while a pass is looked at again takes it back") {
    GroupedPass pass(0);
    pass.set_fader(1, -12.0);
    pass.daw.on_command = [&, asked = 0](const Command& command) mutable {
        const auto* query = std::get_if<QueryControl>(&command);
        if (query && query->strip == StripId{5} && asked++ == 0)
            pass.daw.at(pass.daw.now() - Instant{} + 1ms, [&](PassRunner& run) { pass.daw.interrupt(run); });
    };
    pass.run();
    CHECK(pass.pass().state == PassState::rolled_back);
    CHECK(pass.all_before());
}
