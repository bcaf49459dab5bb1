#pragma once

#include "core/decibels.hpp"
#include "core/pan.hpp"
#include "osc/osc.hpp"
#include "sim/datagram.hpp"

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

/// Ardour's OSC words and numbers as the simulated one writes them. Written apart from protocols/ardour, so
/// that a mistake there is not repeated here.
namespace kedge::sim {

// Bits of the third number of /set_surface.
inline constexpr std::int32_t bit_buttons = 1;
inline constexpr std::int32_t bit_values = 2;
inline constexpr std::int32_t bit_heartbeat = 8;
inline constexpr std::int32_t bit_globals = 16;
inline constexpr std::int32_t bit_meters = 128;
inline constexpr std::int32_t bit_samples = 1024;
inline constexpr std::int32_t bit_reply = 16384;

// What Ardour writes for minus infinity.
inline constexpr double silent_meter = -193.0;
inline constexpr double silent_fader = -200.0;

[[nodiscard]] float to_wire(Decibels level, double silent);
/// Queries are answered by a fast logarithm: a parabola through each octave, and 3.3125 for log2(10).
[[nodiscard]] float query_answer(Decibels level);
/// On the wire pan runs from 0 = right to 1 = left.
[[nodiscard]] float pan_to_wire(Pan pan);
/// A whole number, or -1 for anything else.
[[nodiscard]] std::int32_t number_in(std::string_view text);
/// "/strip/gain/3"
[[nodiscard]] std::string strip_path(std::string_view word, std::int32_t ssid);

void send(Peer to, std::string_view address, std::initializer_list<osc::Argument> arguments,
          std::vector<Datagram>& out);

}  // namespace kedge::sim
