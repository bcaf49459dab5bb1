#pragma once

#include "core/result.hpp"
#include "mackie/unit_words.hpp"
#include "mackie/unusable.hpp"
#include "midi/message.hpp"

#include <span>

/// What all SysEx of Mackie Control begin with: 00 00 66, the model, the command.
namespace kedge::mackie {

using Payload = std::span<const midi::Data7>;

/// A SysEx taken apart: a view into it, valid as long as it is.
struct Frame {
    Model model = Model::main_unit;
    int command = 0;
    Payload payload;
};
[[nodiscard]] tl::expected<Frame, Unusable> open_frame(const midi::SysEx& sysex);

/// Whether a SysEx begins with these numbers.
[[nodiscard]] bool begins_with(const midi::SysEx& sysex, Payload start);

/// A SysEx with nothing behind the command yet.
[[nodiscard]] midi::SysEx begin_frame(Model model, int command);
void append(midi::SysEx& sysex, Payload numbers);

}  // namespace kedge::mackie
