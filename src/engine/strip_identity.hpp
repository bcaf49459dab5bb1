#pragma once

#include "core/capabilities.hpp"
#include "core/mixer_state.hpp"
#include "core/pass.hpp"
#include "core/result.hpp"

#include <map>
#include <span>
#include <vector>

/// Where the words of the journal become strips of the mixer. Nothing but a name outlives a connection, so
/// what cannot be told for certain is refused before the first byte. Pure.
namespace kedge::engine {

/// Which strip of the mixer each recorded one is. One that is not there any more is missing.
using RecordedStrips = std::map<StripName, StripId>;

/// Tells the strips of a pass again. `entries` are one for each control, as the pass left it: what a
/// confirmed one holds is evidence. A strip renamed while it was watched is found under its new name.
///
/// Refused, naming the strips and what to do, when one of them cannot be told from another: two strips of the
/// same kind and name, now or when it was recorded; a name that another strip had before; two strips that
/// each stand where the pass left the other.
///
/// `capabilities` say how exactly the DAW reads back: what it shows as one value is one here.
[[nodiscard]] Result<RecordedStrips> recognise_recorded(std::span<const PassEntry> entries,
                                                        const MixerState& mixer,
                                                        const Capabilities& capabilities);

/// A recorded strip as the mixer has it; nullptr when it is not there any more.
[[nodiscard]] const Strip* find_recorded(const RecordedStrips& strips, const StripName& recorded,
                                         const MixerState& mixer);

/// Refused when another strip of the mixer has the kind and name of one of these: what is done to them could
/// not be taken back. An id that is not in the mixer is nobody's twin.
[[nodiscard]] Result<void> refuse_twins(std::span<const StripId> strips, const MixerState& mixer);

}  // namespace kedge::engine
