#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace kedge::mackie {

/// Why a MIDI message means nothing here.
enum class Unusable : std::uint8_t {
    real_time,        ///< clock, active sensing: no concern of a surface's
    unknown_message,  ///< a note, controller, channel or kind of message that Mackie Control has not
    other_maker,      ///< SysEx of another maker
    other_model,      ///< SysEx of Mackie's for another device, as 05, a HUI
    unknown_command,  ///< SysEx for this device, of no known meaning
    wrong_length,     ///< SysEx with too few or too many bytes for its command
    out_of_range,     ///< a known message with a value that it cannot have
};
inline constexpr std::size_t unusable_kinds = static_cast<std::size_t>(Unusable::out_of_range) + 1;

/// "other maker"
[[nodiscard]] std::string_view to_string(Unusable why);

/// How many messages were not usable, by kind.
class UnusableCounts {
  public:
    void count(Unusable why) { ++counts_.at(static_cast<std::size_t>(why)); }
    [[nodiscard]] std::uint64_t of(Unusable why) const { return counts_.at(static_cast<std::size_t>(why)); }
    [[nodiscard]] std::uint64_t total() const;

  private:
    std::array<std::uint64_t, unusable_kinds> counts_{};
};

}  // namespace kedge::mackie
