#pragma once

#include "engine/job.hpp"

namespace kedge::engine {

/// Turns the DAW's loop off while the song is to be played on, and on again afterwards. Where a DAW does not
/// tell its loop, whoever plays finds out by the song's jumping back.
class LiftedLoop {
  public:
    /// Before the song is played from there. A loop that ends before is not played, and is left alone.
    void lift(Desk& desk, SongTime from);
    /// Once the transport stands again.
    void put_back(Desk& desk);

  private:
    bool lifted_ = false;
};

}  // namespace kedge::engine
