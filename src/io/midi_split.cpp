#include "io/midi_split.hpp"

namespace kedge::io {

std::size_t first_midi_message(std::span<const std::byte> bytes) {
    constexpr std::byte first_status{0x80};
    constexpr std::byte sysex{0xF0};
    constexpr std::byte end_of_sysex{0xF7};
    constexpr std::byte first_real_time{0xF8};
    if (bytes.empty()) return 0;
    const bool in_sysex = bytes.front() == sysex;
    for (std::size_t i = 1; i < bytes.size(); ++i) {
        if (in_sysex && bytes[i] == end_of_sysex) return i + 1;
        if (bytes[i] >= first_status && !(in_sysex && bytes[i] >= first_real_time)) return i;
    }
    return bytes.size();
}

}  // namespace kedge::io
