#pragma once

#include "midi/message.hpp"
#include "midi/stream_parser.hpp"

#include <cctype>
#include <cstddef>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace kedge::test {

using MidiBytes = std::vector<std::byte>;

/// "F0 00 7F f7", blanks wherever they are, as bytes; throws on anything else.
inline MidiBytes hex(std::string_view text) {
    MidiBytes bytes;
    int digits = 0;
    int value = 0;
    for (const char c : text) {
        if (c == ' ' && digits == 0) continue;
        if (std::isxdigit(static_cast<unsigned char>(c)) == 0)
            throw std::invalid_argument("no hexadecimal bytes: " + std::string(text));
        value = value * 16 + std::stoi(std::string(1, c), nullptr, 16);
        if (++digits < 2) continue;
        bytes.push_back(static_cast<std::byte>(value));
        digits = value = 0;
    }
    if (digits != 0) throw std::invalid_argument("half a byte: " + std::string(text));
    return bytes;
}

/// Bytes as a person reads them: "F0 00 7F F7".
inline std::string to_hex(std::span<const std::byte> bytes) {
    std::string text;
    for (const auto byte : bytes) {
        constexpr std::string_view digits = "0123456789ABCDEF";
        if (!text.empty()) text += ' ';
        text += digits[std::to_integer<std::size_t>(byte >> 4)];
        text += digits[std::to_integer<std::size_t>(byte & std::byte{0x0F})];
    }
    return text;
}

/// What a parser of its own makes of these bytes.
inline std::vector<midi::Message> midi_messages(std::span<const std::byte> bytes) {
    midi::StreamParser parser;
    std::vector<midi::Message> messages;
    parser.receive(bytes, messages);
    return messages;
}

}  // namespace kedge::test
