#pragma once

#include "integration/io/simulator_on_udp.hpp"
#include "sim/built_in_song.hpp"
#include "support/mixing_desk.hpp"

namespace kedge::test {

/// Made once: its samples are shared between copies.
inline const sim::Song& song() {
    static const sim::Song made = sim::built_in_song(2);
    return made;
}

/// Listens to the first `length` of the song, no further.
inline engine::MixOrder listen_order(Duration length) {
    engine::MixOrder order;
    order.depth = engine::MixDepth::listen;
    order.listen.part.from = SongTime();
    order.listen.part.to = SongTime(length);
    order.surface_name = "sim";
    return order;
}

}  // namespace kedge::test
