#include "sim/mackie_clock_digits.hpp"
#include "sim/simulated_mackie.hpp"

#include <optional>

/// What the buttons of a Mackie Control do to the DAW.
namespace kedge::sim {

void SimulatedMackie::on_button(std::uint16_t port, const mackie::ButtonMoved& moved) {
    if (const auto key = moved.button.slot_key()) {
        if (moved.pressed) on_strip_key(row().place_of(port, moved.button.slot()->index()), *key);
    } else if (const auto global = moved.button.key(); global && port == 0) {
        if (moved.pressed) held_.insert(*global);
        on_key(*global, moved.pressed);
        if (!moved.pressed) held_.erase(*global);
    }
}

void SimulatedMackie::on_strip_key(SurfacePlace place, mackie::SlotKey key) {
    switch (key) {
        case mackie::SlotKey::rec:
            toggle_record(place);
            break;
        case mackie::SlotKey::solo:
            toggle_solo(place);
            break;
        case mackie::SlotKey::mute:
            toggle_mute(place);
            break;
        case mackie::SlotKey::select:
            press_select(place);
            break;
        case mackie::SlotKey::vpot:
            if (settings_.press_centres_pan || is_held(Key::shift)) centre_pan(place);
            break;
    }
}

void SimulatedMackie::on_key(Key key, bool pressed) {
    if (key >= Key::read_off && key <= Key::group) {
        on_automation_key(key, pressed);
        return;
    }
    if (key == Key::marker) {
        on_marker_key(pressed);
        return;
    }
    if (!pressed) return;
    switch (key) {
        case Key::bank_left:
            press(BankWindow::Move::bank_left);
            break;
        case Key::bank_right:
            press(BankWindow::Move::bank_right);
            break;
        case Key::channel_left:
            press(BankWindow::Move::channel_left);
            break;
        case Key::channel_right:
            press(BankWindow::Move::channel_right);
            break;
        case Key::smpte_beats:
            settings_.clock = clock_after(settings_.clock, settings_.digits);
            next_clock_ = {};
            break;
        case Key::save:
            save();
            save_until_ = clock() + settings_.save_lit;
            break;
        case Key::undo:
            if (is_held(Key::shift)) {
                redo();
            } else {
                undo();
            }
            undo_until_ = clock() + settings_.undo_lit;
            break;
        case Key::solo:
            clear_solos();
            break;
        case Key::flip:
            if (settings_.flips) flip();
            break;
        default:
            on_transport_key(key);
    }
}

void SimulatedMackie::on_transport_key(Key key) {
    switch (key) {
        case Key::play:
            transport().play();
            break;
        case Key::stop:
            transport().stop();
            break;
        case Key::record:
            transport().toggle_record();
            break;
        case Key::rewind:
            on_arrow_key(-1);
            break;
        case Key::fast_forward:
            on_arrow_key(1);
            break;
        case Key::cycle:
            transport().toggle_loop();
            break;
        case Key::click:
            transport().toggle_click();
            break;
        default:
            break;
    }
}

/// With marker held to the markers, with shift to the ends.
void SimulatedMackie::on_arrow_key(int way) {
    if (settings_.marker_is_a_modifier && is_held(Key::marker)) {
        marker_was_used_ = true;
        transport().go_to_marker(way);
    } else if (is_held(Key::shift) && !shared().transport.arrows_go_by_marker) {
        if (way < 0) {
            transport().to_start();
        } else {
            transport().to_end();
        }
    } else if (way < 0) {
        transport().rewind();
    } else {
        transport().fast_forward();
    }
}

void SimulatedMackie::on_marker_key(bool pressed) {
    if (pressed) marker_was_used_ = false;
    if (pressed == settings_.marker_is_a_modifier || marker_was_used_) return;
    transport().add_marker();
}

void SimulatedMackie::on_automation_key(Key key, bool pressed) {
    const bool as_ardour_does = settings_.automation == MackieHostSettings::Automation::ardour;
    if (pressed == as_ardour_does) return;
    std::optional<AutomationMode> mode;
    if (key == Key::read_off) mode = AutomationMode::play;
    if (key == Key::write) mode = AutomationMode::write;
    if (key == Key::touch) mode = AutomationMode::touch;
    if (key == Key::latch && !as_ardour_does) mode = AutomationMode::latch;
    if (key == (as_ardour_does ? Key::group : Key::trim)) mode = AutomationMode::manual;
    if (mode) set_selected_modes(*mode);
}

}  // namespace kedge::sim
