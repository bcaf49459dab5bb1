#pragma once

#include "core/result.hpp"
#include "engine/engine.hpp"
#include "io/daw_address.hpp"
#include "io/daw_wire.hpp"
#include "io/event_loop.hpp"
#include "io/midi_address.hpp"
#include "io/terminal_keys.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace kedge::io {

/// What the loop itself counts; beside surface::Counters.
struct LoopCounters {
    std::uint64_t from_strangers = 0;  ///< datagrams that did not come from the DAW's host
    std::uint64_t dropped = 0;         ///< messages that came faster than they were taken
    std::uint64_t send_failures = 0;
    std::uint64_t hand_over_failures = 0;  ///< requests for the companion script that could not be laid down
};

/// The one loop thread: the wire to a DAW, timers, Ctrl-C. Not to be shared between threads.
class DawLoop {
  public:
    /// A loop of its own, with one UDP socket. An error names the address and why it cannot be used.
    static Result<std::unique_ptr<DawLoop>> over_udp(engine::Engine& engine, const DawAddress& address);
    /// The same on a loop that serves others too: whoever pumps it keeps the connection alive between jobs,
    /// and while a job runs the others are served.
    static Result<std::unique_ptr<DawLoop>> over_udp(engine::Engine& engine, const DawAddress& address,
                                                     EventLoop& loop);
    /// The same over MIDI ports: a pair for each unit of a control surface.
    static Result<std::unique_ptr<DawLoop>> over_midi(engine::Engine& engine, const MidiAddress& address);
    static Result<std::unique_ptr<DawLoop>> over_midi(engine::Engine& engine, const MidiAddress& address,
                                                      EventLoop& loop);
    /// Over any wire, which lives on `loop`; the loop outlives this.
    DawLoop(engine::Engine& engine, std::unique_ptr<DawWire> wire, EventLoop& loop);
    ~DawLoop();

    /// Called now and then while a job works (at most ten times a second), with how long it has been running.
    std::function<void(const engine::Progress&, Duration)> on_progress;

    /// A guest of the engine's does something of its own accord, such as what a hand did on a controller.
    void act(engine::EngineGuest& guest, const std::function<void(engine::Desk&)>& what);
    /// `what` is called each time that the engine has done something.
    void after_each_step(std::function<void()> what);

    /// Where requests for the companion script in the DAW are laid down; without one they are dropped and
    /// counted.
    void hand_requests_to(std::optional<std::filesystem::path> file);

    /// Makes the connection without a job: whoever pumps the shared loop sees the surface become ready, and
    /// lost, and ready again.
    void start();
    /// Runs a job to its end. The first call makes the connection; no answer is an error of kind no_daw
    /// within 3 s. Ctrl-C, SIGTERM and the end of the terminal interrupt the job, which then puts
    /// things back.
    Result<void> run(engine::Job& job);
    /// Interrupts the job at work, as Ctrl-C does; from within run() only.
    void interrupt();
    /// As long as it lives, any key on this process's terminal interrupts the job at work; nullptr where no
    /// key comes. The loop outlives it.
    [[nodiscard]] std::unique_ptr<TerminalKeys> interrupt_on_key();
    /// Leaves the DAW: says goodbye at once or as soon as its mixer has come to rest; when it does not within
    /// a second, it depends on the surface whether that can be said.
    void close();
    [[nodiscard]] LoopCounters counters() const;
    /// The port that answers come to.
    [[nodiscard]] std::uint16_t local_port() const;

  private:
    struct State;
    explicit DawLoop(std::unique_ptr<State> state);
    static Result<std::unique_ptr<DawLoop>> over_udp(engine::Engine& engine, const DawAddress& address,
                                                     std::unique_ptr<EventLoop> own, EventLoop& loop);
    static Result<std::unique_ptr<DawLoop>> over_midi(engine::Engine& engine, const MidiAddress& address,
                                                      std::unique_ptr<EventLoop> own, EventLoop& loop);
    std::unique_ptr<State> state_;
};

}  // namespace kedge::io
