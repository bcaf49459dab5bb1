#pragma once

#include "core/result.hpp"
#include "mackie/host_messages.hpp"
#include "mackie/unusable.hpp"
#include "midi/message.hpp"

namespace kedge::mackie {

/// read_from_host() of a SysEx.
[[nodiscard]] tl::expected<FromHost, Unusable> read_host_sysex(const midi::SysEx& sysex);

}  // namespace kedge::mackie
