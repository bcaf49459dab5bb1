#pragma once

#include <cstdint>

/// The status bytes of MIDI 1.0, channel 0 where they have one.
namespace kedge::midi::status {

inline constexpr std::uint8_t note_off = 0x80;
inline constexpr std::uint8_t note_on = 0x90;
inline constexpr std::uint8_t poly_pressure = 0xA0;
inline constexpr std::uint8_t control_change = 0xB0;
inline constexpr std::uint8_t program_change = 0xC0;
inline constexpr std::uint8_t channel_pressure = 0xD0;
inline constexpr std::uint8_t pitch_bend = 0xE0;

inline constexpr std::uint8_t sysex = 0xF0;
inline constexpr std::uint8_t quarter_frame = 0xF1;
inline constexpr std::uint8_t song_position = 0xF2;
inline constexpr std::uint8_t song_select = 0xF3;
inline constexpr std::uint8_t tune_request = 0xF6;
inline constexpr std::uint8_t end_of_sysex = 0xF7;

/// From here on real-time.
inline constexpr std::uint8_t first_real_time = 0xF8;

}  // namespace kedge::midi::status
