#pragma once

#include "engine/job.hpp"

namespace kedge::engine {

/// Acts beside the job at work, for as long as the surface is there: a hand on a controller. While it has a
/// control, the job has not (control::Arbiter); what else it does is to the job what anybody else does in the
/// DAW. A TouchControl of it says that a hand came onto a control or went off it.
class EngineGuest {
  public:
    virtual ~EngineGuest() = default;
    /// What the surface tells, after those who look on and before a job.
    virtual void event(Desk& desk, const surface::Event& event) = 0;
    virtual void wake(Desk& desk) = 0;
    /// The surface would not carry out a command of this guest.
    virtual void refused(Desk& desk, const surface::Command& command, const Error& error) = 0;
};

}  // namespace kedge::engine
