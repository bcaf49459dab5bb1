#include "reaper/packet_pacing.hpp"

#include "reaper/session_limits.hpp"

#include <cassert>
#include <cstdint>
#include <string_view>
#include <utility>

namespace kedge::reaper {

namespace {

// "#bundle", its terminator, and a time tag.
constexpr std::size_t bundle_head = 16;
constexpr std::size_t length_field = 4;

std::size_t size_in_bundle(const std::vector<PacketPacing::Message>& together) {
    std::size_t size = 0;
    for (const auto& message : together) size += length_field + message.size();
    return size;
}

void put_length(PacketPacing::Message& into, std::size_t length) {
    for (int shift = 24; shift >= 0; shift -= 8)
        into.push_back(static_cast<std::byte>((length >> static_cast<unsigned>(shift)) & 0xFFU));
}

PacketPacing::Message bundle_of(const std::vector<PacketPacing::Message>& messages) {
    PacketPacing::Message bundle;
    for (const char each : std::string_view("#bundle\0", 8)) bundle.push_back(static_cast<std::byte>(each));
    bundle.resize(bundle_head);
    bundle.back() = std::byte{1};  // at once
    for (const auto& message : messages) {
        put_length(bundle, message.size());
        bundle.insert(bundle.end(), message.begin(), message.end());
    }
    return bundle;
}

}  // namespace

void PacketPacing::add(std::vector<Message> together) {
    assert(!together.empty());
    assert(together.size() == 1 || bundle_head + size_in_bundle(together) <= longest_datagram);
    waiting_.push_back(std::move(together));
}

void PacketPacing::add(Message message) {
    std::vector<Message> alone;
    alone.push_back(std::move(message));
    add(std::move(alone));
}

PacketPacing::Message PacketPacing::next_datagram() {
    std::vector<Message> messages;
    std::size_t size = bundle_head;
    while (!waiting_.empty()) {
        const std::size_t more = size_in_bundle(waiting_.front());
        if (!messages.empty() && size + more > longest_datagram) break;
        size += more;
        for (auto& message : waiting_.front()) messages.push_back(std::move(message));
        waiting_.pop_front();
    }
    return messages.size() == 1 ? std::move(messages.front()) : bundle_of(messages);
}

std::vector<PacketPacing::Message> PacketPacing::take(Instant now) {
    std::vector<Message> datagrams;
    if (now < due_) return datagrams;
    while (!waiting_.empty() && datagrams.size() < datagrams_at_once) datagrams.push_back(next_datagram());
    // A few that go alone need no pause behind them.
    if (datagrams.size() == datagrams_at_once) due_ = now + between_datagrams;
    return datagrams;
}

std::vector<PacketPacing::Message> PacketPacing::take_all() {
    std::vector<Message> datagrams;
    while (!waiting_.empty()) datagrams.push_back(next_datagram());
    return datagrams;
}

}  // namespace kedge::reaper
