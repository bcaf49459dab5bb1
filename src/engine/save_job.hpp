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
    void event(Desk&, const surface::Event& event) override {
        const auto* lost = std::get_if<surface::Lost>(&event);
        if (lost) {
            end_with({ErrorKind::no_daw, "The DAW was lost while it was asked to save: " + lost->why + ".",
                      "Look whether the session is saved once the DAW is back."});
        }
    }
    void wake(Desk& desk) override { done_ = done_ || desk.now() >= end_; }
    void refused(Desk&, const surface::Command&, const Error& error) override { end_with(error); }
    void interrupt(Desk&) override { done_ = true; }
    [[nodiscard]] bool done() const override { return done_; }
    [[nodiscard]] Progress progress() const override { return {"saving the session", 0.5}; }
    /// Why the request did not leave, as far as known.
    [[nodiscard]] const std::optional<Error>& error() const { return error_; }

  private:
    void end_with(Error error) {
        if (!done_) error_ = std::move(error);
        done_ = true;
    }

    std::optional<Error> error_;
    Instant end_{};
    bool done_ = false;
};

}  // namespace kedge::engine
