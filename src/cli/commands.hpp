#pragma once

#include "cli/outcome.hpp"
#include "cli/selection_words.hpp"
#include "cli/workplace.hpp"
#include "control/hands.hpp"
#include "core/move.hpp"
#include "engine/recover_job.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// One function for each command. Those that work on a DAW or the journal give back what they have to say;
/// the others belong to their own process: they print, and return its exit code.
namespace kedge::cli {

struct MixOptions {
    std::optional<std::string> from;
    std::optional<std::string> to;
    std::optional<std::string> section;
    std::optional<std::string> listen;  ///< "45s": at most so much
    bool whole = false;
    bool fresh = false;
    bool refine = false;
    bool save = false;
    std::optional<std::string> anchor;
    std::string balance = "rock";  ///< a shipped profile's name, or a TOML file
};

Outcome listen_command(Workplace& place, const MixOptions& options);
Outcome plan_command(Workplace& place, const MixOptions& options);
/// The same, with the moves of the plan.
Outcome plan_command(Workplace& place, const MixOptions& options, std::vector<Move>& moves);
Outcome mix_command(Workplace& place, const MixOptions& options);

struct RideOptions {
    std::vector<std::string> strips;  ///< by name; none: what the roles say
    std::optional<std::string> from;
    std::optional<std::string> to;
    std::optional<std::string> depth;  ///< in dB
    control::RideDepths depths;        ///< of single strips, of the most that the profile allows
    std::optional<std::string> svg;    ///< a file
    bool fresh = false;
    bool plan = false;
    bool live = false;             ///< written while the song plays, not point by point
    bool latch = false;            ///< live, in latch mode instead of touch
    std::string hands = "stays";   ///< live: what becomes of a ride whose fader a person moves
    std::string balance = "rock";  ///< whose bus range is kept
};
Outcome ride_command(Workplace& place, const RideOptions& options);
Outcome rides_command(Workplace& place);

struct RebuildOptions {
    std::optional<int> bars;           ///< for each layer; what the profile says when neither is given
    std::optional<std::string> every;  ///< "15s": song time for each layer instead
};
Outcome rebuild_command(Workplace& place, const RebuildOptions& options);

/// By the strip of this name, or one that it chooses itself.
Outcome learn_fader_command(Workplace& place, const std::optional<std::string>& strip);

/// The controllers there are profiles of, and which of them are plugged in.
int controllers_command(const Settings& settings);
/// Prints what a controller does, until Ctrl-C: PROFILE or PROFILE@PORT by a profile, @PORT as bare messages.
int map_monitor_command(const Settings& settings, const std::string& controller);
/// Holds a device against its profile until all of it was heard, or Ctrl-C. Without a DAW.
int map_test_command(const Settings& settings, const std::string& controller);
struct MapLearnOptions {
    std::string port;  ///< a part of the names of the device's ports
    std::string file;  ///< where the profile is written
    std::string from;  ///< a profile that is added to; empty: none
    bool overwrite = false;
};
/// Makes a controller's profile of moves and typed targets. Without a DAW.
int map_learn_command(const Settings& settings, const MapLearnOptions& options);
/// Drives the DAW by hardware controllers until Ctrl-C. Each is PROFILE or PROFILE@PORT; none: whatever is
/// plugged in that there is a profile of.
/// Apps on tablets are heard in OSC at `osc`, "HOST:PORT", unless it is empty.
int control_command(const Settings& settings, const std::vector<std::string>& controllers,
                    const std::string& osc);

Outcome strips_command(Workplace& place);
Outcome roles_command(Workplace& place);
Outcome set_role_command(Workplace& place, const std::string& name, const std::string& role);
int classify_command(const Settings& settings);

Outcome passes_command(Workplace& place);
Outcome show_command(Workplace& place, std::int64_t id);
/// The newest pass that stands when `wanted` is absent.
Outcome revert_command(Workplace& place, std::optional<std::int64_t> wanted, const SelectionWords& words,
                       bool force);
Outcome reapply_command(Workplace& place, std::int64_t id, const SelectionWords& words, bool force);
Outcome snapshot_command(Workplace& place, const std::string& name);
Outcome snapshots_command(Workplace& place);
Outcome recall_command(Workplace& place, const std::string& name, const SelectionWords& words);
/// `a`, `b`: the number of a pass, or the name of a snapshot. Reads the journal alone.
Outcome compare_command(Workplace& place, const std::string& a, const std::string& b,
                        const std::optional<std::string>& named_session);
/// `to`: "a" or "b"; the other one of what the mixer holds when absent.
Outcome ab_command(Workplace& place, const std::string& a, const std::string& b,
                   const std::optional<std::string>& to, bool force);
Outcome recover_command(Workplace& place, engine::Recovery recovery, bool force);
/// Names a pass that was cut off in the session of the workplace before what the outcome has to say.
void name_unfinished(Workplace& place, Outcome& outcome);

/// `span_text`: how long to watch, such as "10s".
Outcome status_command(Workplace& place, const std::string& span_text);
/// `install_companion`: puts the companion script among Ardour's scripts instead of looking for trouble.
struct DoctorOptions {
    bool install_companion = false;  ///< Ardour's script
    bool install_reaper = false;     ///< REAPER's patterns and script
};
Outcome doctor_command(Workplace& place, const DoctorOptions& options);

struct DemoOptions {
    std::uint32_t seed = 1;
    std::string balance = "rock";
    int tracks = 0;         ///< so many, whatever the song has; 0 for those
    bool selected = false;  ///< every other track is, in a DAW whose selected tracks move together
    std::optional<std::string> listen;  ///< "10s": at most so much
};
/// On the simulated DAW of the surface that the settings name.
Outcome demo_command(const Settings& settings, const DemoOptions& options);

struct SimOptions {
    std::string stems;  ///< a folder of WAVs; empty for the built-in song
    std::uint16_t port = 3890;
    std::uint32_t seed = 1;
    std::string render;         ///< write the song's stems to this folder and end
    int strips = 0;             ///< instead of the song: so many cheap strips
    std::string save_to;        ///< the mixer as JSON, each time the DAW is told to save; of Live at its end
    std::string open;           ///< where the mixer stands at first: a file that was saved so
    bool no_companion = false;  ///< its automation cannot be read nor written point by point
    bool headless = false;      ///< like Ardour without its window: no companion, and saw-teeth
    std::string dialect = "ardour";  ///< "reaper", with the settings' pattern file; "live"
};
int sim_command(const Settings& settings, const SimOptions& options);

}  // namespace kedge::cli
