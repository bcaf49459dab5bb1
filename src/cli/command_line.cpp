#include "cli/command_line.hpp"

#include "cli/commands.hpp"
#include "io/state_files.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace kedge::cli {

namespace {

/// Everything the command line can hold; filled by CLI11.
struct Words {
    Settings settings;
    MixOptions mix;
    bool classify = false;
    std::string strip;
    std::string role;
    std::int64_t pass = 0;
    bool force = false;
    std::string span = "2s";
    DemoOptions demo;
    SimOptions sim;
};

void add_listening(CLI::App& command, MixOptions& mix) {
    auto* from = command.add_option("--from", mix.from, "Listen from here: 45, 1:30, 1m30s");
    auto* to = command.add_option("--to", mix.to, "Listen up to here");
    auto* section =
        command.add_option("--section", mix.section, "Listen from a marker of this name")->excludes(from);
    auto* listen = command.add_option("--listen", mix.listen, "Listen to at most so much: 45s");
    command.add_flag("--whole", mix.whole, "Listen to the whole song anew")
        ->excludes(from)
        ->excludes(to)
        ->excludes(section)
        ->excludes(listen);
    command.add_flag("--fresh", mix.fresh, "Do not reuse the stored tape");
}

void add_balance(CLI::App& command, Words& words) {
    command.add_option("--anchor", words.mix.anchor, "The focal point: a role (snare) or a strip's name");
    command
        .add_option("--balance", words.settings.balance,
                    "Balance profile: rock, pop, hip-hop … or a TOML file")
        ->capture_default_str();
}

CLI::App* command(CLI::App& app, const std::string& name, const std::string& what,
                  const std::string& example) {
    auto* sub = app.add_subcommand(name, what);
    sub->footer("Example:\n  " + example);
    sub->fallthrough();
    return sub;
}

}  // namespace

int run(int argc, char** argv) {
    CLI::App app{
        "kedge: a rough static mix in one click, anchored on the kick, every move explained and every move "
        "reversible.",
        "kedge"};
    app.footer(
        "Start with `kedge demo`, then `kedge doctor`, then `kedge mix`.\n"
        "Exit codes: 0 done, 1 failed, 2 usage, 3 no DAW, 4 rolled back, 5 conflicts left.");
    app.set_version_flag("--version", "kedge " KEDGE_VERSION);
    app.require_subcommand(1);
    Words words;
    auto& settings = words.settings;
    app.add_option("--surface", settings.surface, "The DAW: ardour, sim")->capture_default_str();
    app.add_option("--at", settings.at,
                   "Where the DAW listens, HOST:PORT (default: the surface's own port on this machine)");
    app.add_flag("--json", settings.json, "Print one JSON document on stdout");
    app.set_config("--config", (io::config_folder() / "kedge.toml").string(), "Settings file (TOML)");

    auto* demo =
        command(app, "demo", "Mix a built-in song on a simulated DAW, show before and after, take it back",
                "kedge demo --seed 3");
    demo->add_option("--seed", words.demo.seed, "How the levels are scrambled")->capture_default_str();

    auto* strips = command(app, "strips", "List the mixer's strips", "kedge strips --json");

    auto* roles =
        command(app, "roles", "List what each strip is taken for; set one by hand",
                "kedge roles set \"Gtr 3\" lead-guitar\n  printf 'BD\\nLd Vox\\n' | kedge roles --classify");
    roles->add_flag("--classify", words.classify,
                    "Read strip names, one a line, from stdin; print one JSON object a line");
    auto* set_role =
        roles->add_subcommand("set", "Give a strip a role (kept for the session); auto takes it back");
    set_role->add_option("strip", words.strip, "The strip's name")->required();
    set_role->add_option("role", words.role, "A role such as lead-vocal, or auto")->required();
    set_role->fallthrough();

    auto* listen = command(app, "listen", "Play the song once and record every meter",
                           "kedge listen --from 0:30 --to 1:10");
    add_listening(*listen, words.mix);

    auto* plan = command(app, "plan", "Suggest moves with reasons; changes nothing", "kedge plan --refine");
    add_listening(*plan, words.mix);
    add_balance(*plan, words);
    plan->add_flag("--refine", words.mix.refine, "Only 3 dB steps of the faders from where they stand");

    auto* mix = command(app, "mix", "Listen, plan, apply, verify: the one click", "kedge mix --listen 45s");
    add_listening(*mix, words.mix);
    add_balance(*mix, words);
    mix->add_flag("--refine", words.mix.refine, "Only 3 dB steps of the faders from where they stand");
    mix->add_flag("--save", words.mix.save, "Ask the DAW to save its session afterwards");

    auto* passes = command(app, "passes", "List the journal", "kedge passes");
    auto* show = command(app, "show", "Show one pass, move by move", "kedge show 3");
    show->add_option("pass", words.pass, "The pass's number")->required();
    auto* revert = command(app, "revert", "Take a pass back (the newest that stands, if none is named)",
                           "kedge revert 3");
    auto* revert_pass = revert->add_option("pass", words.pass, "The pass's number");
    revert->add_flag("--force", words.force, "Also take back what was moved by hand since");

    auto* status = command(app, "status", "What is connected, and the counters", "kedge status --for 10s");
    status->add_option("--for", words.span, "How long to watch")->capture_default_str();
    auto* doctor = command(app, "doctor", "What is wrong, and the exact setting to change", "kedge doctor");

    auto* sim = command(app, "sim", "A simulated DAW on real UDP, speaking Ardour's OSC",
                        "kedge sim --stems ./stems --port 3890");
    sim->add_option("--stems", words.sim.stems, "A folder of WAV stems (default: the built-in song)");
    sim->add_option("--port", words.sim.port, "UDP port on this machine")
        ->capture_default_str()
        ->check(CLI::Range(1024, 65535));
    sim->add_option("--seed", words.sim.seed, "How the built-in song's levels are scrambled")
        ->capture_default_str();
    sim->add_option("--strips", words.sim.strips, "Instead of the song: so many strips")
        ->check(CLI::Range(1, 2000));
    sim->add_option("--render", words.sim.render, "Write the song's stems as WAVs to this folder, and end");
    sim->add_option("--save-to", words.sim.save_to, "Write the mixer to this file (JSON) when told to save");

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& problem) {
        const int code = app.exit(problem);
        return code == 0 ? 0 : 2;
    }
    if (*demo) return demo_command(settings, words.demo);
    if (*strips) return strips_command(settings);
    if (*roles) {
        if (*set_role) return set_role_command(settings, words.strip, words.role);
        return words.classify ? classify_command(settings) : roles_command(settings);
    }
    if (*listen) return listen_command(settings, words.mix);
    if (*plan) return plan_command(settings, words.mix);
    if (*mix) return mix_command(settings, words.mix);
    if (*passes) return passes_command(settings);
    if (*show) return show_command(settings, words.pass);
    if (*revert)
        return revert_command(settings, revert_pass->count() > 0 ? std::optional(words.pass) : std::nullopt,
                              words.force);
    if (*status) return status_command(settings, words.span);
    if (*doctor) return doctor_command(settings);
    return sim_command(settings, words.sim);
}

}  // namespace kedge::cli
