#include "hui/paired_controllers.hpp"

#include "hui/wire_numbers.hpp"

#include <algorithm>

namespace kedge::hui {

void PairedControllers::select_zone(Unit unit, midi::Data7 zone) {
    of(unit).zone = zone;
}

std::optional<PairedControllers::PortChange> PairedControllers::port(Unit unit, midi::Data7 value,
                                                                     Dropped& dropped) const {
    const auto& zone = units_.at(static_cast<std::size_t>(unit.number())).zone;
    const int port = value.value() & ~wire::port_on;
    if (port >= Switch::ports) {
        ++dropped.out_of_range;
        return std::nullopt;
    }
    if (!zone) {
        ++dropped.port_without_zone;
        return std::nullopt;
    }
    const auto which = Switch::at(*zone, port);
    if (!which) {
        ++dropped.unknown_switch;
        return std::nullopt;
    }
    return PortChange{*which, (value.value() & wire::port_on) != 0};
}

void PairedControllers::high(Unit unit, Fader fader, midi::Data7 value, Dropped& dropped) {
    auto& high = of(unit).high.at(static_cast<std::size_t>(fader.number()));
    if (high) ++dropped.high_without_low;
    high = value;
}

std::optional<FaderPosition> PairedControllers::low(Unit unit, Fader fader, midi::Data7 value,
                                                    Dropped& dropped) {
    auto& high = of(unit).high.at(static_cast<std::size_t>(fader.number()));
    if (!high) {
        ++dropped.low_without_high;
        return std::nullopt;
    }
    const FaderPosition position(midi::Data14(value, *high).value());
    high.reset();
    return position;
}

std::size_t PairedControllers::pending() const {
    std::size_t halves = 0;
    for (const auto& unit : units_)
        halves += static_cast<std::size_t>(std::count_if(unit.high.begin(), unit.high.end(),
                                                         [](const auto& high) { return high.has_value(); }));
    return halves;
}

void PairedControllers::reset(Dropped& dropped) {
    dropped.cut_by_reset += pending();
    units_ = {};
}

}  // namespace kedge::hui
