#pragma once

#include "cli/settings.hpp"

#include <cstdint>
#include <optional>
#include <string>

/// One function for each command; all return the process's exit code and print for a person, or one JSON
/// document.
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
};

int listen_command(const Settings& settings, const MixOptions& options);
int plan_command(const Settings& settings, const MixOptions& options);
int mix_command(const Settings& settings, const MixOptions& options);

int strips_command(const Settings& settings);
int roles_command(const Settings& settings);
int classify_command(const Settings& settings);
int set_role_command(const Settings& settings, const std::string& name, const std::string& role);

int passes_command(const Settings& settings);
int show_command(const Settings& settings, std::int64_t id);
/// The newest pass that stands when `wanted` is absent.
int revert_command(const Settings& settings, std::optional<std::int64_t> wanted, bool force);

/// `span_text`: how long to watch, such as "10s".
int status_command(const Settings& settings, const std::string& span_text);
int doctor_command(const Settings& settings);

struct DemoOptions {
    std::uint32_t seed = 1;
    bool keep = false;  ///< do not revert at the end
};
int demo_command(const Settings& settings, const DemoOptions& options);

struct SimOptions {
    std::string stems;  ///< a folder of WAVs; empty for the built-in song
    std::uint16_t port = 3890;
    std::uint32_t seed = 1;
    std::string render;   ///< write the song's stems to this folder and end
    int strips = 0;       ///< instead of the song: so many cheap strips
    std::string save_to;  ///< the mixer as JSON, each time the DAW is told to save
};
int sim_command(const Settings& settings, const SimOptions& options);

}  // namespace kedge::cli
