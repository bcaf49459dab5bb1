#pragma once

#include "engine/job.hpp"

#include <map>
#include <optional>
#include <vector>

namespace kedge::engine {

/// Refused where no ride can be written in any way, with whatever helps: a surface without automation.
[[nodiscard]] Result<void> need_rides(const Capabilities& capabilities);
/// Refused where automation can be neither read nor written exactly: names what is missing. One text for all
/// who need Capabilities::fader_lines.
[[nodiscard]] Result<void> need_fader_lines(const Capabilities& capabilities);

/// Reads what the DAW keeps of faders, point by point, all of them or none. Part of a job, which passes on
/// what happens. Only with Capabilities::fader_lines.
class LineReader {
  public:
    /// At least one strip (asserted).
    LineReader(Desk& desk, std::vector<StripId> strips);
    void event(const surface::Event& event);
    /// The surface would not carry out the question.
    void refused(const surface::Command& command, const Error& error);

    [[nodiscard]] bool done() const { return error_.has_value() || lines_.size() == strips_.size(); }
    /// Why they were not read.
    [[nodiscard]] const std::optional<Error>& error() const { return error_; }
    /// Of a strip that was asked for, once done() without an error.
    [[nodiscard]] const FaderLine& line(StripId strip) const { return lines_.at(strip); }

  private:
    std::vector<StripId> strips_;
    std::map<StripId, FaderLine> lines_;
    std::optional<Error> error_;
};

}  // namespace kedge::engine
