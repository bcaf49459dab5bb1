#include "engine/session_history.hpp"

#include "surface/same_value.hpp"

#include <algorithm>
#include <utility>

namespace kedge::engine {

SessionHistory::SessionHistory(std::vector<Pass> passes, const Capabilities& capabilities)
    : passes_(std::move(passes)), capabilities_(capabilities) {
    for (const Pass& pass : passes_)
        for (const PassEntry& entry : pass.entries)
            controls_.try_emplace({entry.strip, entry.control}, capabilities_).first->second.add(pass, entry);
}

const Pass* SessionHistory::find(PassId id) const {
    const auto found =
        std::find_if(passes_.begin(), passes_.end(), [id](const Pass& pass) { return pass.id == id; });
    return found == passes_.end() ? nullptr : &*found;
}

std::vector<const Pass*> SessionHistory::chain(PassId first) const {
    std::vector<const Pass*> chain;
    for (const Pass& pass : passes_)
        if (journal::chain_of(pass) == first) chain.push_back(&pass);
    return chain;
}

const ControlHistory* SessionHistory::of(const journal::ControlName& control) const {
    const auto found = controls_.find(control);
    return found == controls_.end() ? nullptr : &found->second;
}

/// Whether the pass moved a control on which it stands, or would move one by being taken out.
bool SessionHistory::counts(const Pass& pass) const {
    return std::any_of(pass.entries.begin(), pass.entries.end(), [&](const PassEntry& entry) {
        if (!journal::took_effect(pass, entry)) return false;
        const ControlHistory& control = *of({entry.strip, entry.control});
        const auto way = control.way_back(journal::chain_of(pass));
        if (!way) return false;
        return !surface::same_value(entry.before, entry.after, capabilities_) ||
               !surface::same_value(way->to, *control.value(), capabilities_);
    });
}

std::optional<PassId> SessionHistory::newest_standing() const {
    const journal::Standing standing(passes_);
    const auto has_line = [&](const Pass& pass) {
        return std::any_of(pass.lines.begin(), pass.lines.end(), [&](const PassLine& line) {
            return journal::took_effect(pass, line) &&
                   standing.stands(journal::chain_of(pass), {line.strip, Control::fader});
        });
    };
    const auto newest = std::find_if(passes_.rbegin(), passes_.rend(), [&](const Pass& pass) {
        return !pass.reverts && (counts(pass) || has_line(pass));
    });
    if (newest == passes_.rend()) return std::nullopt;
    return journal::chain_of(*newest);
}

SessionHistory SessionHistory::until(PassId chain) const {
    const auto members = this->chain(chain);
    std::vector<Pass> earlier;
    for (const Pass& pass : passes_)
        if (!members.empty() && pass.id <= members.back()->id) earlier.push_back(pass);
    return {std::move(earlier), capabilities_};
}

}  // namespace kedge::engine
