#include "cli/controller_lines.hpp"

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
    auto* map = app.add_subcommand("map", "What a hardware controller does: monitor, test, learn");
    map->footer("Example:\n  kedge map monitor korg-nanokontrol2");
    map->require_subcommand(1);
    auto* monitor = add(*map, "monitor", "Print what is done on a controller, until Ctrl-C",
                        "kedge map monitor korg-nanokontrol2\n  kedge map monitor \"@USB MIDI\"",
                        [this] { return map_monitor_command(settings_, controller_); });
    monitor->add_option("controller", controller_, "PROFILE, PROFILE@PORT, or @PORT for bare messages")
        ->required();
    auto* test =
        add(*map, "test",
            "Hold a device against its profile: which controls were heard, and motors, lights and rings "
            "one after the other; ends once all were heard",
            "kedge map test korg-nanokontrol2", [this] { return map_test_command(settings_, controller_); });
    test->add_option("controller", controller_, "PROFILE, or PROFILE@PORT")->required();
    auto* learn = add(*map, "learn", "Make a profile: move a control, type what it is the hand for",
                      "kedge map learn \"USB MIDI\" my-box.toml\n"
                      "  kedge map learn nanoKONTROL2 mine.toml --from korg-nanokontrol2",
                      [this] { return map_learn_command(settings_, map_learn_); });
    learn->add_option("port", map_learn_.port, "A part of the names of its MIDI ports")->required();
    learn->add_option("file", map_learn_.file, "The profile that is written, a TOML file")->required();
    learn->add_option("--from", map_learn_.from, "A profile that is added to");
    learn->add_flag("--overwrite", map_learn_.overwrite, "Write over a file that is there");
}

}  // namespace kedge::cli
