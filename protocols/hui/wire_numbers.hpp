#pragma once

#include <array>

/// The controllers and SysEx commands of a HUI. A slot's, fader's, ring's or V-Pot's number is added where
/// there are several.
namespace kedge::hui::wire {

// Both ways.
inline constexpr int fader_high = 0x00;
inline constexpr int fader_low = 0x20;

// To a HUI.
inline constexpr int lamp_zone = 0x0C;
inline constexpr int lamp_port = 0x2C;
inline constexpr int ring = 0x10;

// From a HUI.
inline constexpr int jog = 0x0D;
inline constexpr int switch_zone = 0x0F;
inline constexpr int switch_port = 0x2F;
inline constexpr int vpot = 0x40;

/// Of a port's value: on. The rest is the port.
inline constexpr int port_on = 0x40;

// Ping and its reply are note 0.
inline constexpr int ping_velocity = 0x00;
inline constexpr int reply_velocity = 0x7F;

inline constexpr std::array<int, 5> sysex_header = {0x00, 0x00, 0x66, 0x05, 0x00};
inline constexpr int label_command = 0x10;
inline constexpr int time_command = 0x11;
inline constexpr int text_command = 0x12;

/// Of a digit's code: the point behind it.
inline constexpr int time_point = 0x10;

}  // namespace kedge::hui::wire
