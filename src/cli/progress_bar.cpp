#include "cli/progress_bar.hpp"

#include <algorithm>
#include <chrono>
#include <iostream>

#include <fmt/format.h>
#include <unistd.h>

namespace kedge::cli {

namespace {

constexpr int bar_width = 30;
constexpr Duration not_worth_telling = std::chrono::seconds(1);

/// "listening 0:12.3 of 0:45.2" and "listening 0:12.4 of 0:45.2" are the same work.
std::string work_of(const std::string& doing) {
    return doing.substr(0, doing.find_first_of("0123456789"));
}

}  // namespace

ProgressBar::ProgressBar() : ProgressBar(std::cerr, isatty(STDERR_FILENO) != 0) {}

void ProgressBar::show(const engine::Progress& progress, Duration running) {
    if (running < not_worth_telling) return;
    const double share = std::clamp(progress.share, 0.0, 1.0);
    if (terminal_) {
        const int full = static_cast<int>(share * bar_width);
        out_ << fmt::format("\r[{:#<{}}{:.<{}}] {:<50}", "", full, "", bar_width - full, progress.doing)
             << std::flush;
        shown_ = true;
        return;
    }
    const int tenth = static_cast<int>(share * 10.0);
    std::string work = work_of(progress.doing);
    if (work == last_work_ && tenth == last_tenth_) return;
    last_work_ = std::move(work);
    last_tenth_ = tenth;
    out_ << fmt::format("kedge: {} ({} %)\n", progress.doing, tenth * 10);
}

void ProgressBar::say(const std::string& words) {
    clear();
    out_ << "kedge: " << words << std::endl;
}

void ProgressBar::clear() {
    if (!shown_) return;
    out_ << fmt::format("\r{:90}\r", "") << std::flush;
    shown_ = false;
}

void NoProgress::say(const std::string& words) {
    out_ << "kedge: " << words << std::endl;
}

}  // namespace kedge::cli
