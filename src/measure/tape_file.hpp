#pragma once

#include "core/mixer_state.hpp"
#include "core/result.hpp"
#include "measure/fresh_readings.hpp"
#include "measure/tape.hpp"

#include <cstddef>
#include <functional>
#include <optional>
#include <span>

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

/// Takes bytes of a file in their order.
using ByteSink = std::function<void(std::span<const std::byte>)>;
/// Fills the span with the file's next bytes and returns how many there were; fewer than asked for at its
/// end.
using ByteSource = std::function<std::size_t(std::span<std::byte>)>;

/// Writes a tape file: little-endian, versioned, with a checksum. Piece by piece, as a tape of an hour is as
/// large as everything else in memory together.
void encode_tape(const StoredTape& stored, const ByteSink& sink);

/// Reads what encode_tape wrote. Anything else (truncated, foreign, another version, a flipped bit, more
/// behind it) is a storage error; never trusts a length in the file.
[[nodiscard]] Result<StoredTape> decode_tape(const ByteSource& source);

}  // namespace kedge::measure
