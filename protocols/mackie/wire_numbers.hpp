#pragma once

#include "midi/message.hpp"

/// The numbers of Mackie Control on the wire that no value carries itself.
namespace kedge::mackie {

inline constexpr midi::Channel first_channel{0};
inline constexpr midi::Channel master_meter_channel{1};

namespace command {
inline constexpr int device_query = 0x00;
inline constexpr int connection_query = 0x01;
inline constexpr int connection_reply = 0x02;
inline constexpr int connection_confirmed = 0x03;
inline constexpr int connection_refused = 0x04;
inline constexpr int reset_with_argument = 0x08;
inline constexpr int recalibrate_faders = 0x09;
inline constexpr int transport_click = 0x0A;
inline constexpr int backlight_saver = 0x0B;
inline constexpr int touchless_faders = 0x0C;
inline constexpr int touch_sensitivity = 0x0E;
inline constexpr int go_offline = 0x0F;
inline constexpr int timecode = 0x10;
inline constexpr int assignment = 0x11;
inline constexpr int lcd = 0x12;
inline constexpr int version_request = 0x13;
inline constexpr int version = 0x14;
inline constexpr int meter_mode = 0x20;
inline constexpr int meter_direction = 0x21;
inline constexpr int faders_to_minimum = 0x61;
inline constexpr int leds_off = 0x62;
inline constexpr int reset = 0x63;
inline constexpr int strip_colours = 0x72;
}  // namespace command

namespace controller {
inline constexpr int vpots = 0x10;
inline constexpr int pedal = 0x2E;
inline constexpr int rings = 0x30;
inline constexpr int jog = 0x3C;
inline constexpr int digits = 0x40;
}  // namespace controller

namespace note {
inline constexpr int fader_touch = 0x68;
inline constexpr int relay_click = 0x76;
}  // namespace note

namespace velocity {
inline constexpr midi::Data7 off{0x00};
inline constexpr midi::Data7 blink{0x01};
inline constexpr midi::Data7 on{0x7F};
/// Hosts take what is above it as pressed.
inline constexpr midi::Data7 half{0x40};
}  // namespace velocity

namespace meter {
inline constexpr int set_overload = 0x0E;
inline constexpr int clear_overload = 0x0F;
}  // namespace meter

/// The highest bit of a data byte: another direction, a dot, an LED.
inline constexpr int bit_six = 0x40;

}  // namespace kedge::mackie
