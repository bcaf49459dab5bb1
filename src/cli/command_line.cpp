#include "cli/command_line.hpp"

#include "cli/commands.hpp"
#include "cli/controller_lines.hpp"
#include "cli/daemon.hpp"
#include "cli/daemon_client.hpp"
#include "cli/nearest_word.hpp"
#include "cli/number_checks.hpp"
#include "cli/served_commands.hpp"
#include "cli/settings_file.hpp"
#include "io/work_turn.hpp"

#include <algorithm>
#include <concepts>
#include <filesystem>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace kedge::cli {

namespace {

constexpr int most_demo_tracks = 500;

/// The words of the command line, and what each command does with them. CLI11 keeps references to the
/// members: it stays where it is.
class CommandLine {
  public:
    CommandLine();
    CommandLine(const CommandLine&) = delete;
    CommandLine& operator=(const CommandLine&) = delete;

    int run(int argc, char** argv);
    [[nodiscard]] std::vector<ServedCommand> served() const;
    Outcome serve(Workplace& place, const std::string& method, const boost::json::object& params);

  private:
    using Ask = std::function<Outcome(Workplace&)>;
    /// What a command does: something of this process alone, or work at a workplace, which may be the
    /// daemon's.
    struct Act {
        Act() = default;
        template <std::invocable Own>
        Act(Own does) : own(std::move(does)) {}
        Act(Ask asks, rpc::Manner of) : ask(std::move(asks)), manner(of) {}

        std::function<int()> own;
        Ask ask;
        rpc::Manner manner = rpc::Manner::works;
        Keys keys = Keys::nothing;
    };
    using Command = std::pair<CLI::App*, Act>;
    CLI::App* add(const std::string& name, const std::string& what, const std::string& example, Act act);
    CLI::App* add(CLI::App& parent, const std::string& name, const std::string& what,
                  const std::string& example, Act act);
    /// Work at a workplace: the daemon's, if there is one for this DAW, else one of this process.
    static Act here(Ask ask, rpc::Manner manner = rpc::Manner::works) { return {std::move(ask), manner}; }
    int carry_out(const Command& command);
    static Outcome asked(const Act& act, Workplace& place);
    /// Also the settings that this command looks at.
    [[nodiscard]] std::vector<std::string> shared_by(const CLI::App& command) const;
    [[nodiscard]] Method served_method(const CLI::App& command) const;
    void add_settings();
    void add_listening(CLI::App& command);
    void add_planning(CLI::App& command);
    void add_mixing();
    void add_rides();
    void add_rebuild();
    void add_mixer();
    void add_roles();
    void add_journal();
    void add_selection(CLI::App& command);
    void add_snapshots();
    void add_comparison();
    void add_recovery();
    void add_sim();
    void add_daemon();

    [[nodiscard]] Error usage_error(const CLI::ParseError& problem) const;
    [[nodiscard]] Error unknown_command(std::string_view word) const;
    [[nodiscard]] Result<void> add_file_settings();

    CLI::App app_;
    std::vector<Command> commands_;
    std::vector<const CLI::App*> balancing_;

    Settings settings_;
    std::optional<std::string> settings_file_;
    MixOptions mix_;
    RideOptions ride_;
    RebuildOptions rebuild_;
    std::string strip_;
    std::string role_;
    std::optional<std::string> learn_by_;
    std::int64_t pass_ = 0;
    SelectionWords selection_;
    std::string snapshot_;
    std::string a_;
    std::string b_;
    std::optional<std::string> session_;
    std::optional<std::string> to_;
    std::string span_ = "2s";
    DemoOptions demo_;
    SimOptions sim_;

