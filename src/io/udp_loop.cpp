#include "io/udp_loop.hpp"

#include "io/asio_context.hpp"
#include "io/companion_desk.hpp"
#include "io/datagram.hpp"
#include "io/end_signals.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <set>

#include <boost/asio/ip/udp.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <fmt/format.h>

namespace kedge::io {

namespace asio = boost::asio;
using asio::ip::udp;
using boost::system::error_code;

namespace {

// The first burst of a large session is thousands of datagrams at once; the kernel gives what it allows.
constexpr int receive_buffer_bytes = 8 << 20;
// A flood must not keep timers and signals from their turn.
constexpr int datagrams_a_turn = 2'000;
constexpr Duration first_answer = std::chrono::milliseconds(2'600);
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

tl::unexpected<Error> bad_address(const std::string& text) {
    return fail(ErrorKind::usage, fmt::format("'{}' is not an address.", text),
                "Write HOST:PORT, such as 127.0.0.1:3819; the port is 1 to 65535.");
}

tl::unexpected<Error> no_answer(const DawAddress& address, const std::string& how) {
    return fail(ErrorKind::no_daw, fmt::format("No answer from {} {}.", address.text(), how),
                "Turn on OSC in the DAW, and check the address and port given with --at.");
}

}  // namespace

Result<DawAddress> parse_address(const std::string& text, DawAddress fallback) {
    const auto colon = text.rfind(':');
    const std::string host = text.substr(0, colon);
    if (text.empty() || host.find(':') != std::string::npos) return bad_address(text);
    if (!host.empty()) fallback.host = host;
    if (colon == std::string::npos) return fallback;
    const std::string port = text.substr(colon + 1);
    unsigned number = 0;
    const auto [end, problem] = std::from_chars(port.data(), port.data() + port.size(), number);
    if (problem != std::errc() || end != port.data() + port.size() || number == 0 || number > 65'535)
        return bad_address(text);
    fallback.port = static_cast<std::uint16_t>(number);
    return fallback;
}

bool is_this_machine(const DawAddress& address) {
    return address.host == "localhost" || address.host.starts_with("127.");
}

struct UdpLoop::State {
    State(engine::Engine& the_engine, DawAddress the_address, std::unique_ptr<EventLoop> own,
          EventLoop* shared)
        : engine(the_engine),
          address(std::move(the_address)),
          own_loop(std::move(own)),
          loop(shared ? *shared : *own_loop),
          socket(loop.context().asio),
          timer(loop.context().asio),
          companion(loop, [this](const std::string& answer) { hear_answer(answer); }),
          signals(loop.context().asio) {}

    static Result<std::unique_ptr<State>> open(engine::Engine& engine, const DawAddress& address,
                                               std::unique_ptr<EventLoop> own, EventLoop* shared);
    void start();
    void interrupt();
    void carry_out(surface::Effects& effects);
    void lay_down(const surface::HandOver& hand);
    void hear_answer(const std::string& answer);
    void arm();
    void await_datagrams();
    void drain();
    void await_signal();
    [[nodiscard]] tl::unexpected<Error> turned_away() const;
    void tell_progress(const std::function<void(const engine::Progress&, Duration)>& sink, Instant began);

    engine::Engine& engine;
    DawAddress address;
    std::unique_ptr<EventLoop> own_loop;  ///< unless it is shared
    EventLoop& loop;
    udp::socket socket;
    udp::endpoint daw;
    asio::steady_timer timer;
    CompanionDesk companion;
    asio::signal_set signals;
    std::set<Instant> wakes;
    std::optional<Instant> armed_for;  ///< what the timer waits for
    std::array<std::byte, largest_datagram> buffer{};
    LoopCounters counters;
    Instant last_progress{};
    bool started = false;
    bool interrupted = false;
};

void UdpLoop::State::carry_out(surface::Effects& effects) {
    for (const auto& effect : effects) {
        if (const auto* send = std::get_if<surface::SendBytes>(&effect)) {
            error_code problem;
            socket.send_to(asio::buffer(send->bytes), daw, 0, problem);
            if (problem) ++counters.send_failures;
        } else if (const auto* wake = std::get_if<surface::WakeAt>(&effect)) {
            wakes.insert(wake->when);
        } else if (const auto* hand = std::get_if<surface::HandOver>(&effect)) {
            lay_down(*hand);
        }
    }
    effects.clear();
    arm();
}

/// Nobody answers to what could not be laid down: the surface notices that by itself.
void UdpLoop::State::lay_down(const surface::HandOver& hand) {
    error_code problem;
    const auto port = socket.local_endpoint(problem).port();
    if (problem || !companion.hand_over(hand, port)) ++counters.hand_over_failures;
}

void UdpLoop::State::hear_answer(const std::string& answer) {
    surface::Effects effects;
    engine.answered(clock_now(), answer, effects);
    carry_out(effects);
}

void UdpLoop::State::arm() {
    if (wakes.empty() || armed_for == *wakes.begin()) return;
    armed_for = *wakes.begin();
    timer.expires_at(on_clock(*armed_for));
    timer.async_wait([this](error_code problem) {
        if (problem) return;
        armed_for.reset();
        // Work of ours may have taken long: what came meanwhile is older than what is due now.
        drain();
        const Instant now = clock_now();
        wakes.erase(wakes.begin(), wakes.upper_bound(now));
        surface::Effects effects;
        engine.wake(now, effects);
        carry_out(effects);
    });
}

void UdpLoop::State::await_datagrams() {
    socket.async_wait(udp::socket::wait_read, [this](error_code problem) {
        if (problem == asio::error::operation_aborted) return;
        drain();
        await_datagrams();
    });
}

void UdpLoop::State::drain() {
    surface::Effects effects;
    for (int i = 0; i < datagrams_a_turn; ++i) {
        udp::endpoint from;
        error_code problem;
        const std::size_t size = socket.receive_from(asio::buffer(buffer), from, 0, problem);
        if (problem == asio::error::would_block) break;
        // A refused port is reported here once per datagram sent: the handshake's own patience decides.
        if (problem) continue;
        if (from.address() != daw.address()) {
            ++counters.from_strangers;
            continue;
        }
        engine.receive(clock_now(), std::span(buffer.data(), size), effects);
        carry_out(effects);
    }
}

void UdpLoop::State::await_signal() {
    signals.async_wait([this](error_code problem, int) {
        if (problem) return;
        interrupt();
        await_signal();
    });
}

void UdpLoop::State::start() {
    if (started) return;
    started = true;
    await_datagrams();
    await_signal();
    surface::Effects effects;
    engine.start(clock_now(), effects);
    carry_out(effects);
}

void UdpLoop::State::interrupt() {
    interrupted = true;
    surface::Effects effects;
    engine.interrupt(clock_now(), effects);
    carry_out(effects);
}

tl::unexpected<Error> UdpLoop::State::turned_away() const {
    if (engine.surface().counters().messages_in == 0) return no_answer(address, "within 3 s");
    const Error& why = *engine.turned_away();
    return fail(why.kind, fmt::format("No answer from {}. {}", address.text(), why.message), why.next);
}

void UdpLoop::State::tell_progress(const std::function<void(const engine::Progress&, Duration)>& sink,
                                   Instant began) {
    const Instant now = clock_now();
    if (!sink || now - last_progress < progress_period) return;
    if (const auto progress = engine.progress()) {
        last_progress = now;
        sink(*progress, now - began);
    }
}

UdpLoop::UdpLoop(std::unique_ptr<State> state) : state_(std::move(state)) {}
UdpLoop::~UdpLoop() = default;

Result<std::unique_ptr<UdpLoop>> UdpLoop::open(engine::Engine& engine, const DawAddress& address) {
    auto state = State::open(engine, address, std::make_unique<EventLoop>(), nullptr);
    if (!state) return tl::unexpected(state.error());
    return std::unique_ptr<UdpLoop>(new UdpLoop(std::move(*state)));
}

Result<std::unique_ptr<UdpLoop>> UdpLoop::open(engine::Engine& engine, const DawAddress& address,
                                               EventLoop& loop) {
    auto state = State::open(engine, address, nullptr, &loop);
    if (!state) return tl::unexpected(state.error());
    return std::unique_ptr<UdpLoop>(new UdpLoop(std::move(*state)));
}

Result<std::unique_ptr<UdpLoop::State>> UdpLoop::State::open(engine::Engine& engine,
                                                             const DawAddress& address,
                                                             std::unique_ptr<EventLoop> own,
                                                             EventLoop* shared) {
    auto state = std::make_unique<State>(engine, address, std::move(own), shared);
    error_code problem;
    udp::resolver resolver(state->loop.context().asio);
    const auto found = resolver.resolve(udp::v4(), address.host, std::to_string(address.port), problem);
    if (problem || found.empty()) {
        return fail(ErrorKind::usage,
                    fmt::format("The host '{}' is not known: {}.", address.host, problem.message()),
                    "Give --at HOST:PORT with the address of the machine the DAW runs on.");
    }
    state->daw = *found.begin();
    const auto local =
        state->daw.address().is_loopback() ? asio::ip::address_v4::loopback() : asio::ip::address_v4::any();
    state->socket.open(udp::v4(), problem);
    if (!problem) state->socket.bind(udp::endpoint(local, address.feedback_port), problem);
    if (problem == asio::error::address_in_use) {
        return fail(ErrorKind::refused,
                    fmt::format("UDP port {}, where the DAW sends to, is taken by another program.",
                                address.feedback_port),
                    "Is another kedge at work there, such as `kedge daemon`? Else end that program, or set "
                    "another port in the DAW and name it with --feedback-port.");
    }
    if (!problem) state->socket.non_blocking(true, problem);
    if (problem) {
        return fail(ErrorKind::refused, fmt::format("No UDP socket could be opened: {}.", problem.message()),
                    "Check the limits of this user (ulimit -n) and the firewall.");
    }
    error_code ignored;
    state->socket.set_option(udp::socket::receive_buffer_size(receive_buffer_bytes), ignored);
    add_end_signals(state->signals);
    return state;
}

void UdpLoop::start() {
    state_->start();
}

void UdpLoop::interrupt() {
    state_->interrupt();
}

std::unique_ptr<TerminalKeys> UdpLoop::interrupt_on_key() {
    return TerminalKeys::open(state_->loop, [this] { state_->interrupt(); });
}

Result<void> UdpLoop::run(engine::Job& job) {
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
        if (s.engine.surface().counters().messages_in == 0 && clock_now() - began > first_answer) {
            s.interrupt();  // it never started: nobody remembers it any more
            return no_answer(s.address, "within 3 s");
        }
    }
    if (s.engine.turned_away()) return s.turned_away();
    if (s.interrupted && !s.engine.surface().ready())
        return fail(ErrorKind::interrupted, "Stopped before the DAW answered; nothing was changed.");
    return {};
}

void UdpLoop::hand_requests_to(std::optional<std::filesystem::path> file) {
    state_->companion.use(std::move(file));
}

void UdpLoop::close() {
    const surface::Surface& surface = state_->engine.surface();
    state_->loop.run_until([&surface] { return !surface.ready() || clock_now() >= surface.may_close_at(); },
                           longest_goodbye);
    surface::Effects effects;
    state_->engine.close(clock_now(), effects);
    state_->carry_out(effects);
}

std::uint16_t UdpLoop::local_port() const {
    error_code ignored;
    return state_->socket.local_endpoint(ignored).port();
}

const LoopCounters& UdpLoop::counters() const {
    return state_->counters;
}

}  // namespace kedge::io
