#pragma once

#include "engine/job.hpp"

namespace kedge::engine {

/// Stays connected for a while and does nothing else: for `kedge status` and `kedge strips`.
class ObserveJob : public Job {
  public:
    explicit ObserveJob(Duration span) : span_(span) {}
    void start(Desk& desk) override {
        if (span_ == Duration::zero()) done_ = true;
        end_ = desk.now() + span_;
        desk.wake_at(end_);
    }
    void event(Desk&, const surface::Event&) override {}
    void wake(Desk& desk) override { done_ = done_ || desk.now() >= end_; }
    void refused(Desk&, const surface::Command&, const Error&) override {}
    void interrupt(Desk&) override { done_ = true; }
    [[nodiscard]] bool done() const override { return done_; }
    [[nodiscard]] Progress progress() const override { return {"observing", 0.0}; }

  private:
    Duration span_;
    Instant end_{};
    bool done_ = false;
};

}  // namespace kedge::engine
