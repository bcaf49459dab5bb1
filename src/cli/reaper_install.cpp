#include "cli/reaper_install.hpp"

#include "io/state_files.hpp"
#include "profiles/shipped_profiles.hpp"

#include <algorithm>
#include <cassert>

namespace kedge::cli {

namespace fs = std::filesystem;

namespace {

fs::path patterns_path(const fs::path& reaper_folder) {
    return reaper_folder / "OSC" / "kedge.ReaperOSC";
}

}  // namespace

std::string_view own_patterns() {
    const auto all = shipped_profiles();
    const auto own = std::find_if(all.begin(), all.end(), [](const ShippedProfile& profile) {
        return profile.path == "daws/kedge.ReaperOSC";
    });
    assert(own != all.end());
    return own->text;
}

PatternsInstalled patterns_installed(const fs::path& reaper_folder) {
    const auto there = io::read_file(patterns_path(reaper_folder));
    if (!there) return PatternsInstalled::no;
    return *there == own_patterns() ? PatternsInstalled::same : PatternsInstalled::other;
}

Result<ReaperFileInstall> install_patterns(const fs::path& reaper_folder) {
    return put_into_reaper(patterns_path(reaper_folder), own_patterns());
}

}  // namespace kedge::cli
