#pragma once

#include "core/result.hpp"
#include "sim/simulated_daw.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

namespace kedge::io {

/// A simulated DAW on a UDP port of this machine (loopback only), in real time. While run() is at work the
/// simulated DAW belongs to the thread that runs it.
class UdpSimulator {
  public:
    /// Port 0 takes any free one. A port that is taken is an error that names it. The DAW outlives the
    /// simulator.
    [[nodiscard]] static Result<std::unique_ptr<UdpSimulator>> open(sim::SimulatedDaw& daw,
                                                                    std::uint16_t port);
    ~UdpSimulator();

    [[nodiscard]] std::uint16_t port() const;
    /// Ctrl-C and SIGTERM end run() from now on.
    void stop_on_signals();
    /// Called whenever the DAW was told to save, on the thread that runs.
    void on_save(std::function<void()> what);
    /// Where the DAW's companion script looks for requests; nowhere unless told.
    void take_requests_from(std::filesystem::path file);
    /// Serves until stopped.
    void run();

    /// From any thread.
    void stop();
    /// From any thread: has this done between two datagrams, on the thread that runs and that the DAW belongs
    /// to; what it appends is sent from the DAW's socket.
    void meddle(std::function<void(std::vector<sim::Datagram>&)> what);

  private:
    struct State;
    explicit UdpSimulator(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

/// Puts a simulated DAW on a UDP port until Ctrl-C; its companion script looks into `request_file`, and is
/// none where that is empty. `on_up`
/// is called once the port is open, `on_save` each time the DAW was told to save.
[[nodiscard]] Result<void> serve_simulator(sim::SimulatedDaw& daw, std::uint16_t port,
                                           const std::filesystem::path& request_file,
                                           const std::function<void()>& on_up, std::function<void()> on_save);

}  // namespace kedge::io
