#pragma once

#include "core/time.hpp"
#include "engine/job.hpp"

#include <iosfwd>
#include <string>

namespace kedge::cli {

/// Progress on stderr: a bar that stays on its line on a terminal; elsewhere a plain line whenever the work
/// changes or another tenth is done. Nothing at all for what is over within a second.
class ProgressBar {
  public:
    ProgressBar();
    ProgressBar(std::ostream& out, bool terminal) : out_(out), terminal_(terminal) {}

    /// `running`: how long the work has lasted.
    void show(const engine::Progress& progress, Duration running);
    /// Takes the bar off the terminal, so that what follows stands on a clean line.
    void clear();

  private:
    std::ostream& out_;
    bool terminal_;
    bool shown_ = false;
    std::string last_work_;
    int last_tenth_ = -1;
};

}  // namespace kedge::cli
