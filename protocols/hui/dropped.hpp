#pragma once

#include <cstdint>

namespace kedge::hui {

/// MIDI messages that a decoder made nothing of, by kind. None is dropped that is not counted here.
struct Dropped {
    std::uint64_t port_without_zone = 0;  ///< no zone was selected before it
    std::uint64_t unknown_switch = 0;     ///< zone and port belong to none, or to none that goes this way
    std::uint64_t low_without_high = 0;   ///< half of a fader's position: the first one is missing
    std::uint64_t high_without_low = 0;   ///< the same, the second one: another first one came instead
    std::uint64_t out_of_range = 0;       ///< values without a meaning
    std::uint64_t malformed_sysex = 0;    ///< a HUI's, but for its command, length or characters
    std::uint64_t foreign_sysex = 0;      ///< other devices'
    std::uint64_t real_time = 0;          ///< clock, active sensing and the like
    std::uint64_t unknown = 0;            ///< what a HUI does not say, or not this way
    std::uint64_t cut_by_reset = 0;       ///< halves of positions that a new start found waiting

    [[nodiscard]] constexpr std::uint64_t total() const {
        return port_without_zone + unknown_switch + low_without_high + high_without_low + out_of_range +
               malformed_sysex + foreign_sysex + real_time + unknown + cut_by_reset;
    }
    bool operator==(const Dropped&) const = default;
};

}  // namespace kedge::hui
