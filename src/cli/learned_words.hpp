#pragma once

#include "banked/fader_law.hpp"
#include "cli/learned_profile.hpp"
#include "engine/learn_fader_job.hpp"

#include <optional>
#include <string>

#include <boost/json.hpp>

namespace kedge::cli {

struct LearnedProfile {
    std::string daw;  ///< what --daw calls it from now on
    KeptProfile kept;
};

/// What came of learning a fader's law; without law or profile where it failed before.
struct Learned {
    const engine::LearnFaderReport& report;
    std::optional<banked::LearnedLaw> law{};
    std::optional<int> bits{};
    std::optional<LearnedProfile> profile{};
};

/// The document for --json, and the same in words for a person; how it failed is said elsewhere.
[[nodiscard]] boost::json::object json_of(const Learned& learned);
[[nodiscard]] std::string learned_text(const Learned& learned);

}  // namespace kedge::cli
