#pragma once

#include "cli/ride_picture.hpp"
#include "engine/ride_plan_report.hpp"

#include <string>
#include <vector>

#include <boost/json.hpp>

namespace kedge::cli {

/// "4", "4.5dB", "4 dB" as a depth. A usage error for anything else, for none or less, and for more than
/// `most`.
[[nodiscard]] Result<Decibels> parse_depth(const std::string& text, Decibels most);

/// Planned rides for a person: of each the picture, how many points, what becomes of the phrases' spread, and
/// every cue with its reason; then what was left alone and why, and the notes.
[[nodiscard]] std::string rides_text(const engine::RidePlanReport& report, const mix::RideProfile& profile,
                                     Columns columns);

/// The same as a document, with every point.
[[nodiscard]] boost::json::object json_of(const engine::RidePlanReport& report,
                                          const std::string& surface_name);

/// Where the pictures of rides of these strips go, one for each: the file itself for one, with the strip's
/// name before the ending for several. No two are alike; what no file name can hold becomes '_'.
[[nodiscard]] std::vector<std::string> picture_files(const std::string& file,
                                                     const std::vector<std::string>& strips);

}  // namespace kedge::cli
