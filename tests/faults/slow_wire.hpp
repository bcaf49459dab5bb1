#pragma once

#include "cli/sim_in_memory.hpp"
#include "engine/virtual_loop.hpp"
#include "sim/simulated_ardour.hpp"

#include <algorithm>
#include <cstddef>
#include <deque>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace kedge::test {

/// A wire to a simulated DAW on which one datagram comes after the other, so that something can happen in the
/// middle of a pass: 2 ms each way, a fifth of a millisecond apart.
class SlowWire : public engine::VirtualDaw {
  public:
    explicit SlowWire(sim::SimulatedArdour& daw) : daw_(daw) {}

    void receive(Instant now, std::span<const std::byte> bytes, Datagrams&) override {
        to_daw_.push(now, {bytes.begin(), bytes.end()});
    }
    void advance(Instant to, Datagrams& out) override {
        while (true) {
            const Instant next = next_wake();
            if (next > to) return;
            step(next, out);
        }
    }
    [[nodiscard]] Instant next_wake() const override {
        return std::min({daw_.next_wake(), to_daw_.next(), to_client_.next()});
    }

    void hand_over(const std::string& request) override { daw_.hand_over(request); }

  private:
    class Way {
      public:
        void push(Instant now, std::vector<std::byte> bytes) {
            last_ = std::max(now + std::chrono::milliseconds(2), last_ + std::chrono::microseconds(200));
            under_way_.emplace_back(last_, std::move(bytes));
        }
        [[nodiscard]] Instant next() const {
            return under_way_.empty() ? Instant::max() : under_way_.front().first;
        }
        [[nodiscard]] std::vector<std::byte> pop() {
            auto bytes = std::move(under_way_.front().second);
            under_way_.pop_front();
            return bytes;
        }

      private:
        Instant last_{};
        std::deque<std::pair<Instant, std::vector<std::byte>>> under_way_;
    };

    void step(Instant now, Datagrams& out) {
        std::vector<sim::Datagram> said;
        if (to_daw_.next() <= now) {
            daw_.receive(now, cli::SimInMemory<>::client, to_daw_.pop(), said);
        } else if (daw_.next_wake() <= now) {
            daw_.advance(now, said);
        } else {
            out.push_back(to_client_.pop());
        }
        for (auto& datagram : said)
            if (datagram.to == cli::SimInMemory<>::client) to_client_.push(now, std::move(datagram.bytes));
    }

    sim::SimulatedArdour& daw_;
    Way to_daw_;
    Way to_client_;
};

}  // namespace kedge::test
