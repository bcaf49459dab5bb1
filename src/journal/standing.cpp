#include "journal/standing.hpp"

#include <algorithm>
#include <set>

namespace kedge::journal {

namespace {

/// `each(control, verdict)` for every entry and line of the pass.
template <typename Each>
void for_each_write(const Pass& pass, Each each) {
    for (const PassEntry& entry : pass.entries) each(ControlName{entry.strip, entry.control}, entry.verdict);
    for (const PassLine& line : pass.lines) each(ControlName{line.strip, Control::fader}, line.verdict);
}

/// How the pass ended when it was applied, whatever was taken back since.
PassState outcome_of(const Pass& pass) {
    if (pass.state == PassState::prepared || pass.state == PassState::rolled_back) return pass.state;
    bool whole = true;
    for_each_write(pass, [&](const ControlName&, Verdict verdict) {
        whole = whole && (verdict == Verdict::confirmed || verdict == Verdict::conflict);
    });
    return whole ? PassState::applied : PassState::broken;
}

bool has_effect(const Pass& pass, Verdict verdict) {
    if (pass.state == PassState::prepared || pass.state == PassState::rolled_back) return false;
    if (verdict == Verdict::confirmed) return true;
    // A revert that cannot prove that it took a pass out did not: it can be asked for again.
    return pass.kind != PassKind::revert && (verdict == Verdict::failed || verdict == Verdict::unheard);
}

}  // namespace

PassId chain_of(const Pass& pass) {
    return pass.continues.value_or(pass.id);
}

bool took_effect(const Pass& pass, const PassEntry& entry) {
    return has_effect(pass, entry.verdict);
}

bool took_effect(const Pass& pass, const PassLine& line) {
    return has_effect(pass, line.verdict);
}

Standing::Standing(std::span<const Pass> passes) {
    // From the newest back: whether a revert stands is known before what it names is looked at.
    std::set<std::pair<PassId, ControlName>> taken_out;
    std::for_each(passes.rbegin(), passes.rend(), [&](const Pass& pass) {
        const PassId chain = chain_of(pass);
        for_each_write(pass, [&](const ControlName& control, Verdict verdict) {
            if (!has_effect(pass, verdict)) return;
            const bool standing = !taken_out.contains({chain, control});
            stands_[{chain, control}] = standing;
            if (standing && pass.reverts) taken_out.insert({*pass.reverts, control});
        });
    });
}

bool Standing::stands(PassId chain, const ControlName& control) const {
    const auto known = stands_.find({chain, control});
    return known != stands_.end() && known->second;
}

PassState Standing::state_of(const Pass& pass) const {
    std::size_t effective = 0;
    std::size_t standing = 0;
    for_each_write(pass, [&](const ControlName& control, Verdict verdict) {
        if (!has_effect(pass, verdict)) return;
        ++effective;
        if (stands(chain_of(pass), control)) ++standing;
    });
    if (standing == effective) return outcome_of(pass);
    return standing == 0 ? PassState::reverted : PassState::partly_reverted;
}

}  // namespace kedge::journal
