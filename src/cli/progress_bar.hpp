#pragma once

#include "engine/job.hpp"

#include <string>

namespace kedge::cli {

/// Progress on stderr: a bar that stays on its line on a terminal; elsewhere a plain line whenever the work
/// changes or another tenth is done.
class ProgressBar {
  public:
    ProgressBar();
    void show(const engine::Progress& progress);
    /// Takes the bar off the terminal, so that what follows stands on a clean line.
    void clear();

  private:
    bool terminal_;
    bool shown_ = false;
    std::string last_work_;
    int last_tenth_ = -1;
};

}  // namespace kedge::cli
