#pragma once

#include "core/time.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace kedge::engine {

/// Where in the tape's cells the DAW's ticks fell while the song rolled. They come in nearly a cell's
/// distance, so over a few seconds the place is nearly the same.
class TickPhase {
  public:
    /// The DAW reported its meters and this position.
    void ticked(SongTime at);
    /// The middle place of the ticks of a part, from the start of their cells: 0 to one cell; nullopt when
    /// none fell there.
    [[nodiscard]] std::optional<Duration> in(SongRange part) const;

  private:
    static constexpr std::int8_t none = -1;
    std::vector<std::int8_t> milliseconds_;  ///< by cell
};

}  // namespace kedge::engine
