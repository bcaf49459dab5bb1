#include "ardour/control_exchange.hpp"

#include "ardour/ardour_codec.hpp"
#include "support/catch.hpp"
#include "unit/ardour/scripted_ardour.hpp"

#include <set>

using namespace kedge;
using namespace kedge::ardour;
using namespace std::chrono_literals;

namespace {

using Meaning = ControlExchange::Meaning;

/// An exchange about a fader, in virtual time.
struct FaderTalk {
    ControlExchange exchange;
    Instant now{};

    Spelling ask() {
        now += 10ms;
        return exchange.asked(now);
    }
    ControlExchange::Heard hear(double db, Spelling spelling = plain_spelling) {
        return exchange.hear(spelling, level_from_wire(db));
    }
    ControlExchange::Heard hear_answer(double db, Spelling spelling) {
        return hear(static_cast<double>(test::fast_logarithm(db)), spelling);
    }
    [[nodiscard]] double db() const { return std::get<Decibels>(exchange.value().value()).db(); }
};

double db_of(const ControlExchange::Heard& heard) {
    return std::get<Decibels>(heard.value).db();
}

}  // namespace

TEST_CASE("What Ardour says of its own accord is exact") {
    FaderTalk talk;
    CHECK_FALSE(talk.exchange.value());
    CHECK(talk.hear(-8.9).meaning == Meaning::feedback);
    CHECK(talk.db() == -8.9);
}

TEST_CASE("An answer is brought back from the fast logarithm; what was fed back before stands") {
    FaderTalk talk;
    CHECK(talk.hear_answer(-8.9, talk.ask()).meaning == Meaning::answer);
    CHECK(talk.db() == Approx(-8.9).margin(0.001));
    CHECK(test::fast_logarithm(-8.9) != Approx(-8.9).margin(0.02));
    talk.hear(-8.9);
    CHECK(talk.hear_answer(-8.9, talk.ask()).meaning == Meaning::answer);
    CHECK(talk.db() == -8.9);
}

TEST_CASE("The answer of this test is the answer of the codec") {
    for (double db = -150.0; db <= 6.0; db += 0.31) {
        CAPTURE(db);
        CHECK(static_cast<double>(test::fast_logarithm(db)) ==
              Approx(answer_for(Decibels(db)).db()).margin(1e-4));
    }
}

TEST_CASE("What is told of its own accord is never an answer, whatever was asked") {
    FaderTalk talk;
    talk.hear(-8.9);
    const auto question = talk.ask();
    CHECK(talk.hear(-11.9).meaning == Meaning::feedback);
    CHECK(talk.db() == -11.9);
    CHECK(talk.hear_answer(-11.9, question).meaning == Meaning::answer);
    CHECK(talk.db() == -11.9);
}

TEST_CASE("An answer says when its question left, however late it comes") {
    FaderTalk talk;
    const auto first = talk.ask();
    const Instant first_left = talk.now;
    const auto second = talk.ask();
    CHECK(first != second);
    CHECK(talk.hear_answer(-4.7, second).asked_at == talk.now);
    const auto late = talk.hear_answer(-8.9, first);
    CHECK(late.meaning == Meaning::answer);
    CHECK(late.asked_at == first_left);
    CHECK(db_of(late) == Approx(-8.9).margin(0.001));
    // The newer one stands.
    CHECK(talk.db() == Approx(-4.7).margin(0.001));
}

TEST_CASE("An answer that comes twice says the same twice") {
    FaderTalk talk;
    const auto question = talk.ask();
    talk.hear_answer(-8.9, question);
    talk.hear_answer(-8.9, question);
    CHECK(talk.db() == Approx(-8.9).margin(0.001));
    talk.hear(-8.9);
    const auto again = talk.ask();
    talk.hear_answer(-8.9, again);
    talk.hear_answer(-8.9, again);
    CHECK(talk.db() == -8.9);
}

TEST_CASE("So many questions have spellings of their own") {
    FaderTalk talk;
    std::set<Spelling> spellings;
    for (std::size_t i = 0; i < question_spellings; ++i) spellings.insert(talk.ask());
    CHECK(spellings.size() == question_spellings);
    CHECK_FALSE(spellings.contains(plain_spelling));
    CHECK_FALSE(spellings.contains(spelling_of_set));
    CHECK(spellings.contains(talk.ask()));
}

TEST_CASE("A refusal comes under the spelling of what is set, and leaves the value as it was") {
    FaderTalk talk;
    talk.hear(-8.9);
    CHECK(talk.hear(-200.0, spelling_of_set).meaning == Meaning::refusal);
    CHECK(talk.db() == -8.9);
    CHECK(talk.hear(-200.0).meaning == Meaning::feedback);
    CHECK(std::get<Decibels>(*talk.exchange.value()).is_silence());
}

TEST_CASE("An answer to nothing that was asked says nothing") {
    FaderTalk talk;
    talk.hear(-8.9);
    CHECK(talk.hear(-3.0, spelling_of_first_question).meaning == Meaning::stale);
    CHECK(talk.hear(-3.0, Spelling{15}).meaning == Meaning::stale);
    CHECK(talk.db() == -8.9);
}

TEST_CASE("Once the number is another strip's, answers to the old one say nothing") {
    FaderTalk talk;
    const auto question = talk.ask();
    talk.exchange.forget();
    CHECK_FALSE(talk.exchange.value());
    CHECK(talk.ask() != question);
    CHECK(talk.hear(-3.0, question).meaning == Meaning::stale);
}
