#pragma once

#include "engine/fader_modes.hpp"
#include "surface/errands.hpp"

#include <optional>
#include <vector>

namespace kedge::engine {

/// Puts automation modes back, and then those faders that automation has moved and that nothing else would
/// move again. Part of a job, whose transport stands still by then.
class FadersBack {
  public:
    struct Wish {
        StripId strip;
        AutomationMode mode = AutomationMode::manual;
        std::optional<Decibels> fader;  ///< only for a mode in which nothing is written by it: manual
    };

    explicit FadersBack(const Capabilities& capabilities) : errands_(capabilities, pace_) {}
    FadersBack(const FadersBack&) = delete;
    FadersBack& operator=(const FadersBack&) = delete;

    void start(Desk& desk, std::vector<Wish> wishes);
    void event(Desk& desk, const surface::Event& event);
    void wake(Desk& desk);
    void refused(Desk& desk, const surface::Command& command);

    [[nodiscard]] bool done() const { return phase_ == Phase::done; }
    [[nodiscard]] bool mode_failed(StripId strip) const;
    /// The fader was to be put back and is not, or not for certain.
    [[nodiscard]] bool fader_failed(StripId strip) const;

  private:
    enum class Phase { idle, modes, faders, done };
    void go_on(Desk& desk);
    void start_faders(Desk& desk);
    void pump(Desk& desk, surface::RunnerOutbox& out);

    Phase phase_ = Phase::idle;
    std::vector<Wish> wishes_;
    FaderModes modes_;
    surface::RunnerPacing pacing_;
    surface::WirePace pace_{pacing_};
    surface::Errands errands_;
};

}  // namespace kedge::engine
