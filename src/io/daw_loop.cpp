#include "io/daw_loop.hpp"

#include "io/asio_context.hpp"
#include "io/companion_desk.hpp"
#include "io/end_signals.hpp"
#include "io/midi_wire.hpp"
#include "io/udp_wire.hpp"

#include <optional>
#include <set>
#include <utility>

#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <fmt/format.h>

namespace kedge::io {

namespace asio = boost::asio;
using boost::system::error_code;

namespace {

// Automation that plays changes values all the time.
constexpr Duration longest_goodbye = std::chrono::seconds(1);
constexpr Duration progress_period = std::chrono::milliseconds(100);

Instant clock_now() {
    return Instant(std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now().time_since_epoch()));
}

std::chrono::steady_clock::time_point on_clock(Instant when) {
    return std::chrono::steady_clock::time_point(
        std::chrono::duration_cast<std::chrono::steady_clock::duration>(when.time_since_epoch()));
}

tl::unexpected<Error> no_answer(const DawWire& wire, const std::string& how) {
    return fail(ErrorKind::no_daw, fmt::format("No answer from {} {}.", wire.name(), how),
                wire.what_to_check());
}

}  // namespace

struct DawLoop::State {
    State(engine::Engine& the_engine, std::unique_ptr<DawWire> the_wire, std::unique_ptr<EventLoop> own,
          EventLoop& the_loop)
        : engine(the_engine),
          own_loop(std::move(own)),
          loop(the_loop),
          wire(std::move(the_wire)),
          timer(loop.context().asio),
          companion(loop, [this](const std::string& answer) { hear_answer(answer); }),
          signals(loop.context().asio) {
        add_end_signals(signals);
    }

    void start();
    void interrupt();
    void carry_out(surface::Effects& effects);
    std::function<void()> after_step;
    void lay_down(const surface::HandOver& hand);
    void hear_answer(const std::string& answer);
    void arm();
    void hear(std::size_t port, std::span<const std::byte> bytes);
    void plug(std::size_t port, bool plugged_in);
    void await_signal();
    [[nodiscard]] tl::unexpected<Error> turned_away() const;
    void tell_progress(const std::function<void(const engine::Progress&, Duration)>& sink, Instant began);

    engine::Engine& engine;
    std::unique_ptr<EventLoop> own_loop;  ///< unless it is shared
    EventLoop& loop;
    std::unique_ptr<DawWire> wire;
    asio::steady_timer timer;
    CompanionDesk companion;
    asio::signal_set signals;
    std::set<Instant> wakes;
    std::optional<Instant> armed_for;  ///< what the timer waits for
    LoopCounters counters;
    Instant last_progress{};
    bool started = false;
    bool interrupted = false;
};

void DawLoop::State::carry_out(surface::Effects& effects) {
    for (const auto& effect : effects) {
        if (const auto* send = std::get_if<surface::SendBytes>(&effect)) {
            if (!wire->send(send->port, send->bytes)) ++counters.send_failures;
        } else if (const auto* wake = std::get_if<surface::WakeAt>(&effect)) {
            wakes.insert(wake->when);
        } else if (const auto* hand = std::get_if<surface::HandOver>(&effect)) {
            lay_down(*hand);
        }
    }
    effects.clear();
    arm();
    if (after_step) after_step();
}

/// Nobody answers to what could not be laid down: the surface notices that by itself.
void DawLoop::State::lay_down(const surface::HandOver& hand) {
    const auto port = wire->local_port();
    if (port == 0 || !companion.hand_over(hand, port)) ++counters.hand_over_failures;
}

void DawLoop::State::hear_answer(const std::string& answer) {
    surface::Effects effects;
    engine.answered(clock_now(), answer, effects);
    carry_out(effects);
}

void DawLoop::State::arm() {
    if (wakes.empty() || armed_for == *wakes.begin()) return;
    armed_for = *wakes.begin();
    timer.expires_at(on_clock(*armed_for));
    timer.async_wait([this](error_code problem) {
        if (problem) return;
        armed_for.reset();
        // Work of ours may have taken long: what came meanwhile is older than what is due now.
        wire->catch_up();
        const Instant now = clock_now();
        wakes.erase(wakes.begin(), wakes.upper_bound(now));
        surface::Effects effects;
        engine.wake(now, effects);
        carry_out(effects);
    });
}

void DawLoop::State::hear(std::size_t port, std::span<const std::byte> bytes) {
    surface::Effects effects;
    engine.receive(clock_now(), port, bytes, effects);
    carry_out(effects);
}

void DawLoop::State::plug(std::size_t port, bool plugged_in) {
    surface::Effects effects;
    engine.wire_changed(clock_now(), port, plugged_in, effects);
    carry_out(effects);
}

void DawLoop::State::await_signal() {
    signals.async_wait([this](error_code problem, int) {
        if (problem) return;
        interrupt();
        await_signal();
    });
}

void DawLoop::State::start() {
    if (started) return;
    started = true;
    await_signal();
    surface::Effects effects;
    engine.start(clock_now(), effects);
    carry_out(effects);
    // After that, as it may have something to say at once.
    wire->listen({[this](std::size_t port, std::span<const std::byte> bytes) { hear(port, bytes); },
                  [this](std::size_t port, bool plugged_in) { plug(port, plugged_in); }});
}

void DawLoop::State::interrupt() {
    interrupted = true;
    surface::Effects effects;
    engine.interrupt(clock_now(), effects);
    carry_out(effects);
}

