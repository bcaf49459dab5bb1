#include "midi/message.hpp"

namespace kedge::midi {

SysEx SysEx::of(std::initializer_list<int> numbers) {
    SysEx sysex;
    sysex.data.reserve(numbers.size());
    for (const int number : numbers) sysex.data.emplace_back(number);
    return sysex;
}

std::optional<NoteOn> as_note(const Message& message) {
    if (const auto* on = std::get_if<NoteOn>(&message)) return *on;
    if (const auto* off = std::get_if<NoteOff>(&message)) return NoteOn{off->channel, off->note, Data7(0)};
    return std::nullopt;
}

}  // namespace kedge::midi
