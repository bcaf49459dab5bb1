#include "support/catch.hpp"
#include "unit/surface/pass_fixture.hpp"

using namespace kedge;
using namespace kedge::surface;
using namespace kedge::test;
using namespace std::chrono_literals;

namespace {

/// A pass that is held for a while.
struct HeldPass : PassFixture {
    explicit HeldPass(int strips = 4, std::uint32_t seed = 1) : PassFixture(strips, seed) {
        Pass header;
        header.surface = "scripted";
        runner.emplace(header, wishes, force, exact_surface(), pacing, recorder);
        runner->hold_when_applied();
    }
    void put_back(Duration when, std::vector<StripId> strips) {
        daw.at(when, [this, strips](PassRunner& pass) {
            daw.give([&](RunnerOutbox& out) { pass.put_back(daw.now(), strips, out); });
        });
    }
    void take_back(Duration when) {
        daw.at(when, [this](PassRunner& pass) {
            daw.give([&](RunnerOutbox& out) { pass.take_back(daw.now(), out); });
        });
    }
    [[nodiscard]] bool stands_before(StripId strip) const {
        return daw.values.at({strip, Control::fader}) == before.at({strip, Control::fader}) &&
               daw.values.at({strip, Control::pan}) == before.at({strip, Control::pan});
    }
};

}  // namespace

TEST_CASE("a pass that is held is applied and confirmed, and stays prepared in the journal") {
    HeldPass fixture;
    fixture.daw.run(*fixture.runner);
    CHECK(fixture.runner->held());
    CHECK(fixture.runner->at_rest());
    CHECK_FALSE(fixture.runner->done());
    CHECK(fixture.all_after());
    CHECK(fixture.every_verdict(Verdict::confirmed));
    CHECK(fixture.recorder.prepared.size() == 1);
    CHECK(fixture.recorder.outcomes.empty());
    CHECK(fixture.pass().state == PassState::prepared);
}

TEST_CASE("a held pass is put back strip by strip, and ends as rolled back") {
    HeldPass fixture;
    bool second_waits = false;
    fixture.put_back(1s, {StripId{1}, StripId{3}});
    fixture.daw.at(2s, [&](PassRunner& pass) {
        second_waits = pass.at_rest() && fixture.stands_before(StripId{1}) &&
                       fixture.stands_before(StripId{3}) && !fixture.stands_before(StripId{2}) &&
                       fixture.recorder.outcomes.empty();
    });
    fixture.take_back(3s);
    fixture.daw.run(*fixture.runner);
    CHECK(second_waits);
    REQUIRE(fixture.runner->done());
    CHECK(fixture.pass().state == PassState::rolled_back);
    CHECK(fixture.every_verdict(Verdict::rolled_back));
    CHECK_FALSE(fixture.runner->cause());
    CHECK(fixture.all_before());
    CHECK(fixture.recorder.outcomes.size() == 1);
}

TEST_CASE("what was put back is not written again: a person has it since") {
    HeldPass fixture;
    const Key key{StripId{1}, Control::fader};
    fixture.put_back(1s, {StripId{1}});
    fixture.daw.at(2s, [&](PassRunner&) { fixture.daw.values[key] = Decibels(-30.0); });
    fixture.put_back(3s, {StripId{1}});
    fixture.take_back(4s);
    fixture.daw.run(*fixture.runner);
    REQUIRE(fixture.runner->done());
    CHECK(fixture.daw.values.at(key) == ControlValue(Decibels(-30.0)));
}

TEST_CASE("on a lossy wire a held pass comes back whole") {
    const auto seed = GENERATE(range(1U, 25U));
    CAPTURE(seed);
    HeldPass fixture(6, seed);
    fixture.daw.loss = 0.2;
    fixture.put_back(20s, {StripId{2}, StripId{5}});
    fixture.take_back(21s);
    fixture.daw.run(*fixture.runner);
    REQUIRE(fixture.runner->done());
    CHECK(fixture.pass().state == PassState::rolled_back);
    CHECK(fixture.all_before());
}

TEST_CASE("Ctrl-C and a control that cannot be put back end a held pass like any other") {
    HeldPass fixture;
    const bool deaf = GENERATE(false, true);
    CAPTURE(deaf);
    fixture.daw.at(1s, [&](PassRunner& pass) {
        if (deaf) fixture.daw.deaf.insert({StripId{2}, Control::fader});
        fixture.daw.interrupt(pass);
    });
    fixture.daw.run(*fixture.runner);
    REQUIRE(fixture.runner->done());
    CHECK(fixture.pass().state == (deaf ? PassState::broken : PassState::rolled_back));
    CHECK(fixture.all_before() != deaf);
    CHECK(fixture.recorder.outcomes.size() == 1);
}

TEST_CASE("the DAW lost while a pass is held leaves it prepared") {
    HeldPass fixture;
    fixture.put_back(1s, {StripId{1}});
    fixture.daw.at(2s, [&](PassRunner& pass) { fixture.daw.tell(pass, Lost{"gone"}); });
    fixture.daw.run(*fixture.runner);
    REQUIRE(fixture.runner->done());
    CHECK(fixture.pass().state == PassState::prepared);
    CHECK(fixture.recorder.outcomes.empty());
    REQUIRE(fixture.runner->cause());
    CHECK(fixture.runner->cause()->kind == ErrorKind::no_daw);
}
