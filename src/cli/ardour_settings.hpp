#pragma once

#include <string>
#include <vector>

namespace kedge::cli {

/// What an Ardour settings file of this user says about OSC.
struct ArdourSettings {
    std::string file;
    bool osc_enabled = false;
    std::string words;  ///< for the doctor
    std::string next;
};

/// One entry for every Ardour (6 to 9) that this user has run; empty where there is none.
[[nodiscard]] std::vector<ArdourSettings> ardour_settings();

/// Reads one settings file's text: is the protocol "Open Sound Control (OSC)" active, and on which port.
[[nodiscard]] ArdourSettings read_ardour_settings(const std::string& file, const std::string& xml);

}  // namespace kedge::cli
