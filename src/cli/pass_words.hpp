#pragma once

#include "engine/comparison_job.hpp"
#include "engine/pass_report.hpp"
#include "engine/recall_job.hpp"
#include "engine/recover_job.hpp"
#include "engine/snapshot_job.hpp"
#include "journal/journal.hpp"

#include <string>
#include <vector>

#include <boost/json.hpp>

/// What commands on the journal's passes say, as a document and in words; the words of --json as in
/// json_words.hpp.
namespace kedge::cli {

/// "revert of 3", "recall of 'rough'".
[[nodiscard]] std::string kind_text(const journal::PassSummary& summary);

/// pass, conflicts, gone, automated.
[[nodiscard]] boost::json::object json_of(const engine::PassReport& report);
[[nodiscard]] boost::json::object json_of(const engine::RecallReport& report);
[[nodiscard]] boost::json::object json_of(const engine::ComparisonReport& report);
[[nodiscard]] boost::json::object json_of(const engine::RecoverReport& report);
[[nodiscard]] boost::json::object json_of(const journal::SnapshotSummary& summary);
/// Of a snapshot that was taken: its summary, and left_out, strips that share their name with another.
[[nodiscard]] boost::json::object json_of(const engine::SnapshotReport& taken);
/// A side that does not know the control is null there.
[[nodiscard]] boost::json::object json_of(const engine::Compared& compared);

/// `done`: "hold what pass 3 wrote". One line for what was done, one for each control left alone.
[[nodiscard]] std::string report_text(const engine::PassReport& report, const std::string& done);
/// The lines of controls left alone.
[[nodiscard]] std::string left_text(const engine::PassReport& report);
/// What was taken, and what was left out of it.
[[nodiscard]] std::string snapshot_text(const engine::SnapshotReport& taken);
/// What a recall did; also when nothing was to be moved.
[[nodiscard]] std::string recall_text(const engine::RecallReport& report, const std::string& snapshot);
/// What a switch did. "Now A" only where every control that differs holds it.
[[nodiscard]] std::string switch_text(const engine::ComparisonReport& report, const std::string& a,
                                      const std::string& b);
/// A row for each control that differs; the others are counted.
[[nodiscard]] std::string comparison_text(const std::vector<engine::Compared>& controls, const std::string& a,
                                          const std::string& b);
[[nodiscard]] std::string recover_text(const engine::RecoverReport& report);

}  // namespace kedge::cli
