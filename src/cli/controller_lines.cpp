#include "cli/controller_lines.hpp"

#include "cli/commands.hpp"

#include <CLI/CLI.hpp>

namespace kedge::cli {

ControllerLines::ControllerLines(CLI::App& app, const Settings& settings, const Add& add)
    : settings_(settings) {
    add_control(app, add);
    add_map(app, add);
}

void ControllerLines::add_control(CLI::App& app, const Add& add) {
    add(app, "controllers", "The hardware controllers that kedge knows, and which of them are plugged in",
        "kedge controllers", [this] { return controllers_command(settings_); });
    auto* control = add(app, "control", "Drive the DAW by hardware controllers, until Ctrl-C",
                        "kedge control\n  kedge control korg-nanokontrol2 \"generic-8-faders@USB MIDI\"\n  "
                        "kedge control --osc 192.168.1.10:9100",
                        [this] { return control_command(settings_, controllers_, osc_); });
    control->add_option(
        "controller", controllers_,
        "PROFILE, or PROFILE@PORT with a part of its ports' names (default: all that are plugged in; with "
        "--osc: none)");
    control->add_option(
        "--osc", osc_,
        "Hear apps on tablets in OSC at HOST:PORT of this machine; :PORT is heard on this machine alone");
}

void ControllerLines::add_map(CLI::App& app, const Add& add) {
    auto* map = app.add_subcommand("map", "What a hardware controller does: monitor");
    map->footer("Example:\n  kedge map monitor korg-nanokontrol2");
    map->require_subcommand(1);
    auto* monitor = add(*map, "monitor", "Print what is done on a controller, until Ctrl-C",
                        "kedge map monitor korg-nanokontrol2\n  kedge map monitor \"@USB MIDI\"",
                        [this] { return map_monitor_command(settings_, controller_); });
    monitor->add_option("controller", controller_, "PROFILE, PROFILE@PORT, or @PORT for bare messages")
        ->required();
}

}  // namespace kedge::cli
