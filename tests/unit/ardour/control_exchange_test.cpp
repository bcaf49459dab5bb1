#include "ardour/control_exchange.hpp"

#include "ardour/ardour_codec.hpp"
#include "ardour/session_limits.hpp"
#include "support/catch.hpp"
#include "unit/ardour/scripted_ardour.hpp"

using namespace kedge;
using namespace kedge::ardour;
using namespace std::chrono_literals;

namespace {

using Meaning = ControlExchange::Meaning;

/// An exchange about a fader, in virtual time.
struct FaderTalk {
    ControlExchange exchange;
    Instant now{};

    Meaning hear(double db) { return exchange.hear(now, Control::fader, level_from_wire(db)); }
    Meaning hear_answer_to(double db) { return hear(static_cast<double>(test::fast_logarithm(db))); }
    void ask() { exchange.asked(now); }
    void send(double db) { exchange.sent(now, level_from_wire(db)); }
    [[nodiscard]] double db() const { return std::get<Decibels>(exchange.value().value()).db(); }
};

}  // namespace

TEST_CASE("What Ardour says of its own accord is exact") {
    FaderTalk talk;
    CHECK_FALSE(talk.exchange.value());
    CHECK(talk.hear(-8.9) == Meaning::feedback);
    CHECK(talk.db() == -8.9);
}

TEST_CASE("An answer is brought back from the fast logarithm; what was fed back before stands") {
    FaderTalk talk;
    talk.ask();
    CHECK(talk.hear_answer_to(-8.9) == Meaning::answer);
    CHECK(talk.db() == Approx(-8.9).margin(0.001));
    CHECK(test::fast_logarithm(-8.9) != Approx(-8.9).margin(0.02));
    talk.hear(-8.9);
    talk.ask();
    CHECK(talk.hear_answer_to(-8.9) == Meaning::answer);
    CHECK(talk.db() == -8.9);
}

TEST_CASE("The answer of this test is the answer of the codec") {
    for (double db = -150.0; db <= 6.0; db += 0.31) {
        CAPTURE(db);
        CHECK(static_cast<double>(test::fast_logarithm(db)) ==
              Approx(answer_for(Decibels(db)).db()).margin(1e-4));
    }
}

TEST_CASE("An answer that got lost does not make an answer of what comes long after") {
    FaderTalk talk;
    talk.hear(-8.9);
    talk.ask();
    talk.now += answer_patience + 1ms;
    CHECK(talk.hear(-9.1) == Meaning::feedback);
    CHECK(talk.db() == -9.1);
}

TEST_CASE("An echo that comes before the answer is the echo, exact, and the answer is the answer") {
    FaderTalk talk;
    talk.hear(-8.9);
    talk.send(-4.7);
    talk.ask();
    CHECK(talk.hear(-4.7) == Meaning::feedback);
    CHECK(talk.db() == -4.7);
    CHECK(talk.hear_answer_to(-4.7) == Meaning::answer);
    CHECK(talk.db() == -4.7);
}

TEST_CASE("What is set to what it is has no echo: the first to come is the answer") {
    FaderTalk talk;
    talk.hear(0.0);
    talk.send(0.0);
    talk.ask();
    // 0 dB is the same by both logarithms.
    CHECK(talk.hear(0.0) == Meaning::answer);
}

TEST_CASE("An echo that gets lost leaves the answer an answer") {
    FaderTalk talk;
    talk.hear(-8.9);
    talk.send(-4.7);
    talk.ask();
    CHECK(talk.hear_answer_to(-4.7) == Meaning::answer);
    CHECK(talk.db() == Approx(-4.7).margin(0.001));
}

TEST_CASE("A move that a person makes while a question is open does not leave a rough value") {
    FaderTalk talk;
    talk.hear(-8.9);
    talk.ask();
    talk.hear(-11.9);
    talk.hear_answer_to(-11.9);
    CHECK(talk.db() == -11.9);
}

TEST_CASE("An answer that comes twice says the same twice") {
    FaderTalk talk;
    talk.ask();
    talk.hear_answer_to(-8.9);
    talk.hear_answer_to(-8.9);
    CHECK(talk.db() == Approx(-8.9).margin(0.001));
    talk.hear(-8.9);
    talk.ask();
    talk.hear_answer_to(-8.9);
    talk.hear_answer_to(-8.9);
    CHECK(talk.db() == -8.9);
}

TEST_CASE("A refusal leaves the value as it was; the same bytes without anything sent are a value") {
    FaderTalk talk;
    talk.hear(-8.9);
    talk.send(-4.7);
    CHECK(talk.hear(-200.0) == Meaning::refusal);
    CHECK(talk.db() == -8.9);
    CHECK(talk.hear(-200.0) == Meaning::feedback);
    CHECK(std::get<Decibels>(*talk.exchange.value()).is_silence());
}

TEST_CASE("What was sent long ago is not refused any more: somebody pulled the fader down") {
    FaderTalk talk;
    talk.hear(-8.9);
    talk.send(-8.9);
    talk.now += echo_patience + 1ms;
    CHECK(talk.hear(-200.0) == Meaning::feedback);
}

TEST_CASE("A fader that is down answers that it is down, whatever is being sent") {
    FaderTalk talk;
    talk.hear(-200.0);
    talk.ask();
    talk.send(-4.7);
    CHECK(talk.hear(-200.0) == Meaning::answer);
    CHECK(talk.hear(-4.7) == Meaning::feedback);
    CHECK(talk.db() == -4.7);
}

TEST_CASE("A fader sent to minus infinity is not refused when it gets there") {
    FaderTalk talk;
    talk.hear(-8.9);
    talk.send(-200.0);
    CHECK(talk.hear(-200.0) == Meaning::feedback);
}

TEST_CASE("Hard right after a pan that was not hard right is a refusal; a mute is never refused") {
    ControlExchange pan;
    pan.hear({}, Control::pan, Pan::centre());
    pan.sent({}, Pan::left());
    CHECK(pan.hear({}, Control::pan, Pan::right()) == Meaning::refusal);
    CHECK(pan.value() == ControlValue(Pan::centre()));
    pan.sent({}, Pan::right());
    CHECK(pan.hear({}, Control::pan, Pan::right()) == Meaning::feedback);
    ControlExchange mute;
    mute.sent({}, Mute::muted);
    CHECK(mute.hear({}, Control::mute, Mute::open) == Meaning::feedback);
}
