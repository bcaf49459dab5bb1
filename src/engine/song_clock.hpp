#pragma once

#include "core/time.hpp"

#include <deque>
#include <optional>

namespace kedge::engine {

/// Where a rolling song is between the reports of its position, and whether it rolls on as it should. One
/// late report, or one that others overtook, moves nothing: the middle one of the last few counts.
///
/// The position told is the one that the DAW had when a report that arrives at that instant left it: what is
/// sent then meets the song later by a whole round trip, however that is shared between the two ways.
class SongClock {
  public:
    enum class Course {
        steady,
        doubtful,   ///< this report does not fit; the next one tells why
        jumped,     ///< somebody located, or the song loops
        off_speed,  ///< it does not play at its own speed
    };

    /// A position was reported. What it says of the song's course holds for this report alone.
    Course heard(Instant now, SongTime at);
    /// nullopt until a few positions came, while one is doubtful, and when none came for long.
    [[nodiscard]] std::optional<SongTime> at(Instant now) const;
    /// When a position that fits came last.
    [[nodiscard]] std::optional<Instant> last_steady() const;
    void forget();

  private:
    struct Report {
        Instant arrived;
        Duration lead;  ///< of the song before the loop's clock
    };
    [[nodiscard]] bool off_speed() const;
    /// The middle lead of up to `reports` from the given one on.
    [[nodiscard]] Duration middle_lead(std::size_t first, std::size_t count) const;
    [[nodiscard]] Duration lead() const;

    std::deque<Report> reports_;     ///< those that fit, the oldest first
    std::optional<Duration> stray_;  ///< lead of the last report, which does not fit
    int strays_ = 0;
};

}  // namespace kedge::engine
