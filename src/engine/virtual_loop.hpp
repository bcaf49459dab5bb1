#pragma once

#include "engine/engine.hpp"

#include <cstddef>
#include <functional>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace kedge::engine {

/// A DAW in memory, driven in virtual time.
class VirtualDaw {
  public:
    virtual ~VirtualDaw() = default;
    struct Datagram {
        // NOLINTNEXTLINE(google-explicit-constructor): bytes alone are a datagram.
        Datagram(std::vector<std::byte> what, std::size_t by = 0) : bytes(std::move(what)), port(by) {}
        std::vector<std::byte> bytes;
        std::size_t port;  ///< of a wire with several
    };
    using Datagrams = std::vector<Datagram>;
    virtual void receive(Instant now, std::span<const std::byte> bytes, Datagrams& out) = 0;
    /// By one port of a wire with several.
    virtual void receive_at(Instant now, std::size_t port, std::span<const std::byte> bytes, Datagrams& out) {
        if (port == 0) receive(now, bytes, out);
    }
    /// MIDI ports, all plugged in from the start; 0 for wires that cannot be.
    [[nodiscard]] virtual std::size_t ports() const { return 0; }
    /// Does everything due up to `to`.
    virtual void advance(Instant to, Datagrams& out) = 0;
    [[nodiscard]] virtual Instant next_wake() const = 0;
    /// Lays a request down for the script inside of the DAW, or with an empty one takes it away; a DAW
    /// without a script leaves it there.
    virtual void hand_over(const std::string& request) { (void)request; }
    /// What the script left as its answer, where it answers by a file; taken away. Asked after every step.
    [[nodiscard]] virtual std::optional<std::string> take_answer() { return std::nullopt; }
};

/// Runs an engine against a DAW in memory: an hour of the song takes what its computing takes. The virtual
/// twin of io::DawLoop.
class VirtualLoop {
  public:
    /// Both outlive the loop.
    VirtualLoop(Engine& engine, VirtualDaw& daw) : engine_(engine), daw_(daw) {}

    /// Called after every step; for progress and for tests that meddle at a certain moment.
    std::function<void(Instant)> on_step;

    /// Starts the handshake on the first call, hands the job over and runs until it is done. An error when
    /// the DAW cannot be reached, or when `patience` of virtual time passes without an end.
    Result<void> run(Job& job, Duration patience = std::chrono::hours(3));
    /// MIDI ports are pulled out, or put in again: all of them.
    void plug(bool plugged_in);
    /// A guest of the engine's does something of its own accord.
    void act(EngineGuest& guest, const std::function<void(Desk&)>& what);
    /// Lets time pass without a job.
    void idle(Duration span);
    [[nodiscard]] Instant now() const { return now_; }

  private:
    void step();
    void carry_out(surface::Effects& effects);
    void deliver(VirtualDaw::Datagrams& datagrams);
    void look_for_answer();

    Engine& engine_;
    VirtualDaw& daw_;
    Instant now_{};
    bool started_ = false;
    std::set<Instant> wakes_;
    bool awaits_answer_ = false;
};

}  // namespace kedge::engine
