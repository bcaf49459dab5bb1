#include "reaper/companion_exchange.hpp"

#include "support/catch.hpp"

#include <string>
#include <vector>

using namespace kedge;
using namespace kedge::reaper;
using namespace std::chrono_literals;

namespace {

using Due = CompanionExchange::Due;
using Heard = CompanionExchange::Heard;

constexpr Instant first_asked{5s};
const ProjectKey project_asked{"{B}", ""};

std::string id_in(const CompanionExchange& exchange) {
    const std::string& text = exchange.text();
    const std::string start = "kedge-reaper\t1\t";
    REQUIRE(text.starts_with(start));
    return text.substr(start.size(), text.find('\n') - start.size());
}

std::string faders_answer(const std::string& id, const std::vector<std::string>& guids) {
    std::string text = "answer\t" + id + "\t1\ndone\n";
    for (const auto& guid : guids) text += "fader\t" + guid + "\ttrim\t0.5\t0\t0\t0\t0\t-\t0\t0\n";
    return text + "end\t" + std::to_string(2 + guids.size()) + "\n";
}

Heard hear(CompanionExchange& exchange, const std::string& text) {
    CompanionAnswer ignored;
    return exchange.hear(text, ignored);
}

}  // namespace

TEST_CASE("A request is called for, and its answer ends it") {
    CompanionExchange exchange;
    exchange.read(first_asked, project_asked, {{"{X}"}, {"{Y}"}});
    CHECK(exchange.due() == first_asked);
    CHECK(exchange.wake(first_asked) == Due::call);
    CHECK(exchange.wake(first_asked) == Due::nothing);
    CompanionAnswer answer;
    CHECK(exchange.hear(faders_answer(id_in(exchange), {"{X}", "{Y}"}), answer) == Heard::answered);
    CHECK(std::get<ToldFaders>(answer.what).size() == 2);
    CHECK_FALSE(exchange.busy());
    CHECK_FALSE(exchange.due());
}

TEST_CASE("What nobody answers is called for three times under its id, then given up") {
    CompanionExchange exchange;
    exchange.read(first_asked, project_asked, {{"{X}"}});
    const std::string id = id_in(exchange);
    Instant now = first_asked;
    for (int call = 0; call < 3; ++call) {
        CHECK(exchange.wake(now) == Due::call);
        CHECK(id_in(exchange) == id);
        CHECK(exchange.wake(now + 1'499ms) == Due::nothing);
        now += 1'500ms;
    }
    CHECK(exchange.wake(now) == Due::gave_up);
    CHECK_FALSE(exchange.busy());
    // Too late: whoever asked was told already.
    CHECK(hear(exchange, faders_answer(id, {"{X}"})) == Heard::nothing_of_ours);
}

TEST_CASE("Late, doubled and foreign answers are nobody's") {
    CompanionExchange exchange;
    exchange.read(first_asked, project_asked, {{"{X}"}});
    const std::string first = faders_answer(id_in(exchange), {"{X}"});
    CHECK(hear(exchange, first) == Heard::answered);
    CHECK(hear(exchange, first) == Heard::nothing_of_ours);
    exchange.read(first_asked + 1s, project_asked, {{"{X}"}});
    CHECK(hear(exchange, first) == Heard::nothing_of_ours);
    CHECK(hear(exchange, faders_answer("somebody-else", {"{X}"})) == Heard::nothing_of_ours);
    CHECK(exchange.busy());
    CHECK_FALSE(exchange.garbled());
    CHECK(hear(exchange, faders_answer(id_in(exchange), {"{X}"})) == Heard::answered);
}

TEST_CASE("What is no answer, or one to something else, leaves the request under way") {
    CompanionExchange exchange;
    exchange.read(first_asked, project_asked, {{"{X}"}, {"{Y}"}});
    const std::string id = id_in(exchange);
    CHECK(hear(exchange, "") == Heard::garbled);
    CHECK(hear(exchange, "answer\t" + id + "\t1\ndone\n") == Heard::garbled);
    CHECK(hear(exchange, faders_answer(id, {"{X}"})) == Heard::garbled);
    CHECK(hear(exchange, faders_answer(id, {"{Y}", "{X}"})) == Heard::garbled);
    CHECK(hear(exchange, "answer\t" + id + "\t1\ndone\nreaper\t7\tx\nproject\t{B}\t\t\nend\t4\n") ==
          Heard::garbled);
    CHECK(exchange.garbled());
    CHECK(hear(exchange, faders_answer(id, {"{X}", "{Y}"})) == Heard::answered);
    exchange.ask_identity(first_asked + 1s, {600ms, 2});
    CHECK_FALSE(exchange.garbled());
}

TEST_CASE("A refusal ends what was asked, also one of a script that could not read which request it was") {
    for (const bool named : {true, false}) {
        CompanionExchange exchange;
        exchange.write(first_asked, project_asked, "ride", {{{"{X}"}, {}}});
        const std::string id = named ? id_in(exchange) : "-";
        CompanionAnswer answer;
        CHECK(exchange.hear("answer\t" + id + "\t1\nrefused\tNo.\tLook.\nend\t2\n", answer) ==
              Heard::answered);
        CHECK(std::get<ToldRefusal>(answer.what).why == "No.");
    }
}

TEST_CASE("The script is not started twice at once") {
    CompanionExchange exchange;
    exchange.ask_identity(first_asked, {600ms, 2});
    REQUIRE(exchange.wake(first_asked) == Due::call);
    exchange.forget();
    exchange.ask_strips(first_asked + 50ms, project_asked, {600ms, 2});
    CHECK(exchange.wake(first_asked + 50ms) == Due::nothing);
    CHECK(exchange.wake(first_asked + 199ms) == Due::nothing);
    CHECK(exchange.wake(first_asked + 200ms) == Due::call);
}

TEST_CASE("Many points take their time, and another run of kedge has other ids") {
    FaderWords long_line;
    long_line.envelope.points.resize(10'000);
    CompanionExchange one;
    one.write(first_asked, project_asked, "ride", {{{"{X}"}, long_line}});
    REQUIRE(one.wake(first_asked) == Due::call);
    CHECK(*one.due() - first_asked >= 3s);
    CompanionExchange other;
    other.ask_identity(first_asked + 1ms, {600ms, 2});
    CHECK(id_in(one) != id_in(other));
    other.forget();
    const std::string id = id_in(one);
    one.forget();
    one.ask_identity(first_asked, {600ms, 2});
    CHECK(id_in(one) != id);
}
