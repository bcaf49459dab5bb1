#pragma once

#include "core/decibels.hpp"
#include "core/strip.hpp"

#include <map>
#include <string>

namespace kedge::control {

/// A step that a plan would have a strip's fader take, waiting for a person to accept or reject it. It is of
/// a fader that stands at `from`: one that was moved since needs another.
struct Suggestion {
    Decibels from;
    Decibels to;
    std::string rule;    ///< of the plan's move
    std::string reason;  ///< a sentence with the number
    bool operator==(const Suggestion&) const = default;
};

using Suggestions = std::map<StripId, Suggestion>;

}  // namespace kedge::control
