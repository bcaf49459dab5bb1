#pragma once

#include "cli/banked_in_memory.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <utility>
#include <vector>

namespace kedge::test {

/// A MIDI wire that takes its time each way, and can be pulled out.
class SlowWire : public engine::VirtualDaw {
  public:
    SlowWire(sim::BankedHost& daw, std::size_t ports) : host_(daw), daw_(daw, ports) {}

    void receive(Instant now, std::span<const std::byte> bytes, Datagrams& out) override {
        receive_at(now, 0, bytes, out);
    }
    void receive_at(Instant now, std::size_t port, std::span<const std::byte> bytes,
                    Datagrams& out) override {
        if (latency == Duration()) return daw_.receive_at(now, port, bytes, out);
        if (plugged_) to_daw_.emplace(arrival(now), Datagram({bytes.begin(), bytes.end()}, port));
    }
    [[nodiscard]] std::size_t ports() const override { return daw_.ports(); }

    void advance(Instant to, Datagrams& out) override {
        Datagrams told;
        while (!to_daw_.empty() && to_daw_.begin()->first <= to) {
            const auto next = to_daw_.extract(to_daw_.begin());
            daw_.advance(next.key(), told);
            daw_.receive_at(next.key(), next.mapped().port, next.mapped().bytes, told);
            keep(next.key(), told);
        }
        daw_.advance(to, told);
        keep(to, told);
        while (!to_us_.empty() && to_us_.begin()->first <= to)
            out.push_back(std::move(to_us_.extract(to_us_.begin()).mapped()));
    }
    [[nodiscard]] Instant next_wake() const override {
        Instant due = daw_.next_wake();
        if (!to_daw_.empty()) due = std::min(due, to_daw_.begin()->first);
        if (!to_us_.empty()) due = std::min(due, to_us_.begin()->first);
        return due;
    }

    /// What is under way is lost. The session is to be told by the loop.
    void plug(bool plugged_in) {
        plugged_ = plugged_in;
        to_daw_.clear();
        to_us_.clear();
        for (std::size_t port = 0; port < ports(); ++port) {
            if (plugged_in) {
                host_.plug(static_cast<std::uint16_t>(port));
            } else {
                host_.unplug(static_cast<std::uint16_t>(port));
            }
        }
    }

    Duration latency = std::chrono::milliseconds(3);
    Instant stands_still_until{};  ///< nothing arrives before that, and then everything

  private:
    [[nodiscard]] Instant arrival(Instant left) const { return std::max(left + latency, stands_still_until); }
    void keep(Instant at, Datagrams& told) {
        for (auto& each : told)
            if (plugged_) to_us_.emplace(arrival(at), std::move(each));
        told.clear();
    }

    sim::BankedHost& host_;
    cli::BankedInMemory daw_;
    bool plugged_ = true;
    std::multimap<Instant, Datagram> to_daw_;
    std::multimap<Instant, Datagram> to_us_;
};

}  // namespace kedge::test
