#include "io/tablet_socket.hpp"

#include "io/asio_context.hpp"
#include "io/datagram.hpp"

#include <array>
#include <utility>
#include <vector>

#include <boost/asio/ip/udp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <fmt/format.h>

namespace kedge::io {

namespace asio = boost::asio;
using asio::ip::udp;
using boost::system::error_code;

namespace {

/// Tablets draw no faster.
constexpr Duration tell_every = std::chrono::milliseconds(10);
constexpr int tablets_buffer_bytes = 1 << 20;
/// A flood must not keep the DAW from its turn.
constexpr std::size_t tablets_datagrams_a_turn = 2'000;

tl::unexpected<Error> not_heard_at(const DawAddress& address, error_code problem) {
    return fail(ErrorKind::refused,
                fmt::format("OSC controllers cannot be heard at {}: {}.", address.text(), problem.message()),
                problem == asio::error::address_in_use
                    ? "Another program has the port: end it, or name another with --osc HOST:PORT."
                    : "Name an address of this machine and a free port: --osc HOST:PORT.");
}

}  // namespace

struct TabletSocket::State {
    State(engine::Tablets& the_tablets, engine::Controllers& the_controllers, DawLoop& the_daw,
          EventLoop& loop)
        : tablets(the_tablets),
          controllers(the_controllers),
          daw(the_daw),
          socket(loop.context().asio),
          timer(loop.context().asio) {}

    void await_datagrams();
    void await_time_to_tell();
    void drain();
    void send();

    engine::Tablets& tablets;
    engine::Controllers& controllers;
    DawLoop& daw;
    udp::socket socket;
    asio::steady_timer timer;
    std::array<std::byte, largest_datagram> buffer{};
    std::uint64_t send_failures = 0;
};

void TabletSocket::State::await_datagrams() {
    socket.async_wait(udp::socket::wait_read, [this](error_code problem) {
        if (problem == asio::error::operation_aborted) return;
        drain();
        await_datagrams();
    });
}

void TabletSocket::State::await_time_to_tell() {
    timer.expires_after(std::chrono::duration_cast<asio::steady_timer::duration>(tell_every));
    timer.async_wait([this](error_code problem) {
        if (problem) return;
        daw.act(controllers, [this](engine::Desk& desk) { tablets.tell(desk); });
        send();
        await_time_to_tell();
    });
}

void TabletSocket::State::drain() {
    std::vector<engine::TabletDatagram> came;
    for (std::size_t i = 0; i < tablets_datagrams_a_turn; ++i) {
        udp::endpoint from;
        error_code problem;
        const std::size_t size = socket.receive_from(asio::buffer(buffer), from, 0, problem);
        if (problem == asio::error::would_block) break;
        if (problem) continue;  // a tablet that is gone refuses what it was told: it may come back
        came.push_back(
            {{from.address().to_v4().to_uint(), from.port()}, {buffer.data(), buffer.data() + size}});
    }
    if (came.empty()) return;
    daw.act(controllers, [&](engine::Desk& desk) { tablets.received(desk, came); });
    send();
}

void TabletSocket::State::send() {
    for (const auto& each : tablets.take()) {
        const udp::endpoint to(asio::ip::address_v4(each.peer.address), each.peer.port);
        error_code problem;
        socket.send_to(asio::buffer(each.bytes.data(), each.bytes.size()), to, 0, problem);
        if (problem) ++send_failures;
    }
}

TabletSocket::TabletSocket(std::unique_ptr<State> state) : state_(std::move(state)) {}
TabletSocket::~TabletSocket() = default;

Result<std::unique_ptr<TabletSocket>> TabletSocket::open(const DawAddress& address, engine::Tablets& tablets,
                                                         engine::Controllers& controllers, DawLoop& daw,
                                                         EventLoop& loop) {
    auto state = std::make_unique<State>(tablets, controllers, daw, loop);
    error_code problem;
    udp::resolver resolver(loop.context().asio);
    const auto found = resolver.resolve(udp::v4(), address.host, std::to_string(address.port), problem);
    if (problem || found.empty()) return not_heard_at(address, problem);
    state->socket.open(udp::v4(), problem);
    if (!problem) state->socket.bind(*found.begin(), problem);
    if (!problem) state->socket.non_blocking(true, problem);
    if (problem) return not_heard_at(address, problem);
    error_code ignored;
    state->socket.set_option(udp::socket::receive_buffer_size(tablets_buffer_bytes), ignored);
    state->await_datagrams();
    state->await_time_to_tell();
    return std::unique_ptr<TabletSocket>(new TabletSocket(std::move(state)));
}

std::uint16_t TabletSocket::port() const {
    error_code ignored;
    return state_->socket.local_endpoint(ignored).port();
}

std::uint64_t TabletSocket::send_failures() const {
    return state_->send_failures;
}

}  // namespace kedge::io
