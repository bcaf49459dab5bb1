#pragma once

#include "core/decibels.hpp"
#include "sim/datagram.hpp"
#include "sim/sim_strip.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace kedge::sim {

/// What one client asked for with /set_surface, and what it was last shown.
struct SurfaceRecord {
    /// The arguments of /set_surface in their order; bank, send and plugin page sizes and link sets are kept
    /// and answered, nothing more.
    enum Setting {
        bank_size,
        strip_types,
        feedback,
        gainmode,
        send_page,
        plugin_page,
        port,
        linkset,
        linkid
    };
    std::array<std::int32_t, 9> settings = {0, 31, 0, 0, 0, 0, 0, 0, 1};

    std::vector<RouteId>
        shown;  ///< by number - 1, as last told: stale until the next tick when strips change
    std::vector<std::optional<Decibels>> meters;  ///< by number - 1
    std::vector<int>
        names_back_in;  ///< by number - 1: ticks until a dB text gives way to the name (gainmode 1)
    std::int64_t position = -1;
    std::string marker;

    [[nodiscard]] bool wants(std::int32_t bit) const { return (settings[feedback] & bit) != 0; }
    /// 0 for a strip that is not shown.
    [[nodiscard]] std::int32_t number_of(RouteId id) const {
        const auto found = std::find(shown.begin(), shown.end(), id);
        return found == shown.end() ? 0 : static_cast<std::int32_t>(found - shown.begin()) + 1;
    }
};

}  // namespace kedge::sim
