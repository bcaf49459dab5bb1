#pragma once

#include "core/decibels.hpp"
#include "core/fader_position.hpp"
#include "core/strip.hpp"
#include "core/time.hpp"

#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kedge::control {

/// One of the two lines of a cell.
enum class ScribbleLine : std::uint8_t { upper, lower };

/// What a cell of the display is to show on one line; six characters at most, ASCII.
struct ShowText {
    std::size_t place = 0;
    ScribbleLine line = ScribbleLine::upper;
    std::string text;
    bool operator==(const ShowText&) const = default;
};

/// What stands on the scribble strips over a controller's places: a strip's name above; below, what has just
/// been moved, else what waits for a person, else where the fader stands. Told only where it changes. Pure.
class Scribble {
  public:
    /// What was moved is shown for so long.
    static constexpr Duration moved_is_shown_for = std::chrono::milliseconds(1200);
    static constexpr std::size_t cell_width = 6;

    /// What was done on a strip, in words: where it stands now.
    void moved(Instant now, StripId strip, std::string words);
    /// The strip at this place, and what stands below its name when nothing of it was moved lately.
    void show(Instant now, std::size_t place, const Strip& strip, const std::string& below,
              std::vector<ShowText>& out);
    /// No strip is at this place.
    void show_none(std::size_t place, std::vector<ShowText>& out);
    /// The device shows something else, or nothing.
    void forget_shown() { shown_.clear(); }
    /// When a line is to change by itself; nullopt for never.
    [[nodiscard]] std::optional<Instant> wake_at(Instant now) const;

  private:
    struct Cell {
        std::size_t place;
        ScribbleLine line;
        auto operator<=>(const Cell&) const = default;
    };
    struct Moved {
        std::string words;
        Instant until;
    };

    void tell(Cell cell, std::string text, std::vector<ShowText>& out);

    std::map<StripId, Moved> moved_;
    std::map<Cell, std::string> shown_;
};

/// As much of a name as a cell holds, question marks for what is not ASCII: first without blanks, then
/// without its later vowels, then cut.
[[nodiscard]] std::string name_in_cell(std::string_view name);
/// "-12.0", "+3.5", "-inf".
[[nodiscard]] std::string level_in_cell(Decibels level);
/// A level likewise; "L 25"; "muted".
[[nodiscard]] std::string value_in_cell(const ControlValue& value);
/// "Rd 80%"
[[nodiscard]] std::string ride_depth_in_cell(FaderPosition depth);

}  // namespace kedge::control
