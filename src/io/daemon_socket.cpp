#include "io/daemon_socket.hpp"

#include "io/state_files.hpp"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

namespace kedge::io {

namespace fs = std::filesystem;

namespace {

/// What the holder of the lock wrote into it: its process id.
std::string holder_of(int file) {
    std::array<char, 32> text{};
    const auto size = ::pread(file, text.data(), text.size(), 0);
    const std::string holder(text.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
    return holder.substr(0, holder.find('\n'));
}

tl::unexpected<Error> cannot_lock(const fs::path& path) {
    return fail(ErrorKind::storage,
                fmt::format("The daemon's lock {} cannot be taken: {}.", path.string(), std::strerror(errno)),
                "Make its folder one that you may write to.");
}

}  // namespace

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

Result<InstanceLock> InstanceLock::take(const fs::path& socket) {
    fs::path path = socket;
    path.replace_extension(".lock");
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0) return cannot_lock(path);
    InstanceLock lock(file);
    if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK) return cannot_lock(path);
        const std::string pid = holder_of(file);
        return fail(
            ErrorKind::refused,
            fmt::format("A daemon of yours runs already, as process {}.", pid.empty() ? "?" : pid),
            fmt::format("Every command goes through it. To end it: `kill {}`.", pid.empty() ? "PID" : pid));
    }
    const std::string words = fmt::format("{}\n", ::getpid());
    if (::ftruncate(file, 0) != 0 ||
        ::pwrite(file, words.data(), words.size(), 0) != static_cast<ssize_t>(words.size()))
        return cannot_lock(path);
    return lock;
}

InstanceLock::InstanceLock(InstanceLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}

InstanceLock::~InstanceLock() {
    if (file_ >= 0) ::close(file_);
}

}  // namespace kedge::io
