#include "sim/reaper_outbox.hpp"

#include "osc/osc.hpp"

#include <algorithm>

namespace kedge::sim {

void ReaperOutbox::add(Bytes message) {
    if (message.size() <= longest_message) said_.push_back(std::move(message));
}

void ReaperOutbox::run(Instant now, Peer to, std::vector<Datagram>& out) {
    if (packets_.empty() && !said_.empty() && free_at_ <= now) pack(now);
    while (!packets_.empty() && packets_.front().first <= now) {
        out.push_back({to, std::move(packets_.front().second)});
        packets_.pop_front();
    }
}

std::optional<Instant> ReaperOutbox::next_due() const {
    if (!packets_.empty()) return packets_.front().first;
    if (!said_.empty()) return free_at_;
    return std::nullopt;
}

void ReaperOutbox::clear() {
    said_.clear();
    packets_.clear();
}

void ReaperOutbox::pack(Instant from) {
    std::vector<Bytes> packet;
    std::size_t size = osc::bundle_head;
    free_at_ = from;
    const auto seal = [&] {
        packets_.emplace_back(free_at_, packet.size() == 1 ? packet.front() : osc::encode_bundle(packet));
        free_at_ += wait_;
        packet.clear();
        size = osc::bundle_head;
    };
    for (Bytes& message : said_) {
        const std::size_t takes = osc::bundle_element_head + message.size();
        if (!packet.empty() && size + takes > longest_packet_) seal();
        size += takes;
        packet.push_back(std::move(message));
    }
    seal();
    said_.clear();
}

}  // namespace kedge::sim
