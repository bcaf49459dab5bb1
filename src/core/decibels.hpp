#pragma once

#include <compare>
#include <string>

namespace kedge {

/// A linear amplitude ratio: 1 is unity, 0 is silence. Never negative, never NaN.
class Gain {
  public:
    explicit constexpr Gain(double ratio) : ratio_(ratio) {}
    [[nodiscard]] constexpr double ratio() const { return ratio_; }
    constexpr auto operator<=>(const Gain&) const = default;

  private:
    double ratio_;
};

/// A level or a change of level, in decibels (20 log10 of an amplitude ratio).
///
/// Silence is minus infinity and a value like any other: adding to it or taking from it leaves silence,
/// it is below every other level, and its gain is 0. A level is never NaN and never plus infinity:
/// building one from such a number is a bug of the caller (asserted); decoders check with `is_level` first.
class Decibels {
  public:
    constexpr Decibels() = default;  ///< 0 dB
    explicit Decibels(double db);
    [[nodiscard]] static Decibels silence();
    /// Silence for a gain of 0.
    [[nodiscard]] static Decibels from_gain(Gain gain);
    /// True for every number a level can be: finite, or minus infinity.
    [[nodiscard]] static bool is_level(double db);

    [[nodiscard]] constexpr double db() const { return db_; }
    [[nodiscard]] bool is_silence() const;
    [[nodiscard]] Gain gain() const;

    /// Silence plus anything is silence.
    friend Decibels operator+(Decibels a, Decibels b);
    /// Silence minus anything is silence. Taking silence from a sounding level is a bug (asserted).
    friend Decibels operator-(Decibels a, Decibels b);
    /// A change turned round. The inverse of silence does not exist (asserted).
    friend Decibels operator-(Decibels a);
    Decibels& operator+=(Decibels other) { return *this = *this + other; }
    Decibels& operator-=(Decibels other) { return *this = *this - other; }
    constexpr auto operator<=>(const Decibels&) const = default;

  private:
    double db_ = 0.0;
};

/// The level of two uncorrelated signals together (powers add).
[[nodiscard]] Decibels power_sum(Decibels a, Decibels b);

/// How far apart two levels are, never negative; two silences are 0 dB apart; silence and a sound are
/// `Decibels(400)` apart, more than any two levels that sound.
[[nodiscard]] Decibels distance(Decibels a, Decibels b);

/// The multiple of `step` nearest to `level`; silence stays silence. `step` is above 0.
[[nodiscard]] Decibels nearest_step(Decibels level, Decibels step);

/// An inclusive range of levels, low <= high.
struct LevelRange {
    Decibels low;
    Decibels high;
    [[nodiscard]] bool holds(Decibels level, Decibels tolerance = Decibels()) const;
    [[nodiscard]] LevelRange shifted(Decibels by) const { return {low + by, high + by}; }
    constexpr bool operator==(const LevelRange&) const = default;
};

/// "-3.0 dB", "+2.5 dB", "-inf dB": always signed but for zero, one decimal.
[[nodiscard]] std::string to_string(Decibels level);

inline namespace literals {
inline Decibels operator""_dB(long double db) {
    return Decibels(static_cast<double>(db));
}
inline Decibels operator""_dB(unsigned long long db) {
    return Decibels(static_cast<double>(db));
}
}  // namespace literals

}  // namespace kedge
