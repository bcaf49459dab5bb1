#pragma once

#include "ardour/ardour_session.hpp"
#include "engine/engine.hpp"
#include "engine/job.hpp"
#include "io/daw_loop.hpp"
#include "io/udp_simulator.hpp"
#include "sim/simulated_ardour.hpp"
#include "support/catch.hpp"

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

/// Both ends of the wire in one process: the simulated DAW on a thread and port of its own, kedge's loop on
/// the test's thread.
namespace kedge::test {

using Bytes = std::vector<std::byte>;

/// A simulated DAW served from a thread. Its state is the test's again after retire().
class ServedDaw {
  public:
    /// `request_file`: where its companion script looks; nowhere when empty.
    explicit ServedDaw(sim::Song song, const std::filesystem::path& request_file = {})
        : daw_(std::move(song)) {
        auto opened = io::UdpSimulator::open(daw_, 0);
        REQUIRE(opened);
        simulator_ = std::move(*opened);
        simulator_->take_requests_from(request_file);
        thread_ = std::thread([this] { simulator_->run(); });
    }
    ~ServedDaw() { stop(); }
    ServedDaw(const ServedDaw&) = delete;
    ServedDaw& operator=(const ServedDaw&) = delete;

    [[nodiscard]] io::DawAddress address() const { return {"127.0.0.1", simulator_->port()}; }
    /// Has this done to the DAW between two datagrams; what it appends is sent from the DAW's own socket.
    void meddle(std::function<void(sim::SimulatedArdour&, std::vector<sim::Datagram>&)> what) {
        simulator_->meddle([this, what = std::move(what)](auto& out) { what(daw_, out); });
    }
    /// Sends from the DAW's own socket.
    void send(std::uint16_t port, const Bytes& bytes) {
        simulator_->meddle([port, bytes](std::vector<sim::Datagram>& out) {
            out.push_back({sim::Peer{0x7F000001, port}, bytes});
        });
    }
    /// Ends the thread; what the DAW was left with.
    const sim::SimulatedArdour& retire() {
        stop();
        return daw_;
    }

  private:
    void stop() {
        simulator_->stop();
        if (thread_.joinable()) thread_.join();
    }

    sim::SimulatedArdour daw_;
    std::unique_ptr<io::UdpSimulator> simulator_;
    std::thread thread_;
};

/// A session, its engine and its loop on real sockets.
struct Client {
    explicit Client(const io::DawAddress& address) {
        auto opened = io::DawLoop::over_udp(engine, address);
        REQUIRE(opened);
        loop = std::move(*opened);
    }

    ardour::ArdourSession session{Duration{}};  // this machine's wire keeps order
    engine::Engine engine{session};
    std::unique_ptr<io::DawLoop> loop;
};

/// Stays connected until a condition holds, or its patience ends.
class Until : public engine::Job {
  public:
    explicit Until(std::function<bool()> condition, Duration patience = std::chrono::seconds(10))
        : condition_(std::move(condition)), patience_(patience) {}
    [[nodiscard]] bool met() const { return met_; }

    void start(engine::Desk& desk) override {
        end_ = desk.now() + patience_;
        look(desk);
    }
    void event(engine::Desk& desk, const surface::Event&) override { look(desk); }
    void wake(engine::Desk& desk) override { look(desk); }
    void refused(engine::Desk&, const surface::Command&, const Error&) override {}
    void interrupt(engine::Desk&) override { done_ = true; }
    [[nodiscard]] bool done() const override { return done_; }
    [[nodiscard]] engine::Progress progress() const override { return {"waiting", 0.0}; }

  private:
    void look(engine::Desk& desk) {
        met_ = met_ || condition_();
        done_ = met_ || desk.now() >= end_;
        if (!done_) desk.wake_in(std::chrono::milliseconds(20));
    }

    std::function<bool()> condition_;
    Duration patience_;
    Instant end_{};
    bool met_ = false;
    bool done_ = false;
};

/// True when the condition came to hold.
inline bool until(Client& client, std::function<bool()> condition) {
    Until job(std::move(condition));
    const auto ran = client.loop->run(job);
    return ran && job.met();
}

}  // namespace kedge::test
