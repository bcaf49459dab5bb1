#pragma once

#include "engine/heard_pass.hpp"
#include "engine/line_report.hpp"
#include "engine/probed_writer.hpp"

#include <optional>
#include <span>
#include <vector>

/// What became of the lines of a pass that was written without Capabilities::fader_lines, by how the writing
/// went and by how the faders were found after it. Pure.
namespace kedge::engine {

/// A fader as it was found.
struct FoundFader {
    const Strip* strip;             ///< null: it is not there any more
    std::optional<Decibels> level;  ///< nullopt: it did not answer

    [[nodiscard]] bool stands_as(const FaderLine& line, const Capabilities& capabilities) const;
};

/// Gives the line its verdict, and says what it became, where something was written of its ride; true then.
bool settle_written(PassLine& line, StripId strip, const ProbedReport& done);

/// Gives the line its verdict, and says what it became where that is not what was meant. `done`: null when it
/// came to no writing.
void settle_heard_line(PassLine& line, StripId strip, const FoundFader& found, const ProbedReport* done,
                       const Capabilities& capabilities);

/// What the faders' lists have of a pass whose lines are settled and that was not written as it was meant.
[[nodiscard]] std::vector<LeftLine> left_in_lists(const Pass& pass, std::span<const StripId> strips,
                                                  const ProbedReport* done);

/// That the points of a line are in the fader's list still, now that it is in manual mode again.
[[nodiscard]] LeftLine stays_in_list(const PassLine& line);

}  // namespace kedge::engine
