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
    /// What is worth a line of its own: what the user should know before the work goes on, or a step of it.
    virtual void say(const std::string& words) = 0;
    /// The work is over.
    virtual void clear() = 0;
};

/// For work that has no end: only what is said.
class NoProgress : public ProgressView {
  public:
    explicit NoProgress(std::ostream& out) : out_(out) {}
    void show(const engine::Progress&, Duration) override {}
    void say(const std::string& words) override;
    void clear() override {}

  private:
    std::ostream& out_;
};

/// Progress on stderr: a bar that stays on its line on a terminal; elsewhere a plain line whenever the work
/// changes or another tenth is done. Nothing at all for what is over within a second. What is said is told at
/// once, and stays.
class ProgressBar : public ProgressView {
  public:
    ProgressBar();
    ProgressBar(std::ostream& out, bool terminal) : out_(out), terminal_(terminal) {}

    void show(const engine::Progress& progress, Duration running) override;
    void say(const std::string& words) override;
    /// Takes the bar off the terminal, so that what follows stands on a clean line.
    void clear() override;

  private:
    std::ostream& out_;
    bool terminal_;
    bool shown_ = false;
    std::string last_work_;
    int last_tenth_ = -1;
};

}  // namespace kedge::cli
