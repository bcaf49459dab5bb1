#pragma once

#include "ardour/ardour_session.hpp"
#include "engine/engine.hpp"
#include "engine/virtual_loop.hpp"
#include "support/mixing_desk.hpp"

namespace kedge::test {

/// A session at a DAW in virtual time, and a desk to work from.
template <typename Shelf = NoShelf>
struct MixingRoom {
    explicit MixingRoom(engine::VirtualDaw& daw) : loop(engine, daw) {}

    ardour::ArdourSession session;
    engine::Engine engine{session};
    engine::VirtualLoop loop;
    MixingDesk<Shelf> desk;
};

}  // namespace kedge::test
