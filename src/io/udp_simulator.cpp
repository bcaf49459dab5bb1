#include "io/udp_simulator.hpp"

#include "io/companion_file.hpp"
#include "io/datagram.hpp"
#include "osc/osc.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <memory>
#include <utility>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/udp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <fmt/format.h>

namespace kedge::io {

namespace asio = boost::asio;
using asio::ip::udp;
using boost::system::error_code;

/// Socket, timer and signals around one simulated DAW.
struct UdpSimulator::State {
    explicit State(sim::SimulatedDaw& the_daw)
        : daw(the_daw), saves_told(the_daw.times_saved()), began(std::chrono::steady_clock::now()) {}

    error_code open(std::uint16_t port) {
        error_code problem;
        socket.open(udp::v4(), problem);
        if (!problem) socket.bind(udp::endpoint(asio::ip::address_v4::loopback(), port), problem);
        return problem;
    }

    [[nodiscard]] Instant now() const {
        return Instant(std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now() - began));
    }

    void send(const std::vector<sim::Datagram>& datagrams) {
        for (const auto& datagram : datagrams) {
            error_code ignored;
            const udp::endpoint to(asio::ip::address_v4(datagram.to.address), datagram.to.port);
            socket.send_to(asio::buffer(datagram.bytes), to, 0, ignored);
        }
    }

    void await_datagram() {
        socket.async_receive_from(asio::buffer(buffer), from, [this](error_code problem, std::size_t size) {
            if (problem == asio::error::operation_aborted) return;
            if (!problem) {
                std::vector<sim::Datagram> out;
                const sim::Peer peer{from.address().to_v4().to_uint(), from.port()};
                take_request_for(std::span(buffer.data(), size));
                daw.receive(now(), peer, std::span(buffer.data(), size), out);
                tell_of_save();
                leave_answer();
                send(out);
            }
            await_datagram();
        });
    }

    /// One DAW saves as it hears of it, another at its next turn.
    void tell_of_save() {
        const int before = std::exchange(saves_told, daw.times_saved());
        if (on_save && before != saves_told) on_save();
    }

    /// A request that was laid down is taken when the script is called, and not before.
    void take_request_for(std::span<const std::byte> bytes) {
        if (request_file.empty()) return;
        const auto heard = osc::decode(bytes).messages;
        const bool called = std::any_of(heard.begin(), heard.end(), [&](const osc::Message& message) {
            return daw.calls_companion(message.address());
        });
        if (!called) return;
        if (auto request = take_request(request_file)) daw.hand_over(std::move(*request));
    }

    /// Whom it cannot be told to nobody awaits.
    void leave_answer() {
        if (const auto answer = daw.take_answer(); answer && !request_file.empty())
            (void)lay_down_answer(request_file, *answer);
    }

    void await_tick() {
        timer.expires_at(began + std::chrono::duration_cast<std::chrono::steady_clock::duration>(
                                     daw.next_wake().time_since_epoch()));
        timer.async_wait([this](error_code problem) {
            if (problem) return;
            std::vector<sim::Datagram> out;
            daw.advance(now(), out);
            tell_of_save();
            leave_answer();
            send(out);
            await_tick();
        });
    }

    sim::SimulatedDaw& daw;
    int saves_told;
    std::function<void()> on_save;
    std::filesystem::path request_file;
    std::chrono::steady_clock::time_point began;
    asio::io_context context{1};
    udp::socket socket{context};
    asio::steady_timer timer{context};
    asio::signal_set signals{context};
    udp::endpoint from;
    std::array<std::byte, largest_datagram> buffer{};
};

UdpSimulator::UdpSimulator(std::unique_ptr<State> state) : state_(std::move(state)) {}
UdpSimulator::~UdpSimulator() {
    if (!state_->request_file.empty()) tell_simulator(state_->request_file, port(), false);
}

Result<std::unique_ptr<UdpSimulator>> UdpSimulator::open(sim::SimulatedDaw& daw, std::uint16_t port) {
    auto state = std::make_unique<State>(daw);
    if (const auto problem = state->open(port)) {
        return fail(ErrorKind::refused,
                    fmt::format("UDP port {} cannot be opened: {}.", port, problem.message()),
                    "Name another one with --port.");
    }
    return std::unique_ptr<UdpSimulator>(new UdpSimulator(std::move(state)));
}

std::uint16_t UdpSimulator::port() const {
    error_code ignored;
    return state_->socket.local_endpoint(ignored).port();
}

void UdpSimulator::stop_on_signals() {
    error_code ignored;
    state_->signals.add(SIGINT, ignored);
    state_->signals.add(SIGTERM, ignored);
    state_->signals.async_wait([state = state_.get()](error_code problem, int) {
        if (!problem) state->context.stop();
    });
}

void UdpSimulator::on_save(std::function<void()> what) {
    state_->on_save = std::move(what);
}

void UdpSimulator::take_requests_from(std::filesystem::path file) {
    state_->request_file = std::move(file);
    if (!state_->request_file.empty()) tell_simulator(state_->request_file, port(), true);
}

void UdpSimulator::run() {
    state_->await_datagram();
    state_->await_tick();
    state_->context.run();
}

void UdpSimulator::stop() {
    state_->context.stop();
}

void UdpSimulator::meddle(std::function<void(std::vector<sim::Datagram>&)> what) {
    asio::post(state_->context, [state = state_.get(), what = std::move(what)] {
        std::vector<sim::Datagram> out;
        what(out);
        state->send(out);
    });
}

Result<void> serve_simulator(sim::SimulatedDaw& daw, std::uint16_t port,
                             const std::filesystem::path& request_file, const std::function<void()>& on_up,
                             std::function<void()> on_save) {
    auto simulator = UdpSimulator::open(daw, port);
    if (!simulator) return tl::unexpected(simulator.error());
    (*simulator)->stop_on_signals();
    (*simulator)->on_save(std::move(on_save));
    (*simulator)->take_requests_from(request_file);
    if (on_up) on_up();
    (*simulator)->run();
    return {};
}

}  // namespace kedge::io
