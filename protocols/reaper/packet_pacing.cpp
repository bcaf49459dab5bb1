#include "reaper/packet_pacing.hpp"

#include "osc/osc.hpp"
#include "reaper/session_limits.hpp"

#include <cassert>
#include <utility>

namespace kedge::reaper {

namespace {

std::size_t size_in_bundle(const std::vector<PacketPacing::Message>& together) {
    std::size_t size = 0;
    for (const auto& message : together) size += osc::bundle_element_head + message.size();
    return size;
}

}  // namespace

void PacketPacing::add(std::vector<Message> together) {
    assert(!together.empty());
    assert(together.size() == 1 || osc::bundle_head + size_in_bundle(together) <= longest_datagram);
    waiting_.push_back(std::move(together));
}

void PacketPacing::add(Message message) {
    std::vector<Message> alone;
    alone.push_back(std::move(message));
    add(std::move(alone));
}

PacketPacing::Message PacketPacing::next_datagram() {
    std::vector<Message> messages;
    std::size_t size = osc::bundle_head;
    while (!waiting_.empty()) {
        const std::size_t more = size_in_bundle(waiting_.front());
        if (!messages.empty() && size + more > longest_datagram) break;
        size += more;
        for (auto& message : waiting_.front()) messages.push_back(std::move(message));
        waiting_.pop_front();
    }
    return messages.size() == 1 ? std::move(messages.front()) : osc::encode_bundle(messages);
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
