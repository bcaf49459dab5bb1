#pragma once

#include "core/fader_curve.hpp"
#include "core/result.hpp"
#include "io/daw_loop.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <boost/json.hpp>

namespace kedge::cli {

/// What stands before the command on the command line, or in kedge.toml.
struct Settings {
    std::string surface = "ardour";
    std::string at;                   ///< HOST:PORT; empty for the surface's own
    std::uint16_t feedback_port = 0;  ///< where the DAW sends to; 0 for the surface's own
    std::string midi;                 ///< a control surface's ports, a name for each unit; empty: kedge's own
    std::string daw;                  ///< at a control surface: which DAW's, a profile's name or file
    std::string pattern;              ///< a .ReaperOSC file; empty for kedge's own
    bool json = false;
    std::string balance = "rock";  ///< a shipped profile's name, or a TOML file
};

/// A surface by its name on the command line.
struct SurfaceKind {
    std::string_view name;
    io::DawAddress address;  ///< where it listens unless --at says otherwise
    std::string_view how_to_turn_on;
    bool is_control_surface = false;         ///< on MIDI ports, not at an address
    FaderCurve faders = FaderCurve::ardour;  ///< how levels lie along its faders, where a hand is to see them
};

/// A usage error names the surfaces there are.
[[nodiscard]] Result<SurfaceKind> surface_kind(const std::string& name);

/// The address of --at, or the surface's own.
[[nodiscard]] Result<io::DawAddress> daw_address(const Settings& settings);

[[nodiscard]] int exit_code(ErrorKind kind);

/// {"kind", "message", "next"}: the error inside of a document.
[[nodiscard]] boost::json::object json_of(const Error& error);

}  // namespace kedge::cli
