#pragma once

#include "core/decibels.hpp"
#include "core/pan.hpp"
#include "core/strip.hpp"
#include "osc/osc.hpp"
#include "sim/datagram.hpp"

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Ardour's OSC words and numbers as the simulated one writes them. Written apart from protocols/ardour, so
/// that a mistake there is not repeated here.
namespace kedge::sim {

// Bits of the third number of /set_surface.
inline constexpr std::int32_t bit_buttons = 1;
inline constexpr std::int32_t bit_values = 2;
inline constexpr std::int32_t bit_numbers_in_paths = 4;
inline constexpr std::int32_t bit_heartbeat = 8;
inline constexpr std::int32_t bit_globals = 16;
inline constexpr std::int32_t bit_bars = 32;
inline constexpr std::int32_t bit_meters = 128;
inline constexpr std::int32_t bit_samples = 1024;
inline constexpr std::int32_t bit_reply = 16384;
/// Ardour watches transport, positions and heartbeat only for who asks for one of these: heartbeat, globals,
/// bars, timecode, triggers, scenes.
inline constexpr std::int32_t bits_watched = 8 | 16 | 32 | 64 | 32768 | 65536;

// What Ardour writes for minus infinity.
inline constexpr double silent_meter = -193.0;
inline constexpr double silent_fader = -200.0;

[[nodiscard]] float to_wire(Decibels level, double silent);
/// Queries are answered by a fast logarithm: a parabola through each octave, and 3.3125 for log2(10).
[[nodiscard]] float query_answer(Decibels level);
/// On the wire pan runs from 0 = right to 1 = left.
[[nodiscard]] float pan_to_wire(Pan pan);
[[nodiscard]] Pan pan_from_wire(double position);
/// "AT", "B", "V" …
[[nodiscard]] std::string_view type_word(StripKind kind);
/// The bit of the second number of /set_surface that shows strips of a kind.
[[nodiscard]] std::int32_t type_bit(StripKind kind);
inline constexpr std::int32_t type_hidden = 512;
/// "gain", "trimdB", "pan_stereo_position", "mute".
[[nodiscard]] std::string_view control_word(Control control);
/// The control behind a path's word, "gain" and "fader" both the fader.
[[nodiscard]] std::optional<Control> control_of(std::string_view word);
/// A whole number, or nothing.
[[nodiscard]] std::optional<std::int32_t> number_in(std::string_view text);

void send(Peer to, std::string_view address, std::initializer_list<osc::Argument> arguments,
          std::vector<Datagram>& out);

}  // namespace kedge::sim
