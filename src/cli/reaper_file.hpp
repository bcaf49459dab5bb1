#pragma once

#include "core/result.hpp"

#include <filesystem>
#include <string_view>

/// A file of kedge's in REAPER's resource folder.
namespace kedge::cli {

struct ReaperFileInstall {
    std::filesystem::path file;
    bool changed = false;    ///< false: it was there already
    bool kept_copy = false;  ///< of another one that was there, beside it: ".before-kedge"
};
/// Puts it there, whole or not at all, with its folder. Errors name the file (storage).
[[nodiscard]] Result<ReaperFileInstall> put_into_reaper(const std::filesystem::path& file,
                                                        std::string_view text);

}  // namespace kedge::cli
