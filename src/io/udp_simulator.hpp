#pragma once

#include "core/result.hpp"
#include "sim/simulated_ardour.hpp"

#include <cstdint>
#include <functional>

namespace kedge::io {

/// Puts a simulated DAW on a UDP port of this machine (loopback only) in real time, until Ctrl-C. `on_up` is
/// called once the port is open, `on_save` (may be empty) each time the DAW was told to save. A port that is
/// taken is an error that names it.
[[nodiscard]] Result<void> serve_simulator(sim::SimulatedArdour& daw, std::uint16_t port,
                                           const std::function<void()>& on_up,
                                           const std::function<void()>& on_save = {});

}  // namespace kedge::io
