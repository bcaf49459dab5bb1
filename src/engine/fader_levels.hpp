#pragma once

#include "engine/control_reader.hpp"

#include <map>
#include <optional>
#include <span>
#include <string>

namespace kedge::engine {

/// Asks where faders stand, as the DAW holds them now. Part of a job, which passes on what happens.
class FaderLevels {
  public:
    FaderLevels(Desk& desk, std::span<const StripId> strips);
    void event(Desk& desk, const surface::Event& event) { reader_.event(desk, event); }
    void wake(Desk& desk) { reader_.wake(desk); }
    void refused(Desk& desk, const surface::Command& command) { reader_.refused(desk, command); }

    [[nodiscard]] bool done() const { return reader_.done(); }
    /// Why the DAW is not there any more, if it is not.
    [[nodiscard]] const std::optional<std::string>& lost() const { return reader_.lost(); }
    /// nullopt of a strip that did not answer, or was not asked.
    [[nodiscard]] std::optional<Decibels> level(StripId strip) const;

  private:
    ControlReader reader_;
    std::map<StripId, std::size_t> questions_;
};

}  // namespace kedge::engine
