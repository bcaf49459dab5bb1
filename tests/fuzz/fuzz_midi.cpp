#include "midi/encoder.hpp"
#include "midi/stream_parser.hpp"

#include <cstdint>
#include <cstdlib>
#include <span>
#include <variant>
#include <vector>

namespace {

using namespace kedge::midi;

constexpr std::size_t longest = 40;

void require(bool holds) {
    if (!holds) std::abort();
}

/// What was read can be written, and is read again as it was.
void write_again(const Message& message) {
    if (const auto* sysex = std::get_if<SysEx>(&message)) require(sysex->data.size() <= longest);
    StreamParser parser(longest);
    std::vector<Message> again;
    parser.receive(encode(message), again);
    require(again.size() == 1 && again[0] == message && parser.dropped() == Dropped{});
}

}  // namespace

// Whatever the bytes and the pieces they come in, each is in a message, dropped and counted, or waited on.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto bytes = std::as_bytes(std::span(data, size));
    StreamParser whole(longest);
    std::vector<Message> messages;
    whole.receive(bytes, messages);

    StreamParser in_halves(longest);
    std::vector<Message> same;
    in_halves.receive(bytes.first(size / 2), same);
    in_halves.receive(bytes.subspan(size / 2), same);
    require(same == messages && in_halves.dropped() == whole.dropped());

    std::size_t written = 0;
    for (const auto& message : messages) {
        write_again(message);
        written += encode(message).size();
    }
    const auto rest = whole.dropped().bytes + whole.pending();
    // A running status saves a byte of each message at most.
    require(rest + written >= size && rest + written <= size + messages.size());

    whole.reset();
    require(whole.pending() == 0 && whole.bytes_in() == size && whole.messages_in() == messages.size());
    return 0;
}
