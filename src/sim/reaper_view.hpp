#pragma once

#include "sim/reaper_call.hpp"

namespace kedge::sim {

/// What REAPER's window shows of the project: how far it was scrolled and zoomed, in steps. Nothing of it is
/// told.
class ReaperView {
  public:
    /// Along the timeline and across the tracks.
    struct Steps {
        int x = 0;
        int y = 0;
        bool operator==(const Steps&) const = default;
    };

    /// False when the key is not of scrolling or zooming.
    bool on_call(const ReaperCall& call);
    /// What keeps moving makes a step.
    void run();
    /// Everything stands still.
    void stop() { scrolling_ = zooming_ = {}; }

    [[nodiscard]] Steps scrolled() const { return scrolled_; }
    [[nodiscard]] Steps zoomed() const { return zoomed_; }

  private:
    Steps scrolled_;
    Steps zoomed_;
    Steps scrolling_;  ///< -1, 0 or 1 a turn
    Steps zooming_;
};

}  // namespace kedge::sim
