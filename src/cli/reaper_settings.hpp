#pragma once

#include "cli/finding.hpp"
#include "io/daw_loop.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What a REAPER of this user says in reaper.ini of its OSC surfaces, and what of it does not fit kedge.
namespace kedge::cli {

/// One surface of the mode "OSC (Open Sound Control)".
struct ReaperOscEntry {
    std::string name;
    bool receives = false;          ///< it listens on `listen_port`
    bool sends = false;             ///< it sends to `device_ip`, `device_port`
    std::uint16_t listen_port = 0;  ///< kedge sends there
    std::string device_ip;
    std::uint16_t device_port =
        0;  ///< kedge hears there; 0: the mode "Local port", whoever spoke last is answered
    std::size_t packet_bytes = 1024;  ///< "outgoing max packet size"
    std::string pattern;  ///< the pattern file's name without ".ReaperOSC"; empty: REAPER's default
    bool operator==(const ReaperOscEntry&) const = default;
};

/// The surfaces of a reaper.ini, in its order. Lines that are none of REAPER's are passed over.
[[nodiscard]] std::vector<ReaperOscEntry> read_reaper_ini(std::string_view text);

/// What stands between these surfaces and a kedge that sends to and hears at `address`; `own_patterns`: kedge
/// believes REAPER to use kedge's pattern file. At least one remark.
[[nodiscard]] std::vector<Finding> judge_reaper_entries(const std::vector<ReaperOscEntry>& entries,
                                                        const io::DawAddress& address, bool own_patterns);

/// The resource folder of this user's REAPER (Options > Show REAPER resource path): ~/.config/REAPER; nullopt
/// where it has never run.
[[nodiscard]] std::optional<std::filesystem::path> reaper_folder();

}  // namespace kedge::cli
