#include "support/catch.hpp"
#include "unit/mackie/mackie_frames.hpp"

#include <array>
#include <string>
#include <string_view>

using namespace kedge;
using namespace kedge::mackie;
using namespace kedge::test;

namespace {

struct NoteRow {
    int note;
    Key key;
    std::string_view word;
};

/// The table of notes, written once more.
constexpr std::array key_rows = {
    NoteRow{0x28, Key::assign_track, "assign track"},
    NoteRow{0x29, Key::assign_send, "assign send"},
    NoteRow{0x2A, Key::assign_pan, "assign pan"},
    NoteRow{0x2B, Key::assign_plugin, "assign plug-in"},
    NoteRow{0x2C, Key::assign_eq, "assign EQ"},
    NoteRow{0x2D, Key::assign_instrument, "assign instrument"},
    NoteRow{0x2E, Key::bank_left, "bank left"},
    NoteRow{0x2F, Key::bank_right, "bank right"},
    NoteRow{0x30, Key::channel_left, "channel left"},
    NoteRow{0x31, Key::channel_right, "channel right"},
    NoteRow{0x32, Key::flip, "flip"},
    NoteRow{0x33, Key::global_view, "global view"},
    NoteRow{0x34, Key::name_value, "name/value"},
    NoteRow{0x35, Key::smpte_beats, "SMPTE/beats"},
    NoteRow{0x36, Key::f1, "F1"},
    NoteRow{0x37, Key::f2, "F2"},
    NoteRow{0x38, Key::f3, "F3"},
    NoteRow{0x39, Key::f4, "F4"},
    NoteRow{0x3A, Key::f5, "F5"},
    NoteRow{0x3B, Key::f6, "F6"},
    NoteRow{0x3C, Key::f7, "F7"},
    NoteRow{0x3D, Key::f8, "F8"},
    NoteRow{0x3E, Key::view_midi_tracks, "MIDI tracks"},
    NoteRow{0x3F, Key::view_inputs, "inputs"},
    NoteRow{0x40, Key::view_audio_tracks, "audio tracks"},
    NoteRow{0x41, Key::view_instruments, "audio instruments"},
    NoteRow{0x42, Key::view_aux, "aux"},
    NoteRow{0x43, Key::view_busses, "busses"},
    NoteRow{0x44, Key::view_outputs, "outputs"},
    NoteRow{0x45, Key::view_user, "user"},
    NoteRow{0x46, Key::shift, "shift"},
    NoteRow{0x47, Key::option, "option"},
    NoteRow{0x48, Key::control, "control"},
    NoteRow{0x49, Key::alt, "alt"},
    NoteRow{0x4A, Key::read_off, "read/off"},
    NoteRow{0x4B, Key::write, "write"},
    NoteRow{0x4C, Key::trim, "trim"},
    NoteRow{0x4D, Key::touch, "touch"},
    NoteRow{0x4E, Key::latch, "latch"},
    NoteRow{0x4F, Key::group, "group"},
    NoteRow{0x50, Key::save, "save"},
    NoteRow{0x51, Key::undo, "undo"},
    NoteRow{0x52, Key::cancel, "cancel"},
    NoteRow{0x53, Key::enter, "enter"},
    NoteRow{0x54, Key::marker, "marker"},
    NoteRow{0x55, Key::nudge, "nudge"},
    NoteRow{0x56, Key::cycle, "cycle"},
    NoteRow{0x57, Key::drop, "drop"},
    NoteRow{0x58, Key::replace, "replace"},
    NoteRow{0x59, Key::click, "click"},
    NoteRow{0x5A, Key::solo, "solo"},
    NoteRow{0x5B, Key::rewind, "rewind"},
    NoteRow{0x5C, Key::fast_forward, "fast forward"},
    NoteRow{0x5D, Key::stop, "stop"},
    NoteRow{0x5E, Key::play, "play"},
    NoteRow{0x5F, Key::record, "record"},
    NoteRow{0x60, Key::cursor_up, "up"},
    NoteRow{0x61, Key::cursor_down, "down"},
    NoteRow{0x62, Key::cursor_left, "left"},
    NoteRow{0x63, Key::cursor_right, "right"},
    NoteRow{0x64, Key::zoom, "zoom"},
    NoteRow{0x65, Key::scrub, "scrub"},
    NoteRow{0x66, Key::user_switch_a, "user switch A"},
    NoteRow{0x67, Key::user_switch_b, "user switch B"},
};

std::string note_frame(int note, std::string_view velocity) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string frame = "90 ";
    frame += digits[static_cast<std::size_t>(note / 16)];
    frame += digits[static_cast<std::size_t>(note % 16)];
    return frame + " " + std::string(velocity);
}

