#include "cli/progress_bar.hpp"

#include <algorithm>
#include <cstdio>

#include <fmt/format.h>
#include <unistd.h>

namespace kedge::cli {

namespace {
constexpr int bar_width = 30;

/// "listening 0:12.3 of 0:45.2" and "listening 0:12.4 of 0:45.2" are the same work.
std::string work_of(const std::string& doing) {
    return doing.substr(0, doing.find_first_of("0123456789"));
}
}  // namespace

ProgressBar::ProgressBar() : terminal_(isatty(STDERR_FILENO) != 0) {}

void ProgressBar::show(const engine::Progress& progress) {
    if (terminal_) {
        const int full = static_cast<int>(std::clamp(progress.share, 0.0, 1.0) * bar_width);
        fmt::print(stderr, "\r[{:#<{}}{:.<{}}] {:<50}", "", full, "", bar_width - full, progress.doing);
        std::fflush(stderr);
        shown_ = true;
        return;
    }
    const int tenth = static_cast<int>(progress.share * 10.0);
    const std::string work = work_of(progress.doing);
    if (work == last_work_ && tenth == last_tenth_) return;
    last_work_ = work;
    last_tenth_ = tenth;
    fmt::print(stderr, "kedge: {} ({} %)\n", progress.doing, tenth * 10);
}

void ProgressBar::clear() {
    if (!shown_) return;
    fmt::print(stderr, "\r{:90}\r", "");
    std::fflush(stderr);
    shown_ = false;
}

}  // namespace kedge::cli
