#include "engine/line_return_job.hpp"

#include "engine/heard_pass.hpp"

#include <utility>

#include <fmt/format.h>

namespace kedge::engine {

LineReturnJob::LineReturnJob(LineWay way, PassId pass, bool force, std::string surface_name, WallTime created,
                             journal::Journal& journal, surface::PassRecorder& recorder, Selection selection)
    : LinePassJob(way == LineWay::back ? "reverting" : "reapplying", recorder),
      order_{way, pass, force, std::move(surface_name), created, std::move(selection)},
      journal_(journal) {}

void LineReturnJob::start(Desk& desk) {
    const Capabilities& capabilities = desk.surface().capabilities();
    auto recorded = lines_to_return(order_, journal_, desk.mixer(), capabilities);
    if (!recorded) return refuse(recorded.error());
    if (auto can = need_fader_lines(capabilities); !can) return refuse(can.error());
    recorded_ = std::move(*recorded);
    read(desk, recorded_.there(desk.mixer()));
}

/// What to write; nullopt where a person changed it since.
std::optional<PassLine> LineReturnJob::returned(const PassLine& recorded, const FaderLine& now,
                                                const Capabilities& capabilities) const {
    const bool back = order_.way == LineWay::back;
    const FaderLine& to = back ? recorded.before : recorded.left();
    const FaderLine& expected = back ? recorded.left() : recorded.before;
    if (!is_heard(recorded)) {
        if (!order_.force && !same_line(now, expected) && !same_line(now, to)) return std::nullopt;
        return PassLine{recorded.strip, now, to, Verdict::pending, recorded.rule, recorded.reason};
    }
    if (!order_.force && !holds_heard(now, recorded, expected, capabilities) &&
        !holds_heard(now, recorded, to, capabilities))
        return std::nullopt;
    // From here on it is known exactly.
    return PassLine{recorded.strip,   now,    heard_target(now, recorded, to),
                    Verdict::pending, "ride", recorded.reason};
}

void LineReturnJob::lines_read(Desk& desk) {
    const MixerState& mixer = desk.mixer();
    LineOrder order;
    order.header = order_.header(mixer.session.name);
    order.undo_name = fmt::format("kedge: {} pass {}", command_of(order_.way), order_.pass.value);
    for (const PassLine& recorded : recorded_.lines) {
        const Strip* strip = recorded_.strip(recorded, mixer);
        if (!strip) {
            report_.gone.push_back({recorded.strip, "it is not in the session any more"});
            continue;
        }
        const FaderLine& now = line(strip->id);
        if (auto to = returned(recorded, now, desk.surface().capabilities())) {
            order.writes.push_back({strip->id, std::move(*to)});
        } else {
            report_.conflicts.push_back(
                {recorded.strip, fmt::format("its automation was changed since: {} points in {} mode now",
                                             now.points.size(), to_string(now.mode))});
        }
    }
    if (order.writes.empty())
        return refuse({ErrorKind::conflict,
                       fmt::format("Nothing was changed: {}",
                                   report_.conflicts.empty() ? "every strip of the pass is gone."
                                                             : "the automation was changed by hand since."),
                       fmt::format("`kedge {} {} --force` writes over it.", command_of(order_.way),
                                   order_.pass.value)});
    write(desk, std::move(order));
}

void LineReturnJob::ended(LineEnd end) {
    const auto command = command_of(order_.way);
    settle_line_report(
        report_, std::move(end), std::string(command),
        fmt::format("`kedge {} {} --force` writes over what was changed.", command, order_.pass.value));
}

}  // namespace kedge::engine
