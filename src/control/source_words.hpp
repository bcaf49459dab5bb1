#pragma once

#include "control/control_source.hpp"
#include "core/result.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace kedge::control {

/// The words of a profile for the messages of a control: "cc 7", "cc 7/39" (coarse and fine), "nrpn 1024",
/// "nrpn 1024 coarse" (without controller 38), "bend", "note 16", "pressure 127". All of them may end in " ch
/// 2"; channels count from 1. "no MIDI" for InOwnWords, which no profile has.
[[nodiscard]] std::string to_string(const ControlSource& source);

/// `channel` is meant where none is named. A usage error says what is wrong.
[[nodiscard]] Result<ControlSource> source_from_words(std::string_view words, midi::Channel channel);

/// What a message is from, and its number: of two controllers or an NRPN only what this message alone says.
/// nullopt for what no control says.
struct SaidBy {
    ControlSource source;
    int value = 0;
    int top = 127;  ///< the highest that the number can be
};
[[nodiscard]] std::optional<SaidBy> said_by(const midi::Message& message);

/// The same kind of message, so many on: by its number; a pitch bend by its channel. nullopt past the last.
[[nodiscard]] std::optional<ControlSource> counted_on(const ControlSource& source, int by);

}  // namespace kedge::control
