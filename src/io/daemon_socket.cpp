#include "io/daemon_socket.hpp"

#include "io/state_files.hpp"

#include <cstdlib>

#include <fmt/format.h>

namespace kedge::io {

namespace fs = std::filesystem;

Result<fs::path> daemon_socket() {
    const char* runtime = std::getenv("XDG_RUNTIME_DIR");
    if (!runtime || *runtime != '/') {
        const auto state = state_folder();
        if (!state) return tl::unexpected(state.error());
        return *state / "daemon.sock";
    }
    const fs::path folder = fs::path(runtime) / "kedge";
    std::error_code problem;
    fs::create_directories(folder, problem);
    if (!problem) fs::permissions(folder, fs::perms::owner_all, problem);
    if (problem) {
        return fail(ErrorKind::storage,
                    fmt::format("The folder of the daemon's socket, {}, cannot be made: {}.", folder.string(),
                                problem.message()),
                    "Point XDG_RUNTIME_DIR to a folder that you may write to, or leave it unset.");
    }
    return folder / "daemon.sock";
}

namespace {

Result<fs::path> daemon_lock() {
    const auto folder = state_folder();
    if (!folder) return tl::unexpected(folder.error());
    return *folder / "daemon.lock";
}

}  // namespace

Result<ProcessLock> be_the_daemon(const fs::path& socket) {
    const auto path = daemon_lock();
    if (!path) return tl::unexpected(path.error());
    const auto taken = [](const ProcessLock::Holder& holder) {
        return Error{ErrorKind::refused,
                     fmt::format("A daemon of yours runs already, as process {}, on {}.", holder.process,
                                 holder.note.empty() ? "a socket it has not named" : holder.note),
                     fmt::format("Every command goes through it. To end it: `kill {}`.",
                                 holder.process == "?" ? "PID" : holder.process)};
    };
    return ProcessLock::take(*path, taken, socket.string());
}

std::optional<fs::path> socket_of_the_daemon() {
    const auto path = daemon_lock();
    if (!path) return std::nullopt;
    const auto holder = ProcessLock::last_holder(*path);
    return holder.note.empty() ? std::nullopt : std::optional<fs::path>(holder.note);
}

}  // namespace kedge::io
