#pragma once

#include "engine/job.hpp"

namespace kedge::test {

/// A job that only waits until the surface is ready, or until it is told that it is enough.
class ReadyJob : public engine::Job {
  public:
    void start(engine::Desk&) override { done_ = true; }
    void event(engine::Desk&, const surface::Event&) override {}
    void wake(engine::Desk&) override {}
    void refused(engine::Desk&, const surface::Command&, const Error&) override {}
    void interrupt(engine::Desk&) override {}
    [[nodiscard]] bool done() const override { return done_; }
    [[nodiscard]] engine::Progress progress() const override { return {"waiting", 0.0}; }

  private:
    bool done_ = false;
};

}  // namespace kedge::test
