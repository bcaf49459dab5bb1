#include "engine/lifted_loop.hpp"

#include <utility>

namespace kedge::engine {

void LiftedLoop::lift(Desk& desk, SongTime from) {
    const auto loop = desk.surface().loop();
    if (lifted_ || !loop || !loop->on) return;
    // With nothing marked the whole song may be what is repeated.
    const bool behind = loop->range.length() > Duration::zero() && loop->range.to <= from;
    if (behind) return;
    desk.send(surface::SwitchLoop{false});
    lifted_ = true;
}

void LiftedLoop::put_back(Desk& desk) {
    if (std::exchange(lifted_, false)) desk.send(surface::SwitchLoop{true});
}

}  // namespace kedge::engine