void check_button(int note, Button button) {
    CHECK(Button::at(midi::Data7(note)) == button);
    check_device_says(note_frame(note, "7F"), ButtonMoved{button, true});
    check_device_says(note_frame(note, "00"), ButtonMoved{button, false});
    check_host_says(note_frame(note, "00"), SetLed{button, Led::off});
    check_host_says(note_frame(note, "01"), SetLed{button, Led::blink});
    check_host_says(note_frame(note, "7F"), SetLed{button, Led::on});
}

}  // namespace

TEST_CASE("Mackie: the buttons of the main unit", "[M6.1][M6.2][M6.4]") {
    int next = 0x28;
    for (const auto& row : key_rows) {
        CAPTURE(row.word);
        CHECK(row.note == next++);
        check_button(row.note, row.key);
        CHECK(to_string(Button(row.key)) == row.word);
        CHECK(Button(row.key).key() == row.key);
        CHECK_FALSE(Button(row.key).slot());
        CHECK_FALSE(Button(row.key).slot_key());
    }
    CHECK(next == 0x68);
}

TEST_CASE("Mackie: the buttons of each strip", "[M6.1][M6.2][M6.4]") {
    struct SlotRow {
        int first;
        SlotKey key;
        std::string_view word;
    };
    constexpr std::array rows = {SlotRow{0x00, SlotKey::rec, "rec"}, SlotRow{0x08, SlotKey::solo, "solo"},
                                 SlotRow{0x10, SlotKey::mute, "mute"},
                                 SlotRow{0x18, SlotKey::select, "select"},
                                 SlotRow{0x20, SlotKey::vpot, "V-Pot"}};
    for (const auto& row : rows)
        for (int index = 0; index < Slot::count; ++index) {
            const Button button(row.key, Slot(index));
            check_button(row.first + index, button);
            CHECK(to_string(button) == std::string(row.word) + " " + std::to_string(index + 1));
            CHECK(button.slot() == Slot(index));
            CHECK(button.slot_key() == row.key);
            CHECK_FALSE(button.key());
        }
}

TEST_CASE("Mackie: notes that are no button's", "[M6.4]") {
    for (const int note : {0x71, 0x72, 0x73, 0x74, 0x75, 0x76, 0x77, 0x7F}) {
        CHECK_FALSE(Button::at(midi::Data7(note)));
        check_unusable_from_device(note_frame(note, "7F"), Unusable::unknown_message);
    }
    for (const int note : {0x70, 0x74, 0x75, 0x77, 0x7F})
        check_unusable_from_host(note_frame(note, "7F"), Unusable::unknown_message);
    check_unusable_from_device("91 10 7F", Unusable::unknown_message);
    check_unusable_from_host("91 10 7F", Unusable::unknown_message);
}

TEST_CASE("Mackie: a button counts as pressed above half the velocity", "[M6.3]") {
    check_device_means("90 5E 41", ButtonMoved{Key::play, true});
    check_device_means("90 5E 40", ButtonMoved{Key::play, false});
    check_device_means("90 68 41", FaderTouched{Slot(0), true});
    check_device_means("90 68 01", FaderTouched{Slot(0), false});
}

TEST_CASE("Mackie: LEDs that are not in a button", "[M6.5]") {
    check_host_says("90 71 7F", SetIndicator{Indicator::smpte, Led::on});
    check_host_says("90 72 00", SetIndicator{Indicator::beats, Led::off});
    check_host_says("90 73 01", SetIndicator{Indicator::rude_solo, Led::blink});
}

TEST_CASE("Mackie: the relay clicks", "[M6.6]") {
    check_host_says("90 76 7F", RelayClick{true});
    check_host_says("90 76 00", RelayClick{false});
}

TEST_CASE("Mackie: other odd velocities blink, even ones mean nothing", "[M6.7]") {
    check_host_means("90 10 03", SetLed{Button(SlotKey::mute, Slot(0)), Led::blink});
    check_host_means("90 10 7D", SetLed{Button(SlotKey::mute, Slot(0)), Led::blink});
    check_unusable_from_host("90 10 02", Unusable::out_of_range);
    check_unusable_from_host("90 71 7E", Unusable::out_of_range);
}

TEST_CASE("Mackie: REAPER lights flip by having it blink", "[M6.8]") {
    check_host_says("90 32 01", SetLed{Key::flip, Led::blink});
}

TEST_CASE("Mackie: a NoteOff is a note let go", "[M6.11]") {
    check_device_means("80 5E 40", ButtonMoved{Key::play, false});
    check_device_means("80 70 00", FaderTouched{Fader::master(), false});
    check_host_means("80 5E 40", SetLed{Key::play, Led::off});
    check_host_means("80 73 00", SetIndicator{Indicator::rude_solo, Led::off});
    check_unusable_from_device("81 5E 40", Unusable::unknown_message);
}
