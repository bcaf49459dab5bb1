#include "integration/io/simulator_on_udp.hpp"
#include "sim/built_in_song.hpp"
#include "support/kedge_command.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/udp.hpp>

using namespace kedge;
using namespace kedge::test;

namespace {

/// A simulated DAW, and commands told where it is.
struct Desk {
    explicit Desk(int strips) : daw(sim::many_strips_song(strips)) {}
    Ran command(std::vector<std::string> words) {
        words.insert(words.begin(), {"--surface", "sim", "--at", daw.address().text()});
        return kedge_command(std::move(words));
    }
    OwnFolders folders;
    ServedDaw daw;
};

}  // namespace

TEST_CASE("commands that only look print one document, and nothing on stderr") {
    Desk desk(3);
    const Ran strips = desk.command({"--json", "strips"});
    CHECK(strips.code == 0);
    CHECK(strips.err.empty());
    CHECK(the_document(strips).at("strips").as_array().size() == 4);

    const Ran status = desk.command({"--json", "status", "--for", "0"});
    CHECK(status.code == 0);
    CHECK(status.err.empty());
    CHECK(the_document(status).at("connected") == true);
    CHECK(the_document(status).at("counters").as_object().at("malformed") == 0);

    const Ran doctor = desk.command({"--json", "doctor"});
    CHECK(the_document(doctor).at("findings").as_array().size() >= 4);
}

TEST_CASE("a strip whose name is no UTF-8 does not break the documents") {
    Desk desk(2);
    desk.daw.meddle([](sim::SimulatedArdour& sim, std::vector<sim::Datagram>& out) {
        sim.rename_strip(0, "G\xFFtr", out);
    });
    const Ran strips = desk.command({"--json", "strips"});
    REQUIRE(strips.code == 0);
    const auto listed = the_document(strips).at("strips").as_array();
    CHECK(listed[0].at("strip") == "G\xEF\xBF\xBDtr");
}

TEST_CASE("a role set by hand is kept for the session, and taken back with auto") {
    Desk desk(2);
    const auto name = the_document(desk.command({"--json", "strips"})).at("strips").as_array()[0].at("strip");
    const std::string strip(name.as_string());
    const auto role_now = [&] {
        const auto document = the_document(desk.command({"--json", "roles"}));
        return std::string(document.at("strips").as_array()[0].at("role").as_string());
    };
    const std::string by_name = role_now();
    CHECK(desk.command({"roles", "set", strip, "lead-vocal"}).code == 0);
    CHECK(role_now() == "lead-vocal");
    CHECK(desk.command({"roles", "set", strip, "auto"}).code == 0);
    CHECK(role_now() == by_name);
    const Ran unknown = desk.command({"roles", "set", "No such strip", "kick"});
    CHECK(unknown.code == 2);
    CHECK_THAT(unknown.err, Catch::Contains("No such strip") && Catch::Contains("kedge strips"));
}

TEST_CASE("a wrong --anchor is said before the DAW plays a note") {
    Desk desk(2);
    const Ran ran = desk.command({"--json", "mix", "--anchor", "Kik"});
    CHECK(ran.code == 2);
    CHECK_THAT(the_document(ran).at("error").as_object().at("next").as_string().c_str(),
               Catch::Contains("'kick'"));
    CHECK(desk.daw.retire().engine().position() == 0);
}

TEST_CASE("no DAW: exit 3, one document, the address and what to turn on") {
    const OwnFolders folders;
    boost::asio::io_context context;
    using boost::asio::ip::udp;
    const udp::socket silent(context, udp::endpoint(boost::asio::ip::address_v4::loopback(), 0));
    const std::string address = "127.0.0.1:" + std::to_string(silent.local_endpoint().port());
    const Ran ran = kedge_command({"--json", "--at", address, "mix"});
    CHECK(ran.code == 3);
    const auto error = the_document(ran).at("error").as_object();
    CHECK(error.at("kind") == "no-daw");
    CHECK_THAT(error.at("message").as_string().c_str(), Catch::Contains(address));
    CHECK_THAT(error.at("next").as_string().c_str(), Catch::Contains("Open Sound Control"));
    CHECK_THAT(ran.err, Catch::Contains(address));
}
