#pragma once

#include "core/decibels.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What kedge asks of the companion script inside REAPER, as the simulated one reads it. Written apart from
/// protocols/reaper, as the script itself is.
namespace kedge::sim {

/// A point of an envelope, as REAPER keeps it.
struct ReaperPoint {
    double at = 0.0;  ///< seconds
    Gain gain{1.0};
    int shape = 0;
    double tension = 0.0;
    bool selected = false;
    double raw = 1.0;  ///< REAPER's own number for the gain
    bool operator==(const ReaperPoint&) const = default;
};
/// A track's volume envelope.
struct ReaperEnvelope {
    bool active = false;
    bool visible = false;
    bool armed = false;
    int scaling = 0;  ///< 1: in fader scaling
    int items = 0;    ///< automation items on it
    std::vector<ReaperPoint> points;
    bool operator==(const ReaperEnvelope&) const = default;
};
struct ReaperFader {
    std::string guid;
    std::string mode;
    Gain rest{1.0};
    bool exists = false;
    ReaperEnvelope envelope;
};
struct ReaperRequest {
    std::string id = "-";
    std::string version;
    std::string verb;
    std::optional<std::string> project;
    std::optional<std::string> path;
    std::vector<std::string> tracks;
    std::string undo_name;
    std::vector<ReaperFader> faders;
    /// Why it is not carried out.
    std::optional<std::string> wrong;
};

/// Anything at all may be in the text. How old it is says nothing here: there is no clock.
[[nodiscard]] ReaperRequest read_reaper_request(std::string_view text);

}  // namespace kedge::sim
