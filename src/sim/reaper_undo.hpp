#pragma once

#include "core/time.hpp"
#include "sim/audio_engine.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace kedge::sim {

/// REAPER's undo history of faders, pans, mutes, solos and names. Moves by a surface are held back and become
/// one point when something of another kind is moved, or after half a second in which nothing is.
class ReaperUndo {
  public:
    enum class Kind { volume, pan, mute, solo, name };

    explicit ReaperUndo(const AudioEngine& engine) { forget(engine); }

    /// After the change.
    void changed(Kind kind, Instant now, const AudioEngine& engine);
    /// Makes a point of what has been held long enough.
    void run(Instant now, const AudioEngine& engine);
    /// False when there is nothing to undo or redo. What was not yet a point is dropped.
    bool undo(AudioEngine& engine);
    bool redo(AudioEngine& engine);
    /// The history begins here.
    void forget(const AudioEngine& engine);
    [[nodiscard]] std::size_t points() const { return points_.size() - 1; }

  private:
    struct Values {
        RouteId strip;
        std::string name;
        Decibels fader;
        Pan pan;
        bool muted = false;
        bool soloed = false;
        bool operator==(const Values&) const = default;
    };
    using Point = std::vector<Values>;
    [[nodiscard]] static Point point_of(const AudioEngine& engine);
    void keep(const AudioEngine& engine);
    void restore(AudioEngine& engine) const;

    std::vector<Point> points_;
    std::size_t at_ = 0;
    std::optional<Kind> held_;
    Instant last_change_{};
};

}  // namespace kedge::sim