tl::unexpected<Error> DawLoop::State::turned_away() const {
    if (engine.surface().counters().messages_in == 0) return no_answer(*wire, "within 3 s");
    const Error& why = *engine.turned_away();
    return fail(why.kind, fmt::format("No answer from {}. {}", wire->name(), why.message), why.next);
}

void DawLoop::State::tell_progress(const std::function<void(const engine::Progress&, Duration)>& sink,
                                   Instant began) {
    const Instant now = clock_now();
    if (!sink || now - last_progress < progress_period) return;
    if (const auto progress = engine.progress()) {
        last_progress = now;
        sink(*progress, now - began);
    }
}

DawLoop::DawLoop(std::unique_ptr<State> state) : state_(std::move(state)) {}
DawLoop::~DawLoop() = default;

DawLoop::DawLoop(engine::Engine& engine, std::unique_ptr<DawWire> wire, EventLoop& loop)
    : state_(std::make_unique<State>(engine, std::move(wire), nullptr, loop)) {}

Result<std::unique_ptr<DawLoop>> DawLoop::over_udp(engine::Engine& engine, const DawAddress& address) {
    auto own = std::make_unique<EventLoop>();
    EventLoop& loop = *own;
    return over_udp(engine, address, std::move(own), loop);
}

Result<std::unique_ptr<DawLoop>> DawLoop::over_udp(engine::Engine& engine, const DawAddress& address,
                                                   EventLoop& loop) {
    return over_udp(engine, address, nullptr, loop);
}

Result<std::unique_ptr<DawLoop>> DawLoop::over_udp(engine::Engine& engine, const DawAddress& address,
                                                   std::unique_ptr<EventLoop> own, EventLoop& loop) {
    auto wire = UdpWire::open(address, loop);
    if (!wire) return tl::unexpected(wire.error());
    return std::unique_ptr<DawLoop>(
        new DawLoop(std::make_unique<State>(engine, std::move(*wire), std::move(own), loop)));
}

Result<std::unique_ptr<DawLoop>> DawLoop::over_midi(engine::Engine& engine, const MidiAddress& address) {
    auto own = std::make_unique<EventLoop>();
    EventLoop& loop = *own;
    return over_midi(engine, address, std::move(own), loop);
}

Result<std::unique_ptr<DawLoop>> DawLoop::over_midi(engine::Engine& engine, const MidiAddress& address,
                                                    EventLoop& loop) {
    return over_midi(engine, address, nullptr, loop);
}

Result<std::unique_ptr<DawLoop>> DawLoop::over_midi(engine::Engine& engine, const MidiAddress& address,
                                                    std::unique_ptr<EventLoop> own, EventLoop& loop) {
    auto wire = MidiWire::open(address, loop);
    if (!wire) return tl::unexpected(wire.error());
    return std::unique_ptr<DawLoop>(
        new DawLoop(std::make_unique<State>(engine, std::move(*wire), std::move(own), loop)));
}

void DawLoop::start() {
    state_->start();
}

void DawLoop::act(engine::EngineGuest& guest, const std::function<void(engine::Desk&)>& what) {
    surface::Effects effects;
    state_->engine.act(guest, clock_now(), what, effects);
    state_->carry_out(effects);
}

void DawLoop::after_each_step(std::function<void()> what) {
    state_->after_step = std::move(what);
}

void DawLoop::interrupt() {
    state_->interrupt();
}

std::unique_ptr<TerminalKeys> DawLoop::interrupt_on_key() {
    return TerminalKeys::open(state_->loop, [this] { state_->interrupt(); });
}

Result<void> DawLoop::run(engine::Job& job) {
    State& s = *state_;
    const Instant began = clock_now();
    s.interrupted = false;
    s.start();
    surface::Effects effects;
    s.engine.begin(job, began, effects);
    s.carry_out(effects);
    while (s.engine.busy()) {
        s.loop.run_one_for(progress_period);
        s.tell_progress(on_progress, began);
        // Nothing that could be read came at all (noise from elsewhere is no answer): whatever the surface is
        // waiting for, the user waits no longer.
        if (s.engine.surface().counters().messages_in == 0 && clock_now() - began > s.wire->first_answer()) {
            s.interrupt();  // it never started: nobody remembers it any more
            const auto seconds = std::chrono::ceil<std::chrono::seconds>(s.wire->first_answer()).count();
            return no_answer(*s.wire, fmt::format("within {} s", seconds));
        }
    }
    if (s.engine.turned_away()) return s.turned_away();
    if (s.interrupted && !s.engine.surface().ready())
        return fail(ErrorKind::interrupted, "Stopped before the DAW answered; nothing was changed.");
    return {};
}

void DawLoop::hand_requests_to(std::optional<std::filesystem::path> file) {
    state_->companion.use(std::move(file));
}

void DawLoop::close() {
    const surface::Surface& surface = state_->engine.surface();
    state_->loop.run_until([&surface] { return !surface.ready() || clock_now() >= surface.may_close_at(); },
                           longest_goodbye);
    surface::Effects effects;
    state_->engine.close(clock_now(), effects);
    state_->carry_out(effects);
}

std::uint16_t DawLoop::local_port() const {
    return state_->wire->local_port();
}

LoopCounters DawLoop::counters() const {
    LoopCounters counters = state_->counters;
    counters.from_strangers = state_->wire->from_strangers();
    counters.dropped = state_->wire->dropped();
    return counters;
}

}  // namespace kedge::io
