#include "engine/observe_job.hpp"
#include "integration/io/listened_song.hpp"
#include "osc/osc.hpp"

#include <csignal>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/udp.hpp>

using namespace kedge;
using namespace kedge::test;

namespace {

constexpr std::int64_t seven_seconds = 48'000 * 7;
const SongTime at_seven = SongTime::from_seconds(7);

void put_transport_at_seven(ServedDaw& daw, Client& client, bool rolling) {
    REQUIRE(until(client, [&] { return client.session.ready(); }));
    daw.meddle([rolling](sim::SimulatedArdour& sim, std::vector<sim::Datagram>& out) {
        sim.engine().locate(seven_seconds);
        const sim::Peer somebody_else{0x7F000001, 1};
        if (rolling) sim.receive(sim.next_wake(), somebody_else, osc::encode("/transport_play"), out);
    });
    REQUIRE(until(client, [&] {
        return client.session.position() >= at_seven && client.session.rolling() == rolling;
    }));
}

/// Presses Ctrl-C (or what ends a service) once, as soon as the song is being listened to.
void press_while_listening(Client& client, int signal) {
    client.loop->on_progress = [signal, pressed = false](const engine::Progress& progress, Duration) mutable {
        if (pressed || progress.share < 0.01) return;
        pressed = true;
        std::raise(signal);
    };
}

}  // namespace

TEST_CASE("Ctrl-C while listening: the transport stops and goes back to where it was") {
    const int signal = GENERATE(SIGINT, SIGTERM);
    ServedDaw daw(song());
    Client client(daw.address());
    put_transport_at_seven(daw, client, false);
    MixingDesk desk;
    auto order = listen_order(std::chrono::seconds(30));
    order.depth = engine::MixDepth::apply;
    auto job = desk.job(order);
    press_while_listening(client, signal);
    REQUIRE(client.loop->run(job));
    REQUIRE(job.report().error);
    CHECK(job.report().error->kind == ErrorKind::interrupted);
    CHECK(job.report().passes.empty());

    const auto& left = daw.retire();
    CHECK_FALSE(left.engine().rolling());
    CHECK(left.engine().position() == seven_seconds);
    for (const sim::SimStrip& strip : left.engine().strips()) CHECK(strip.fader == Decibels());
}

TEST_CASE("Ctrl-C while listening: a transport that rolled before rolls on from where it was") {
    ServedDaw daw(song());
    Client client(daw.address());
    put_transport_at_seven(daw, client, true);
    MixingDesk desk;
    auto job = desk.job(listen_order(std::chrono::seconds(6)));
    press_while_listening(client, SIGINT);
    REQUIRE(client.loop->run(job));
    REQUIRE(job.report().error);
    CHECK(job.report().error->kind == ErrorKind::interrupted);
    CHECK(until(client, [&] {
        return client.session.rolling() == true && client.session.position() > at_seven &&
               client.session.position() < SongTime::from_seconds(12);
    }));
}

TEST_CASE("Ctrl-C before the DAW answers ends the command and says that nothing was changed") {
    boost::asio::io_context context;
    using boost::asio::ip::udp;
    const udp::socket silent(context, udp::endpoint(boost::asio::ip::address_v4::loopback(), 0));
    Client client({"127.0.0.1", silent.local_endpoint().port()});
    client.loop->on_progress = [](const engine::Progress&, Duration) { std::raise(SIGINT); };
    engine::ObserveJob observe(std::chrono::hours(1));
    const auto ran = client.loop->run(observe);
    REQUIRE_FALSE(ran);
    CHECK(ran.error().kind == ErrorKind::interrupted);
    CHECK(ran.error().message.find("nothing was changed") != std::string::npos);
}
