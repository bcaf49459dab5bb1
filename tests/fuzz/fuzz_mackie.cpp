#include "mackie/device_codec.hpp"
#include "mackie/host_codec.hpp"
#include "mackie/lcd.hpp"
#include "mackie/segments.hpp"
#include "midi/encoder.hpp"
#include "midi/stream_parser.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <variant>
#include <vector>

namespace {

using namespace kedge;
using namespace kedge::mackie;

void require(bool holds) {
    if (!holds) std::abort();
}

/// The displays of a unit, as what was understood leaves them.
struct Displays {
    Lcd lcd;
    SegmentDisplay digits;

    void show(const HostMessage& message) {
        if (const auto* text = std::get_if<WriteLcd>(&message)) {
            const auto left_out = lcd.write(text->offset, text->text);
            require(left_out <= text->text.characters().size());
        }
        if (const auto* digit = std::get_if<SetDigit>(&message)) digits.show(digit->place, digit->digit);
        require(lcd.line(LcdLine::upper).size() == LcdOffset::line_length);
        require(digits.timecode().size() >= DigitPlace::timecode_digits);
    }
};

/// What was understood can be said again and means the same; what was not has a name.
void check(const midi::Message& message, Displays& displays, UnusableCounts& counts) {
    if (const auto from_host = read_from_host(message)) {
        const auto again = write_to_device(from_host->message, from_host->to.value_or(Model::main_unit));
        require(read_from_host(again) == from_host);
        displays.show(from_host->message);
        if (const auto* reply = std::get_if<ConnectionReply>(&from_host->message)) {
            const Challenge any{reply->response.numbers};
            require(answers(any, response_to(any, ResponseShift::by_fourth)));
        }
    } else {
        counts.count(from_host.error());
    }
    if (const auto from_device = read_from_device(message)) {
        const auto again = write_to_host(from_device->message, from_device->from.value_or(Model::main_unit));
        require(read_from_device(again) == from_device);
    } else {
        require(!to_string(from_device.error()).empty());
    }
}

/// The bytes as commands and payloads of Mackie's SysEx, each after its length: without it few mutations
/// would come past the header.
std::vector<midi::Message> as_payloads(std::span<const std::uint8_t> data) {
    std::vector<midi::Message> messages;
    while (!data.empty()) {
        const std::size_t length = data[0];
        const auto payload = data.subspan(1, std::min(length, data.size() - 1));
        auto sysex = midi::SysEx::of({0x00, 0x00, 0x66, 0x14});
        for (const auto byte : payload) sysex.data.emplace_back(byte & 0x7F);
        messages.emplace_back(sysex);
        data = data.subspan(1 + payload.size());
    }
    return messages;
}

}  // namespace

// Whatever the bytes, each MIDI message in them is understood or refused with a reason, by either side.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    midi::StreamParser parser;
    std::vector<midi::Message> messages;
    parser.receive(std::as_bytes(std::span(data, size)), messages);

    Displays displays;
    UnusableCounts counts;
    for (const auto& message : messages) check(message, displays, counts);
    require(counts.total() <= messages.size());
    for (const auto& message : as_payloads({data, size})) check(message, displays, counts);
    return 0;
}
