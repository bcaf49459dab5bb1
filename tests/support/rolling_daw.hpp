#pragma once

#include "support/instant_daw.hpp"

#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace kedge::test {

/// An InstantDaw with a transport: it plays four beats of half a second to the bar, and tells position and
/// bar ten times a second when they changed.
class RollingDaw : public InstantDaw {
  public:
    RollingDaw() { can().bars = can().session_end = true; }

    /// Does something so long after the start of `roll`.
    void at(Duration when, std::function<void(engine::Engine&)> act) { acts_.emplace(when, std::move(act)); }
    /// Lets time pass with a job until it is done; false when it did not come to its end, as kedge was killed
    /// or `patience` is over.
    bool roll(engine::Job& job, Duration patience = std::chrono::minutes(3)) {
        engine::Engine engine(*this);
        surface::Effects out;
        engine.start(clock_, out);
        engine.begin(job, clock_, out);
        const Instant began = clock_;
        while (!job.done() && sets_left > 0 && clock_ < began + patience) {
            clock_ += tick;
            for (auto due = acts_.begin(); due != acts_.end() && due->first <= clock_ - began;) {
                due->second(engine);
                due = acts_.erase(due);
            }
            engine.wake(clock_, out);
        }
        return job.done();
    }
    static void interrupt(engine::Engine& engine, Instant now) {
        surface::Effects out;
        engine.interrupt(now, out);
    }
    [[nodiscard]] Instant clock() const { return clock_; }
    /// A person at the DAW.
    void play_by_hand() { rolls_ = true; }
    void stop_by_hand() { rolls_ = false; }
    void locate_by_hand(SongTime to) { at_ = to; }

    Result<void> command(Instant now, const surface::Command& command, surface::Effects& out) override {
        if (std::holds_alternative<surface::Play>(command)) {
            log.emplace_back("play");
            rolls_ = !never_rolls;
        } else if (std::holds_alternative<surface::Stop>(command)) {
            log.emplace_back("stop");
            rolls_ = false;
        } else if (const auto* locate = std::get_if<surface::Locate>(&command)) {
            log.push_back("locate " + to_string(locate->to));
            at_ = locate->to;
        } else {
            return InstantDaw::command(now, command, out);
        }
        return {};
    }
    void wake(Instant, surface::Effects& out) override {
        if (rolls_) at_ = at_ + tick;
        if (told_rolling_ != rolls_) {
            told_rolling_ = rolls_;
            out.push_back(surface::Event(surface::TransportReported{rolls_}));
        }
        if (told_ == at_) return;
        told_ = at_;
        if (capabilities().bars) out.push_back(surface::Event(bar_of(at_)));
        out.push_back(surface::Event(surface::PositionReported{at_}));
    }
    [[nodiscard]] std::optional<SongTime> position() const override { return told_; }
    [[nodiscard]] std::optional<bool> rolling() const override { return told_rolling_; }
    [[nodiscard]] std::optional<surface::BarReported> bar() const override {
        return capabilities().bars ? std::optional(bar_of(told_)) : std::nullopt;
    }

    void tells_bars(bool tells) { can().bars = tells; }

    bool never_rolls = false;
    std::vector<std::string> log;  ///< "play", "stop", "locate 0:01.0"

  private:
    static constexpr Duration tick = std::chrono::milliseconds(100);
    [[nodiscard]] static surface::BarReported bar_of(SongTime at) {
        const auto beats = static_cast<int>(at.since_start() / std::chrono::milliseconds(500));
        return {beats / 4 + 1, beats % 4 + 1};
    }

    Instant clock_{};
    std::multimap<Duration, std::function<void(engine::Engine&)>> acts_;
    SongTime at_;
    SongTime told_;
    bool rolls_ = false;
    bool told_rolling_ = false;
};

}  // namespace kedge::test
