#include "control/arbiter.hpp"

#include "support/catch.hpp"

using namespace kedge;
using namespace kedge::control;
using namespace std::chrono_literals;

namespace {

const Arbiter::Key kick{StripId{1}, Control::fader};
const Arbiter::Key snare{StripId{2}, Control::fader};
constexpr auto manual = AutomationMode::manual;

}  // namespace

TEST_CASE("arbiter: a hand beats a pass, a ride and the DAW's automation, and no other control") {
    Arbiter arbiter(1s);
    CHECK(arbiter.owner(kick, manual) == ControlOwner::nobody);
    CHECK(arbiter.owner(kick, AutomationMode::play) == ControlOwner::automation);
    CHECK(arbiter.claim(kick, ControlOwner::pass));
    CHECK(arbiter.owner(kick, AutomationMode::play) == ControlOwner::pass);
    CHECK(arbiter.moved(Instant{}, kick));
    CHECK_FALSE(arbiter.moved(Instant{}, kick));
    CHECK(arbiter.owner(kick, AutomationMode::play) == ControlOwner::hand);
    CHECK_FALSE(arbiter.claim(kick, ControlOwner::pass));
    CHECK_FALSE(arbiter.claim(kick, ControlOwner::ride));
    CHECK(arbiter.claim(snare, ControlOwner::ride));
    CHECK(arbiter.owner({StripId{1}, Control::pan}, manual) == ControlOwner::nobody);
}

TEST_CASE("arbiter: a hand that nobody feels has let go after its rest, and each move begins it anew") {
    Arbiter arbiter(1s);
    CHECK_FALSE(arbiter.rests_at());
    arbiter.moved(Instant{}, kick);
    arbiter.moved(Instant{400ms}, snare);
    arbiter.moved(Instant{600ms}, kick);
    CHECK(arbiter.rests_at() == Instant{1400ms});
    CHECK(arbiter.rested(Instant{1399ms}).empty());
    CHECK(arbiter.rested(Instant{1400ms}) == std::vector{snare});
    CHECK(arbiter.rests_at() == Instant{1600ms});
    CHECK(arbiter.rested(Instant{5s}) == std::vector{kick});
    CHECK(arbiter.owner(kick, manual) == ControlOwner::nobody);
}

TEST_CASE("arbiter: one that is felt has it until the last finger is off, however long it rests") {
    Arbiter arbiter(1s);
    CHECK(arbiter.touched(kick));
    CHECK_FALSE(arbiter.touched(kick));  // on another device
    arbiter.moved(Instant{}, kick);
    CHECK_FALSE(arbiter.rests_at());
    CHECK(arbiter.rested(Instant{1h}).empty());
    CHECK_FALSE(arbiter.let_go(kick));
    CHECK(arbiter.owner(kick, manual) == ControlOwner::hand);
    CHECK(arbiter.let_go(kick));
    CHECK(arbiter.owner(kick, manual) == ControlOwner::nobody);
    CHECK_FALSE(arbiter.let_go(kick));  // told twice
    arbiter.moved(Instant{}, kick);
    CHECK_FALSE(arbiter.let_go(kick));  // it never was touched
}

TEST_CASE("arbiter: what a ride has it has until it lets go, what a pass has until the job ends") {
    Arbiter arbiter(1s);
    CHECK(arbiter.claim(kick, ControlOwner::ride));
    CHECK(arbiter.claim(kick, ControlOwner::pass));  // a value of the ride
    CHECK(arbiter.owner(kick, manual) == ControlOwner::ride);
    arbiter.give_back(kick);
    CHECK(arbiter.owner(kick, manual) == ControlOwner::nobody);
    CHECK(arbiter.claim(snare, ControlOwner::pass));
    arbiter.job_ended();
    CHECK(arbiter.owner(snare, manual) == ControlOwner::nobody);
    arbiter.touched(kick);
    arbiter.forget();
    CHECK(arbiter.owner(kick, manual) == ControlOwner::nobody);
}
