#pragma once

#include "surface/pass_runner.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <queue>
#include <random>
#include <set>
#include <utility>
#include <vector>

namespace kedge::test {

using Key = std::pair<StripId, Control>;

/// A recorder that remembers every record and can be told to fail.
class MemoryRecorder : public surface::PassRecorder {
  public:
    Result<PassId> record_prepared(const Pass& pass) override;
    Result<void> record_outcome(const Pass& pass) override;

    std::vector<Pass> prepared;
    std::vector<Pass> outcomes;
    bool refuses_prepared = false;
    bool refuses_outcome = false;
};

/// A DAW and the wire to it, in virtual time: holds values, echoes what it is given, answers questions;
/// loses, doubles and delays datagrams by seed.
class ScriptedDaw {
  public:
    explicit ScriptedDaw(std::uint32_t seed = 1) : random_(seed) {}

    /// Adds `count` strips, each with a fader, a pan and a mute.
    void add_strips(int count);
    void run(surface::PassRunner& runner, Duration at_most = std::chrono::minutes(5));
    /// Does something at an instant of the run.
    void at(Duration when, std::function<void(surface::PassRunner&)> act);
    /// Delivers an event to the runner now, through no wire.
    void tell(surface::PassRunner& runner, const surface::Event& event);
    void interrupt(surface::PassRunner& runner);
    /// Carries what the caller asks a runner for.
    void give(const std::function<void(surface::RunnerOutbox&)>& ask);

    [[nodiscard]] Instant now() const { return now_; }
    [[nodiscard]] std::size_t sets_received() const { return sets_received_; }

    MixerState mixer;
    std::map<Key, ControlValue> values;
    std::set<Key> deaf;       ///< takes no value and says nothing about it
    std::set<Key> mute_echo;  ///< takes the value, reports nothing of its own accord
    std::set<Key> refuses;    ///< answers a value with a refusal
    std::set<Key> no_answer;  ///< does not answer questions
    double loss = 0.0;        ///< share of datagrams lost, each way
    double doubled = 0.0;     ///< share of datagrams that arrive twice, DAW to us
    Duration latency = std::chrono::milliseconds(5);
    Duration jitter{};
    bool dead = false;
    /// Looks at every command as it leaves the runner.
    std::function<void(const surface::Command&)> on_command = [](const surface::Command&) {};
    /// What the DAW makes of a value it is given.
    std::function<ControlValue(const Key&, const ControlValue&)> takes =
        [](const Key&, const ControlValue& v) { return v; };
    std::size_t most_outstanding = 0;  ///< controls sent and not yet echoed, at most

  private:
    using Act = std::function<void(surface::PassRunner&)>;
    void carry(const surface::RunnerOutbox& out);
    void receive(const surface::Command& command, Instant left_at);
    void report(const Key& key, std::optional<Instant> asked_at);
    void to_runner(const surface::Event& event);
    void schedule(Duration after, Act act);
    bool chance(double share) { return std::uniform_real_distribution<double>(0.0, 1.0)(random_) < share; }
    Duration travel();

    std::mt19937 random_;
    Instant now_{};
    std::multimap<Instant, Act> queue_;
    std::set<Key> outstanding_;
    std::size_t sets_received_ = 0;
};

}  // namespace kedge::test
