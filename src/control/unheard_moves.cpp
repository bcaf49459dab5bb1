#include "control/unheard_moves.hpp"

#include <algorithm>
#include <iterator>

namespace kedge::control {

namespace {

constexpr int most_times = 5;
constexpr std::size_t most_earlier = 64;  // a DAW tells the last of them at the latest

}  // namespace

void UnheardMoves::left(Instant now, const SetStrip& move, Duration patience) {
    auto& unheard = unheard_[{move.strip, move.control}];
    if (unheard.times > 0) unheard.earlier.push_back(unheard.value);
    if (unheard.earlier.size() > most_earlier) unheard.earlier.erase(unheard.earlier.begin());
    unheard.value = move.value;
    unheard.perhaps_told = false;
    unheard.patience = patience;
    unheard.due = now + patience;
    unheard.times = 1;
}

void UnheardMoves::told(StripId strip, Control control, const ControlValue& value, const Same& same) {
    const auto place = unheard_.find({strip, control});
    if (place == unheard_.end()) return;
    auto& [last, earlier, perhaps_told, patience, due, times] = place->second;
    const auto echo = std::find_if(earlier.begin(), earlier.end(),
                                   [&](const ControlValue& each) { return same(each, value); });
    if (echo == earlier.end()) {
        unheard_.erase(place);
        return;
    }
    earlier.erase(earlier.begin(), echo + 1);
    perhaps_told = same(last, value);
}

std::vector<SetStrip> UnheardMoves::take(Instant now) {
    std::vector<SetStrip> again;
    for (auto each = unheard_.begin(); each != unheard_.end();) {
        auto& [which, unheard] = *each;
        if (unheard.due > now) {
            ++each;
            continue;
        }
        const bool in_vain = unheard.times >= most_times;
        if (!in_vain) again.push_back({which.first, which.second, unheard.value});
        if (in_vain) ++given_up_;
        unheard.due = now + unheard.patience * (1 << unheard.times++);
        each = in_vain || unheard.perhaps_told ? unheard_.erase(each) : std::next(each);
    }
    sent_again_ += again.size();
    return again;
}

std::optional<Instant> UnheardMoves::wake_at() const {
    std::optional<Instant> first;
    for (const auto& [which, unheard] : unheard_) first = std::min(first.value_or(unheard.due), unheard.due);
    return first;
}

}  // namespace kedge::control
