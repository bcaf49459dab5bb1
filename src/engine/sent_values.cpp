#include "engine/sent_values.hpp"

#include "surface/same_value.hpp"

#include <algorithm>

namespace kedge::engine {

namespace {

constexpr Duration answering = std::chrono::milliseconds(500);

}  // namespace

bool SentValues::same(Decibels a, Decibels b) const {
    return surface::same_value(a, b, capabilities_);
}

void SentValues::sent(Instant now, Decibels value) {
    if (capabilities_.longest_detour > Duration::zero()) {
        // There and back again, each by the longest way.
        const Duration memory = 2 * capabilities_.longest_detour + answering;
        while (sent_.size() > 1 && sent_[1].at + memory < now) sent_.pop_front();
    }
    const bool again = !sent_.empty() && same(sent_.back().value, value);
    sent_.push_back({value, now, false, again});
}

std::optional<SentValues::Echo> SentValues::heard(Instant now, Decibels value) {
    const auto found =
        std::find_if(sent_.rbegin(), sent_.rend(), [&](const Sent& each) { return same(each.value, value); });
    if (found == sent_.rend()) return std::nullopt;
    Echo echo{found == sent_.rbegin(), std::nullopt};
    if (!found->again && !found->echoed) echo.delay = now - found->at;
    found->echoed = true;
    if (capabilities_.longest_detour == Duration::zero()) sent_.erase(sent_.begin(), found.base() - 1);
    return echo;
}

std::optional<Decibels> SentValues::last() const {
    if (sent_.empty()) return std::nullopt;
    return sent_.back().value;
}

}  // namespace kedge::engine
