#include "unit/surface/scripted_daw.hpp"

#include <string>

namespace kedge::test {

using namespace surface;

Result<PassId> MemoryRecorder::record_prepared(const Pass& pass) {
    if (refuses_prepared) return fail(ErrorKind::storage, "disk full");
    prepared.push_back(pass);
    return PassId{static_cast<std::int64_t>(prepared.size())};
}

Result<void> MemoryRecorder::record_outcome(const Pass& pass) {
    outcomes.push_back(pass);
    if (refuses_outcome) return fail(ErrorKind::storage, "disk full");
    return {};
}

void ScriptedDaw::add_strips(int count) {
    for (int i = 0; i < count; ++i) {
        Strip strip;
        strip.id = StripId{static_cast<std::uint32_t>(mixer.strips.size() + 1)};
        strip.name = {StripKind::audio_track, "Strip " + std::to_string(strip.id.value), 0};
        mixer.strips.push_back(strip);
        values[{strip.id, Control::fader}] = Decibels(-1.0 * i);
        values[{strip.id, Control::pan}] = Pan(0.01 * i);
        values[{strip.id, Control::mute}] = Mute::open;
    }
}

Duration ScriptedDaw::travel() {
    if (jitter == Duration{}) return latency;
    return latency + Duration(std::uniform_int_distribution<Duration::rep>(0, jitter.count())(random_));
}

void ScriptedDaw::schedule(Duration after, Act act) {
    queue_.emplace(now_ + after, std::move(act));
}

void ScriptedDaw::at(Duration when, Act act) {
    queue_.emplace(Instant{} + when, std::move(act));
}

void ScriptedDaw::to_runner(const Event& event) {
    if (dead || chance(loss)) return;
    const auto deliver = [this, event](PassRunner& runner) {
        if (const auto* reported = std::get_if<ControlReported>(&event))
            outstanding_.erase({reported->strip, reported->control});
        tell(runner, event);
    };
    schedule(travel(), deliver);
    if (chance(doubled)) schedule(travel(), deliver);
}

void ScriptedDaw::report(const Key& key, std::optional<Instant> asked_at) {
    to_runner(ControlReported{key.first, key.second, values.at(key), asked_at.has_value(),
                              asked_at.value_or(Instant{})});
}

void ScriptedDaw::receive(const Command& command, Instant left_at) {
    if (dead) return;
    if (const auto* query = std::get_if<QueryControl>(&command)) {
        const Key key{query->strip, query->control};
        if (values.contains(key) && !no_answer.contains(key)) report(key, left_at);
        return;
    }
    const auto& set = std::get<SetControl>(command);
    const Key key{set.strip, set.control};
    ++sets_received_;
    if (deaf.contains(key)) return;
    if (refuses.contains(key) || !values.contains(key))
        return to_runner(ControlRefused{key.first, key.second});
    values[key] = takes(key, set.value);
    if (!mute_echo.contains(key)) report(key, std::nullopt);
}

void ScriptedDaw::carry(const RunnerOutbox& out) {
    for (const auto& command : out.commands) {
        on_command(command);
        if (const auto* set = std::get_if<SetControl>(&command)) {
            outstanding_.insert({set->strip, set->control});
            most_outstanding = std::max(most_outstanding, outstanding_.size());
        }
        if (!chance(loss))
            schedule(travel(), [this, command, left = now_](PassRunner&) { receive(command, left); });
    }
    if (out.wake_at)
        queue_.emplace(*out.wake_at, [this](PassRunner& runner) {
            RunnerOutbox next;
            runner.wake(now_, mixer, next);
            carry(next);
        });
}

void ScriptedDaw::tell(PassRunner& runner, const Event& event) {
    RunnerOutbox out;
    runner.event(now_, event, mixer, out);
    carry(out);
}

void ScriptedDaw::interrupt(PassRunner& runner) {
    RunnerOutbox out;
    runner.interrupt(now_, mixer, out);
    carry(out);
}

void ScriptedDaw::give(const std::function<void(RunnerOutbox&)>& ask) {
    RunnerOutbox out;
    ask(out);
    carry(out);
}

void ScriptedDaw::run(PassRunner& runner, Duration at_most) {
    RunnerOutbox out;
    runner.start(now_, mixer, out);
    carry(out);
    while (!queue_.empty() && !runner.done() && queue_.begin()->first <= Instant{} + at_most) {
        auto next = queue_.extract(queue_.begin());
        now_ = next.key();
        next.mapped()(runner);
    }
    // What is still on the wire arrives, even when nobody waits for it any more.
    while (runner.done() && !queue_.empty()) {
        auto next = queue_.extract(queue_.begin());
        now_ = next.key();
        next.mapped()(runner);
    }
}

}  // namespace kedge::test
