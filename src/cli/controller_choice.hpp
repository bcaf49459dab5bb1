#pragma once

#include "cli/profiles.hpp"
#include "io/midi_address.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kedge::cli {

/// A controller to be used: its profile, and the part of the names of its ports by which it is found.
struct ChosenController {
    std::string name;  ///< of the profile
    ControllerProfile profile;
    std::string port;
};

/// Of the ports there are the one that this profile is for; nullopt when there is none. Where several
/// profiles know a port, it belongs to the one that knows more of its name ("X-Touch Mini" is no "X-Touch").
[[nodiscard]] std::optional<std::string> port_of(const ControllerProfile& profile,
                                                 const std::vector<NamedController>& all,
                                                 const io::MidiPortNames& ports);

/// Each of `wanted` is PROFILE or PROFILE@PORT; none: every one that is plugged in. An error says which there
/// are.
[[nodiscard]] Result<std::vector<ChosenController>> choose_controllers(const std::vector<std::string>& wanted,
                                                                       const io::MidiPortNames& ports);

}  // namespace kedge::cli
