#include "journal/standing.hpp"

#include <algorithm>
#include <set>

namespace kedge::journal {

namespace {

/// How the pass ended when it was applied, whatever was taken back since.
PassState outcome_of(const Pass& pass) {
    if (pass.state == PassState::prepared || pass.state == PassState::rolled_back) return pass.state;
    const bool whole = std::all_of(pass.entries.begin(), pass.entries.end(), [](const PassEntry& entry) {
        return entry.verdict == Verdict::confirmed || entry.verdict == Verdict::conflict;
    });
    return whole ? PassState::applied : PassState::broken;
}

}  // namespace

PassId chain_of(const Pass& pass) {
    return pass.continues.value_or(pass.id);
}

bool took_effect(const Pass& pass, const PassEntry& entry) {
    if (pass.state == PassState::prepared || pass.state == PassState::rolled_back) return false;
    if (entry.verdict == Verdict::confirmed) return true;
    // A revert that cannot prove that it took a pass out did not: it can be asked for again.
    return pass.kind != PassKind::revert &&
           (entry.verdict == Verdict::failed || entry.verdict == Verdict::unheard);
}

Standing::Standing(std::span<const Pass> passes) {
    // From the newest back: whether a revert stands is known before what it names is looked at.
    std::set<std::pair<PassId, ControlName>> taken_out;
    std::for_each(passes.rbegin(), passes.rend(), [&](const Pass& pass) {
        const PassId chain = chain_of(pass);
        for (const PassEntry& entry : pass.entries) {
            if (!took_effect(pass, entry)) continue;
            const ControlName control{entry.strip, entry.control};
            const bool standing = !taken_out.contains({chain, control});
            stands_[{chain, control}] = standing;
            if (standing && pass.reverts) taken_out.insert({*pass.reverts, control});
        }
    });
}

bool Standing::stands(PassId chain, const ControlName& control) const {
    const auto known = stands_.find({chain, control});
    return known != stands_.end() && known->second;
}

PassState Standing::state_of(const Pass& pass) const {
    std::size_t effective = 0;
    std::size_t standing = 0;
    for (const PassEntry& entry : pass.entries) {
        if (!took_effect(pass, entry)) continue;
        ++effective;
        if (stands(chain_of(pass), {entry.strip, entry.control})) ++standing;
    }
    if (standing == effective) return outcome_of(pass);
    return standing == 0 ? PassState::reverted : PassState::partly_reverted;
}

}  // namespace kedge::journal
