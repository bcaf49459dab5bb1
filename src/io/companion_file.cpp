#include "io/companion_file.hpp"

#include "io/state_files.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace kedge::io {

namespace fs = std::filesystem;

namespace {

constexpr std::uintmax_t most_bytes = 64 << 20;

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

/// For the user alone, whole or not at all.
Result<void> lay_down(const fs::path& file, std::string_view text) {
    if (auto made = make_own_folder(file.parent_path()); !made) return made;
    fs::path ready = file;
    ready += ".ready";
    if (auto written = replace_file(ready, text); !written) return written;
    std::error_code problem;
    fs::permissions(ready, fs::perms::owner_read | fs::perms::owner_write, problem);
    if (!problem) fs::rename(ready, file, problem);
    if (problem)
        return fail(ErrorKind::storage,
                    fmt::format("{} cannot be replaced: {}.", file.string(), problem.message()));
    return {};
}

/// Renamed before it is read: nobody else takes it then.
std::optional<std::string> take_whole(const fs::path& file, std::uintmax_t most) {
    fs::path taken = file;
    taken += ".taken";
    std::error_code problem;
    fs::rename(file, taken, problem);
    if (problem) return std::nullopt;
    std::optional<std::string> text;
    if (fs::file_size(taken, problem) <= most && !problem)
        if (auto read = read_file(taken)) text = std::move(*read);
    fs::remove(taken, problem);
    return text;
}

fs::path answer_to(const fs::path& request_file) {
    fs::path answer = request_file;
    answer += ".answer";
    return answer;
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
    return lay_down(file, fmt::format("reply\t{}\t{}\n{}", reply_port, wall_time().unix_seconds, request));
}

Result<void> lay_down_request(const fs::path& file, std::string_view request) {
    std::error_code ignored;
    fs::remove(answer_to(file), ignored);
    const auto end_of_head = std::min(request.find('\n'), request.size());
    return lay_down(file, fmt::format("{}\t{}{}", request.substr(0, end_of_head), wall_time().unix_seconds,
                                      request.substr(end_of_head)));
}

std::optional<std::string> take_request(const fs::path& file) {
    return take_whole(file, most_bytes);
}

std::optional<std::string> take_answer(const fs::path& request_file) {
    return take_whole(answer_to(request_file), most_bytes);
}

Result<void> lay_down_answer(const fs::path& request_file, std::string_view answer) {
    return lay_down(answer_to(request_file), answer);
}

}  // namespace kedge::io
