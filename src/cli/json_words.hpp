#pragma once

#include "core/pass.hpp"
#include "core/plan.hpp"
#include "engine/mix_report.hpp"
#include "engine/revert_job.hpp"
#include "journal/journal.hpp"
#include "surface/surface.hpp"

#include <boost/json.hpp>

/// The words of --json. Levels are numbers in dB rounded to 0.001, silence is null; pans are -1..+1; times
/// are seconds.
namespace kedge::cli {

[[nodiscard]] boost::json::value json_of(Decibels level);
[[nodiscard]] boost::json::value json_of(const ControlValue& value);
[[nodiscard]] boost::json::object json_of(const Pass& pass);
[[nodiscard]] boost::json::object json_of(const journal::PassSummary& summary);
[[nodiscard]] boost::json::object json_of(const Strip& strip);
[[nodiscard]] boost::json::object json_of(const surface::Counters& counters);
[[nodiscard]] boost::json::object json_of(const engine::RevertReport& report);
/// The document of mix, plan, listen and demo.
[[nodiscard]] boost::json::object json_of(const engine::MixReport& report, const std::string& surface_name);

/// "2026-11-21T07:30:00Z"
[[nodiscard]] std::string iso_time(WallTime time);

}  // namespace kedge::cli
