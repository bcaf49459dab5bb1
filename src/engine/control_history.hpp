#pragma once

#include "core/capabilities.hpp"
#include "core/pass.hpp"

#include <cstddef>
#include <optional>
#include <set>
#include <vector>

namespace kedge::engine {

/// What becomes of one control when a chain of passes is taken out (or, for a revert, when what it took out
/// comes back).
struct WayBack {
    /// A later pass that stands wrote this control too: its value stays, only its own way back changes.
    std::optional<PassId> covered_by;
    /// A person moved the control after the chain wrote it, by what a later pass found there.
    bool moved_by_hand = false;
    ControlValue to;
    /// What the chain left there. nullopt when that is not known for certain: nothing is expected then.
    std::optional<ControlValue> expected;
};

/// One control through the passes of a session: a pile of values, each written by a chain of passes or put
/// there by hand, as a later pass found. A chain that is taken out leaves the pile wherever it lies in it;
/// what counts is the uppermost value left, or what the control held before the first pass. So reverting all
/// passes, in any order, ends where it began. The rule in full: README.md.
class ControlHistory {
  public:
    explicit ControlHistory(const Capabilities& capabilities) : capabilities_(capabilities) {}

    /// Takes the next entry of this control, in journal order; those that changed nothing are passed over.
    void add(const Pass& pass, const PassEntry& entry);

    /// What the control holds by the record; nullopt before any pass wrote it.
    [[nodiscard]] std::optional<ControlValue> value() const;
    /// What it held before the first pass; nullopt before any pass wrote it.
    [[nodiscard]] const std::optional<ControlValue>& origin() const { return base_; }
    /// False after a write that nobody confirmed.
    [[nodiscard]] bool certain() const { return certain_; }
    /// nullopt when the chain does not stand on this control.
    [[nodiscard]] std::optional<WayBack> way_back(PassId chain) const;

  private:
    struct Layer {
        std::size_t place;
        std::optional<PassId> chain;  ///< nullopt: put there by hand
        ControlValue value;
    };
    struct Revert {
        std::size_t place;
        PassId id;
        PassId reverts;
        std::vector<std::size_t> hands;  ///< places of the hand layers that are out with what it took out
    };
    /// Where a chain lies in the pile, and what a person put on it.
    struct Find {
        std::size_t place;
        const Layer* cover;              ///< the next layer of another chain above it; null: it lies on top
        std::vector<std::size_t> hands;  ///< right on it
        bool hands_above = false;        ///< some of them over its last layer
    };

    /// What is taken out: chains (reverts among them), and hand layers by their place.
    struct Out {
        std::set<PassId> chains;
        std::set<std::size_t> hands;
        void take(const Revert& revert);
    };

    [[nodiscard]] Out out_with(const Revert& newest) const;
    [[nodiscard]] static bool lies_in(const Layer& layer, const Out& out);
    [[nodiscard]] std::vector<const Layer*> pile() const;
    [[nodiscard]] std::optional<Find> find(PassId chain) const;
    [[nodiscard]] ControlValue top(const Out& out) const;
    [[nodiscard]] Layer* uppermost();
    void meet(const ControlValue& found);
    void take_back(const Pass& pass, const PassEntry& entry);
    void take_out(Revert revert);
    void push(std::optional<PassId> chain, const ControlValue& value);
    [[nodiscard]] bool same(const ControlValue& a, const ControlValue& b) const;

    Capabilities capabilities_;
    std::optional<ControlValue> base_;
    std::vector<Layer> layers_;
    std::vector<Revert> reverts_;
    Out out_;  ///< by the reverts that stand
    std::size_t next_place_ = 0;
    bool certain_ = true;
};

}  // namespace kedge::engine
