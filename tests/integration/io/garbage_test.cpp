#include "integration/io/listened_song.hpp"
#include "osc/osc.hpp"
#include "sim/built_in_song.hpp"

#include <limits>
#include <random>

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/udp.hpp>

using namespace kedge;
using namespace kedge::test;
using boost::asio::ip::udp;

namespace {

/// Somebody else on this machine, or (with another loopback address) on another one.
class OtherSocket {
  public:
    explicit OtherSocket(const char* address = "127.0.0.1")
        : socket_(context_, udp::endpoint(boost::asio::ip::make_address_v4(address), 0)) {}
    void send(std::uint16_t port, const Bytes& bytes) {
        socket_.send_to(boost::asio::buffer(bytes),
                        udp::endpoint(boost::asio::ip::address_v4::loopback(), port));
    }

  private:
    boost::asio::io_context context_;
    udp::socket socket_;
};

/// One datagram nobody should send, and the counter it belongs to.
struct Garbage {
    const char* what;
    Bytes bytes;
    std::uint64_t surface::Counters::*counted;
};

Bytes random_bytes(std::size_t count) {
    std::mt19937 random(20'240'501);
    std::uniform_int_distribution<int> byte(128, 255);  // never the start of an OSC address
    Bytes bytes(count);
    for (auto& each : bytes) each = static_cast<std::byte>(byte(random));
    return bytes;
}

Bytes cut(Bytes bytes, std::size_t by) {
    bytes.resize(bytes.size() - by);
    return bytes;
}

std::vector<Garbage> garbage() {
    using surface::Counters;
    constexpr float nan = std::numeric_limits<float>::quiet_NaN();
    constexpr float infinity = std::numeric_limits<float>::infinity();
    const std::string long_text(60'000, 'x');
    return {
        {"random bytes", random_bytes(64), &Counters::malformed},
        {"nothing at all", {}, &Counters::malformed},
        {"60 KB of random bytes", random_bytes(60'000), &Counters::malformed},
        {"a message cut off in its argument", cut(osc::encode("/strip/gain/1", {-40.0F}), 2),
         &Counters::malformed},
        {"a message cut off in its address", cut(osc::encode("/strip/gain/1", {-40.0F}), 14),
         &Counters::malformed},
        {"text for a gain", osc::encode("/strip/gain/1", {std::string_view("loud")}), &Counters::wrong_type},
        {"a number for a name", osc::encode("/strip/name/1", {1.0F}), &Counters::wrong_type},
        {"a gain without a value", osc::encode("/strip/gain/1"), &Counters::wrong_type},
        {"a position in words", osc::encode("/position/samples", {std::string_view("soon")}),
         &Counters::wrong_type},
        {"a gain that is no number", osc::encode("/strip/gain/1", {nan}), &Counters::out_of_range},
        {"an infinite trim", osc::encode("/strip/trimdB/1", {infinity}), &Counters::out_of_range},
        {"an infinite gain", osc::encode("/strip/gain/1", {infinity}), &Counters::out_of_range},
        {"a pan that is no number", osc::encode("/strip/pan_stereo_position", {std::int32_t{1}, nan}),
         &Counters::out_of_range},
        {"a pan far to the left of left", osc::encode("/strip/pan_stereo_position/1", {7.0F}),
         &Counters::out_of_range},
        {"a strip that is not there", osc::encode("/strip/gain/999", {-40.0F}), &Counters::out_of_range},
        {"strip zero", osc::encode("/strip/gain/0", {-40.0F}), &Counters::out_of_range},
        {"strip minus one", osc::encode("/strip/gain", {std::int32_t{-1}, -40.0F}), &Counters::out_of_range},
        {"a path nobody knows", osc::encode("/kettle/on", {1.0F}), &Counters::unknown_path},
        {"a path of 60 KB of text", osc::encode("/kettle/name", {std::string_view(long_text)}),
         &Counters::unknown_path},
    };
}

std::uint64_t ignored(const surface::Counters& counters) {
    return counters.malformed + counters.wrong_type + counters.out_of_range + counters.unknown_path;
}

/// Sends each datagram alone and sees it counted where it belongs, the mixer as it was.
template <typename Send>
void check_each_is_counted(Client& client, Send send) {
    const MixerState before = client.session.mixer();
    for (const Garbage& each : garbage()) {
        INFO(each.what);
        const auto counters = client.session.counters();
        send(each.bytes);
        const auto arrived = [&] { return ignored(client.session.counters()) > ignored(counters); };
        REQUIRE(until(client, arrived));
        CHECK(client.session.counters().*each.counted == counters.*each.counted + 1);
        CHECK(ignored(client.session.counters()) == ignored(counters) + 1);
        CHECK(client.session.mixer() == before);
        CHECK(client.session.ready());
    }
}

}  // namespace

TEST_CASE("garbage from another socket is ignored and counted, one by one") {
    ServedDaw daw(sim::many_strips_song(4));
    Client client(daw.address());
    REQUIRE(until(client, [&] { return client.session.ready(); }));
    OtherSocket other;
    check_each_is_counted(client, [&](const Bytes& bytes) { other.send(client.loop->local_port(), bytes); });
}

TEST_CASE("garbage from the DAW's own socket is ignored and counted, one by one") {
    ServedDaw daw(sim::many_strips_song(4));
    Client client(daw.address());
    REQUIRE(until(client, [&] { return client.session.ready(); }));
    check_each_is_counted(client, [&](const Bytes& bytes) { daw.send(client.loop->local_port(), bytes); });
}

TEST_CASE("what comes from another host is not even read") {
    ServedDaw daw(sim::many_strips_song(2));
    Client client(daw.address());
    REQUIRE(until(client, [&] { return client.session.ready(); }));
    const auto before = client.session.mixer();
    OtherSocket stranger("127.0.0.2");
    stranger.send(client.loop->local_port(), osc::encode("/strip/gain/1", {-40.0F}));
    CHECK(until(client, [&] { return client.loop->counters().from_strangers == 1; }));
    CHECK(client.session.mixer() == before);
    CHECK(ignored(client.session.counters()) == 0);
}

TEST_CASE("connects while garbage pours in") {
    ServedDaw daw(sim::many_strips_song(12));
    Client client(daw.address());
    OtherSocket other;
    client.loop->on_progress = [&](const engine::Progress&, Duration) {
        for (const Garbage& each : garbage()) other.send(client.loop->local_port(), each.bytes);
    };
    for (const Garbage& each : garbage()) other.send(client.loop->local_port(), each.bytes);
    REQUIRE(until(client, [&] { return client.session.ready(); }));
    CHECK(client.session.mixer().strips.size() == 13);
    CHECK(client.session.counters().malformed >= 5);
}

TEST_CASE("a listen goes on through garbage, and nothing is moved") {
    ServedDaw daw(song());
    Client client(daw.address());
    MixingDesk desk;
    OtherSocket other;
    int bursts = 0;
    client.loop->on_progress = [&](const engine::Progress&, Duration) {
        ++bursts;
        for (const Garbage& each : garbage()) {
            other.send(client.loop->local_port(), each.bytes);
            daw.send(client.loop->local_port(), each.bytes);
        }
    };
    auto job = desk.job(listen_order(std::chrono::milliseconds(1'500)));
    REQUIRE(client.loop->run(job));
    CHECK_FALSE(job.report().error);
    CHECK(bursts > 5);
    CHECK(job.report().heard.length() >= std::chrono::milliseconds(1'400));
    CHECK(client.session.counters().wrong_type > 0);
    const auto& left = daw.retire();
    for (const sim::SimStrip& strip : left.engine().strips()) {
        INFO(strip.name);
        CHECK(strip.fader == Decibels());
        CHECK(strip.trim == Decibels());
    }
}
