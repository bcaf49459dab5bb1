#pragma once

#include "core/fader_curve.hpp"
#include "core/fader_position.hpp"
#include "core/result.hpp"

#include <optional>
#include <utility>
#include <variant>
#include <vector>

namespace kedge {

/// A position of which the level is known.
struct FaderAnchor {
    FaderPosition position;
    Decibels level;
    bool operator==(const FaderAnchor&) const = default;
};

/// Which level a position of a control surface's fader stands for: by a formula, laid evenly over the
/// positions, or by anchors. It rises from each position to the next; position 0 is silence. Safe from any
/// thread.
class FaderScale {
  public:
    explicit FaderScale(FaderCurve curve) : law_(curve) {}
    /// Through these, exactly, and smoothly between them. Beyond them is a guess: above the last it goes on
    /// as steep as it came, below the first the amplitude shrinks with the third power of the position. There
    /// are at least two, sorted, each higher in level than the one before, none at position 0, none silent:
    /// else a usage error that names the one that is wrong, counted from 1.
    [[nodiscard]] static Result<FaderScale> through(const std::vector<FaderAnchor>& anchors);

    [[nodiscard]] Decibels level_at(FaderPosition position) const;
    /// The position nearest to the level. Levels beyond an end stand there; what is too low for the first
    /// position stands at 0, as silence does.
    [[nodiscard]] FaderPosition position_of(Decibels level) const;
    /// The highest the fader goes.
    [[nodiscard]] Decibels top() const { return level_at(FaderPosition(FaderPosition::top)); }
    /// The formula; nullopt for a scale through anchors.
    [[nodiscard]] std::optional<FaderCurve> curve() const;
    /// Those that it goes through; none of a formula's.
    [[nodiscard]] std::vector<FaderAnchor> anchors() const;
    bool operator==(const FaderScale&) const = default;

  private:
    /// An anchor, and how steep the curve is there, in dB for a position.
    struct Knot {
        double position;
        double db;
        double slope;
        bool operator==(const Knot&) const = default;
    };
    using Knots = std::vector<Knot>;

    explicit FaderScale(Knots knots) : law_(std::move(knots)) {}
    static void lean(Knots& knots);
    [[nodiscard]] static double db_at(const Knots& knots, double position);
    [[nodiscard]] static double position_at(const Knots& knots, double db);

    std::variant<FaderCurve, Knots> law_;
};

}  // namespace kedge
