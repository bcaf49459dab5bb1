#include "io/state_files.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>

#include <fmt/format.h>

namespace kedge::io {

namespace fs = std::filesystem;

namespace {

fs::path base_folder(const char* variable, const char* under_home) {
    const char* set = std::getenv(variable);
    if (set && *set == '/') return set;
    const char* home = std::getenv("HOME");
    return fs::path(home && *home ? home : "/") / under_home;
}

/// A session's name as a file name: letters and digits stay, everything else is spelled in hex.
std::string file_name_for(const SessionInfo& session) {
    std::string name;
    for (const char c : session.name) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
        name += plain ? std::string(1, c) : fmt::format("_{:02x}", byte);
    }
    constexpr std::size_t longest = 200;
    if (name.size() > longest) name.resize(longest);
    return name.empty() ? "_unnamed" : name;
}

}  // namespace

Result<fs::path> state_folder() {
    const fs::path folder = base_folder("XDG_STATE_HOME", ".local/state") / "kedge";
    std::error_code problem;
    fs::create_directories(folder, problem);
    if (problem) {
        return fail(ErrorKind::storage,
                    fmt::format("The folder for the journal, {}, cannot be made: {}.", folder.string(),
                                problem.message()),
                    "Make it, or point XDG_STATE_HOME to a folder you may write to.");
    }
    fs::permissions(folder, fs::perms::owner_all, problem);
    return folder;
}

fs::path config_folder() {
    return base_folder("XDG_CONFIG_HOME", ".config") / "kedge";
}

Result<std::string> read_file(const fs::path& path) {
    std::error_code problem;
    if (fs::is_directory(path, problem))
        return fail(ErrorKind::storage, fmt::format("{} is a folder, not a file.", path.string()));
    std::ifstream in(path, std::ios::binary);
    if (!in)
        return fail(ErrorKind::storage,
                    fmt::format("{} cannot be read: {}.", path.string(), std::strerror(errno)));
    return std::string(std::istreambuf_iterator<char>(in), {});
}

Result<void> replace_file(const fs::path& path, std::string_view bytes) {
    return replace_file(path, [&](std::ostream& out) {
        out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    });
}

Result<void> replace_file(const fs::path& path, const std::function<void(std::ostream&)>& write) {
    fs::path beside = path;
    beside += ".new";
    {
        std::ofstream out(beside, std::ios::binary | std::ios::trunc);
        write(out);
        out.flush();
        if (!out) {
            return fail(ErrorKind::storage,
                        fmt::format("{} cannot be written: {}.", beside.string(), std::strerror(errno)));
        }
    }
    std::error_code problem;
    fs::rename(beside, path, problem);
    if (problem) {
        return fail(ErrorKind::storage,
                    fmt::format("{} cannot be replaced: {}.", path.string(), problem.message()));
    }
    return {};
}

Result<std::vector<std::pair<std::string, std::string>>> read_toml_folder(const fs::path& folder) {
    std::vector<std::pair<std::string, std::string>> files;
    std::error_code problem;
    for (fs::directory_iterator it(folder, problem), end; !problem && it != end; it.increment(problem)) {
        if (it->path().extension() != ".toml") continue;
        auto text = read_file(it->path());
        if (!text) return tl::unexpected(text.error());
        files.emplace_back(it->path().string(), std::move(*text));
    }
    std::sort(files.begin(), files.end());
    return files;
}

WallTime wall_time() {
    return {
        std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch())
            .count()};
}

fs::path FileTapeShelf::path_for(const SessionInfo& session) const {
    return folder_ / (file_name_for(session) + ".tape");
}

std::optional<measure::StoredTape> FileTapeShelf::load(const SessionInfo& session) {
    std::ifstream in(path_for(session), std::ios::binary);
    if (!in) return std::nullopt;
    auto tape = measure::decode_tape([&](std::span<std::byte> into) {
        in.read(reinterpret_cast<char*>(into.data()), static_cast<std::streamsize>(into.size()));
        return static_cast<std::size_t>(in.gcount());
    });
    if (!tape) return std::nullopt;
    return std::move(*tape);
}

Result<void> FileTapeShelf::store(const measure::StoredTape& tape) {
    std::error_code problem;
    fs::create_directories(folder_, problem);
    auto stored = replace_file(path_for(tape.session), [&](std::ostream& out) {
        measure::encode_tape(tape, [&](std::span<const std::byte> piece) {
            out.write(reinterpret_cast<const char*>(piece.data()),
                      static_cast<std::streamsize>(piece.size()));
        });
    });
    if (!stored) {
        return fail(ErrorKind::storage, "The tape could not be kept. " + stored.error().message,
                    "The next command will listen again.");
    }
    return {};
}

}  // namespace kedge::io
