#include "io/process_lock.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

namespace kedge::io {

namespace fs = std::filesystem;

namespace {

// The longest path of a socket, and a process id.
constexpr std::size_t longest_words = 256;

/// What the holder of the lock wrote into it: its process id, and its note.
ProcessLock::Holder holder_of(int file) {
    std::array<char, longest_words> text{};
    const auto size = ::pread(file, text.data(), text.size(), 0);
    const std::string words(text.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
    const auto end = words.find('\n');
    ProcessLock::Holder holder;
    if (end == std::string::npos || end == 0) return holder;
    holder.process = words.substr(0, end);
    const auto note_end = words.find('\n', end + 1);
    if (note_end != std::string::npos) holder.note = words.substr(end + 1, note_end - end - 1);
    return holder;
}

tl::unexpected<Error> cannot_lock(const fs::path& path) {
    return fail(ErrorKind::storage,
                fmt::format("The lock {} cannot be taken: {}.", path.string(), std::strerror(errno)),
                "Make its folder one that you may write to.");
}

}  // namespace

Result<ProcessLock> ProcessLock::take(const fs::path& path, const Taken& taken, const std::string& note) {
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0) return cannot_lock(path);
    ProcessLock lock(file);
    if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK) return cannot_lock(path);
        return tl::unexpected(taken(holder_of(file)));
    }
    // Only for the message: on a full disk nobody learns who holds it.
    const std::string words = fmt::format("{}\n{}\n", ::getpid(), note);
    if (::ftruncate(file, 0) == 0) static_cast<void>(!::pwrite(file, words.data(), words.size(), 0));
    return lock;
}

ProcessLock::Holder ProcessLock::last_holder(const fs::path& path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return {};
    Holder holder = holder_of(file);
    ::close(file);
    return holder;
}

ProcessLock::ProcessLock(ProcessLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}

ProcessLock::~ProcessLock() {
    if (file_ >= 0) ::close(file_);
}

}  // namespace kedge::io
