#include "sim/surface_outbox.hpp"

#include "midi/encoder.hpp"

#include <algorithm>
#include <utility>
#include <variant>

namespace kedge::sim {

void SurfaceOutbox::add(Instant now, std::uint16_t port, const midi::Message& message) {
    free_at_ = std::max(free_at_, now);
    if (std::holds_alternative<midi::SysEx>(message)) free_at_ += sysex_gap_;
    Peer to;
    to.port = port;
    waiting_.push_back({free_at_, {to, midi::encode(message)}});
}

void SurfaceOutbox::run(Instant now, std::vector<Datagram>& out) {
    while (!waiting_.empty() && waiting_.front().due <= now) {
        Datagram datagram = std::move(waiting_.front().datagram);
        waiting_.pop_front();
        if (is_plugged(datagram.to.port)) out.push_back(std::move(datagram));
    }
}

std::optional<Instant> SurfaceOutbox::next_due() const {
    if (waiting_.empty()) return std::nullopt;
    return waiting_.front().due;
}

void SurfaceOutbox::plug(std::uint16_t port, bool plugged) {
    if (plugged) {
        unplugged_.erase(port);
    } else {
        unplugged_.insert(port);
    }
}

}  // namespace kedge::sim
