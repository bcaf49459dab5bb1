#pragma once

#include "core/decibels.hpp"
#include "core/pan.hpp"
#include "core/time.hpp"

#include <optional>
#include <string>

namespace kedge::sim {

/// What a DAW writes under a strip's name.
struct ValueRules {
    enum class Rest { nothing, word_pan, pan };
    enum class LevelText {
        padded,     ///< "  -6.0", " -inf "
        with_unit,  ///< "-6.0dB", "-infdB"
    };
    enum class PanText {
        shares,  ///< "L50R50", of a hundred
        side,    ///< "C", "L30", "R100"
    };
    bool shows = true;  ///< a value while it moves, or its fader is touched
    Duration hold = std::chrono::seconds(2);
    bool held_by_touch = true;  ///< the time begins when the fader is let go
    Rest rest = Rest::nothing;  ///< when nothing moves
    LevelText levels = LevelText::padded;
    PanText pans = PanText::shares;
};

[[nodiscard]] std::string level_text(Decibels level, ValueRules::LevelText form);
[[nodiscard]] std::string pan_text(Pan pan, ValueRules::PanText form);

/// The line under one strip's name.
class ValueLine {
  public:
    enum class Shown { rest, level, pan };

    /// The level or the pan was moved, or the fader touched.
    void show(Shown what, Instant now, const ValueRules& rules);
    /// At the rest at once.
    void drop() { shown_ = Shown::rest; }
    /// Where a value has been shown for long enough, the rest comes back. `held`: its fader is touched.
    [[nodiscard]] Shown look(Instant now, bool held, const ValueRules& rules);

  private:
    Shown shown_ = Shown::rest;
    Instant until_{};
};

[[nodiscard]] std::string value_text(ValueLine::Shown shown, Decibels level, Pan pan,
                                     const ValueRules& rules);

}  // namespace kedge::sim
