#include "engine/revert_plan.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace kedge::engine {

namespace {

/// A control that a pass may have left changed: written for certain, or perhaps.
bool may_stand_changed(const PassEntry& entry) {
    return entry.verdict != Verdict::rolled_back && entry.verdict != Verdict::conflict;
}

struct Net {
    PassEntry first;
    PassEntry last;
};

std::vector<Net> net_of(const std::vector<Pass>& chain) {
    std::vector<Net> nets;
    for (const Pass& pass : chain) {
        for (const PassEntry& entry : pass.entries) {
            if (!may_stand_changed(entry)) continue;
            const auto known = std::find_if(nets.begin(), nets.end(), [&](const Net& net) {
                return net.first.strip == entry.strip && net.first.control == entry.control;
            });
            if (known == nets.end()) {
                nets.push_back({entry, entry});
            } else {
                known->last = entry;
            }
        }
    }
    return nets;
}

}  // namespace

Result<RevertPlan> plan_revert(const std::vector<Pass>& chain, const MixerState& mixer) {
    const Pass& pass = chain.front();
    if (pass.session != mixer.session.name) {
        return fail(ErrorKind::refused,
                    fmt::format("Pass {} belongs to the session '{}', but '{}' is open.", pass.id.value,
                                pass.session, mixer.session.name),
                    fmt::format("Open '{}' in the DAW and run the command again.", pass.session));
    }
    if (pass.state == PassState::reverted) {
        return fail(ErrorKind::refused, fmt::format("Pass {} has been reverted already.", pass.id.value),
                    "`kedge passes` lists what stands.");
    }
    if (pass.state == PassState::rolled_back) {
        return fail(
            ErrorKind::refused,
            fmt::format("Pass {} was rolled back when it was applied: it changed nothing.", pass.id.value),
            "`kedge passes` lists what stands.");
    }
    RevertPlan plan;
    for (const Net& net : net_of(chain)) {
        const Strip* strip = mixer.find(net.first.strip);
        if (!strip) {
            plan.gone.push_back(net.first);
            continue;
        }
        surface::PassRunner::Wish wish;
        wish.strip = strip->id;
        wish.control = net.first.control;
        wish.to = net.first.before;
        // What a crash or a broken pass left is not known for certain: then nothing is expected of it.
        if (net.last.verdict == Verdict::confirmed) wish.expected = net.last.after;
        wish.rule = "revert";
        wish.reason = fmt::format("back to where it stood before pass {}", pass.id.value);
        plan.wishes.push_back(std::move(wish));
    }
    return plan;
}

}  // namespace kedge::engine
