#pragma once

#include "sim/audio_engine.hpp"
#include "sim/strip_voice.hpp"

namespace kedge::sim {

/// Everything of a strip in Ardour's order, which says "select" twice; `expand` ends it when the surface's
/// list is new.
void say_everything(const StripVoice& voice, SurfaceRecord& record, const AudioEngine& engine,
                    const SimStrip& strip, bool expand);

/// The value of a control as it counts: a fader with its VCAs, in decibels or as a position or both, as the
/// surface's gainmode says; in gainmode 1 the name shows the decibels for a while.
void say_value(const StripVoice& voice, SurfaceRecord& record, const AudioEngine& engine,
               const SimStrip& strip, Control control);

/// The automation mode as a number and as a name.
void say_mode(const StripVoice& voice, const SurfaceRecord& record, const SimStrip& strip, Control control);

}  // namespace kedge::sim
