#pragma once

#include "hui/from_hui_decoder.hpp"
#include "hui/to_hui_decoder.hpp"
#include "midi/message.hpp"

#include <cstddef>
#include <span>
#include <variant>

namespace kedge::test {

/// The MIDI messages that a decoder takes for this one, but for the zones of switches.
inline std::size_t midi_messages_of(const hui::ToHui& message) {
    return std::holds_alternative<hui::MoveFader>(message) ? 2 : 1;
}
inline std::size_t midi_messages_of(const hui::FromHui& message) {
    return std::holds_alternative<hui::FaderMoved>(message) ? 2 : 1;
}

inline constexpr midi::Data7 zone_to_hui{0x0C};
inline constexpr midi::Data7 zone_from_hui{0x0F};

/// Whether each of the messages is of something said, selects a zone, is dropped and counted, or waited on.
template <typename Decoder>
bool all_accounted(std::span<const midi::Message> messages, midi::Data7 zone_controller) {
    Decoder decoder;
    std::size_t accounted = 0;
    for (const auto& message : messages) {
        if (const auto said = decoder.receive(message)) accounted += midi_messages_of(*said);
        const auto* change = std::get_if<midi::ControlChange>(&message);
        if (change != nullptr && change->controller == zone_controller) ++accounted;
    }
    return accounted + decoder.dropped().total() + decoder.pending() == messages.size();
}

}  // namespace kedge::test
