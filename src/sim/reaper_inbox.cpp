#include "sim/reaper_inbox.hpp"

#include "osc/osc.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <optional>

namespace kedge::sim {

namespace {

constexpr std::size_t length_head = 4;

/// A queue of bytes in which each piece stands behind its length.
class PieceQueue {
  public:
    void add(std::span<const std::byte> piece) {
        for (unsigned shift = 32; shift > 0; shift -= 8)
            bytes_.push_back(static_cast<std::byte>((piece.size() >> (shift - 8U)) & 0xFFU));
        bytes_.insert(bytes_.end(), piece.begin(), piece.end());
    }
    [[nodiscard]] std::size_t left() const { return bytes_.size() - at_; }
    /// nullopt when there is no such length, or less than it says.
    std::optional<std::size_t> length() {
        if (left() < length_head) return std::nullopt;
        const std::size_t said = osc::big_endian32(bytes_.data() + at_);
        at_ += length_head;
        if (said == 0 || said > left()) return std::nullopt;
        return said;
    }
    [[nodiscard]] bool at_bundle() const {
        return left() > osc::bundle_head + length_head && std::memcmp(bytes_.data() + at_, "#bundle", 8) == 0;
    }
    std::span<const std::byte> pop(std::size_t size) {
        const auto piece = std::span(bytes_).subspan(at_, size);
        at_ += size;
        return piece;
    }

  private:
    std::vector<std::byte> bytes_;
    std::size_t at_ = 0;
};

}  // namespace

void ReaperInbox::add(Instant at, std::span<const std::byte> datagram) {
    waiting_.emplace_back(at, Bytes(datagram.begin(), datagram.end()));
}

std::vector<ReaperInbox::Bytes> ReaperInbox::take(Instant until) {
    PieceQueue queue;
    const auto later =
        std::find_if(waiting_.begin(), waiting_.end(), [&](const auto& each) { return each.first > until; });
    for (auto each = waiting_.begin(); each != later; ++each) queue.add(each->second);
    waiting_.erase(waiting_.begin(), later);
    std::vector<Bytes> messages;
    // The lengths of a bundle's elements look like those between datagrams, so that a bundle, once its head
    // is gone, is read on as if its elements had come one by one.
    for (auto length = queue.length(); length; length = queue.length()) {
        if (queue.at_bundle()) {
            queue.pop(osc::bundle_head);
            length = queue.length();
            if (!length) break;
        }
        if (*length > longest_message) break;
        const auto piece = queue.pop(*length);
        messages.emplace_back(piece.begin(), piece.end());
    }
    return messages;
}

}  // namespace kedge::sim
