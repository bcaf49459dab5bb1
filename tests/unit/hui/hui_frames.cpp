#include "unit/hui/hui_frames.hpp"

#include "hui/encoder.hpp"
#include "midi/encoder.hpp"
#include "support/catch.hpp"

namespace kedge::test {

namespace {

template <typename Decoder, typename Said>
void check_read(std::string_view frame, const std::vector<Said>& messages, const hui::Dropped& dropped) {
    CAPTURE(frame);
    Decoder decoder;
    const auto said = heard<Said>(decoder, hex(frame));
    CHECK(said.size() == messages.size());
    CHECK((said == messages));
    CHECK((decoder.dropped() == dropped));
}

}  // namespace

MidiBytes bytes_of(std::span<const midi::Message> messages) {
    MidiBytes bytes;
    for (const auto& message : messages) midi::encode_onto(bytes, message);
    return bytes;
}

void check_host_says(std::string_view frame, const ToHuiMessages& messages) {
    check_host_means(frame, messages);
    CHECK(to_hex(bytes_of(hui::to_midi(messages))) == frame);
}

void check_host_means(std::string_view frame, const ToHuiMessages& messages) {
    check_to_hui_dropped(frame, messages, {});
}

void check_to_hui_dropped(std::string_view frame, const ToHuiMessages& messages,
                          const hui::Dropped& dropped) {
    check_read<hui::ToHuiDecoder>(frame, messages, dropped);
}

void check_hui_says(std::string_view frame, const FromHuiMessages& messages) {
    check_hui_means(frame, messages);
    std::vector<midi::Message> written;
    for (const auto& message : messages)
        for (auto& each : hui::to_midi(message)) written.push_back(std::move(each));
    CHECK(to_hex(bytes_of(written)) == frame);
}

void check_hui_means(std::string_view frame, const FromHuiMessages& messages) {
    check_from_hui_dropped(frame, messages, {});
}

void check_from_hui_dropped(std::string_view frame, const FromHuiMessages& messages,
                            const hui::Dropped& dropped) {
    check_read<hui::FromHuiDecoder>(frame, messages, dropped);
}

}  // namespace kedge::test
