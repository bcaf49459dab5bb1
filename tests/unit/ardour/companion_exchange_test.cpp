#include "ardour/companion_exchange.hpp"

#include "support/catch.hpp"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

using namespace kedge;
using namespace kedge::ardour;
using namespace std::chrono_literals;

namespace {

constexpr Instant exchange_start{5s};

FaderLine line_of(int points, double gain) {
    FaderLine line{AutomationMode::play, Gain(gain), {}};
    for (int i = 0; i < points; ++i)
        line.points.push_back({SongTime::from_samples(i * 480, SampleRate{48'000}), Gain(gain / (i + 1))});
    return line;
}

LinePoint point_at(std::int64_t sample, double gain) {
    return {SongTime::from_samples(sample, SampleRate{48'000}), Gain(gain)};
}

RequestNumber number_in_request(const CompanionExchange& exchange) {
    const std::string word = "\nrequest\t";
    const auto at = exchange.text().find(word);
    REQUIRE(at != std::string::npos);
    return {std::stoi(exchange.text().substr(at + word.size()))};
}

/// What the script says to a reading.
std::vector<CompanionAnswer> answers_for(RequestNumber number, const std::vector<FaderLine>& lines) {
    constexpr std::size_t points_a_message = 100;
    std::vector<CompanionAnswer> answers;
    for (std::size_t place = 0; place < lines.size(); ++place) {
        const FaderLine& line = lines[place];
        answers.emplace_back(FaderAnswer{number, place, line.mode, line.rest, line.points.size()});
        for (std::size_t first = 0; first < line.points.size(); first += points_a_message) {
            const auto begin = line.points.begin() + static_cast<std::ptrdiff_t>(first);
            const auto left = line.points.size() - first;
            answers.emplace_back(
                PointsAnswer{number,
                             place,
                             first,
                             {begin, begin + static_cast<std::ptrdiff_t>(std::min(points_a_message, left))}});
        }
    }
    answers.emplace_back(DoneAnswer{number, lines.size()});
    return answers;
}

const std::vector<StripId> two_ids = {StripId{4}, StripId{9}};
const std::vector<std::string> two_names = {"Vox", "Sax"};

}  // namespace

TEST_CASE("A reading is put together from its parts, in whatever order they come, doubled or not") {
    const std::vector<FaderLine> lines = {line_of(457, 0.7), line_of(0, 1.5)};
    for (unsigned seed = 1; seed <= 50; ++seed) {
        CAPTURE(seed);
        std::mt19937 random(seed);
        CompanionExchange exchange;
        exchange.read(exchange_start, "S", SampleRate{48'000}, two_ids, two_names);
        auto answers = answers_for(number_in_request(exchange), lines);
        const auto again = answers;
        answers.insert(answers.end(), again.begin(), again.end());
        std::shuffle(answers.begin(), answers.end(), random);
        std::vector<surface::Event> events;
        for (const auto& answer : answers) exchange.hear(exchange_start, answer, events);
        REQUIRE(events.size() == 2);
        for (std::size_t i = 0; i < 2; ++i) {
            const auto& read = std::get<surface::FaderLineRead>(events[i]);
            CHECK(read.strip == two_ids[i]);
            CHECK(read.line == lines[i]);
        }
        CHECK_FALSE(exchange.busy());
    }
}

TEST_CASE("A reading of which any part is missing is not believed") {
    const std::vector<FaderLine> lines = {line_of(201, 0.7), line_of(3, 1.5)};
    CompanionExchange probe;
    probe.read(exchange_start, "S", SampleRate{48'000}, two_ids, two_names);
    const auto parts = answers_for(number_in_request(probe), lines).size();
    for (std::size_t missing = 0; missing < parts; ++missing) {
        CAPTURE(missing);
        CompanionExchange exchange;
        exchange.read(exchange_start, "S", SampleRate{48'000}, two_ids, two_names);
        const auto answers = answers_for(number_in_request(exchange), lines);
        std::vector<surface::Event> events;
        for (std::size_t i = 0; i < answers.size(); ++i)
            if (i != missing) exchange.hear(exchange_start, answers[i], events);
        CHECK(events.empty());
        REQUIRE(exchange.busy());
        // Asked again, all of it comes.
        CHECK(exchange.wake(*exchange.due()) == CompanionExchange::Due::call_again);
        for (const auto& answer : answers) exchange.hear(exchange_start + 2s, answer, events);
        CHECK(events.size() == 2);
    }
}

TEST_CASE("A fader that changed between two answers to one request is read as the later one says") {
    CompanionExchange exchange;
    exchange.read(exchange_start, "S", SampleRate{48'000}, {StripId{4}}, {"Vox"});
    const auto number = number_in_request(exchange);
    const FaderLine before = line_of(150, 0.7);
    const FaderLine after = line_of(120, 1.5);
    const auto first = answers_for(number, {before});
    std::vector<surface::Event> events;
    exchange.hear(exchange_start, first[0], events);
    exchange.hear(exchange_start, first[1], events);
    for (const auto& answer : answers_for(number, {after})) exchange.hear(exchange_start, answer, events);
    REQUIRE(events.size() == 1);
    CHECK(std::get<surface::FaderLineRead>(events[0]).line == after);
}

TEST_CASE("Parts that are not in order of time are no line") {
    CompanionExchange exchange;
    exchange.read(exchange_start, "S", SampleRate{48'000}, {StripId{4}}, {"Vox"});
    const auto number = number_in_request(exchange);
    const FaderLine line = line_of(2, 0.7);
    std::vector<surface::Event> events;
    exchange.hear(exchange_start, FaderAnswer{number, 0, line.mode, line.rest, 2}, events);
    exchange.hear(exchange_start, PointsAnswer{number, 0, 0, {line.points[1]}}, events);
    exchange.hear(exchange_start, PointsAnswer{number, 0, 1, {line.points[0]}}, events);
    exchange.hear(exchange_start, DoneAnswer{number, 1}, events);
    CHECK(events.empty());
    CHECK(exchange.busy());
    for (const auto& answer : answers_for(number, {line})) exchange.hear(exchange_start, answer, events);
    CHECK(events.size() == 1);
}

TEST_CASE("A jump, two points of one time, is read as a step of a sample") {
    // As a real Ardour kept it where a ride was let go of.
    CompanionExchange exchange;
    exchange.read(exchange_start, "S", SampleRate{48'000}, {StripId{4}}, {"Vox"});
    const auto number = number_in_request(exchange);
    const auto answer =
        companion_answer(*osc::decode_message(osc::encode(
                             "/kedge/companion/points", {number.value, std::int32_t{0}, std::int32_t{0},
                                                         std::string_view("100 1;200 1;200 0.5;200 0.25")})),
                         SampleRate{48'000});
    REQUIRE(answer);
    std::vector<surface::Event> events;
    exchange.hear(exchange_start, FaderAnswer{number, 0, AutomationMode::play, Gain(1.0), 6}, events);
    exchange.hear(exchange_start, *answer, events);
    // The next message goes on at the same time, and right behind it.
    exchange.hear(exchange_start, PointsAnswer{number, 0, 4, {point_at(202, 0.125), point_at(900, 1.0)}},
                  events);
    exchange.hear(exchange_start, DoneAnswer{number, 1}, events);
    REQUIRE(events.size() == 1);
    const auto& points = std::get<surface::FaderLineRead>(events[0]).line.points;
    std::vector<std::int64_t> samples;
    for (const LinePoint& point : points) samples.push_back(point.at.samples(SampleRate{48'000}));
    CHECK(samples == std::vector<std::int64_t>{100, 200, 201, 202, 203, 900});
}

TEST_CASE("Answers to another request, beyond the strips or beyond the points count for nothing") {
    CompanionExchange exchange;
    std::vector<surface::Event> events;
    CHECK_FALSE(exchange.hear(exchange_start, DoneAnswer{{1}, 1}, events));
    exchange.read(exchange_start, "S", SampleRate{48'000}, {StripId{4}}, {"Vox"});
    const auto number = number_in_request(exchange);
    const RequestNumber other{number.value + 1};
    const FaderLine line = line_of(2, 0.7);
    for (const auto& answer : answers_for(other, {line}))
        CHECK_FALSE(exchange.hear(exchange_start, answer, events));
    CHECK_FALSE(exchange.hear(exchange_start, RefusedAnswer{other, "No.", ""}, events));
    CHECK_FALSE(exchange.hear(exchange_start, FaderAnswer{number, 1, line.mode, line.rest, 0}, events));
    CHECK_FALSE(exchange.hear(exchange_start, PointsAnswer{number, 1, 0, line.points}, events));
    CHECK_FALSE(exchange.hear(exchange_start, DoneAnswer{number, 2}, events));
    CHECK(exchange.hear(exchange_start, FaderAnswer{number, 0, line.mode, line.rest, 2}, events));
    CHECK_FALSE(exchange.hear(exchange_start, PointsAnswer{number, 0, 1, line.points}, events));
    CHECK(events.empty());
}

TEST_CASE("A writing is done when the script says so, and refused when it says that") {
    CompanionExchange exchange;
    std::vector<surface::Event> events;
    exchange.write(exchange_start, "S", SampleRate{48'000}, "ride", {{"Vox", line_of(3, 1.0)}});
    const auto first = number_in_request(exchange);
    exchange.hear(exchange_start, DoneAnswer{first, 1}, events);
    REQUIRE(events.size() == 1);
    CHECK(std::holds_alternative<surface::FaderLinesWritten>(events[0]));
    CHECK_FALSE(exchange.busy());
    exchange.write(exchange_start, "S", SampleRate{48'000}, "ride", {{"Vox", line_of(3, 1.0)}});
    const auto second = number_in_request(exchange);
    CHECK(second != first);
    exchange.hear(exchange_start, RefusedAnswer{second, "No strip.", "Look."}, events);
    REQUIRE(events.size() == 2);
    const auto& refused = std::get<surface::LinesRefused>(events[1]);
    CHECK(refused.why.message == "No strip.");
    CHECK(refused.why.next == "Look.");
    CHECK_FALSE(refused.unanswered);
    CHECK_FALSE(exchange.busy());
}

TEST_CASE("An unanswered request is called three times under one number, then given up") {
    CompanionExchange exchange;
    exchange.write(exchange_start, "S", SampleRate{48'000}, "ride", {{"Vox", line_of(3, 1.0)}});
    const std::string text = exchange.text();
    for (int again = 0; again < 2; ++again) {
        const Instant due = *exchange.due();
        CHECK(exchange.wake(due - 1ns) == CompanionExchange::Due::nothing);
        CHECK(exchange.wake(due) == CompanionExchange::Due::call_again);
        CHECK(exchange.text() == text);
    }
    const Instant due = *exchange.due();
    CHECK(due - exchange_start < 6s);
    CHECK(exchange.wake(due) == CompanionExchange::Due::gave_up);
    CHECK_FALSE(exchange.busy());
    CHECK_FALSE(exchange.due());
    CHECK(exchange.wake(due + 1h) == CompanionExchange::Due::nothing);
}

TEST_CASE("Ardour gets the time that many points take it, and an answer under way gets time anew") {
    CompanionExchange exchange;
    exchange.write(exchange_start, "S", SampleRate{48'000}, "ride", {{"Vox", line_of(2'000, 1.0)}});
    CHECK(*exchange.due() - exchange_start > 5s);
    exchange.forget();
    exchange.read(exchange_start, "S", SampleRate{48'000}, {StripId{4}}, {"Vox"});
    const Instant due = *exchange.due();
    std::vector<surface::Event> events;
    const auto answers = answers_for(number_in_request(exchange), {line_of(300, 1.0)});
    exchange.hear(exchange_start + 1s, answers[0], events);
    CHECK(*exchange.due() == due + 1s);
}

TEST_CASE("Another run of kedge has other numbers") {
    CompanionExchange one;
    CompanionExchange other;
    one.read(exchange_start, "S", SampleRate{48'000}, {StripId{4}}, {"Vox"});
    other.read(exchange_start + 20s, "S", SampleRate{48'000}, {StripId{4}}, {"Vox"});
    CHECK(number_in_request(one) != number_in_request(other));
}
