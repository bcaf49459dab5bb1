#include "support/catch.hpp"
#include "surface/pass_runner.hpp"
#include "surface/wire_pace.hpp"
#include "unit/surface/scripted_daw.hpp"

#include <algorithm>
#include <map>
#include <set>

using namespace kedge;
using namespace kedge::surface;
using namespace kedge::test;
using namespace std::chrono_literals;

namespace {

/// A surface that shows eight strips at a time: it goes from window to window, and in each carries out and
/// answers all that waits for its strips.
class WindowedSurface {
  public:
    explicit WindowedSurface(int strips) {
        daw.add_strips(strips);
        capabilities.longest_turn = 1s;
        capabilities.level_tolerance = Decibels(0.01);
        for (const Strip& strip : daw.mixer.strips)
            wishes.push_back(
                {strip.id, Control::fader, Decibels(10.0 + strip.id.value), std::nullopt, "rule", "reason"});
    }

    void run() {
        runner.emplace(Pass{}, wishes, false, capabilities, RunnerPacing{}, recorder);
        RunnerOutbox out;
        runner->start(now, daw.mixer, out);
        take(out);
        const Instant until = now + 10min;
        while (!runner->done() && now < until) {
            now += 10ms;
            if (now >= next_window_) visit_next();
            if (wake_ && *wake_ <= now) {
                wake_.reset();
                RunnerOutbox next;
                runner->wake(now, daw.mixer, next);
                take(next);
            }
        }
    }

    ScriptedDaw daw;  // for its strips and values
    MemoryRecorder recorder;
    Capabilities capabilities;
    std::vector<PassRunner::Wish> wishes;
    std::optional<PassRunner> runner;
    Instant now{};
    Duration window_time = 400ms;
    std::set<StripId> dead;
    std::size_t questions = 0;
    std::size_t values_sent = 0;

  private:
    void take(const RunnerOutbox& out) {
        for (const auto& command : out.commands) {
            if (const auto* set = std::get_if<SetControl>(&command)) {
                ++values_sent;
                values_[set->strip] = set->value;
            } else if (const auto* query = std::get_if<QueryControl>(&command)) {
                ++questions;
                questions_[query->strip] = now;
            }
        }
        if (out.wake_at) wake_ = wake_ ? std::min(*wake_, *out.wake_at) : *out.wake_at;
    }
    void visit_next() {
        next_window_ = now + window_time;
        const std::size_t windows = (daw.mixer.strips.size() + 7) / 8;
        window_ = (window_ + 1) % windows;
        for (std::size_t i = window_ * 8; i < std::min(window_ * 8 + 8, daw.mixer.strips.size()); ++i)
            serve(daw.mixer.strips[i].id);
    }
    void serve(StripId strip) {
        const Key key{strip, Control::fader};
        const auto value = values_.find(strip);
        const auto asked = questions_.find(strip);
        const bool was_set = value != values_.end();
        const auto asked_at = asked == questions_.end() ? std::nullopt : std::optional(asked->second);
        if (was_set) {
            if (!dead.contains(strip)) daw.values[key] = value->second;
            values_.erase(strip);
        }
        questions_.erase(strip);
        if (dead.contains(strip)) return;
        if (was_set) tell({strip, Control::fader, daw.values[key], false, {}});
        if (asked_at) tell({strip, Control::fader, daw.values[key], true, *asked_at});
    }
    void tell(const ControlReported& report) {
        RunnerOutbox out;
        runner->event(now, report, daw.mixer, out);
        take(out);
    }

    std::map<StripId, ControlValue> values_;
    std::map<StripId, Instant> questions_;
    std::optional<Instant> wake_;
    Instant next_window_{};
    std::size_t window_ = 0;
};

}  // namespace

TEST_CASE("a pass over more strips than are shown waits for its turn, and nothing is asked or sent twice") {
    const int strips = GENERATE(8, 32, 100);
    WindowedSurface surface(strips);
    surface.run();
    INFO(strips << " strips");
    CHECK(surface.runner->pass().state == PassState::applied);
    for (const PassEntry& entry : surface.runner->pass().entries) CHECK(entry.verdict == Verdict::confirmed);
    CHECK(surface.questions == static_cast<std::size_t>(strips));
    CHECK(surface.values_sent == static_cast<std::size_t>(strips));
    // Two rounds: one to read, one to write.
    const auto windows = (strips + 7) / 8;
    CHECK(surface.now - Instant{} <= 2 * windows * surface.window_time + 1s);
}

TEST_CASE("a strip that never answers is given up in a while, and the others are put back") {
    WindowedSurface surface(40);
    surface.dead.insert(StripId{17});
    surface.run();
    REQUIRE(surface.runner->done());
    REQUIRE(surface.runner->refused());
    CHECK_THAT(surface.runner->refused()->message, Catch::Contains("did not answer"));
    CHECK(surface.values_sent == 0);
    CHECK(surface.now - Instant{} < 30s);
}

TEST_CASE("only where turns are waited for is everything sent at once, and asked for less often") {
    Capabilities none;
    CHECK(pacing_for(none, {}).most_in_flight == RunnerPacing{}.most_in_flight);
    CHECK(pacing_for(none, {}).most_sends == RunnerPacing{}.most_sends);
    Capabilities turns;
    turns.longest_turn = 2s;
    CHECK(pacing_for(turns, {}).first_in_flight >= 1000);
    CHECK(pacing_for(turns, {}).most_sends < RunnerPacing{}.most_sends);
}
