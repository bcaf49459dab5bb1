#pragma once

#include "core/time.hpp"
#include "sim/banked_host_settings.hpp"

namespace kedge::sim {

/// In what DAWs differ as hosts of a HUI.
struct HuiHostSettings {
    BankedHostSettings shared{};

    Duration ping_every = std::chrono::seconds(1);
    /// Without an answer to a ping for so long the HUI is disconnected, and hears nothing but pings until it
    /// answers; zero: nobody looks.
    Duration answer_within = std::chrono::seconds(2);
    bool units_by_channel = false;  ///< all on the first port, each on a MIDI channel of its own
    bool main_display = true;       ///< shows the name and the value of what is moved
    bool time_display = true;
    int frames_a_second = 25;
    bool automation_keys = true;  ///< for all selected strips
    bool clears_labels_when_leaving = false;
};

/// As far as is known; what is not is said in README.md.
[[nodiscard]] HuiHostSettings hui_as_pro_tools();
/// The partial driver that Cockos published.
[[nodiscard]] HuiHostSettings hui_as_reaper();
/// No DAW that is known: what each allows itself, and all of it at once.
[[nodiscard]] HuiHostSettings hui_as_stubborn();

}  // namespace kedge::sim
