#include "control/controller_link.hpp"

#include "midi/encoder.hpp"

#include <cassert>

namespace kedge::control {

std::vector<ControlNews> ControllerLink::heard(std::span<const std::byte> bytes) {
    std::vector<midi::Message> messages;
    parser_.receive(bytes, messages);
    messages_ += messages.size();
    std::vector<ControlNews> all;
    for (const auto& message : messages)
        for (const auto& news : reader_.read(message)) all.push_back(news);
    return all;
}

std::vector<std::byte> ControllerLink::bytes_for(const Shown& shown) const {
    const auto control = std::visit([](const auto& what) { return what.control; }, shown);
    const auto& feedback = map_.feedback.at(map_.controls.at(control).name);
    std::vector<midi::Message> messages;
    if (const auto* motor = std::get_if<ShowMotor>(&shown))
        messages = messages_for(std::get<MotorBack>(feedback), motor->at);
    else if (const auto* light = std::get_if<ShowLight>(&shown))
        messages = messages_for(std::get<LightBack>(feedback), light->state);
    else if (const auto* ring = std::get_if<ShowRing>(&shown))
        messages = messages_for(std::get<RingBack>(feedback), ring->shape, ring->at);
    std::vector<std::byte> bytes;
    for (const auto& message : messages) midi::encode_onto(bytes, message);
    return bytes;
}

std::vector<std::byte> ControllerLink::bytes_for(const ShowText& text) const {
    assert(map_.display);
    std::vector<std::byte> bytes;
    midi::encode_onto(bytes, message_for(*map_.display, text));
    return bytes;
}

void ControllerLink::reset() {
    parser_ = midi::StreamParser();
    reader_.reset();
}

}  // namespace kedge::control
