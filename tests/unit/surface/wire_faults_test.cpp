#include "support/catch.hpp"
#include "support/sanitized.hpp"
#include "unit/surface/pass_fixture.hpp"

using namespace kedge;
using namespace kedge::surface;
using namespace kedge::test;
using namespace std::chrono_literals;

namespace {

/// What must hold whatever the wire does: all or nothing, and the verdict says which.
void check_truthful(const PassFixture& fixture) {
    REQUIRE(fixture.runner->done());
    if (fixture.runner->refused()) {
        CHECK(fixture.recorder.prepared.empty());
        CHECK(fixture.recorder.outcomes.empty());
        CHECK(fixture.daw.sets_received() == 0);
        CHECK(fixture.all_before());
        return;
    }
    REQUIRE(fixture.recorder.prepared.size() == 1);
    REQUIRE(fixture.recorder.outcomes.size() == 1);
    CHECK(fixture.recorder.outcomes[0].state == fixture.pass().state);
    switch (fixture.pass().state) {
        case PassState::applied:
            CHECK(fixture.all_after());
            CHECK(fixture.every_verdict(Verdict::confirmed));
            break;
        case PassState::rolled_back:
            CHECK(fixture.all_before());
            break;
        default:
            FAIL("neither applied nor rolled back: " << to_string(fixture.pass().state));
    }
}

}  // namespace

TEST_CASE("Whatever is lost, doubled and late, a pass ends all-before or all-after and says which") {
    int applied = 0;
    int rolled_back = 0;
    for (const double loss : {0.0, 0.05, 0.1, 0.2, 0.3})
        for (const int sends : {2, 3, 6, 12})
            for (std::uint32_t seed = 1; seed <= test::steps(25); ++seed) {
                CAPTURE(loss, sends, seed);
                PassFixture fixture(20, seed);
                fixture.pacing.most_sends = sends;
                fixture.pacing.most_in_flight = 8 + seed;
                fixture.pacing.most_restores = 40;
                fixture.daw.loss = loss;
                fixture.daw.doubled = loss;
                fixture.daw.jitter = 60ms;
                const bool one_is_deaf = seed % 3 == 0;
                if (one_is_deaf) fixture.daw.deaf.insert({StripId{1 + seed % 20}, Control::fader});
                fixture.run();
                check_truthful(fixture);
                if (fixture.runner->refused()) continue;
                fixture.pass().state == PassState::applied ? ++applied : ++rolled_back;
                if (one_is_deaf) CHECK(fixture.pass().state == PassState::rolled_back);
                if (loss == 0.0 && !one_is_deaf) CHECK(fixture.pass().state == PassState::applied);
            }
    // The sweep is worth something only when it met both ends.
    CHECK(applied > static_cast<int>(test::steps(100)));
    CHECK(rolled_back > static_cast<int>(test::steps(50)));
}

TEST_CASE("Interrupted at any moment, over a lossy wire, a pass ends all-before or all-after") {
    for (const double loss : {0.0, 0.2})
        for (int after_ms = 0; after_ms < 400; after_ms += 3) {
            const auto seed = static_cast<std::uint32_t>(after_ms) + 1;
            CAPTURE(loss, after_ms, seed);
            PassFixture fixture(10, seed);
            fixture.pacing.most_in_flight = 4;
            fixture.pacing.most_sends = 8;
            fixture.pacing.most_restores = 40;
            fixture.daw.loss = loss;
            fixture.daw.at(std::chrono::milliseconds(after_ms),
                           [&](PassRunner&) { fixture.daw.interrupt(*fixture.runner); });
            fixture.run();
            check_truthful(fixture);
        }
}

TEST_CASE("A DAW that dies at any moment leaves verdicts that claim no more than is known") {
    for (int after_ms = 0; after_ms < 200; after_ms += 2) {
        CAPTURE(after_ms);
        PassFixture fixture(10);
        fixture.pacing.most_in_flight = 4;
        fixture.daw.at(std::chrono::milliseconds(after_ms), [&](PassRunner&) { fixture.daw.dead = true; });
        fixture.run();
        REQUIRE(fixture.runner->done());
        if (fixture.runner->refused()) {
            CHECK(fixture.all_before());
            continue;
        }
        REQUIRE(fixture.recorder.outcomes.size() == 1);
        for (std::size_t i = 0; i < fixture.pass().entries.size(); ++i) {
            const auto& entry = fixture.pass().entries[i];
            const auto& held = fixture.daw.values.at({fixture.wishes[i].strip, fixture.wishes[i].control});
            if (entry.verdict == Verdict::confirmed) CHECK(held == entry.after);
            if (entry.verdict == Verdict::rolled_back || entry.verdict == Verdict::pending)
                CHECK(held == entry.before);
        }
        CHECK(fixture.pass().state == (fixture.all_after() && fixture.every_verdict(Verdict::confirmed)
                                           ? PassState::applied
                                           : PassState::broken));
    }
}

TEST_CASE("Reports of strangers, of nothing wished, and after the end are harmless") {
    PassFixture fixture;
    fixture.daw.at(1ms, [&](PassRunner& runner) {
        fixture.daw.tell(runner,
                         ControlReported{StripId{77}, Control::fader, 0.0_dB, true, fixture.daw.now()});
        fixture.daw.tell(runner,
                         ControlReported{StripId{1}, Control::mute, Mute::muted, true, fixture.daw.now()});
        fixture.daw.tell(runner, ControlRefused{StripId{77}, Control::fader});
        fixture.daw.tell(runner, MeterRead{StripId{1}, -20.0_dB});
        fixture.daw.tell(runner, Ready{});
    });
    fixture.run();
    CHECK(fixture.pass().state == PassState::applied);
    fixture.daw.tell(*fixture.runner, ControlReported{StripId{1}, Control::fader, -50.0_dB, true});
    fixture.daw.tell(*fixture.runner, Lost{"gone"});
    CHECK(fixture.pass().state == PassState::applied);
    CHECK(fixture.recorder.outcomes.size() == 1);
}

TEST_CASE("A wake-up too early, too late or too often is harmless") {
    PassFixture fixture;
    for (int ms = 0; ms < 30; ++ms)
        fixture.daw.at(std::chrono::milliseconds(ms), [&](PassRunner& runner) {
            RunnerOutbox out;
            runner.wake(fixture.daw.now(), fixture.daw.mixer, out);
            CHECK(out.commands.empty());
        });
    fixture.run();
    CHECK(fixture.pass().state == PassState::applied);
    CHECK(fixture.daw.sets_received() == 8);
}

TEST_CASE("A thousand strips take no more than a few round trips each window") {
    PassFixture fixture(1000);
    fixture.run();
    CHECK(fixture.pass().state == PassState::applied);
    // 2000 controls, 64 in flight, 10 ms there and back, read and written: 0.63 s of the DAW's time.
    CHECK(fixture.daw.now() <= Instant{} + 1200ms);
}
