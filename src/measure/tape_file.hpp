#pragma once

#include "core/mixer_state.hpp"
#include "core/result.hpp"
#include "measure/fresh_readings.hpp"
#include "measure/tape.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace kedge::measure {

/// A tape with what is needed to know whether it still fits the session it was recorded from.
struct StoredTape {
    SessionInfo session;
    SongRange heard;
    Tape tape;  ///< StripIds are those of the connection that recorded it: rebind before use
    /// How far above the power sum of the strips' peaks a check found the bus; what a later plan foresees the
    /// bus by.
    std::optional<TruePeak> bus_over_sum;
};

/// The bytes of a tape file: little-endian, versioned, with a checksum.
[[nodiscard]] std::vector<std::byte> encode_tape(const StoredTape& stored);

/// Reads what encode_tape wrote. Anything else (truncated, foreign, another version, a flipped bit) is a
/// storage error; never trusts a length in the file.
[[nodiscard]] Result<StoredTape> decode_tape(std::span<const std::byte> bytes);

}  // namespace kedge::measure
