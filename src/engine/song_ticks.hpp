#pragma once

#include "core/capabilities.hpp"
#include "core/time.hpp"
#include "measure/tape.hpp"

/// What the listeners share: the ticks at which a rolling DAW reports where its song is.
namespace kedge::engine {

/// Between two ticks of a rolling transport the song cannot have moved further than this; else somebody
/// located.
inline constexpr Duration largest_tick = std::chrono::milliseconds(1500);

[[nodiscard]] bool has_meter(const Strip& strip);

/// What a meter still shows of a level so much later, with a margin.
[[nodiscard]] Decibels fallen(Decibels level, Duration later, const MeterLaw& law);

/// Whether a meter may show this only because it fell from there, wherever in their steps both were.
[[nodiscard]] bool may_have_fallen(Decibels from, Duration later, Decibels shown, const MeterLaw& law);

/// Notes the reading of a strip for a stretch of the song. A tick is sometimes longer than a cell: the cells
/// it jumped over were heard as well.
void record_stretch(measure::Tape& tape, std::size_t track, SongRange stretch, Decibels reading,
                    const Strip& strip);

}  // namespace kedge::engine
