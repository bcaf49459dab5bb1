#include "hui/encoder.hpp"
#include "hui/from_hui_decoder.hpp"
#include "hui/to_hui_decoder.hpp"
#include "midi/stream_parser.hpp"
#include "support/hui_accounts.hpp"

#include <cstdint>
#include <cstdlib>
#include <span>
#include <vector>

namespace {

using namespace kedge;
using namespace kedge::hui;

void require(bool holds) {
    if (!holds) std::abort();
}

template <typename Decoder, typename Said>
std::vector<Said> read(std::span<const midi::Message> messages) {
    Decoder decoder;
    std::vector<Said> all;
    for (const auto& message : messages)
        if (auto said = decoder.receive(message)) all.push_back(std::move(*said));
    return all;
}

/// What was read can be written, and is read again as it was; a long text as several.
void write_again(const ToHui& said) {
    auto again = read<ToHuiDecoder, ToHui>(to_midi(said));
    require(!again.empty());
    for (std::size_t i = 1; i < again.size(); ++i) {
        const auto& more = std::get<ShowText>(again[i]).cells;
        auto& cells = std::get<ShowText>(again[0]).cells;
        cells.insert(cells.end(), more.begin(), more.end());
    }
    require(again[0] == said);
}
void write_again(const FromHui& said) {
    require(read<FromHuiDecoder, FromHui>(to_midi(said)) == std::vector<FromHui>{said});
}

/// The timecode display shows any digits, and can be brought to show them from any others.
void show_time(TimeDisplay& display, const ShowTime& time) {
    auto wanted = display;
    wanted.show(time);
    const auto change = display.change_to(wanted);
    require(change.has_value() == (display != wanted));
    if (change) display.show(*change);
    require(display == wanted && TimeDisplay::of(display.text()) == display);
}

}  // namespace

// Whatever MIDI comes from either side, each message is read, dropped and counted, or waited on.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    midi::StreamParser parser;
    std::vector<midi::Message> messages;
    parser.receive(std::as_bytes(std::span(data, size)), messages);
    require(test::all_accounted<ToHuiDecoder>(messages, test::zone_to_hui));
    require(test::all_accounted<FromHuiDecoder>(messages, test::zone_from_hui));

    TimeDisplay display;
    for (const auto& said : read<ToHuiDecoder, ToHui>(messages)) {
        write_again(said);
        if (const auto* time = std::get_if<ShowTime>(&said)) show_time(display, *time);
    }
    for (const auto& said : read<FromHuiDecoder, FromHui>(messages)) write_again(said);
    return 0;
}
