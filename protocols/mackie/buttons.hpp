#pragma once

#include "mackie/unit_words.hpp"

#include <compare>
#include <cstdint>
#include <optional>
#include <string>

namespace kedge::mackie {

/// The buttons that every slot has. The value is the first slot's note.
enum class SlotKey : std::uint8_t {
    rec = 0x00,
    solo = 0x08,
    mute = 0x10,
    select = 0x18,
    vpot = 0x20,  ///< the V-Pot pushed
};

/// The buttons that only a main unit has. The value is the note.
enum class Key : std::uint8_t {
    assign_track = 0x28,
    assign_send,
    assign_pan,  ///< and surround
    assign_plugin,
    assign_eq,
    assign_instrument,
    bank_left,
    bank_right,
    channel_left,
    channel_right,
    flip,
    global_view,
    name_value,
    smpte_beats,
    f1,
    f2,
    f3,
    f4,
    f5,
    f6,
    f7,
    f8,
    view_midi_tracks,
    view_inputs,
    view_audio_tracks,
    view_instruments,
    view_aux,
    view_busses,
    view_outputs,
    view_user,
    shift,
    option,
    control,
    alt,  ///< Cmd on some
    read_off,
    write,
    trim,
    touch,
    latch,
    group,
    save,
    undo,
    cancel,
    enter,
    marker,
    nudge,
    cycle,
    drop,
    replace,
    click,
    solo,
    rewind,
    fast_forward,
    stop,
    play,
    record,
    cursor_up,
    cursor_down,
    cursor_left,
    cursor_right,
    zoom,
    scrub,
    user_switch_a,
    user_switch_b,
};

/// A button of a unit, and the LED in it: both have the same note.
class Button {
  public:
    constexpr Button(Key key) : note_(static_cast<std::uint8_t>(key)) {}
    constexpr Button(SlotKey key, Slot slot)
        : note_(static_cast<std::uint8_t>(static_cast<int>(key) + slot.index())) {}
    /// nullopt for notes that are no button's.
    [[nodiscard]] static std::optional<Button> at(midi::Data7 note);

    [[nodiscard]] constexpr midi::Data7 note() const { return midi::Data7(note_); }
    /// Which of a slot's buttons, and whose; nullopt for the others.
    [[nodiscard]] constexpr std::optional<SlotKey> slot_key() const {
        if (!is_of_slot()) return std::nullopt;
        return static_cast<SlotKey>(note_ - note_ % Slot::count);
    }
    [[nodiscard]] constexpr std::optional<Slot> slot() const {
        if (!is_of_slot()) return std::nullopt;
        return Slot(note_ % Slot::count);
    }
    /// nullopt for the buttons of slots.
    [[nodiscard]] constexpr std::optional<Key> key() const {
        if (is_of_slot()) return std::nullopt;
        return static_cast<Key>(note_);
    }
    constexpr auto operator<=>(const Button&) const = default;

  private:
    [[nodiscard]] constexpr bool is_of_slot() const { return note_ < static_cast<int>(Key::assign_track); }
    std::uint8_t note_;
};

/// "play", "mute 3"; slots are counted from 1 here.
[[nodiscard]] std::string to_string(Button button);

/// What a host has a button's LED do.
enum class Led : std::uint8_t { off, blink, on };

/// LEDs that are not in a button. The value is the note.
enum class Indicator : std::uint8_t {
    smpte = 0x71,
    beats = 0x72,
    rude_solo = 0x73,  ///< something somewhere is soloed
};
/// nullopt for other notes.
[[nodiscard]] std::optional<Indicator> indicator_at(midi::Data7 note);

}  // namespace kedge::mackie
