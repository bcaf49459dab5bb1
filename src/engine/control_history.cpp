#include "engine/control_history.hpp"

#include "journal/standing.hpp"
#include "surface/same_value.hpp"

#include <algorithm>

namespace kedge::engine {

namespace {

bool unheard_of(const PassEntry& entry) {
    return entry.verdict == Verdict::failed || entry.verdict == Verdict::unheard;
}

}  // namespace

bool ControlHistory::same(const ControlValue& a, const ControlValue& b) const {
    return surface::same_value(a, b, capabilities_);
}

void ControlHistory::Out::take(const Revert& revert) {
    chains.insert(revert.reverts);
    hands.insert(revert.hands.begin(), revert.hands.end());
}

/// What the reverts that stand take out, were `newest` the newest of them.
ControlHistory::Out ControlHistory::out_with(const Revert& newest) const {
    Out out;
    out.take(newest);
    std::for_each(reverts_.rbegin(), reverts_.rend(), [&](const Revert& revert) {
        if (!out.chains.contains(revert.id)) out.take(revert);
    });
    return out;
}

bool ControlHistory::lies_in(const Layer& layer, const Out& out) {
    return layer.chain ? out.chains.contains(*layer.chain) : out.hands.contains(layer.place);
}

/// What is left of the layers.
std::vector<const ControlHistory::Layer*> ControlHistory::pile() const {
    std::vector<const Layer*> left;
    for (const Layer& layer : layers_)
        if (!lies_in(layer, out_)) left.push_back(&layer);
    return left;
}

ControlValue ControlHistory::top(const Out& out) const {
    const auto uppermost = std::find_if(layers_.rbegin(), layers_.rend(),
                                        [&](const Layer& layer) { return !lies_in(layer, out); });
    return uppermost == layers_.rend() ? *base_ : uppermost->value;
}

std::optional<ControlValue> ControlHistory::value() const {
    if (!base_) return std::nullopt;
    return top(out_);
}

std::optional<ControlHistory::Find> ControlHistory::find(PassId chain) const {
    if (out_.chains.contains(chain)) return std::nullopt;
    const auto left = pile();
    Find found{};
    const auto revert = std::find_if(reverts_.rbegin(), reverts_.rend(),
                                     [&](const Revert& each) { return each.id == chain; });
    const auto last =
        std::find_if(left.rbegin(), left.rend(), [&](const Layer* layer) { return layer->chain == chain; });
    if (revert != reverts_.rend()) {
        found.place = revert->place;
    } else if (last != left.rend()) {
        found.place = (*last)->place;
    } else {
        return std::nullopt;
    }
    bool on_it = false;
    for (const Layer* layer : left) {
        const bool above = layer->place > found.place;
        if (!layer->chain) {
            if (!on_it && !(above && found.cover == nullptr)) continue;
            found.hands.push_back(layer->place);
            found.hands_above = found.hands_above || above;
        } else {
            on_it = layer->chain == chain;
            if (above && !on_it && found.cover == nullptr) found.cover = layer;
        }
    }
    return found;
}

std::optional<WayBack> ControlHistory::way_back(PassId chain) const {
    const auto found = find(chain);
    if (!found) return std::nullopt;
    WayBack way;
    way.moved_by_hand = found->hands_above;
    if (found->cover != nullptr) {
        way.covered_by = found->cover->chain;
        way.to = *value();
        way.expected = way.to;
        return way;
    }
    // No pass has the number 0: such a revert takes out nothing but what was put there by hand.
    const Revert hands_only{next_place_, PassId{}, PassId{}, found->hands};
    const Revert this_one{next_place_, PassId{}, chain, found->hands};
    way.to = top(out_with(this_one));
    if (certain_) way.expected = top(out_with(hands_only));
    return way;
}

void ControlHistory::push(std::optional<PassId> chain, const ControlValue& value) {
    layers_.push_back({next_place_++, chain, value});
}

/// The layer whose value the control holds by the record; null where none is left.
ControlHistory::Layer* ControlHistory::uppermost() {
    const auto found = std::find_if(layers_.rbegin(), layers_.rend(),
                                    [&](const Layer& layer) { return !lies_in(layer, out_); });
    return found == layers_.rend() ? nullptr : &*found;
}

/// The control holds this value: another one than the record's was put there by hand, unless the record is
/// not certain; then this is what it should say.
void ControlHistory::meet(const ControlValue& found) {
    if (!base_) base_ = found;
    if (same(found, *value())) return;
    Layer* top = certain_ ? nullptr : uppermost();
    if (top != nullptr) {
        top->value = found;
    } else {
        push(std::nullopt, found);
    }
}

void ControlHistory::add(const Pass& pass, const PassEntry& entry) {
    if (pass.state == PassState::prepared || pass.state == PassState::rolled_back) return;
    const bool confirmed = entry.verdict == Verdict::confirmed;
    if (!confirmed && !unheard_of(entry)) return;
    if (pass.reverts) return take_back(pass, entry);
    meet(entry.before);
    push(journal::chain_of(pass), entry.after);
    certain_ = confirmed;
}

void ControlHistory::take_back(const Pass& pass, const PassEntry& entry) {
    // A covered control was not asked: its revert says nothing about what it holds.
    const auto lies = find(*pass.reverts);
    const bool was_read = !lies || lies->cover == nullptr || !same(entry.before, entry.after);
    const bool confirmed = entry.verdict == Verdict::confirmed;
    if (was_read) meet(entry.before);
    if (confirmed) {
        const auto taken_out = find(*pass.reverts);
        auto hands = taken_out ? taken_out->hands : std::vector<std::size_t>{};
        take_out({next_place_++, pass.id, *pass.reverts, std::move(hands)});
        // In doubt, the pass that lies on top now has its value by this at the latest. Else it is a journal
        // of before this rule: the revert wrote its value over a pass that stands.
        if (was_read) meet(entry.after);
    }
    if (was_read) certain_ = confirmed;
}

void ControlHistory::take_out(Revert revert) {
    const bool of_a_revert = std::any_of(reverts_.begin(), reverts_.end(),
                                         [&](const Revert& earlier) { return earlier.id == revert.reverts; });
    // Only the revert of a revert changes which of them stand.
    if (of_a_revert) {
        out_ = out_with(revert);
    } else {
        out_.take(revert);
    }
    reverts_.push_back(std::move(revert));
}

}  // namespace kedge::engine
