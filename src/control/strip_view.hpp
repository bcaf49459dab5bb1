#pragma once

#include "core/mixer_state.hpp"
#include "core/role.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace kedge::control {

/// Every strip in mixer order, but the master, the monitor and what is hidden.
struct InMixerOrder {
    bool operator==(const InMixerOrder&) const = default;
};
/// The strips of these roles, role after role, each in mixer order.
struct OfRoles {
    std::vector<Role> roles;
    bool operator==(const OfRoles&) const = default;
};
/// These strips, where they are there; a place without its strip stays empty.
struct Pinned {
    std::vector<std::string> names;
    bool operator==(const Pinned&) const = default;
};
using ViewOrder = std::variant<InMixerOrder, OfRoles, Pinned>;

using StripRoles = std::map<StripId, Role>;

/// Which strips stand under a controller's hands: so many places side by side, over a longer list, moved by
/// banks. Strips that come or go elsewhere do not move what is under the hands. Pure.
class StripView {
  public:
    /// From 1 place on (asserted).
    StripView(ViewOrder order, std::size_t places);

    /// The mixer, or somebody's role, has changed. A strip without a role counts as `other`.
    void update(const MixerState& mixer, const StripRoles& roles);
    /// To the right above 0. It stops where the last strip is in view, and at the first.
    void move_by(int strips);
    /// So that this strip is in view, as little as needed. False when it is not in the list.
    bool show(StripId strip);

    /// From 0; nullopt for an empty place.
    [[nodiscard]] std::optional<StripId> at(std::size_t place) const;
    [[nodiscard]] std::optional<std::size_t> place_of(StripId strip) const;
    [[nodiscard]] std::size_t places() const { return places_; }
    [[nodiscard]] std::size_t first() const { return first_; }  ///< of the list, under the first place
    [[nodiscard]] std::size_t size() const { return list_.size(); }

  private:
    using List = std::vector<std::optional<StripId>>;

    [[nodiscard]] List list_of(const MixerState& mixer, const StripRoles& roles) const;
    [[nodiscard]] std::size_t last_first() const;

    ViewOrder order_;
    std::size_t places_;
    std::size_t first_ = 0;
    List list_;
};

}  // namespace kedge::control
