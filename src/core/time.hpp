#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <string>

namespace kedge {

/// A span of real time.
using Duration = std::chrono::nanoseconds;

/// The clock of everything outside src/io: it has no now(). Instants are handed in by the loop, real or
/// virtual.
struct InjectedClock {
    using duration = Duration;
    using rep = duration::rep;
    using period = duration::period;
    using time_point = std::chrono::time_point<InjectedClock>;
    static constexpr bool is_steady = true;
};

/// A moment of the loop that runs us.
using Instant = InjectedClock::time_point;

/// Audio samples a second, above 0.
struct SampleRate {
    std::int64_t hertz = 48000;
    constexpr auto operator<=>(const SampleRate&) const = default;
};

/// A position in the song, from its start. Nanoseconds inside, so that a sample at any usual rate converts
/// there and back exactly; an hour is far from overflow.
class SongTime {
  public:
    constexpr SongTime() = default;
    explicit constexpr SongTime(Duration from_start) : at_(from_start) {}
    [[nodiscard]] static SongTime from_samples(std::int64_t samples, SampleRate rate);
    [[nodiscard]] static SongTime from_seconds(double seconds);

    [[nodiscard]] std::int64_t samples(SampleRate rate) const;
    [[nodiscard]] constexpr Duration since_start() const { return at_; }
    [[nodiscard]] double seconds() const { return std::chrono::duration<double>(at_).count(); }

    friend constexpr SongTime operator+(SongTime a, Duration d) { return SongTime(a.at_ + d); }
    friend constexpr SongTime operator-(SongTime a, Duration d) { return SongTime(a.at_ - d); }
    friend constexpr Duration operator-(SongTime a, SongTime b) { return a.at_ - b.at_; }
    constexpr auto operator<=>(const SongTime&) const = default;

  private:
    Duration at_{};
};

/// "1:05.2" (minutes:seconds, tenths).
[[nodiscard]] std::string to_string(SongTime at);

/// A stretch of the song, from <= to.
struct SongRange {
    SongTime from;
    SongTime to;
    [[nodiscard]] Duration length() const { return to - from; }
    constexpr bool operator==(const SongRange&) const = default;
};

}  // namespace kedge
