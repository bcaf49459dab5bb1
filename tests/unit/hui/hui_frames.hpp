#pragma once

#include "hui/from_hui_decoder.hpp"
#include "hui/to_hui_decoder.hpp"
#include "support/midi_bytes.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kedge::test {

using ToHuiMessages = std::vector<hui::ToHui>;
using FromHuiMessages = std::vector<hui::FromHui>;

/// The frame, in hexadecimal, is what a host says by these messages, and is read as them.
void check_host_says(std::string_view frame, const ToHuiMessages& messages);
/// It is read as them; a host of ours would write it otherwise.
void check_host_means(std::string_view frame, const ToHuiMessages& messages);
/// So much of it is read, and of the rest this is counted.
void check_to_hui_dropped(std::string_view frame, const ToHuiMessages& messages, const hui::Dropped& dropped);

/// The same of what a HUI says.
void check_hui_says(std::string_view frame, const FromHuiMessages& messages);
void check_hui_means(std::string_view frame, const FromHuiMessages& messages);
void check_from_hui_dropped(std::string_view frame, const FromHuiMessages& messages,
                            const hui::Dropped& dropped);

/// With the status byte of every message.
[[nodiscard]] MidiBytes bytes_of(std::span<const midi::Message> messages);

/// What the decoder makes of the bytes, behind what it heard before.
template <typename Said, typename Decoder>
std::vector<Said> heard(Decoder& decoder, std::span<const std::byte> bytes) {
    std::vector<Said> said;
    for (const auto& message : midi_messages(bytes))
        if (auto got = decoder.receive(message)) said.push_back(std::move(*got));
    return said;
}

}  // namespace kedge::test
