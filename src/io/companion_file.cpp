#include "io/companion_file.hpp"

#include "io/state_files.hpp"

#include <fmt/format.h>

namespace kedge::io {

namespace fs = std::filesystem;

namespace {

Result<void> make_own_folder(const fs::path& folder) {
    std::error_code problem;
    fs::create_directories(folder, problem);
    if (!problem) fs::permissions(folder, fs::perms::owner_all, problem);
    if (problem) {
        return fail(
            ErrorKind::storage,
            fmt::format("The folder for requests to the DAW, {}, cannot be made: {}.", folder.string(),
                        problem.message()),
            "Make it, or run 'kedge doctor --install-companion' again for a folder you may write to.");
    }
    return {};
}

}  // namespace

Result<fs::path> companion_request_file() {
    const auto state = state_folder();
    if (!state) return tl::unexpected(state.error());
    const fs::path folder = *state / "companion";
    if (const auto made = make_own_folder(folder); !made) return tl::unexpected(made.error());
    return folder / "request";
}

Result<void> lay_down_request(const fs::path& file, std::string_view request, std::uint16_t reply_port) {
    if (auto made = make_own_folder(file.parent_path()); !made) return made;
    fs::path ready = file;
    ready += ".ready";
    if (auto written = replace_file(
            ready, fmt::format("reply\t{}\t{}\n{}", reply_port, wall_time().unix_seconds, request));
        !written)
        return written;
    std::error_code problem;
    fs::permissions(ready, fs::perms::owner_read | fs::perms::owner_write, problem);
    if (!problem) fs::rename(ready, file, problem);
    if (problem)
        return fail(ErrorKind::storage,
                    fmt::format("{} cannot be replaced: {}.", file.string(), problem.message()));
    return {};
}

std::optional<std::string> take_request(const fs::path& file) {
    fs::path taken = file;
    taken += ".taken";
    std::error_code problem;
    fs::rename(file, taken, problem);
    if (problem) return std::nullopt;
    const auto text = read_file(taken);
    fs::remove(taken, problem);
    return text ? std::optional(*text) : std::nullopt;
}

}  // namespace kedge::io
