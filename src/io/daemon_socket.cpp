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

Result<ProcessLock> be_the_daemon(const fs::path& socket) {
    fs::path path = socket;
    path.replace_extension(".lock");
    return ProcessLock::take(path, [](const std::string& process) {
        return Error{ErrorKind::refused,
                     fmt::format("A daemon of yours runs already, as process {}.", process),
                     fmt::format("Every command goes through it. To end it: `kill {}`.",
                                 process == "?" ? "PID" : process)};
    });
}

}  // namespace kedge::io
