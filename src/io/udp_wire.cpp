#include "io/udp_wire.hpp"

#include "io/asio_context.hpp"
#include "io/datagram.hpp"

#include <array>
#include <utility>

#include <boost/asio/ip/udp.hpp>
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

tl::unexpected<Error> not_opened(const DawAddress& address, error_code problem) {
    if (problem == asio::error::address_in_use) {
        return fail(ErrorKind::refused,
                    fmt::format("UDP port {}, where the DAW sends to, is taken by another program.",
                                address.feedback_port),
                    address.feedback_port_is_fixed
                        ? "The DAW sends to no other port, and only one program can listen there. Is another "
                          "kedge at work, such as `kedge daemon`? Else end the program that has the port."
                        : "Is another kedge at work there, such as `kedge daemon`? Else end that program, or "
                          "set another port in the DAW and name it with --feedback-port.");
    }
    return fail(ErrorKind::refused, fmt::format("No UDP socket could be opened: {}.", problem.message()),
                "Check the limits of this user (ulimit -n) and the firewall.");
}

}  // namespace

struct UdpWire::State {
    State(DawAddress the_address, EventLoop& loop)
        : address(std::move(the_address)), socket(loop.context().asio) {}

    void await_datagrams();
    void drain();

    DawAddress address;
    udp::socket socket;
    udp::endpoint daw;
    std::array<std::byte, largest_datagram> buffer{};
    Hear hear;
    std::uint64_t from_strangers = 0;
};

void UdpWire::State::await_datagrams() {
    socket.async_wait(udp::socket::wait_read, [this](error_code problem) {
        if (problem == asio::error::operation_aborted) return;
        drain();
        await_datagrams();
    });
}

void UdpWire::State::drain() {
    for (int i = 0; i < datagrams_a_turn; ++i) {
        udp::endpoint from;
        error_code problem;
        const std::size_t size = socket.receive_from(asio::buffer(buffer), from, 0, problem);
        if (problem == asio::error::would_block) break;
        // A refused port is reported here once per datagram sent: the handshake's own patience decides.
        if (problem) continue;
        if (from.address() != daw.address()) {
            ++from_strangers;
            continue;
        }
        hear(0, std::span(buffer.data(), size));
    }
}

UdpWire::UdpWire(std::unique_ptr<State> state) : state_(std::move(state)) {}
UdpWire::~UdpWire() = default;

Result<std::unique_ptr<UdpWire>> UdpWire::open(const DawAddress& address, EventLoop& loop) {
    auto state = std::make_unique<State>(address, loop);
    error_code problem;
    udp::resolver resolver(loop.context().asio);
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
    if (!problem) state->socket.non_blocking(true, problem);
    if (problem) return not_opened(address, problem);
    error_code ignored;
    state->socket.set_option(udp::socket::receive_buffer_size(receive_buffer_bytes), ignored);
    return std::unique_ptr<UdpWire>(new UdpWire(std::move(state)));
}

void UdpWire::listen(Ears ears) {
    state_->hear = std::move(ears.hear);
    state_->await_datagrams();
}

void UdpWire::catch_up() {
    state_->drain();
}

bool UdpWire::send(std::size_t, std::span<const std::byte> bytes) {
    error_code problem;
    state_->socket.send_to(asio::buffer(bytes.data(), bytes.size()), state_->daw, 0, problem);
    return !problem;
}

std::string UdpWire::name() const {
    return state_->address.text();
}

std::string UdpWire::what_to_check() const {
    return "Turn on OSC in the DAW, and check the address and port given with --at.";
}

std::uint16_t UdpWire::local_port() const {
    error_code ignored;
    return state_->socket.local_endpoint(ignored).port();
}

std::uint64_t UdpWire::from_strangers() const {
    return state_->from_strangers;
}

}  // namespace kedge::io
