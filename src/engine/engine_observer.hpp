#pragma once

#include "surface/surface.hpp"

namespace kedge::engine {

/// Looks on while no job is at work. That strips changed, or the surface was lost or is ready again, it is
/// told always.
class EngineObserver {
  public:
    virtual ~EngineObserver() = default;
    virtual void event(Instant now, const surface::Surface& surface, const surface::Event& event) = 0;
    /// A job begins: little is seen until it is done.
    virtual void job_began() = 0;
};

}  // namespace kedge::engine
