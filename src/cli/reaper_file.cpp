#include "cli/reaper_file.hpp"

#include "io/state_files.hpp"

#include <system_error>

#include <fmt/format.h>

namespace kedge::cli {

namespace fs = std::filesystem;

Result<ReaperFileInstall> put_into_reaper(const fs::path& file, std::string_view text) {
    ReaperFileInstall done{file};
    const auto there = io::read_file(done.file);
    if (there && *there == text) return done;
    std::error_code problem;
    fs::create_directories(done.file.parent_path(), problem);
    if (there && !problem) {
        const fs::path copy = done.file.string() + ".before-kedge";
        done.kept_copy = fs::copy_file(done.file, copy, fs::copy_options::overwrite_existing, problem);
    }
    if (problem)
        return fail(ErrorKind::storage,
                    fmt::format("'{}' cannot be written: {}.", done.file.string(), problem.message()),
                    "Make REAPER's resource folder writable for you, and run it again.");
    if (auto written = io::replace_file(done.file, text); !written) return tl::unexpected(written.error());
    done.changed = true;
    return done;
}

}  // namespace kedge::cli
