#pragma once

#include "engine/line_recover_job.hpp"
#include "engine/line_report.hpp"
#include "engine/live_ride_report.hpp"

#include <string>
#include <vector>

#include <boost/json.hpp>

/// What commands on fader lines say, as a document and in words.
namespace kedge::cli {

/// mode, rest (dB), points: [seconds, dB] each.
[[nodiscard]] boost::json::object json_of(const FaderLine& line);
[[nodiscard]] boost::json::object json_of(const PassLine& line);
/// pass, conflicts, gone, stays.
[[nodiscard]] boost::json::object json_of(const engine::LineReport& report);
/// The same, and automated.
[[nodiscard]] boost::json::object json_of(const engine::RideReport& report);
/// The same, and strips: what became of each.
[[nodiscard]] boost::json::object json_of(const engine::LiveRideReport& report);
/// pass, conflicts, gone, stays, cut_off and lines.
[[nodiscard]] boost::json::object json_of(const engine::LineRecoverReport& report);

/// What could not be taken back exactly, as said before anything is written; empty when all can be.
[[nodiscard]] std::string cannot_restore_text(const std::vector<std::string>& sentences);
/// "manual, 0 points", "play, 34 points".
[[nodiscard]] std::string line_text(const FaderLine& line);
/// A table of the lines of a pass; empty when it has none.
[[nodiscard]] std::string lines_text(const Pass& pass);
/// What was written, and what was left alone.
[[nodiscard]] std::string ride_text(const engine::RideReport& report);
/// The same, and how far each fader came.
[[nodiscard]] std::string live_ride_text(const engine::LiveRideReport& report);
/// `done`: "back to what they were". One line for what was done, one for each fader left alone.
[[nodiscard]] std::string line_report_text(const engine::LineReport& report, const std::string& done);
[[nodiscard]] std::string line_recover_text(const engine::LineRecoverReport& report);

}  // namespace kedge::cli
