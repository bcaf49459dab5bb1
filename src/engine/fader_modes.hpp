#pragma once

#include "engine/job.hpp"

#include <cstddef>
#include <vector>

namespace kedge::engine {

/// Sets the automation modes of faders and waits until the DAW reports them; what stays silent is told again,
/// a few times. Part of a job.
class FaderModes {
  public:
    struct Wish {
        StripId strip;
        AutomationMode mode = AutomationMode::manual;
    };

    /// One wish for each strip. What is so already is not sent.
    void start(Desk& desk, const std::vector<Wish>& wishes);
    /// After any event, and on a wake-up.
    void look(Desk& desk);
    void wake(Desk& desk);
    /// The surface would not carry it out.
    void refused(StripId strip);

    [[nodiscard]] bool done() const { return open_.empty(); }
    /// Those that are not as wished; final once done().
    [[nodiscard]] const std::vector<Wish>& failed() const { return failed_; }

  private:
    struct Open {
        Wish wish;
        int tries = 1;
    };
    static void send(Desk& desk, const Wish& wish);

    std::vector<Open> open_;
    std::vector<Wish> failed_;
    Instant deadline_{};
};

}  // namespace kedge::engine
