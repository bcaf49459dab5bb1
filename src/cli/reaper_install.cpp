#include "cli/reaper_install.hpp"

#include "io/state_files.hpp"
#include "profiles/shipped_profiles.hpp"

#include <algorithm>
#include <cassert>
#include <system_error>

#include <fmt/format.h>

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

Result<PatternInstall> install_patterns(const fs::path& reaper_folder) {
    PatternInstall done{patterns_path(reaper_folder)};
    const auto before = patterns_installed(reaper_folder);
    if (before == PatternsInstalled::same) return done;
    std::error_code problem;
    fs::create_directories(done.file.parent_path(), problem);
    if (before == PatternsInstalled::other && !problem) {
        const fs::path copy = done.file.string() + ".before-kedge";
        done.kept_copy = fs::copy_file(done.file, copy, fs::copy_options::overwrite_existing, problem);
    }
    if (problem)
        return fail(ErrorKind::storage,
                    fmt::format("'{}' cannot be written: {}.", done.file.string(), problem.message()),
                    "Make REAPER's resource folder writable for you, and run it again.");
    if (auto written = io::replace_file(done.file, own_patterns()); !written)
        return tl::unexpected(written.error());
    done.changed = true;
    return done;
}

}  // namespace kedge::cli
