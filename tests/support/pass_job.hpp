#pragma once

#include "engine/job.hpp"
#include "surface/pass_runner.hpp"

#include <optional>
#include <utility>
#include <vector>

namespace kedge::test {

/// Applies wishes as one pass, and nothing else.
class PassJob : public engine::Job {
  public:
    PassJob(std::vector<surface::PassRunner::Wish> wishes, surface::PassRecorder& recorder,
            surface::RunnerPacing pacing = {})
        : wishes_(std::move(wishes)), recorder_(recorder), pacing_(pacing) {}

    /// Ctrl-C so long after the start.
    void interrupt_after(Duration span) { interrupt_after_ = span; }
    [[nodiscard]] const surface::PassRunner& runner() const { return *runner_; }
    [[nodiscard]] Instant began() const { return began_; }

    void start(engine::Desk& desk) override {
        began_ = desk.now();
        Pass header;
        header.surface = "test";
        header.session = desk.mixer().session.name;
        runner_.emplace(std::move(header), std::move(wishes_), false, desk.surface().capabilities(), pacing_,
                        recorder_);
        if (interrupt_after_) desk.wake_in(*interrupt_after_);
        surface::RunnerOutbox out;
        runner_->start(desk.now(), desk.mixer(), out);
        carry(desk, out);
    }
    void event(engine::Desk& desk, const surface::Event& event) override {
        surface::RunnerOutbox out;
        runner_->event(desk.now(), event, desk.mixer(), out);
        carry(desk, out);
    }
    void wake(engine::Desk& desk) override {
        surface::RunnerOutbox out;
        if (interrupt_after_ && desk.now() >= began_ + *interrupt_after_) {
            interrupt_after_.reset();
            runner_->interrupt(desk.now(), desk.mixer(), out);
        }
        runner_->wake(desk.now(), desk.mixer(), out);
        carry(desk, out);
    }
    void refused(engine::Desk& desk, const surface::Command& command, const Error&) override {
        const auto* set = std::get_if<surface::SetControl>(&command);
        if (set != nullptr) event(desk, surface::ControlRefused{set->strip, set->control});
    }
    void interrupt(engine::Desk& desk) override {
        surface::RunnerOutbox out;
        runner_->interrupt(desk.now(), desk.mixer(), out);
        carry(desk, out);
    }
    [[nodiscard]] bool done() const override { return runner_ && runner_->done(); }
    [[nodiscard]] engine::Progress progress() const override { return {"applying", 0.0}; }

  private:
    static void carry(engine::Desk& desk, const surface::RunnerOutbox& out) {
        for (const auto& command : out.commands) desk.send(command);
        if (out.wake_at) desk.wake_at(*out.wake_at);
    }

    std::vector<surface::PassRunner::Wish> wishes_;
    surface::PassRecorder& recorder_;
    surface::RunnerPacing pacing_;
    std::optional<surface::PassRunner> runner_;
    std::optional<Duration> interrupt_after_;
    Instant began_{};
};

}  // namespace kedge::test
