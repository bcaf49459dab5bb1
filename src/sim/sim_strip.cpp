#include "sim/sim_strip.hpp"

namespace kedge::sim {

ControlValue SimStrip::value(Control control) const {
    switch (control) {
        case Control::trim:
            return trim;
        case Control::fader:
            return fader;
        case Control::pan:
            return pan;
        case Control::mute:
            break;
    }
    return muted ? Mute::muted : Mute::open;
}

void SimStrip::set_value(Control control, const ControlValue& value) {
    switch (control) {
        case Control::trim:
            trim = std::get<Decibels>(value);
            break;
        case Control::fader:
            fader = std::get<Decibels>(value);
            break;
        case Control::pan:
            pan = std::get<Pan>(value);
            break;
        case Control::mute:
            muted = std::get<Mute>(value) == Mute::muted;
            break;
    }
}

}  // namespace kedge::sim
