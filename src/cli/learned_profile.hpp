#pragma once

#include "core/fader_scale.hpp"
#include "core/result.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kedge::cli {

/// What was learned of a DAW's faders.
struct LearnedFader {
    std::vector<FaderAnchor> anchors;
    std::optional<int> bits;  ///< of a position that the DAW makes use of
};
/// A DAW's profile with its fader's law put in the place of the one that it had, and the bits where it did
/// not know them; all else stays as it was written, comments too. `how` is a comment of one line: how that
/// was come by. An error when the text is no profile, or has no place for a law.
[[nodiscard]] Result<std::string> with_learned_law(std::string_view profile, const LearnedFader& learned,
                                                   std::string_view how);

/// Where a profile was put, and where the one lies that stood there before.
struct KeptProfile {
    std::filesystem::path file;
    std::optional<std::filesystem::path> before;
};
/// As the user's own profile of this name (daws/NAME.toml in the configuration folder, which is made). One
/// that is there is kept beside it, under a name that is free. Errors name the file.
[[nodiscard]] Result<KeptProfile> keep_as_own_profile(const std::string& name, std::string_view text);

}  // namespace kedge::cli
