#include "cli/settings.hpp"

#include <array>

#include <boost/json.hpp>
#include <fmt/format.h>

namespace kedge::cli {

namespace {

constexpr std::string_view how_to_turn_on_a_surface =
    "In the DAW add a control surface of that kind, on kedge's MIDI ports ('kedge:1 out' sends, 'kedge:1 in' "
    "takes), or name the DAW's own ports with --midi; `kedge doctor` names those there are.";

const std::array<SurfaceKind, 6>& surfaces() {
    static const std::array<SurfaceKind, 6> all = {
        SurfaceKind{"ardour",
                    {"127.0.0.1", 3819},
                    "In Ardour open Edit > Preferences > Control Surfaces and tick 'Enabled' beside 'Open "
                    "Sound Control (OSC)'. "
                    "Its port is 3819 unless another program took it (a second Ardour listens on 3820). "
                    "For another address use --at HOST:PORT."},
        SurfaceKind{"reaper",
                    {"127.0.0.1", 8000},
                    "In REAPER open Options > Preferences > Control/OSC/web > Add, choose 'OSC (Open Sound "
                    "Control)', the mode 'Local "
                    "port', local listen port 8000, pattern config 'kedge' (`kedge --surface reaper doctor "
                    "--install-reaper` puts it there). For another port use --at HOST:PORT, for another "
                    "pattern config --pattern FILE; in a mode with a device port name that with "
                    "--feedback-port.",
                    false,
                    FaderCurve::reaper},
        SurfaceKind{"live",
                    {"127.0.0.1", 11'000, 11'001, true},
                    "Put AbletonOSC into Live's User Library, as the folder Remote Scripts/AbletonOSC, start "
                    "Live, and choose "
                    "AbletonOSC in Preferences (Settings in Live 12) > Link/Tempo/MIDI > Control Surface. "
                    "For another address use --at HOST:PORT.",
                    false,
                    FaderCurve::live},
        SurfaceKind{"mackie", {}, how_to_turn_on_a_surface, true},
        SurfaceKind{"hui", {}, how_to_turn_on_a_surface, true},
        SurfaceKind{"sim",
                    {"127.0.0.1", 3890},
                    "Start the simulated DAW in another terminal with `kedge sim`, or name its port with "
                    "--at 127.0.0.1:PORT."}};
    return all;
}

std::string_view to_string(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::usage:
            return "usage";
        case ErrorKind::no_daw:
            return "no-daw";
        case ErrorKind::refused:
            return "refused";
        case ErrorKind::rolled_back:
            return "rolled-back";
        case ErrorKind::conflict:
            return "conflict";
        case ErrorKind::storage:
            return "storage";
        case ErrorKind::interrupted:
            return "interrupted";
    }
    return "refused";
}

}  // namespace

Result<SurfaceKind> surface_kind(const std::string& name) {
    for (const auto& kind : surfaces())
        if (kind.name == name) return kind;
    return fail(ErrorKind::usage, fmt::format("There is no surface '{}'.", name),
                "This version knows --surface ardour, reaper, live, mackie, hui and sim.");
}

Result<io::DawAddress> daw_address(const Settings& settings) {
    const auto kind = surface_kind(settings.surface);
    if (!kind) return tl::unexpected(kind.error());
    auto address = kind->address;
    if (settings.feedback_port != 0) {
        address.feedback_port = settings.feedback_port;
        address.feedback_port_is_fixed = false;
    }
    if (settings.at.empty()) return address;
    return io::parse_address(settings.at, address);
}

boost::json::object json_of(const Error& error) {
    return {{"kind", to_string(error.kind)}, {"message", error.message}, {"next", error.next}};
}

int exit_code(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::usage:
            return 2;
        case ErrorKind::no_daw:
            return 3;
        case ErrorKind::rolled_back:
            return 4;
        case ErrorKind::conflict:
            return 5;
        case ErrorKind::refused:
        case ErrorKind::storage:
        case ErrorKind::interrupted:
            return 1;
    }
    return 1;
}

}  // namespace kedge::cli