    bool no_daemon_ = false;
    bool classify_ = false;
    bool force_ = false;
    bool native_ = false;  ///< the default said out loud
    bool finish_ = false;
    bool roll_back_ = false;
    DoctorOptions doctor_;
    std::optional<ControllerLines> controllers_;
};

CommandLine::CommandLine()
    : app_(
          "kedge: a rough static mix in one click, anchored on the kick, every move explained and every "
          "move reversible.",
          "kedge") {
    app_.footer(
        "Example:\n  kedge demo\n"
        "Start with `kedge demo`, then `kedge doctor`, then `kedge mix`.\n"
        "Exit codes: 0 done, 1 failed, 2 usage, 3 no DAW, 4 rolled back, 5 conflicts left.");
    app_.set_version_flag("--version", "kedge " KEDGE_VERSION);
    app_.require_subcommand(1);
    add_settings();
    add_mixing();
    add_rides();
    add_rebuild();
    add_mixer();
    add_roles();
    add_journal();
    add_snapshots();
    add_comparison();
    add_recovery();
    controllers_.emplace(
        app_, settings_,
        [this](CLI::App& parent, const std::string& name, const std::string& what, const std::string& example,
               std::function<int()> own) { return add(parent, name, what, example, std::move(own)); });
    add_sim();
    add_daemon();
}

CLI::App* CommandLine::add(const std::string& name, const std::string& what, const std::string& example,
                           Act act) {
    return add(app_, name, what, example, std::move(act));
}

CLI::App* CommandLine::add(CLI::App& parent, const std::string& name, const std::string& what,
                           const std::string& example, Act act) {
    auto* command = parent.add_subcommand(name, what);
    command->footer("Example:\n  " + example +
                    "\nEvery command also takes the options that `kedge --help` lists.");
    command->fallthrough();
    commands_.emplace_back(command, std::move(act));
    return command;
}

std::vector<std::string> CommandLine::shared_by(const CLI::App& command) const {
    const bool balances = std::find(balancing_.begin(), balancing_.end(), &command) != balancing_.end();
    return balances ? std::vector<std::string>{"balance"} : std::vector<std::string>();
}

/// What was cut off is named before anything else; an error names it itself where it matters.
Outcome CommandLine::asked(const Act& act, Workplace& place) {
    std::optional<Result<io::ProcessLock>> turn;
    if (act.manner == rpc::Manner::works) turn.emplace(io::take_work_turn());
    if (turn && !*turn) return Outcome::failed(turn->error());
    Outcome outcome = act.ask(place);
    turn.reset();
    if (!outcome.error) name_unfinished(place, outcome);
    return outcome;
}

int CommandLine::carry_out(const Command& command) {
    const auto& [app, act] = command;
    if (!act.ask || (classify_ && act.own)) return act.own();
    ProgressBar bar;
    if (!no_daemon_) {
        auto params = params_of_command(*app, shared_by(*app));
        if (!shared_by(*app).empty()) {
            // The daemon runs in another folder, and perhaps with other settings.
            const bool file = settings_.balance.ends_with(".toml");
            params["balance"] =
                file ? std::filesystem::absolute(settings_.balance).string() : settings_.balance;
        }
        // It writes the file from another folder.
        if (ride_.svg) params["svg"] = std::filesystem::absolute(*ride_.svg).string();
        const auto done = through_daemon(settings_, method_name(*app), params, act.keys, bar);
        if (!done) return report(settings_, done.error());
        if (*done) return print(settings_, **done);
    }
    mix_.balance = settings_.balance;
    ride_.balance = settings_.balance;
    Workplace place(settings_, bar);
    return print(settings_, asked(act, place));
}

Method CommandLine::served_method(const CLI::App& command) const {
    Method method = method_of(command, shared_by(command));
    // It reads this process's stdin.
    std::erase_if(method.parameters, [](const Parameter& each) { return each.name == "classify"; });
    return method;
}

std::vector<ServedCommand> CommandLine::served() const {
    std::vector<ServedCommand> all;
    for (const auto& [app, act] : commands_)
        if (act.ask) all.push_back({served_method(*app), act.manner});
    return all;
}

Outcome CommandLine::serve(Workplace& place, const std::string& method, const boost::json::object& params) {
    settings_ = place.settings();
    const auto command = std::find_if(commands_.begin(), commands_.end(), [&](const Command& each) {
        return each.second.ask && method_name(*each.first) == method;
    });
    if (command == commands_.end())
        return Outcome::failed({ErrorKind::usage, fmt::format("There is no method '{}'.", method), {}});
    auto words = words_of_call(served_method(*command->first), params);
    if (!words) return Outcome::failed(words.error());
    std::reverse(words->begin(), words->end());
    try {
        app_.parse(*words);
    } catch (const CLI::ParseError& problem) {
        return Outcome::failed(usage_error(problem));
    }
    mix_.balance = settings_.balance;
    ride_.balance = settings_.balance;
    return asked(command->second, place);
}

void CommandLine::add_settings() {
    app_.add_option(
        "--midi", settings_.midi,
        "With --surface mackie or hui: the DAW's MIDI ports, a name for each unit (default: ports of "
        "kedge's own)");
    app_.add_option("--daw", settings_.daw,
                    "Whose surface that is: ardour, logic, live … or a profile's file");
    app_.add_option("--surface", settings_.surface,
                    "The DAW: ardour, reaper, live, sim; or what kedge is to it: mackie, hui")
        ->capture_default_str();
    app_.add_option("--at", settings_.at,
                    "Where the DAW listens, HOST:PORT (default: the surface's own port, here)");
    app_.add_option("--feedback-port", settings_.feedback_port,
                    "The DAW's device port: REAPER's, if it has one; Live's is 11001")
        ->check(CLI::Range(1024, 65535));
    app_.add_option("--pattern", settings_.pattern,
                    "The .ReaperOSC file that REAPER was told to use (default: kedge's own)");
    app_.add_flag("--json", settings_.json, "Print one JSON document on stdout");
    app_.add_option("--balance", settings_.balance, "Balance profile: rock, pop, hip-hop … or a TOML file")
        ->capture_default_str();
    app_.add_option("--config", settings_file_,
                    "Settings file (TOML) with surface, at, json, balance (default: kedge.toml in the "
                    "configuration folder)");
}

void CommandLine::add_listening(CLI::App& command) {
    balancing_.push_back(&command);
    auto* from = command.add_option("--from", mix_.from, "Listen from here: 45, 1:30, 1m30s");
    auto* to = command.add_option("--to", mix_.to, "Listen up to here");
    auto* section =
        command
            .add_option("--section", mix_.section,
                        "Listen from the marker of this name to the next one, or to the region of this name")
            ->excludes(from);
    auto* listen = command.add_option("--listen", mix_.listen, "Listen to at most so much: 45s");
    command.add_flag("--whole", mix_.whole, "Listen to the whole song anew")
        ->excludes(from)
        ->excludes(to)
        ->excludes(section)
        ->excludes(listen);
    command.add_flag("--fresh", mix_.fresh, "Do not reuse the stored tape");
}

void CommandLine::add_planning(CLI::App& command) {
    command.add_option("--anchor", mix_.anchor, "The focal point: a role (snare) or a strip's name");
    command.add_flag("--refine", mix_.refine, "Only 3 dB steps of the faders from where they stand");
}

void CommandLine::add_mixing() {
    auto* demo = add("demo", "Mix a built-in song on a simulated DAW, show before and after, take it back",
                     "kedge demo --seed 3\n  kedge demo --surface reaper --tracks 200 --selected", [this] {
                         demo_.balance = settings_.balance;
                         return print(settings_, demo_command(settings_, demo_));
                     });
    demo->add_option("--seed", demo_.seed, "How the levels are scrambled")->capture_default_str();
    demo->add_option("--tracks", demo_.tracks, "So many tracks, some of the song's own twice")
        ->check(CLI::Range(1, most_demo_tracks));
    demo->add_flag("--selected", demo_.selected,
                   "With --surface reaper: every other track is selected, which REAPER moves together");
    demo->add_option("--listen", demo_.listen, "Listen at most so long, such as 10s");

    auto* listen =
        add("listen", "Play the song once and record every meter", "kedge listen --from 0:30 --to 1:10",
            here([this](Workplace& place) { return listen_command(place, mix_); }));
    add_listening(*listen);

    auto* plan = add("plan", "Suggest moves with reasons; changes nothing", "kedge plan --refine",
                     here([this](Workplace& place) { return plan_command(place, mix_); }));
    add_listening(*plan);
    add_planning(*plan);

    auto* mix = add("mix", "Listen, plan, apply, verify: the one click", "kedge mix --listen 45s",
                    here([this](Workplace& place) { return mix_command(place, mix_); }));
    add_listening(*mix);
    add_planning(*mix);
    mix->add_flag("--save", mix_.save, "Ask the DAW to save its session afterwards");
}

void CommandLine::add_rides() {
    auto* ride = add(
        "ride", "Ride faders through the song: the vocal's phrases and sections, solos, fills, returns",
        "kedge ride --plan\n  kedge ride \"Lead Vox\" --from 1:00 --to 2:30 --depth 4 --plan --svg ride.svg",
        here([this](Workplace& place) { return ride_command(place, ride_); }));
    balancing_.push_back(ride);
    ride->add_option("strip", ride_.strips, "Only these strips, by name (default: what their roles say)");
    ride->add_option("--from", ride_.from, "Ride only from here: 45, 1:30, 1m30s");
    ride->add_option("--to", ride_.to, "Ride only up to here");
    ride->add_option("--depth", ride_.depth, "Go no further from the static mix than so many dB");
    ride->add_option(
        "--svg", ride_.svg,
        "Write the picture to this file; of several rides each to its own, with the strip's name in it");
    ride->add_flag("--plan", ride_.plan, "Only show the rides; changes nothing");
    auto* live = ride->add_flag("--live", ride_.live,
                                "Write them while the song plays, as hands would; needs no companion script");
    ride->add_flag("--native", native_, "Write them point by point, exactly (the default)")->excludes(live);
    ride->add_flag("--latch", ride_.latch, "Live: in latch mode instead of touch")->needs(live);
    ride->add_option(
            "--hands", ride_.hands,
            "Live: a fader that a person moves stays theirs (stays), is let go (let-go), or goes back "
            "to its ride by a ramp (resumes)")
        ->check(CLI::IsMember({"stays", "let-go", "resumes"}))
        ->needs(live)
        ->capture_default_str();
    ride->add_flag("--fresh", ride_.fresh, "Do not reuse the stored tape");
    add("rides", "List the rides that were written, strip by strip", "kedge rides",
        here(rides_command, rpc::Manner::at_once));
}

void CommandLine::add_rebuild() {
    auto* rebuild = add(
        "rebuild",
        "Mute everything and bring the mix in layer by layer while the song plays, to hear what crowds it; "
        "any key ends it, and everything is put back",
        "kedge rebuild --bars 4",
        here([this](Workplace& place) { return rebuild_command(place, rebuild_); }));
    commands_.back().second.keys = Keys::end_it;
    auto* bars = rebuild
                     ->add_option("--bars", rebuild_.bars,
                                  "Each layer is heard so many bars before the next comes in (default: the "
                                  "profile's, 8 as shipped)")
                     ->check(not_a_number_of_bars);
    rebuild->add_option("--every", rebuild_.every, "Each layer is heard so long instead: 15s, 1m30s")
        ->excludes(bars);
}

void CommandLine::add_mixer() {
    add("strips", "List the mixer's strips", "kedge strips --json", here(strips_command, rpc::Manner::looks));
    auto* status =
        add("status", "What is connected, and the counters", "kedge status --for 10s",
            here([this](Workplace& place) { return status_command(place, span_); }, rpc::Manner::looks));
    status->add_option("--for", span_, "How long to watch")->capture_default_str();
    auto* learn = add("learn-fader",
                      "Find out at which levels a DAW's faders stand, as a control surface: one goes all its "
                      "way, and is put back; stop the song first",
                      "kedge learn-fader \"Scratch\" --surface mackie --daw cubase",
                      here([this](Workplace& place) { return learn_fader_command(place, learn_by_); }));
    learn->add_option("strip", learn_by_,
                      "Whose fader is moved (default: one that is muted, else the first)");
    auto* doctor =
        add("doctor", "What is wrong, and the exact setting to change", "kedge doctor",
            here([this](Workplace& place) { return doctor_command(place, doctor_); }, rpc::Manner::looks));
    doctor->add_flag("--install-companion", doctor_.install_companion,
                     "Put kedge's companion script among Ardour's scripts, while Ardour does not run");
    doctor->add_flag("--install-reaper", doctor_.install_reaper,
                     "Put kedge's pattern file and companion script into REAPER's folders");
}

void CommandLine::add_roles() {
    auto* roles = add("roles", "List what each strip is taken for; set one by hand",
                      "kedge roles set \"Gtr 3\" lead-guitar\n"
                      "  printf 'BD\\nLd Vox\\n' | kedge roles --classify",
                      {});
    roles->add_flag("--classify", classify_,
                    "Read strip names, one a line, from stdin; print one JSON object a line");
    auto* set =
        roles->add_subcommand("set", "Give a strip a role (kept for the session); auto takes it back");
    set->footer("Example:\n  kedge roles set \"Gtr 3\" lead-guitar");
    set->add_option("strip", strip_, "The strip's name")->required();
    set->add_option("role", role_, "A role such as lead-vocal, or auto")->required();
    set->fallthrough();
    Act list = here(roles_command, rpc::Manner::looks);
    list.own = [this] { return classify_command(settings_); };
    commands_.back().second = std::move(list);
    commands_.emplace_back(set,
                           here([this](Workplace& place) { return set_role_command(place, strip_, role_); },
                                rpc::Manner::looks));
}

void CommandLine::add_journal() {
    add("passes", "List the journal", "kedge passes", here(passes_command, rpc::Manner::at_once));
    auto* show =
        add("show", "Show one pass, move by move", "kedge show 3",
            here([this](Workplace& place) { return show_command(place, pass_); }, rpc::Manner::at_once));
    show->add_option("pass", pass_, "The pass's number")->required()->check(not_a_pass_number);
    auto* revert =
        add("revert", "Take a pass back, or a part of it (the newest that stands, if none is named)",
            "kedge revert 3\n  kedge revert 3 --strip \"Bass DI\" --control fader", {});
    const auto* named =
        revert->add_option("pass", pass_, "The pass's number; a revert's puts back what it took")
            ->check(not_a_pass_number);
    revert->add_flag("--force", force_, "Also take back what was moved by hand since");
    add_selection(*revert);
    commands_.back().second = here([this, named](Workplace& place) {
        return revert_command(place, named->count() > 0 ? std::optional(pass_) : std::nullopt, selection_,
                              force_);
    });
    auto* reapply =
        add("reapply", "Write once more what a pass wrote, as a pass of its own", "kedge reapply 3",
            here([this](Workplace& place) { return reapply_command(place, pass_, selection_, force_); }));
    reapply->add_option("pass", pass_, "The pass's number")->required()->check(not_a_pass_number);
    reapply->add_flag("--force", force_, "Also write over what was moved by hand since");
    add_selection(*reapply);
}

void CommandLine::add_selection(CLI::App& command) {
    command.add_option("--strip", selection_.strips, "Only this strip (may be given several times)")
        ->allow_extra_args(false);
    command
        .add_option("--control", selection_.controls,
                    "Only this control: trim, fader, pan, mute (may be given several times)")
        ->allow_extra_args(false);
}

void CommandLine::add_snapshots() {
    auto* snapshot = add(
        "snapshot", "Keep the whole mixer under a name", "kedge snapshot rough",
        here([this](Workplace& place) { return snapshot_command(place, snapshot_); }, rpc::Manner::looks));
    snapshot->add_option("name", snapshot_, "A name that the session has no snapshot of yet")->required();
    add("snapshots", "List the snapshots", "kedge snapshots", here(snapshots_command, rpc::Manner::at_once));
    auto* recall =
        add("recall", "Bring a snapshot back, or a part of it", "kedge recall rough --control fader",
            here([this](Workplace& place) { return recall_command(place, snapshot_, selection_); }));
    recall->add_option("name", snapshot_, "The snapshot's name")->required();
    add_selection(*recall);
}

void CommandLine::add_comparison() {
    auto* compare =
        add("compare", "What two passes or snapshots leave, control by control", "kedge compare 3 rough",
            here([this](Workplace& place) { return compare_command(place, a_, b_, session_); },
                 rpc::Manner::at_once));
    compare->add_option("a", a_, "A pass's number or a snapshot's name")->required();
    compare->add_option("b", b_, "Another")->required();
    compare->add_option("--session", session_, "Whose snapshots, when several sessions have these names");
    auto* ab = add("ab", "Switch between two passes or snapshots while the DAW plays", "kedge ab 3 rough",
                   here([this](Workplace& place) { return ab_command(place, a_, b_, to_, force_); }));
    ab->add_option("a", a_, "A pass's number or a snapshot's name")->required();
    ab->add_option("b", b_, "Another")->required();
    ab->add_option("--to", to_, "a or b (default: the other one of what the mixer holds)")
        ->check(CLI::IsMember({"a", "b"}));
    ab->add_flag("--force", force_, "Also switch what was moved by hand since");
}

void CommandLine::add_recovery() {
    auto* recover =
        add("recover", "Settle a pass that was cut off: say where it stands, finish it or roll it back",
            "kedge recover\n  kedge recover --roll-back", here([this](Workplace& place) {
                const auto recovery = finish_      ? engine::Recovery::finish
                                      : roll_back_ ? engine::Recovery::roll_back
                                                   : engine::Recovery::look;
                return recover_command(place, recovery, force_);
            }));
    auto* finish = recover->add_flag("--finish", finish_, "Bring every control to where the pass wanted it");
    recover->add_flag("--roll-back", roll_back_, "Bring every control back to where it stood")
        ->excludes(finish);
    recover->add_flag("--force", force_, "Also what was moved by hand since");
}

void CommandLine::add_sim() {
    auto* sim = add("sim", "A simulated DAW on real UDP, speaking Ardour's, REAPER's or AbletonOSC's OSC",
                    "kedge sim --stems ./stems --port 3890\n  kedge sim --dialect live --port 11000",
                    [this] { return sim_command(settings_, sim_); });
    sim->add_option("--stems", sim_.stems, "A folder of WAV stems (default: the built-in song)");
    sim->add_option("--port", sim_.port, "UDP port on this machine")
        ->capture_default_str()
        ->check(CLI::Range(1024, 65535));
    sim->add_option("--seed", sim_.seed, "How the built-in song's levels are scrambled")
        ->capture_default_str();
    sim->add_option("--strips", sim_.strips, "Instead of the song: so many strips")
        ->check(CLI::Range(1, 2000));
    sim->add_option("--render", sim_.render, "Write the song's stems as WAVs to this folder, and end");
    sim->add_option("--save-to", sim_.save_to, "Write the mixer (JSON) when told to save; Live: at its end");
    sim->add_option("--open", sim_.open, "Stand where the mixer stood that --save-to wrote to this file");
    sim->add_option("--dialect", sim_.dialect,
                    "What it speaks: ardour; reaper, with --pattern FILE; or live, which is AbletonOSC")
        ->capture_default_str()
        ->check(CLI::IsMember({"ardour", "reaper", "live"}));
    sim->add_flag("--no-companion", sim_.no_companion,
                  "Have no companion script: automation can be heard, and not read");
    sim->add_flag(
        "--headless", sim_.headless,
        "Like Ardour without its window: no companion script, and what is written live is a saw-tooth");
}

void CommandLine::add_daemon() {
    app_.add_flag("--no-daemon", no_daemon_, "Do the work in this process, even if a daemon runs");
    add("daemon", "Stay connected to the DAW and serve the other commands over a Unix socket",
        "kedge daemon --at 127.0.0.1:3819", [this] { return daemon_command(settings_); });
    add("cancel", "Stop what the daemon is doing; a pass that is not complete is taken back", "kedge cancel",
        [this] { return print(settings_, cancel_command()); });
}

Error CommandLine::unknown_command(std::string_view word) const {
    std::vector<std::string> names;
    for (const auto& [command, act] : commands_)
        if (command->get_parent() == &app_) names.push_back(command->get_name());
    const std::vector<std::string_view> known(names.begin(), names.end());
    return {ErrorKind::usage, fmt::format("There is no command '{}'.", word),
            fmt::format("The nearest is `kedge {}`; `kedge --help` lists all commands.",
                        nearest_word(word, known))};
}

/// CLI11's sentence, and where the right way to write it stands.
Error CommandLine::usage_error(const CLI::ParseError& problem) const {
    const auto begun = app_.get_subcommands();
    if (begun.empty()) {
        const auto unknown = app_.remaining();
        if (!unknown.empty() && unknown.front().starts_with('-')) {
            return {ErrorKind::usage, fmt::format("There is no option '{}'.", unknown.front()),
                    "`kedge --help` lists the options and the commands."};
        }
        if (!unknown.empty()) return unknown_command(unknown.front());
        if (problem.get_name() == "RequiredError")
            return {ErrorKind::usage, "No command was given.",
                    "`kedge --help` lists them; `kedge demo` needs nothing but itself."};
    }
    std::string cause = problem.what();
    if (!cause.empty() && cause.back() != '.') cause += '.';
    const std::string command = begun.empty() ? "kedge" : "kedge " + begun.front()->get_name();
    return {ErrorKind::usage, std::move(cause),
            fmt::format("`{} --help` shows how it is written, with an example.", command)};
}

/// What the command line says beats what the file says.
Result<void> CommandLine::add_file_settings() {
    auto file = read_settings(settings_file_);
    if (!file) return tl::unexpected(file.error());
    const auto said = [&](const char* option) { return app_.count(option) > 0; };
    if (file->surface && !said("--surface")) settings_.surface = *file->surface;
    if (file->at && !said("--at")) settings_.at = *file->at;
    if (file->json && !said("--json")) settings_.json = *file->json;
    if (file->balance && !said("--balance")) settings_.balance = *file->balance;
    return {};
}

int CommandLine::run(int argc, char** argv) {
    try {
        app_.parse(argc, argv);
    } catch (const CLI::Success& asked) {  // --help, --version
        return app_.exit(asked);
    } catch (const CLI::ParseError& problem) {
        // Nothing after the mistake was read: look for --json ourselves.
        settings_.json = std::find(argv, argv + argc, std::string_view("--json")) != argv + argc;
        return report(settings_, usage_error(problem));
    }
    if (const auto read = add_file_settings(); !read) return report(settings_, read.error());
    // Of a command within a command, the inner one, which comes later.
    const auto given = std::find_if(commands_.rbegin(), commands_.rend(),
                                    [](const auto& command) { return command.first->parsed(); });
    return carry_out(*given);
}

}  // namespace

int run(int argc, char** argv) {
    return CommandLine().run(argc, argv);
}

std::vector<ServedCommand> served_commands() {
    return CommandLine().served();
}

Outcome serve(Workplace& place, const std::string& method, const boost::json::object& params) {
    return CommandLine().serve(place, method, params);
}

}  // namespace kedge::cli
