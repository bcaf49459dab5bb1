#pragma once

#include "surface/surface.hpp"

namespace kedge::engine {

/// Looks on: what the surface tells, before a job at work gets it, and when jobs are at work. It may look,
/// not act.
class EngineObserver {
  public:
    virtual ~EngineObserver() = default;
    virtual void event(Instant now, const surface::Surface& surface, const surface::Event& event) = 0;
    virtual void job_began() = 0;
    virtual void job_ended() = 0;
};

}  // namespace kedge::engine
