#pragma once

#include "core/decibels.hpp"
#include "core/strip.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What kedge asks of the companion script inside Ardour, as the simulated one reads it. Written apart from
/// protocols/ardour, as the script itself is.
namespace kedge::sim {

struct RequestedPoint {
    std::int64_t at = 0;  ///< in samples
    Gain gain{1.0};
};
struct RequestedFader {
    std::string strip;
    AutomationMode mode = AutomationMode::manual;
    Gain rest{1.0};
    std::vector<RequestedPoint> points;
};
struct CompanionRequest {
    std::optional<std::uint16_t> reply_port;
    std::string version;
    std::int32_t number = 0;
    std::string session;
    std::vector<std::string> reads;
    std::optional<std::string> undo_name;  ///< of a writing
    std::vector<RequestedFader> faders;
    /// Why it is not carried out; the number and the port may be known all the same.
    std::optional<std::string> wrong;
};

/// Anything at all may be in the text.
[[nodiscard]] CompanionRequest read_companion_request(std::string_view text);

}  // namespace kedge::sim
