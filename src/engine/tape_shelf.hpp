#pragma once

#include "core/mixer_state.hpp"
#include "measure/tape_file.hpp"

#include <optional>

namespace kedge::engine {

/// Where tapes are kept, one for each session. A tape that cannot be read is no tape; a tape that cannot be
/// stored costs the next command a listen, and the reason is given back to be said.
class TapeShelf {
  public:
    virtual ~TapeShelf() = default;
    [[nodiscard]] virtual std::optional<measure::StoredTape> load(const SessionInfo& session) = 0;
    virtual Result<void> store(const measure::StoredTape& tape) = 0;
};

/// True when the tape was recorded from a session that looks the same: name, rate, end (where the DAW has
/// told it), and the same strips in kind and name. On success the tape's tracks carry the ids of `mixer`.
[[nodiscard]] bool fits(measure::StoredTape& stored, const MixerState& mixer);

}  // namespace kedge::engine
