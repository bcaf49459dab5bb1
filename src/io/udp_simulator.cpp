#include "io/udp_simulator.hpp"

#include <array>
#include <chrono>
#include <csignal>
#include <memory>
#include <utility>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/udp.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <fmt/format.h>

namespace kedge::io {

namespace asio = boost::asio;
using asio::ip::udp;
using boost::system::error_code;

namespace {

constexpr std::size_t largest_datagram = 65'536;

/// Socket, timer and signals around one simulated DAW.
class Server {
  public:
    Server(sim::SimulatedArdour& daw, std::function<void()> on_save)
        : daw_(daw), on_save_(std::move(on_save)), began_(std::chrono::steady_clock::now()) {}

    error_code open(std::uint16_t port) {
        error_code problem;
        socket_.open(udp::v4(), problem);
        if (!problem) socket_.bind(udp::endpoint(asio::ip::address_v4::loopback(), port), problem);
        return problem;
    }

    void run() {
        error_code ignored;
        signals_.add(SIGINT, ignored);
        signals_.add(SIGTERM, ignored);
        signals_.async_wait([this](error_code problem, int) {
            if (!problem) context_.stop();
        });
        await_datagram();
        await_tick();
        context_.run();
    }

  private:
    [[nodiscard]] Instant now() const {
        return Instant(std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now() - began_));
    }

    void send(const std::vector<sim::Datagram>& datagrams) {
        for (const auto& datagram : datagrams) {
            error_code ignored;
            const udp::endpoint to(asio::ip::address_v4(datagram.to.address), datagram.to.port);
            socket_.send_to(asio::buffer(datagram.bytes), to, 0, ignored);
        }
    }

    void await_datagram() {
        socket_.async_receive_from(
            asio::buffer(buffer_), from_, [this](error_code problem, std::size_t size) {
                if (problem == asio::error::operation_aborted) return;
                if (!problem) {
                    std::vector<sim::Datagram> out;
                    const sim::Peer peer{from_.address().to_v4().to_uint(), from_.port()};
                    const int saved = daw_.saved().times;
                    daw_.receive(now(), peer, std::span(buffer_.data(), size), out);
                    if (on_save_ && daw_.saved().times != saved) on_save_();
                    send(out);
                }
                await_datagram();
            });
    }

    void await_tick() {
        timer_.expires_at(began_ + std::chrono::duration_cast<std::chrono::steady_clock::duration>(
                                       daw_.next_wake().time_since_epoch()));
        timer_.async_wait([this](error_code problem) {
            if (problem) return;
            std::vector<sim::Datagram> out;
            daw_.advance(now(), out);
            send(out);
            await_tick();
        });
    }

    sim::SimulatedArdour& daw_;
    std::function<void()> on_save_;
    std::chrono::steady_clock::time_point began_;
    asio::io_context context_{1};
    udp::socket socket_{context_};
    asio::steady_timer timer_{context_};
    asio::signal_set signals_{context_};
    udp::endpoint from_;
    std::array<std::byte, largest_datagram> buffer_{};
};

}  // namespace

Result<void> serve_simulator(sim::SimulatedArdour& daw, std::uint16_t port,
                             const std::function<void()>& on_up, const std::function<void()>& on_save) {
    auto server = std::make_unique<Server>(daw, on_save);
    if (const auto problem = server->open(port)) {
        return fail(ErrorKind::refused,
                    fmt::format("UDP port {} cannot be opened: {}.", port, problem.message()),
                    "Name another one with --port.");
    }
    if (on_up) on_up();
    server->run();
    return {};
}

}  // namespace kedge::io
