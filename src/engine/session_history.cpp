#include "engine/session_history.hpp"

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

SessionHistory SessionHistory::until(PassId chain) const {
    const auto members = this->chain(chain);
    std::vector<Pass> earlier;
    for (const Pass& pass : passes_)
        if (!members.empty() && pass.id <= members.back()->id) earlier.push_back(pass);
    return {std::move(earlier), capabilities_};
}

}  // namespace kedge::engine
