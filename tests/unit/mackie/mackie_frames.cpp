#include "unit/mackie/mackie_frames.hpp"

#include "midi/encoder.hpp"
#include "support/catch.hpp"
#include "support/midi_bytes.hpp"

#include <string>

namespace kedge::test {

namespace {

midi::Message one_message(std::string_view frame) {
    const auto messages = midi_messages(hex(frame));
    REQUIRE(messages.size() == 1);
    return messages[0];
}

template <typename Read, typename Message>
void check_read(const Read& read, const Message& message) {
    REQUIRE(read);
    CHECK(read->message == message);
}

}  // namespace

void check_host_says(std::string_view frame, const mackie::HostMessage& message,
                     std::optional<mackie::Model> to) {
    CAPTURE(frame);
    const auto read = mackie::read_from_host(one_message(frame));
    check_read(read, message);
    CHECK(read->to == to);
    const auto written = mackie::write_to_device(message, to.value_or(mackie::Model::main_unit));
    CHECK(to_hex(midi::encode(written)) == frame);
}

void check_host_means(std::string_view frame, const mackie::HostMessage& message) {
    CAPTURE(frame);
    check_read(mackie::read_from_host(one_message(frame)), message);
}

void check_unusable_from_host(std::string_view frame, mackie::Unusable why) {
    CAPTURE(frame);
    const auto read = mackie::read_from_host(one_message(frame));
    REQUIRE_FALSE(read);
    CHECK(to_string(read.error()) == to_string(why));
}

void check_device_says(std::string_view frame, const mackie::DeviceMessage& message,
                       std::optional<mackie::Model> from) {
    CAPTURE(frame);
    const auto read = mackie::read_from_device(one_message(frame));
    check_read(read, message);
    CHECK(read->from == from);
    const auto written = mackie::write_to_host(message, from.value_or(mackie::Model::main_unit));
    CHECK(to_hex(midi::encode(written)) == frame);
}

void check_device_means(std::string_view frame, const mackie::DeviceMessage& message) {
    CAPTURE(frame);
    check_read(mackie::read_from_device(one_message(frame)), message);
}

void check_unusable_from_device(std::string_view frame, mackie::Unusable why) {
    CAPTURE(frame);
    const auto read = mackie::read_from_device(one_message(frame));
    REQUIRE_FALSE(read);
    CHECK(to_string(read.error()) == to_string(why));
}

}  // namespace kedge::test
