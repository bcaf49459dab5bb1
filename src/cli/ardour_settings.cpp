#include "cli/ardour_settings.hpp"

#include "io/state_files.hpp"

#include <regex>

#include <fmt/format.h>

namespace kedge::cli {

ArdourSettings read_ardour_settings(const std::string& file, const std::string& xml) {
    // Ardour writes one element a line; attributes come in any order.
    static const std::regex protocol(R"re(<Protocol\b[^>]*name="Open Sound Control \(OSC\)"[^>]*>)re");
    static const std::regex active(R"re(\bactive="(1|yes|true)")re");
    static const std::regex port(R"re(<Option\b[^>]*name="osc-port"[^>]*value="([0-9]{1,5})")re");
    ArdourSettings settings;
    settings.file = file;
    std::smatch found;
    if (std::regex_search(xml, found, protocol)) {
        const std::string element = found.str();
        settings.osc_enabled = std::regex_search(element, active);
    }
    const std::string number = std::regex_search(xml, found, port) ? found[1].str() : "3819";
    if (settings.osc_enabled) {
        settings.words = fmt::format("OSC is turned on in {} (port {}).", file, number);
    } else {
        settings.words = fmt::format("OSC is not turned on in {}.", file);
        settings.next =
            "In Ardour: Edit > Preferences > Control Surfaces, tick 'Enabled' beside 'Open Sound Control "
            "(OSC)'.";
    }
    return settings;
}

std::vector<ArdourSettings> ardour_settings() {
    std::vector<ArdourSettings> all;
    const auto base = io::config_folder().parent_path();
    for (const char* folder : {"ardour6", "ardour7", "ardour8", "ardour9"}) {
        const auto path = base / folder / "config";
        if (const auto text = io::read_file(path)) all.push_back(read_ardour_settings(path.string(), *text));
    }
    return all;
}

}  // namespace kedge::cli
