#pragma once

#include "engine/virtual_loop.hpp"
#include "sim/banked_host.hpp"

#include <cstdint>

namespace kedge::cli {

/// A simulated DAW behind a control surface's MIDI ports, as the DAW of a VirtualLoop.
class BankedInMemory : public engine::VirtualDaw {
  public:
    BankedInMemory(sim::BankedHost& daw, std::size_t ports) : daw_(daw), ports_(ports) {}
    void receive(Instant now, std::span<const std::byte> bytes, Datagrams& out) override {
        receive_at(now, 0, bytes, out);
    }
    void receive_at(Instant now, std::size_t port, std::span<const std::byte> bytes,
                    Datagrams& out) override {
        std::vector<sim::Datagram> answers;
        daw_.receive(now, {.port = static_cast<std::uint16_t>(port)}, bytes, answers);
        hand_on(answers, out);
    }
    [[nodiscard]] std::size_t ports() const override { return ports_; }
    void advance(Instant to, Datagrams& out) override {
        std::vector<sim::Datagram> sent;
        daw_.advance(to, sent);
        hand_on(sent, out);
    }
    [[nodiscard]] Instant next_wake() const override { return daw_.next_wake(); }

  private:
    static void hand_on(std::vector<sim::Datagram>& from, Datagrams& out) {
        for (auto& datagram : from) out.emplace_back(std::move(datagram.bytes), datagram.to.port);
    }

    sim::BankedHost& daw_;
    std::size_t ports_;
};

}  // namespace kedge::cli
