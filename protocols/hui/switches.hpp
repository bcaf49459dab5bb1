#pragma once

#include "hui/unit_words.hpp"

#include <compare>
#include <cstdint>
#include <optional>
#include <string>

namespace kedge::hui {

/// What every strip has. The value is the port; the zone is the slot.
enum class SlotKey : std::uint8_t {
    fader_touch,
    select,
    mute,
    solo,
    automation,
    v_select,
    insert,
    record_ready,
};

/// Everything else. The value is eight times the zone, and the port.
enum class Key : std::uint8_t {
    ctrl = 0x08 * 8,
    shift,
    edit_mode,
    undo,
    alt_fine,
    option_all,
    edit_tool,
    save,
    window_mix = 0x09 * 8,
    window_edit,
    window_transport,
    window_mem_loc,
    window_status,
    window_alt,
    channel_left = 0x0A * 8,
    bank_left,
    channel_right,
    bank_right,
    assign_output = 0x0B * 8,
    assign_input,
    assign_pan,
    assign_send_e,
    assign_send_d,
    assign_send_c,
    assign_send_b,
    assign_send_a,
    assign = 0x0C * 8,
    assign_default,
    assign_suspend,
    assign_shift,
    assign_mute,
    assign_bypass,
    record_ready_all,
    cursor_down = 0x0D * 8,
    cursor_left,
    cursor_mode,
    cursor_right,
    cursor_up,
    scrub,
    shuttle,
    talkback = 0x0E * 8,
    rewind,
    fast_forward,
    stop,
    play,
    record,
    return_to_zero = 0x0F * 8,
    to_end,
    on_line,
    loop,
    quick_punch,
    punch_audition = 0x10 * 8,
    punch_pre,
    punch_in,
    punch_out,
    punch_post,
    monitor_input_3 = 0x11 * 8,
    monitor_input_2,
    monitor_input_1,
    monitor_mute,
    monitor_discrete,
    monitor_output_3 = 0x12 * 8,
    monitor_output_2,
    monitor_output_1,
    monitor_dim,
    monitor_mono,
    digit_0 = 0x13 * 8,
    digit_1,
    digit_4,
    digit_2,
    digit_5,
    pad_point,
    digit_3,
    digit_6,
    pad_enter = 0x14 * 8,
    pad_plus,
    digit_7 = 0x15 * 8,
    digit_8,
    digit_9,
    pad_minus,
    pad_clear,
    pad_equals,
    pad_slash,
    pad_star,
    timecode_led = 0x16 * 8,  ///< LEDs only, this and the three after it
    feet_led,
    beats_led,
    rude_solo_led,  ///< something somewhere is soloed
    enable_plug_in = 0x17 * 8,
    enable_pan,
    enable_fader,
    enable_send_mute,
    enable_send,
    enable_mute,
    mode_trim = 0x18 * 8,
    mode_latch,
    mode_read,
    mode_off,
    mode_write,
    mode_touch,
    status_phase = 0x19 * 8,
    status_monitor,
    status_auto,
    status_suspend,
    group_create,
    group,
    edit_paste = 0x1A * 8,
    edit_cut,
    edit_capture,
    edit_delete,
    edit_copy,
    edit_separate,
    f1 = 0x1B * 8,
    f2,
    f3,
    f4,
    f5,
    f6,
    f7,
    f8_escape,
    insert_or_parameter = 0x1C * 8,
    parameter_assign,
    parameter_select_1,
    parameter_select_2,
    parameter_select_3,
    parameter_select_4,
    parameter_bypass,
    parameter_compare,
    footswitch_1 = 0x1D * 8,
    footswitch_2,
    click,  ///< to a HUI alone; needs no putting out
    beep,   ///< to a HUI alone
    /// What a footswitch is from a HUI, to it is a relay.
    relay_1 = footswitch_1,
    relay_2 = footswitch_2,
};

/// A zone and a port: a switch, and the LED in it.
class Switch {
  public:
    static constexpr int zones = 0x1E;
    static constexpr int ports = 8;

    constexpr Switch() = default;  ///< the touch of the first slot's fader
    constexpr Switch(Key key) : number_(static_cast<std::uint8_t>(key)) {}
    constexpr Switch(SlotKey key, Slot slot)
        : number_(static_cast<std::uint8_t>(slot.number() * ports + static_cast<int>(key))) {}
    /// nullopt for zones and ports that have none.
    [[nodiscard]] static std::optional<Switch> at(midi::Data7 zone, int port);

    [[nodiscard]] constexpr midi::Data7 zone() const { return midi::Data7(number_ / ports); }
    [[nodiscard]] constexpr int port() const { return number_ % ports; }
    /// Which of a slot's, and whose; nullopt for the others.
    [[nodiscard]] constexpr std::optional<SlotKey> slot_key() const {
        if (!is_of_slot()) return std::nullopt;
        return static_cast<SlotKey>(port());
    }
    [[nodiscard]] constexpr std::optional<Slot> slot() const {
        if (!is_of_slot()) return std::nullopt;
        return Slot(number_ / ports);
    }
    /// nullopt for those of slots.
    [[nodiscard]] constexpr std::optional<Key> key() const {
        if (is_of_slot()) return std::nullopt;
        return static_cast<Key>(number_);
    }
    /// False for LEDs without a switch, click and beep: no HUI says that they were pressed.
    [[nodiscard]] constexpr bool can_be_pressed() const {
        constexpr auto leds = 0x16;
        return zone().value() != leds && key() != Key::click && key() != Key::beep;
    }
    constexpr auto operator<=>(const Switch&) const = default;

  private:
    [[nodiscard]] constexpr bool is_of_slot() const { return number_ < Slot::count * ports; }
    std::uint8_t number_ = 0;
};

/// The zone's and the port's words: "auto mode: read"; "strip 3: mute", counted from 1 here.
[[nodiscard]] std::string to_string(Switch which);

}  // namespace kedge::hui
