#pragma once

#include <cassert>
#include <compare>
#include <cstdint>
#include <vector>

/// Places on a control surface of one or more units with eight strips each.
namespace kedge::sim {

inline constexpr int places_a_unit = 8;

/// A strip of the surface, counted from 0 and from the left over all units, or the master's fader.
class SurfacePlace {
  public:
    explicit constexpr SurfacePlace(int from_left) : index_(from_left) { assert(from_left >= 0); }
    [[nodiscard]] static constexpr SurfacePlace master() { return {}; }

    [[nodiscard]] constexpr bool is_master() const { return index_ < 0; }
    /// Not for the master.
    [[nodiscard]] constexpr int from_left() const {
        assert(!is_master());
        return index_;
    }
    constexpr auto operator<=>(const SurfacePlace&) const = default;

  private:
    constexpr SurfacePlace() = default;
    int index_ = -1;
};

/// How the units stand. By port 0 is the main unit, 1 and on are the extenders from the left.
class UnitRow {
  public:
    /// `main_position` is how many extenders stand to the left of the main unit.
    constexpr UnitRow(int units, int main_position) : units_(units), main_position_(main_position) {
        assert(units > 0 && main_position >= 0 && main_position < units);
    }
    struct Spot {
        std::uint16_t port = 0;
        int slot = 0;  ///< 0 to 7; 8 is the master's fader
    };

    [[nodiscard]] constexpr int units() const { return units_; }
    [[nodiscard]] constexpr int places() const { return units_ * places_a_unit; }
    [[nodiscard]] constexpr bool has(std::uint16_t port) const { return port < units_; }
    /// Of all units, the main one first.
    [[nodiscard]] std::vector<std::uint16_t> ports() const {
        std::vector<std::uint16_t> all;
        for (int port = 0; port < units_; ++port) all.push_back(static_cast<std::uint16_t>(port));
        return all;
    }
    [[nodiscard]] constexpr Spot spot_of(SurfacePlace place) const {
        if (place.is_master()) return {0, places_a_unit};
        const int from_left = place.from_left() / places_a_unit;
        const int slot = place.from_left() % places_a_unit;
        if (from_left == main_position_) return {0, slot};
        return {static_cast<std::uint16_t>(from_left < main_position_ ? from_left + 1 : from_left), slot};
    }
    /// The port is one of a unit's.
    [[nodiscard]] constexpr SurfacePlace place_of(std::uint16_t port, int slot) const {
        if (slot == places_a_unit) return SurfacePlace::master();
        const int extender = port - 1;
        const int from_left = port == 0 ? main_position_ : extender < main_position_ ? extender : port;
        return SurfacePlace(from_left * places_a_unit + slot);
    }

  private:
    int units_;
    int main_position_;
};

}  // namespace kedge::sim
