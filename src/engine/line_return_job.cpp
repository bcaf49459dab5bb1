#include "engine/line_return_job.hpp"

#include "engine/revert_plan.hpp"
#include "engine/unfinished.hpp"
#include "journal/standing.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace kedge::engine {

namespace {

std::string_view command_of(LineWay way) {
    return way == LineWay::back ? "revert" : "reapply";
}

}  // namespace

Result<RecordedStrips> recognise_lines(const std::vector<PassLine>& lines, const MixerState& mixer,
                                       const Capabilities& capabilities) {
    // A line is no evidence of where a fader stands: only names tell.
    std::vector<PassEntry> entries;
    for (const PassLine& line : lines)
        entries.push_back({line.strip,
                           Control::fader,
                           Decibels::from_gain(line.before.rest),
                           Decibels::from_gain(line.after.rest),
                           Verdict::pending,
                           {},
                           {}});
    return recognise_recorded(entries, mixer, capabilities);
}

LineReturnJob::LineReturnJob(LineWay way, PassId pass, bool force, std::string surface_name, WallTime created,
                             journal::Journal& journal, surface::PassRecorder& recorder, Selection selection)
    : LinePassJob(way == LineWay::back ? "reverting" : "reapplying", recorder),
      way_(way),
      pass_id_(pass),
      force_(force),
      surface_name_(std::move(surface_name)),
      created_(created),
      journal_(journal),
      selection_(std::move(selection)) {}

/// The lines of the pass that are to be returned.
Result<std::vector<PassLine>> LineReturnJob::wanted(const MixerState& mixer) const {
    const auto passes = journal_.history(mixer.session.name);
    if (!passes) return tl::unexpected(passes.error());
    const journal::Standing standing(*passes);
    const auto pass =
        std::find_if(passes->begin(), passes->end(), [&](const Pass& each) { return each.id == pass_id_; });
    if (pass == passes->end()) return std::vector<PassLine>{};
    std::vector<StripName> strips;
    for (const PassLine& each : pass->lines) strips.push_back(each.strip);
    if (auto known = selection_.check(strips, fmt::format("pass {}", pass_id_.value)); !known)
        return tl::unexpected(known.error());
    std::vector<PassLine> lines;
    for (const PassLine& each : pass->lines) {
        if (!selection_.takes(each.strip, Control::fader) || !journal::took_effect(*pass, each)) continue;
        const bool stands = standing.stands(journal::chain_of(*pass), {each.strip, Control::fader});
        if (stands || way_ == LineWay::again) lines.push_back(each);
    }
    return lines;
}

Result<void> LineReturnJob::check(const Desk& desk) const {
    const auto pass = journal_.pass(pass_id_);
    if (!pass) return tl::unexpected(pass.error());
    if (auto ours = check_session(*pass, desk.mixer()); !ours) return ours;
    if (auto clear = check_nothing_unfinished(journal_, desk.mixer().session.name); !clear) return clear;
    if (way_ == LineWay::again && pass->reverts)
        return fail(ErrorKind::usage,
                    fmt::format("Pass {} is a revert: it has no automation of its own.", pass_id_.value),
                    fmt::format("`kedge reapply {}` writes what it took out.", pass->reverts->value));
    if (!desk.surface().capabilities().fader_lines)
        return fail(ErrorKind::refused, "This DAW's automation cannot be written point by point now.",
                    "Run 'kedge doctor': it says what is missing, and how to install the companion script.");
    return {};
}

void LineReturnJob::start(Desk& desk) {
    if (auto right = check(desk); !right) return refuse(right.error());
    auto lines = wanted(desk.mixer());
    if (!lines) return refuse(lines.error());
    lines_ = std::move(*lines);
    if (lines_.empty())
        return refuse({ErrorKind::refused,
                       way_ == LineWay::back
                           ? fmt::format("Nothing of pass {} stands that was asked for.", pass_id_.value)
                           : fmt::format("Pass {} wrote nothing that was asked for.", pass_id_.value),
                       "`kedge passes` lists what stands."});
    auto strips = recognise_lines(lines_, desk.mixer(), desk.surface().capabilities());
    if (!strips) return refuse(strips.error());
    strips_ = std::move(*strips);
    std::vector<StripId> there;
    for (const PassLine& each : lines_)
        if (const Strip* strip = find_recorded(strips_, each.strip, desk.mixer())) there.push_back(strip->id);
    if (there.empty())
        return refuse({ErrorKind::conflict,
                       fmt::format("Every strip of pass {} is gone from this session.", pass_id_.value),
                       "Nothing was changed."});
    read(desk, std::move(there));
}

void LineReturnJob::lines_read(Desk& desk) {
    LineOrder order;
    order.header.kind = way_ == LineWay::back ? PassKind::revert : PassKind::reapply;
    (way_ == LineWay::back ? order.header.reverts : order.header.reapplies) = pass_id_;
    order.header.surface = surface_name_;
    order.header.session = desk.mixer().session.name;
    order.header.created = created_;
    order.undo_name = fmt::format("kedge: {} pass {}", command_of(way_), pass_id_.value);
    for (const PassLine& recorded : lines_) {
        const Strip* strip = find_recorded(strips_, recorded.strip, desk.mixer());
        if (!strip) {
            report_.gone.push_back({recorded.strip, "it is not in the session any more"});
            continue;
        }
        const FaderLine& now = line(strip->id);
        const bool back = way_ == LineWay::back;
        const FaderLine& to = back ? recorded.before : recorded.left();
        const FaderLine& expected = back ? recorded.left() : recorded.before;
        if (!force_ && !same_line(now, expected) && !same_line(now, to)) {
            report_.conflicts.push_back(
                {recorded.strip, fmt::format("its automation was changed since: {} points in {} mode now",
                                             now.points.size(), to_string(now.mode))});
            continue;
        }
        order.writes.push_back(
            {strip->id, {recorded.strip, now, to, Verdict::pending, recorded.rule, recorded.reason}});
    }
    if (order.writes.empty())
        return refuse(
            {ErrorKind::conflict,
             fmt::format("Nothing was changed: {}", report_.conflicts.empty()
                                                        ? "every strip of the pass is gone."
                                                        : "the automation was changed by hand since."),
             fmt::format("`kedge {} {} --force` writes over it.", command_of(way_), pass_id_.value)});
    write(desk, std::move(order));
}

void LineReturnJob::ended(LineEnd end) {
    settle_line_report(
        report_, std::move(end), std::string(command_of(way_)),
        fmt::format("`kedge {} {} --force` writes over what was changed.", command_of(way_), pass_id_.value));
}

}  // namespace kedge::engine
