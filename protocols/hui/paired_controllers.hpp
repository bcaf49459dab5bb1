#pragma once

#include "hui/dropped.hpp"
#include "hui/switches.hpp"
#include "hui/unit_words.hpp"

#include <array>
#include <cstddef>
#include <optional>

namespace kedge::hui {

/// What takes two controllers to say: a zone and then one of its ports, the high half of a fader's position
/// and then the low one. Either is remembered for each unit and fader, so that what is said of several may be
/// mixed. A zone holds until another is selected: its ports may follow one by one.
class PairedControllers {
  public:
    struct PortChange {
        Switch which;
        bool on = false;
    };

    void select_zone(Unit unit, midi::Data7 zone);
    [[nodiscard]] std::optional<PortChange> port(Unit unit, midi::Data7 value, Dropped& dropped) const;

    void high(Unit unit, Fader fader, midi::Data7 value, Dropped& dropped);
    /// The position, if the high half came before; each high half is used once.
    [[nodiscard]] std::optional<FaderPosition> low(Unit unit, Fader fader, midi::Data7 value,
                                                   Dropped& dropped);

    /// Positions of which half has come.
    [[nodiscard]] std::size_t pending() const;
    /// Forget the zones, and the halves, which are counted.
    void reset(Dropped& dropped);

  private:
    struct OfUnit {
        std::optional<midi::Data7> zone;  ///< whatever was selected: an unknown one is not the one before
        std::array<std::optional<midi::Data7>, Fader::count> high;
    };
    [[nodiscard]] OfUnit& of(Unit unit) { return units_.at(static_cast<std::size_t>(unit.number())); }

    std::array<OfUnit, 16> units_;
};

}  // namespace kedge::hui
