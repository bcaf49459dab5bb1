#include "io/midi_inbox.hpp"

#include <array>

namespace kedge::io {

bool MidiInbox::put(std::span<const unsigned char> message) {
    if (message.empty()) return false;
    if (message.size() > longest || bytes_.write_available() < header + message.size()) {
        ++dropped_;
        return false;
    }
    // In one push, so that the reader sees a header only with all of its message and waits for nobody.
    const auto text = std::as_bytes(message);
    parcel_.assign(
        {static_cast<std::byte>(message.size() >> 8U), static_cast<std::byte>(message.size() & 0xFFU)});
    parcel_.insert(parcel_.end(), text.begin(), text.end());
    bytes_.push(parcel_.data(), parcel_.size());
    return !told_.exchange(true);
}

void MidiInbox::take(const std::function<void(std::span<const std::byte>)>& hear) {
    // An exchange, not a store: whoever was not told to come again has put before this what is read below.
    told_.exchange(false);
    std::array<std::byte, header> length{};
    while (bytes_.read_available() >= header) {
        bytes_.pop(length.data(), length.size());
        message_.resize((std::to_integer<std::size_t>(length[0]) << 8U) |
                        std::to_integer<std::size_t>(length[1]));
        bytes_.pop(message_.data(), message_.size());
        hear(message_);
    }
}

}  // namespace kedge::io
