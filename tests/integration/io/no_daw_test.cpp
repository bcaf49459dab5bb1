#include "engine/observe_job.hpp"
#include "integration/io/simulator_on_udp.hpp"

#include <array>
#include <chrono>
#include <string>
#include <thread>

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/udp.hpp>

using namespace kedge;
using namespace kedge::test;
using boost::asio::ip::udp;

namespace {

udp::endpoint any_loopback_port() {
    return {boost::asio::ip::address_v4::loopback(), 0};
}

/// What came of connecting to nobody, and how long it took on the user's clock.
struct Outcome {
    std::string address;
    Result<void> ran;
    std::chrono::steady_clock::duration took{};
    std::uint64_t malformed = 0;
};

Outcome connect_to_nobody(std::uint16_t port, udp::socket* noise) {
    ardour::ArdourSession session;
    engine::Engine engine(session);
    auto loop = io::DawLoop::over_udp(engine, {"127.0.0.1", port});
    if (!loop) return {"", tl::unexpected(loop.error()), {}, 0};
    const udp::endpoint to(boost::asio::ip::address_v4::loopback(), (*loop)->local_port());
    if (noise) {
        (*loop)->on_progress = [noise, to](const engine::Progress&, Duration) {
            noise->send_to(boost::asio::buffer("\xff\xfe noise"), to);
        };
    }
    engine::ObserveJob observe(Duration::zero());
    const auto began = std::chrono::steady_clock::now();
    auto ran = (*loop)->run(observe);
    return {"127.0.0.1:" + std::to_string(port), std::move(ran), std::chrono::steady_clock::now() - began,
            session.counters().malformed};
}

}  // namespace

// All three wait at the same time: the promise is three seconds each.
TEST_CASE("no DAW is said within three seconds, with the address") {
    boost::asio::io_context context;
    udp::socket refusing(context, any_loopback_port());
    udp::socket silent(context, any_loopback_port());
    udp::socket noise(context, any_loopback_port());
    const std::uint16_t refusing_port = refusing.local_endpoint().port();
    refusing.close();
    std::array<Outcome, 3> outcomes;
    std::thread at_refusing([&] { outcomes[0] = connect_to_nobody(refusing_port, nullptr); });
    std::thread at_silent([&] { outcomes[1] = connect_to_nobody(silent.local_endpoint().port(), nullptr); });
    outcomes[2] = connect_to_nobody(noise.local_endpoint().port(), &noise);
    at_refusing.join();
    at_silent.join();
    for (const Outcome& outcome : outcomes) {
        INFO(outcome.address);
        REQUIRE_FALSE(outcome.address.empty());
        REQUIRE_FALSE(outcome.ran);
        CHECK(outcome.ran.error().kind == ErrorKind::no_daw);
        CHECK_THAT(outcome.ran.error().message, Catch::Contains(outcome.address));
        CHECK_FALSE(outcome.ran.error().next.empty());
        CHECK(outcome.took < std::chrono::seconds(3));
    }
    CHECK(outcomes[2].malformed > 0);
}

TEST_CASE("a host name that does not exist is said at once") {
    ardour::ArdourSession session;
    engine::Engine engine(session);
    const auto opened = io::DawLoop::over_udp(engine, {"no-such-host.invalid", 3819});
    REQUIRE_FALSE(opened);
    CHECK(opened.error().kind == ErrorKind::usage);
    CHECK(opened.error().message.find("no-such-host.invalid") != std::string::npos);
    CHECK_FALSE(opened.error().next.empty());
}

TEST_CASE("a port that is taken is named by the simulator") {
    boost::asio::io_context context;
    const udp::socket taken(context, any_loopback_port());
    const auto port = taken.local_endpoint().port();
    sim::SimulatedArdour daw({"empty", {}, {}, {}});
    const auto opened = io::UdpSimulator::open(daw, port);
    REQUIRE_FALSE(opened);
    CHECK(opened.error().message.find(std::to_string(port)) != std::string::npos);
}

TEST_CASE("addresses: what is missing comes from the surface, what is wrong is said") {
    const io::DawAddress fallback{"127.0.0.1", 3819};
    const auto text = [&](const std::string& words) {
        const auto parsed = io::parse_address(words, fallback);
        return parsed ? parsed->text() : std::string("wrong");
    };
    CHECK(text("studio:4000") == "studio:4000");
    CHECK(text(":4000") == "127.0.0.1:4000");
    CHECK(text("studio") == "studio:3819");
    CHECK(text("10.0.0.7:1") == "10.0.0.7:1");
    CHECK(text("10.0.0.7:65535") == "10.0.0.7:65535");
    for (const std::string bad : {"", "studio:", ":", "studio:0", "studio:65536", "studio:-1", "studio:+1",
                                  "studio:4000x", "studio: 4000", "::1", "a:b:c", "studio:99999999999"}) {
        INFO("'" << bad << "'");
        const auto parsed = io::parse_address(bad, fallback);
        REQUIRE_FALSE(parsed);
        CHECK(parsed.error().kind == ErrorKind::usage);
        CHECK(parsed.error().next.find("HOST:PORT") != std::string::npos);
    }
}
