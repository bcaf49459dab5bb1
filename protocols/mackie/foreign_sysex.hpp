#pragma once

#include "midi/message.hpp"

#include <array>

/// How SysEx of other makers' surfaces begin that take part in Mackie Control.
namespace kedge::mackie::foreign {

/// iCON: three numbers for the colour of each strip follow.
inline constexpr std::array icon_colours = {midi::Data7(0x00), midi::Data7(0x02), midi::Data7(0x4E),
                                            midi::Data7(0x16), midi::Data7(0x14)};
/// QCon's second LCD: offset and text follow, as on the first.
inline constexpr std::array second_lcd = {midi::Data7(0x00), midi::Data7(0x00), midi::Data7(0x67),
                                          midi::Data7(0x15), midi::Data7(0x13)};
/// X-Touch in its Xctl mode: nothing follows.
inline constexpr std::array xctl_hello = {midi::Data7(0x00), midi::Data7(0x20), midi::Data7(0x32),
                                          midi::Data7(0x58), midi::Data7(0x54), midi::Data7(0x00)};

}  // namespace kedge::mackie::foreign
