#pragma once

#include "engine/engine_observer.hpp"

#include <string>

namespace kedge::cli {

/// Says on stderr when the daemon's DAW is there and when it is lost, and remembers why it is not there.
class DaemonLog : public engine::EngineObserver {
  public:
    /// `daw`: its name for a person, "ardour 127.0.0.1:3819".
    explicit DaemonLog(std::string daw) : daw_(std::move(daw)) {}

    void event(Instant now, const surface::Surface& surface, const surface::Event& event) override;
    void job_began() override {}
    void job_ended() override {}

    /// Why the DAW is not there; of the last time when it is.
    [[nodiscard]] const std::string& lost_why() const { return lost_why_; }

  private:
    std::string daw_;
    std::string lost_why_ = "it has not answered yet";
};

}  // namespace kedge::cli
