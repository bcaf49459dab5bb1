#pragma once

#include "core/decibels.hpp"
#include "core/pan.hpp"
#include "core/time.hpp"
#include "osc/osc.hpp"
#include "reaper/pattern_file.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// REAPER's numbers and words as values, and back. Pure; safe from any thread.
namespace kedge::reaper {

/// What the wire says a fader holds: dB (f), a position (n) or a text such as "-6.02dB" or "-inf" (s).
/// nullopt for what can be no fader. REAPER's floor of -150 dB is silence.
[[nodiscard]] std::optional<Decibels> level_from_wire(Flag flag, const osc::Message& message);
/// 0 is left, 1 right; nullopt for what is no number or far outside.
[[nodiscard]] std::optional<Pan> pan_from_wire(const osc::Message& message);
/// A meter's reading from 0 to 1, between the two ends of REAPER's meters (Preferences > Appearance > Track
/// meters); the lower end is silence. nullopt for what is no reading.
[[nodiscard]] std::optional<Decibels> meter_from_wire(const osc::Message& message, LevelRange meters);
/// What a person is told: "3.2.40" is bar 3, beat 2.
struct BarAndBeat {
    int bar = 1;
    int beat = 1;
    bool operator==(const BarAndBeat&) const = default;
};
[[nodiscard]] std::optional<BarAndBeat> bar_from_wire(std::string_view text);
/// A whole number and nothing else.
[[nodiscard]] std::optional<int> whole_number(std::string_view text);

/// A message for a fader.
[[nodiscard]] std::vector<std::byte> level_message(const std::string& address, Flag flag, Decibels level);
/// A message with one number, as the flag has it: a whole number for i, else a float.
[[nodiscard]] std::vector<std::byte> number_message(const std::string& address, Flag flag, double value);
[[nodiscard]] std::vector<std::byte> text_message(const std::string& address, std::string_view text);
/// A message that makes REAPER forget what it last told at this address, and does nothing else: so the next
/// time it goes over its tracks it tells it again. A trigger gets a 0, which triggers nothing; everything
/// else gets no argument at all.
[[nodiscard]] std::vector<std::byte> question_message(const std::string& address, Flag flag);

}  // namespace kedge::reaper
