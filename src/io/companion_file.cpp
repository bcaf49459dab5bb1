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

/// Beside the file: there while the simulated DAW on this port has a companion script.
fs::path mark_of_simulator(const fs::path& file, std::uint16_t port) {
    return file.parent_path() / fmt::format("simulator-{}", port);
}

}  // namespace

Result<fs::path> companion_request_file() {
    const auto state = state_folder();
    if (!state) return tl::unexpected(state.error());
    const fs::path folder = *state / "companion";
    if (const auto made = make_own_folder(folder); !made) return tl::unexpected(made.error());
    return folder / "request";
}

void tell_simulator(const fs::path& file, std::uint16_t port, bool takes_requests) {
    if (takes_requests) {
        (void)replace_file(mark_of_simulator(file, port), "");
    } else {
        std::error_code ignored;
        fs::remove(mark_of_simulator(file, port), ignored);
    }
}

bool simulator_takes_requests(const fs::path& file, std::uint16_t port) {
    std::error_code ignored;
    return fs::exists(mark_of_simulator(file, port), ignored);
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
