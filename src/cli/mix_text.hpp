#pragma once

#include "engine/mix_report.hpp"
#include "engine/revert_job.hpp"

#include <string>

namespace kedge::cli {

/// A mix or plan for a person: a table (strip, role, measured, move, result, reason), what was left alone and
/// why, the bus, the notes.
[[nodiscard]] std::string mix_text(const engine::MixReport& report);
/// What a listen found: a table of levels.
[[nodiscard]] std::string listen_text(const engine::MixReport& report);
[[nodiscard]] std::string pass_text(const Pass& pass);
[[nodiscard]] std::string revert_text(const engine::RevertReport& report);

}  // namespace kedge::cli
