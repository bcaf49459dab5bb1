#pragma once

#include "core/pass.hpp"

#include <string>
#include <vector>

namespace kedge {

/// One control as a snapshot holds it.
struct SnapshotValue {
    StripName strip;
    Control control = Control::fader;
    ControlValue value;
    bool operator==(const SnapshotValue&) const = default;
};

/// The whole mixer at one moment, under a name.
struct Snapshot {
    std::string name;     ///< one of a kind in its session
    std::string surface;  ///< "ardour 127.0.0.1:3819"
    std::string session;  ///< the DAW's session name
    WallTime created;
    std::vector<SnapshotValue> values;  ///< in mixer order
};

}  // namespace kedge
