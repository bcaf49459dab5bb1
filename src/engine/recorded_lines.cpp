#include "engine/recorded_lines.hpp"

#include "engine/revert_plan.hpp"
#include "engine/unfinished.hpp"
#include "journal/standing.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace kedge::engine {

namespace {

Result<void> check_return(const LineReturn& order, const journal::Journal& journal, const MixerState& mixer) {
    const auto pass = journal.pass(order.pass);
    if (!pass) return tl::unexpected(pass.error());
    if (auto ours = check_session(*pass, mixer); !ours) return ours;
    if (auto clear = check_nothing_unfinished(journal, mixer.session.name); !clear) return clear;
    if (order.way == LineWay::again && pass->reverts)
        return fail(ErrorKind::usage,
                    fmt::format("Pass {} is a revert: it has no automation of its own.", order.pass.value),
                    fmt::format("`kedge reapply {}` writes what it took out.", pass->reverts->value));
    return {};
}

/// The lines of the pass that are asked for.
Result<std::vector<PassLine>> wanted(const LineReturn& order, const journal::Journal& journal,
                                     const MixerState& mixer) {
    const auto passes = journal.history(mixer.session.name);
    if (!passes) return tl::unexpected(passes.error());
    const journal::Standing standing(*passes);
    const auto pass =
        std::find_if(passes->begin(), passes->end(), [&](const Pass& each) { return each.id == order.pass; });
    if (pass == passes->end()) return std::vector<PassLine>{};
    std::vector<StripName> strips;
    for (const PassLine& each : pass->lines) strips.push_back(each.strip);
    if (auto known = order.selection.check(strips, fmt::format("pass {}", order.pass.value)); !known)
        return tl::unexpected(known.error());
    std::vector<PassLine> lines;
    for (const PassLine& each : pass->lines) {
        if (!order.selection.takes(each.strip, Control::fader) || !journal::took_effect(*pass, each))
            continue;
        const bool stands = standing.stands(journal::chain_of(*pass), {each.strip, Control::fader});
        if (stands || order.way == LineWay::again) lines.push_back(each);
    }
    return lines;
}

}  // namespace

std::string_view command_of(LineWay way) {
    return way == LineWay::back ? "revert" : "reapply";
}

Pass LineReturn::header(const std::string& session) const {
    Pass made;
    made.kind = way == LineWay::back ? PassKind::revert : PassKind::reapply;
    (way == LineWay::back ? made.reverts : made.reapplies) = pass;
    made.surface = surface_name;
    made.session = session;
    made.created = created;
    return made;
}

std::vector<StripId> RecordedLines::there(const MixerState& mixer) const {
    std::vector<StripId> ids;
    for (const PassLine& each : lines)
        if (const Strip* known = strip(each, mixer)) ids.push_back(known->id);
    return ids;
}

Result<RecordedLines> recognise_lines(std::vector<PassLine> lines, const MixerState& mixer,
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
    auto strips = recognise_recorded(entries, mixer, capabilities);
    if (!strips) return tl::unexpected(strips.error());
    return RecordedLines{std::move(lines), std::move(*strips)};
}

Result<RecordedLines> lines_to_return(const LineReturn& order, const journal::Journal& journal,
                                      const MixerState& mixer, const Capabilities& capabilities) {
    if (auto right = check_return(order, journal, mixer); !right) return tl::unexpected(right.error());
    auto lines = wanted(order, journal, mixer);
    if (!lines) return tl::unexpected(lines.error());
    if (lines->empty())
        return fail(ErrorKind::refused,
                    order.way == LineWay::back
                        ? fmt::format("Nothing of pass {} stands that was asked for.", order.pass.value)
                        : fmt::format("Pass {} wrote nothing that was asked for.", order.pass.value),
                    "`kedge passes` lists what stands.");
    auto recorded = recognise_lines(std::move(*lines), mixer, capabilities);
    if (recorded && recorded->there(mixer).empty())
        return fail(ErrorKind::conflict,
                    fmt::format("Every strip of pass {} is gone from this session.", order.pass.value),
                    "Nothing was changed.");
    return recorded;
}

}  // namespace kedge::engine
