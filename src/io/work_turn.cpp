#include "io/work_turn.hpp"

#include "io/state_files.hpp"

#include <fmt/format.h>

namespace kedge::io {

namespace {

Result<ProcessLock> take(const ProcessLock::Taken& taken) {
    const auto folder = state_folder();
    if (!folder) return tl::unexpected(folder.error());
    return ProcessLock::take(*folder / "work.lock", taken);
}

}  // namespace

Result<ProcessLock> take_work_turn() {
    return take([](const ProcessLock::Holder& holder) {
        return Error{
            ErrorKind::refused, fmt::format("Another kedge is at work, process {}.", holder.process),
            "Wait for it to end, or stop it: Ctrl-C where it runs, `kedge cancel` if it is the daemon."};
    });
}

std::optional<std::string> who_works() {
    std::optional<std::string> who;
    static_cast<void>(take([&](const ProcessLock::Holder& holder) {
        who = holder.process;
        return Error{ErrorKind::refused, holder.process, {}};
    }));
    return who;
}

}  // namespace kedge::io
