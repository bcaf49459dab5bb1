#include "io/udp_simulator.hpp"
#include "support/catch.hpp"

#include <chrono>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

using namespace kedge;

namespace {

/// Saves at its next turn, as REAPER does, and hears of nothing.
class SavesAtTurn : public sim::SimulatedDaw {
  public:
    static constexpr int turns = 8;
    std::function<void()> at_the_end;

    void receive(Instant, sim::Peer, std::span<const std::byte>, std::vector<sim::Datagram>&) override {}
    void advance(Instant to, std::vector<sim::Datagram>&) override {
        next_ = to + std::chrono::milliseconds(10);
        if (++turned_ == 3) ++saved_;
        if (turned_ == turns) at_the_end();
    }
    [[nodiscard]] Instant next_wake() const override { return next_; }
    [[nodiscard]] int times_saved() const override { return saved_; }
    [[nodiscard]] bool calls_companion(std::string_view) const override { return false; }
    void hand_over(std::string) override {}

  private:
    Instant next_{};
    int turned_ = 0;
    int saved_ = 0;
};

}  // namespace

TEST_CASE("a DAW that saves between two datagrams is heard of, once") {
    SavesAtTurn daw;
    auto opened = io::UdpSimulator::open(daw, 0);
    REQUIRE(opened);
    io::UdpSimulator& simulator = **opened;
    int saves = 0;
    daw.at_the_end = [&] { simulator.stop(); };
    simulator.on_save([&] { ++saves; });
    simulator.run();
    CHECK(saves == 1);
}
