#pragma once

#include "engine/rebuild_job.hpp"

#include <string>

#include <boost/json.hpp>

/// What `kedge rebuild` has to say.
namespace kedge::cli {

[[nodiscard]] boost::json::object json_of(const engine::RebuildReport& report);
/// How it ended, what stands, and what was left as it was. The layers themselves were told while they came
/// in.
[[nodiscard]] std::string rebuild_text(const engine::RebuildReport& report);

}  // namespace kedge::cli
