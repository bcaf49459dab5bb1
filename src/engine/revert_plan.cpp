#include "engine/revert_plan.hpp"

#include "engine/strip_identity.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace kedge::engine {

namespace {

/// Why a pass cannot be taken back as a whole, whatever is selected of it.
Result<void> check_state(const Pass& pass) {
    if (pass.state == PassState::prepared)
        return fail(ErrorKind::refused, fmt::format("Pass {} was cut off and is not settled.", pass.id.value),
                    "`kedge recover` says where it stands, and finishes it or rolls it back.");
    if (pass.state == PassState::rolled_back)
        return fail(
            ErrorKind::refused,
            fmt::format("Pass {} was rolled back when it was applied: it changed nothing.", pass.id.value),
            "`kedge passes` lists what stands.");
    return {};
}

/// The controls that the chain touched, each with the entry that touched it first.
std::vector<PassEntry> controls_of(const std::vector<const Pass*>& chain) {
    std::vector<PassEntry> controls;
    for (const Pass* pass : chain)
        for (const PassEntry& entry : pass->entries) {
            const bool known = std::any_of(controls.begin(), controls.end(), [&](const PassEntry& each) {
                return each.strip == entry.strip && each.control == entry.control;
            });
            if (!known) controls.push_back(entry);
        }
    return controls;
}

PassEntry covered_entry(const PassEntry& entry, const WayBack& way, bool forced) {
    PassEntry covered{entry.strip, entry.control, way.to, way.to, Verdict::confirmed, "revert", {}};
    if (way.moved_by_hand && !forced) {
        covered.verdict = Verdict::conflict;
        covered.reason = fmt::format("moved by hand before pass {} wrote it", way.covered_by->value);
    } else {
        covered.reason = fmt::format("stays: pass {} wrote it later and stands", way.covered_by->value);
    }
    return covered;
}

std::vector<StripName> strips_of(const std::vector<PassEntry>& entries) {
    std::vector<StripName> strips;
    for (const PassEntry& entry : entries) strips.push_back(entry.strip);
    return strips;
}

/// The selected controls as the chain left them: what is known for certain is evidence of which strip is
/// which.
std::vector<PassEntry> as_left(const std::vector<PassEntry>& controls, const SessionHistory& history,
                               PassId chain, const Selection& selection) {
    std::vector<PassEntry> left;
    for (PassEntry entry : controls) {
        const auto way = history.of({entry.strip, entry.control})->way_back(chain);
        if (!way || !selection.takes(entry.strip, entry.control)) continue;
        entry.after = way->expected.value_or(entry.after);
        entry.verdict = way->expected ? Verdict::confirmed : Verdict::pending;
        left.push_back(std::move(entry));
    }
    return left;
}

/// Why nothing of what is selected stands: it was taken back already, or was never changed.
Error nothing_stands(const SessionHistory& history, const Pass& pass, const Selection& selection) {
    const std::string next = "`kedge passes` lists what stands.";
    const std::string selected = selection.whole() ? "" : " that was selected";
    bool any = false;
    bool any_left = false;
    for (const Pass* each : history.chain(journal::chain_of(pass)))
        for (const PassEntry& entry : each->entries) {
            if (!selection.takes(entry.strip, entry.control)) continue;
            if (journal::took_effect(*each, entry))
                return {ErrorKind::refused,
                        fmt::format("Nothing of pass {}{} stands: it has been reverted already.",
                                    pass.id.value, selected),
                        next};
            any = true;
            any_left = any_left || entry.verdict == Verdict::conflict;
        }
    if (!any)
        return {ErrorKind::refused, fmt::format("Pass {} has no control{}.", pass.id.value, selected), next};
    return {ErrorKind::refused,
            fmt::format("Pass {} changed nothing{}: {}.", pass.id.value, selected,
                        any_left ? "what was moved by hand was left alone"
                                 : "what it sent was taken back when it was applied"),
            next};
}

}  // namespace

Result<void> check_session(const Pass& pass, const MixerState& mixer) {
    if (pass.session == mixer.session.name) return {};
    return fail(ErrorKind::refused,
                fmt::format("Pass {} belongs to the session '{}', but '{}' is open.", pass.id.value,
                            pass.session, mixer.session.name),
                fmt::format("Open '{}' in the DAW and run the command again.", pass.session));
}

Result<RevertPlan> plan_revert(const SessionHistory& history, const Pass& pass, const Selection& selection,
                               bool forced, const MixerState& mixer) {
    if (auto ours = check_session(pass, mixer); !ours) return tl::unexpected(ours.error());
    if (auto settled = check_state(pass); !settled) return tl::unexpected(settled.error());
    RevertPlan plan;
    plan.chain = journal::chain_of(pass);
    const auto controls = controls_of(history.chain(plan.chain));
    if (auto known = selection.check(strips_of(controls), fmt::format("pass {}", pass.id.value)); !known)
        return tl::unexpected(known.error());
    const auto strips =
        recognise_recorded(as_left(controls, history, plan.chain, selection), mixer, history.capabilities());
    if (!strips) return tl::unexpected(strips.error());
    bool any = false;
    for (const PassEntry& entry : controls) {
        const auto way = history.of({entry.strip, entry.control})->way_back(plan.chain);
        if (!way || !selection.takes(entry.strip, entry.control)) continue;
        any = true;
        const Strip* strip = find_recorded(*strips, entry.strip, mixer);
        if (way->covered_by) {
            plan.covered.push_back(covered_entry(entry, *way, forced));
        } else if (plan.left.lets(strip, entry)) {
            plan.wishes.push_back({strip->id, entry.control, way->to, way->expected, "revert",
                                   fmt::format("as it stands without pass {}", plan.chain.value)});
        }
    }
    if (!any) return tl::unexpected(nothing_stands(history, pass, selection));
    return plan;
}

}  // namespace kedge::engine
