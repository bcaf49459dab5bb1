#pragma once

#include "engine/virtual_loop.hpp"
#include "sim/simulated_ardour.hpp"

#include <optional>
#include <string>

namespace kedge::cli {

/// The simulated Ardour, or a lossy wire before it, as the DAW of a VirtualLoop.
template <typename Daw = sim::SimulatedArdour>
class SimInMemory : public engine::VirtualDaw {
  public:
    explicit SimInMemory(Daw& daw) : daw_(daw) {}
    void receive(Instant now, std::span<const std::byte> bytes, Datagrams& out) override {
        std::vector<sim::Datagram> answers;
        daw_.receive(now, client, bytes, answers);
        keep_ours(answers, out);
    }
    void advance(Instant to, Datagrams& out) override {
        std::vector<sim::Datagram> sent;
        daw_.advance(to, sent);
        keep_ours(sent, out);
    }
    [[nodiscard]] Instant next_wake() const override { return daw_.next_wake(); }
    void hand_over(const std::string& request) override { daw_.hand_over(request); }
    [[nodiscard]] std::optional<std::string> take_answer() override { return daw_.take_answer(); }

    static constexpr sim::Peer client{0x7F000001, 9000};

  private:
    static void keep_ours(std::vector<sim::Datagram>& from, Datagrams& out) {
        for (auto& datagram : from)
            if (datagram.to == client) out.push_back(std::move(datagram.bytes));
    }

    Daw& daw_;
};

}  // namespace kedge::cli
