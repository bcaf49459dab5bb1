#pragma once

#include "core/capabilities.hpp"
#include "measure/tape.hpp"

namespace kedge::measure {

/// Whether two tapes of one session tell of a song that was changed in between (a region turned down, another
/// take), and not only of two looks at the same one.
///
/// They differ clearly when some strip of both has three seconds or more in which the loudest reading of one
/// lies over 3 dB above all that the other read there, two cells more to either side: ticks that fall
/// elsewhere read a short hit a cell later, and lower by what a meter falls in two ticks at most. Levels are
/// those of the source, before trim and fader. What one of them did not hear, what lies 40 dB under a strip's
/// loudest reading or below -50 dBFS, and strips that are muted or closed on either, say nothing; nor do
/// busses and the master, whose levels change with every fader.
[[nodiscard]] bool differ_clearly(const Tape& a, const Tape& b, MeterPoint point);

}  // namespace kedge::measure
