#include "sim/simulated_hui.hpp"

#include <optional>

/// What the switches of a HUI do to the DAW.
namespace kedge::sim {

void SimulatedHui::on_switch(std::uint16_t unit, const hui::SwitchMoved& moved) {
    if (const auto key = moved.which.slot_key()) {
        on_strip_key(row().place_of(unit, moved.which.slot()->number()), *key, moved.pressed);
    } else if (const auto global = moved.which.key(); global && moved.pressed) {
        on_key(*global);
    }
}

void SimulatedHui::on_strip_key(SurfacePlace place, hui::SlotKey key, bool pressed) {
    if (key == hui::SlotKey::fader_touch) {
        touch(place, pressed);
        return;
    }
    if (!pressed) return;
    switch (key) {
        case hui::SlotKey::select:
            press_select(place);
            break;
        case hui::SlotKey::mute:
            toggle_mute(place);
            break;
        case hui::SlotKey::solo:
            toggle_solo(place);
            break;
        case hui::SlotKey::record_ready:
            toggle_record(place);
            break;
        case hui::SlotKey::v_select:
            centre_pan(place);
            break;
        default:
            break;
    }
}

void SimulatedHui::on_key(Key key) {
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
            transport().rewind();
            break;
        case Key::fast_forward:
            transport().fast_forward();
            break;
        case Key::return_to_zero:
            transport().to_start();
            break;
        case Key::to_end:
            transport().to_end();
            break;
        case Key::loop:
            transport().toggle_loop();
            break;
        case Key::undo:
            undo();
            break;
        case Key::save:
            save();
            break;
        default:
            if (settings_.automation_keys) on_automation_key(key);
    }
}

void SimulatedHui::on_automation_key(Key key) {
    std::optional<AutomationMode> mode;
    if (key == Key::mode_read) mode = AutomationMode::play;
    if (key == Key::mode_write) mode = AutomationMode::write;
    if (key == Key::mode_touch) mode = AutomationMode::touch;
    if (key == Key::mode_latch) mode = AutomationMode::latch;
    if (key == Key::mode_off) mode = AutomationMode::manual;
    if (mode) set_selected_modes(*mode);
}

}  // namespace kedge::sim
