#pragma once

#include "core/time.hpp"
#include "engine/job.hpp"

#include <cstddef>
#include <iosfwd>
#include <string>

namespace kedge::cli {

/// Who is shown how far a job is.
class ProgressView {
  public:
    virtual ~ProgressView() = default;
    /// `running`: how long the work has lasted. At most ten times a second.
    virtual void show(const engine::Progress& progress, Duration running) = 0;
    /// The work is over.
    virtual void clear() = 0;
};

/// Progress on stderr: a bar that stays on its line on a terminal; elsewhere a plain line whenever the work
/// changes or another tenth is done. Nothing at all for what is over within a second. What the work says in
/// lines of its own is told at once, and stays.
class ProgressBar : public ProgressView {
  public:
    ProgressBar();
    ProgressBar(std::ostream& out, bool terminal) : out_(out), terminal_(terminal) {}

    void show(const engine::Progress& progress, Duration running) override;
    /// Takes the bar off the terminal, so that what follows stands on a clean line.
    void clear() override;

  private:
    void tell(const engine::Progress& progress);
    void take_off();

    std::ostream& out_;
    bool terminal_;
    bool shown_ = false;
    std::string last_work_;
    std::size_t told_ = 0;  ///< lines of what the work has said
    int last_tenth_ = -1;
};

}  // namespace kedge::cli
