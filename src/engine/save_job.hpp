#pragma once

#include "engine/job.hpp"

namespace kedge::engine {

/// Asks the DAW to save its session. The DAW writes on its own time: this only gives the request time to
/// leave and be seen.
class SaveJob : public Job {
  public:
    void start(Desk& desk) override {
        desk.send(surface::SaveSession{});
        end_ = desk.now() + std::chrono::milliseconds(500);
        desk.wake_at(end_);
    }
    void event(Desk&, const surface::Event&) override {}
    void wake(Desk& desk) override { done_ = done_ || desk.now() >= end_; }
    void refused(Desk&, const surface::Command&, const Error&) override { done_ = true; }
    void interrupt(Desk&) override { done_ = true; }
    [[nodiscard]] bool done() const override { return done_; }
    [[nodiscard]] Progress progress() const override { return {"saving the session", 0.5}; }

  private:
    Instant end_{};
    bool done_ = false;
};

}  // namespace kedge::engine
