// Commands over UDP to a simulated Live with AbletonOSC, which answers at one port and no other.

#include "abletonosc/live_session.hpp"
#include "engine/engine.hpp"
#include "io/daw_loop.hpp"
#include "io/udp_simulator.hpp"
#include "sim/built_in_song.hpp"
#include "sim/simulated_live.hpp"
#include "support/kedge_command.hpp"

#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/udp.hpp>

using namespace kedge;
using namespace kedge::test;

namespace {

using boost::asio::ip::udp;

std::uint16_t free_port() {
    boost::asio::io_context context;
    return udp::socket(context, udp::endpoint(boost::asio::ip::address_v4::loopback(), 0))
        .local_endpoint()
        .port();
}

/// A simulated Live on a port of its own, which answers at another one.
class ServedLive {
  public:
    ServedLive() : daw_(sim::built_in_song(4), answering_at(reply_port_)) {
        auto opened = io::UdpSimulator::open(daw_, 0);
        REQUIRE(opened);
        simulator_ = std::move(*opened);
        thread_ = std::thread([this] { simulator_->run(); });
    }
    ~ServedLive() { stop(); }
    ServedLive(const ServedLive&) = delete;
    ServedLive& operator=(const ServedLive&) = delete;

    Ran command(std::vector<std::string> words) {
        words.insert(words.begin(), {"--surface", "live", "--at", ":" + std::to_string(simulator_->port()),
                                     "--feedback-port", std::to_string(reply_port_)});
        return kedge_command(std::move(words));
    }
    [[nodiscard]] std::uint16_t reply_port() const { return reply_port_; }
    const sim::SimulatedLive& retire() {
        stop();
        return daw_;
    }

  private:
    static sim::LiveSettings answering_at(std::uint16_t port) {
        sim::LiveSettings settings;
        settings.reply_port = port;
        return settings;
    }
    void stop() {
        simulator_->stop();
        if (thread_.joinable()) thread_.join();
    }

    std::uint16_t reply_port_ = free_port();
    sim::SimulatedLive daw_;
    std::unique_ptr<io::UdpSimulator> simulator_;
    std::thread thread_;
};

}  // namespace

TEST_CASE("Live over UDP: looked at, mixed, compared and taken back") {
    const OwnFolders folders;
    ServedLive live;
    CHECK(the_document(live.command({"--json", "strips"})).at("strips").as_array().size() == 19);
    const Ran doctor = live.command({"--json", "doctor"});
    CHECK(the_document(doctor).at("healthy") == true);
    CHECK_THAT(doctor.out, Catch::Contains("automation is out of reach"));
    CHECK(live.command({"snapshot", "before"}).code == 0);
    const Ran mix = live.command({"--json", "mix", "--listen", "3s"});
    CHECK(mix.code == 0);
    CHECK_THAT(mix.out, Catch::Contains("This surface sets no trims"));
    CHECK(live.command({"--json", "compare", "1", "before"}).code == 0);
    CHECK(live.command({"revert"}).code == 0);
    CHECK(live.command({"reapply", "1"}).code == 0);
    CHECK(live.command({"recall", "before"}).code == 0);
    const auto& daw = live.retire();
    for (const auto& track : daw.engine().strips()) {
        INFO(track.name);
        CHECK(distance(track.fader, Decibels()) < Decibels(0.001));
    }
    CHECK_FALSE(daw.wire_writes().empty());
    CHECK(daw.errors().empty());
}

TEST_CASE("Live over UDP: a ride is refused before the song is played") {
    const OwnFolders folders;
    ServedLive live;
    const std::vector<std::vector<std::string>> ways = {{"--json", "ride"}, {"--json", "ride", "--live"}};
    for (const auto& way : ways) {
        const Ran ran = live.command(way);
        CHECK(ran.code == 1);
        const auto error = the_document(ran).at("error").as_object();
        CHECK(error.at("kind") == "refused");
        CHECK_THAT(error.at("message").as_string().c_str(), Catch::Contains("out of reach"));
        CHECK_THAT(error.at("next").as_string().c_str(), Catch::Contains("ride --plan"));
    }
    CHECK(live.retire().engine().position() == 0);
}

TEST_CASE("Live over UDP: nobody there says what to install, and a port that is taken says so") {
    const OwnFolders folders;
    const Ran nobody = kedge_command({"--surface", "live", "--at", ":" + std::to_string(free_port()),
                                      "--feedback-port", std::to_string(free_port()), "strips"});
    CHECK(nobody.code == 3);
    CHECK_THAT(nobody.err, Catch::Contains("Remote Scripts/AbletonOSC"));

    ServedLive live;
    boost::asio::io_context context;
    const udp::socket holds(context,
                            udp::endpoint(boost::asio::ip::address_v4::loopback(), live.reply_port()));
    const Ran taken = live.command({"strips"});
    CHECK(taken.code == 1);
    CHECK_THAT(taken.err, Catch::Contains(std::to_string(live.reply_port())) &&
                              Catch::Contains("taken by another program"));
    // Of a port that the DAW cannot be told to change nobody is asked to.
    abletonosc::LiveSession session;
    engine::Engine engine(session);
    const auto loop = io::DawLoop::over_udp(engine, {"127.0.0.1", 11'000, live.reply_port(), true});
    REQUIRE_FALSE(loop);
    CHECK_THAT(loop.error().next, Catch::Contains("only one program") && !Catch::Contains("--feedback-port"));
}
