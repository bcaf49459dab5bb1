#pragma once

#include "core/fader_line.hpp"
#include "core/result.hpp"
#include "osc/osc.hpp"

#include <compare>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// What is said to the companion script inside Ardour, and what it answers; README.md has the words. Pure;
/// safe from any thread.
namespace kedge::ardour {

/// Tells a request and its answers from all others.
struct RequestNumber {
    std::int32_t value = 0;
    constexpr auto operator<=>(const RequestNumber&) const = default;
};

/// A fader, by the name of its strip, and what it is to be.
struct NamedLine {
    std::string strip;
    FaderLine line;
};

/// The request to tell what these strips' faders are.
[[nodiscard]] std::string read_request(RequestNumber number, std::string_view session,
                                       std::span<const std::string> strips);
/// The request to make these faders so, in one step of Ardour's undo called `undo_name`.
[[nodiscard]] std::string write_request(RequestNumber number, std::string_view session, SampleRate rate,
                                        std::string_view undo_name, std::span<const NamedLine> lines);
/// Whether the companion takes this line: points in order of time from 0 on, gains that a fader can have. The
/// error names the strip.
[[nodiscard]] Result<void> check_line(const NamedLine& line, SampleRate rate);

/// "/kedge/companion/fader": all of a fader but its points.
struct FaderAnswer {
    RequestNumber number;
    std::size_t place = 0;  ///< of the strip within the request
    AutomationMode mode = AutomationMode::manual;
    Gain rest{1.0};
    std::size_t points = 0;  ///< how many there are
};
/// "/kedge/companion/points": some of a fader's points, from the `first`th on.
struct PointsAnswer {
    RequestNumber number;
    std::size_t place = 0;
    std::size_t first = 0;
    std::vector<LinePoint> points;
};
/// "/kedge/companion/done": the end of the answers; so many strips were read or written.
struct DoneAnswer {
    RequestNumber number;
    std::size_t strips = 0;
};
/// "/kedge/companion/refused": nothing was changed. Number 0: the script could not read which request it was.
struct RefusedAnswer {
    RequestNumber number;
    std::string why;
    std::string next;
};
using CompanionAnswer = std::variant<FaderAnswer, PointsAnswer, DoneAnswer, RefusedAnswer>;
[[nodiscard]] RequestNumber number_of(const CompanionAnswer& answer);

enum class AnswerFault { unknown_path, wrong_type, out_of_range };
inline constexpr std::string_view companion_path = "/kedge/companion/";

/// Takes a message under `companion_path` apart. Anything may be in it.
[[nodiscard]] tl::expected<CompanionAnswer, AnswerFault> companion_answer(const osc::Message& message,
                                                                          SampleRate rate);

}  // namespace kedge::ardour
