#include "ardour/session_limits.hpp"
#include "support/catch.hpp"
#include "unit/ardour/conversation.hpp"

#include <algorithm>

using namespace kedge;
using namespace kedge::test;
using namespace std::chrono_literals;

namespace {

std::vector<StripId> ids_of(const Conversation& talk) {
    std::vector<StripId> ids;
    for (const auto& strip : talk.session.mixer().strips) ids.push_back(strip.id);
    return ids;
}

bool share_an_id(const std::vector<StripId>& a, const std::vector<StripId>& b) {
    return std::any_of(a.begin(), a.end(),
                       [&](StripId id) { return std::find(b.begin(), b.end(), id) != b.end(); });
}

}  // namespace

TEST_CASE("Another session behind the same port has other strips, whatever they are called") {
    Conversation talk(small_mixer());
    talk.connect();
    const auto old = ids_of(talk);
    talk.ardour.dead = true;
    talk.run_for(4s);
    talk.ardour.forget_us();
    talk.ardour.session_name = "Another";
    talk.ardour.dead = false;
    REQUIRE(talk.run_until_ready(6s));
    CHECK(talk.session.mixer().session.name == "Another");
    CHECK_FALSE(share_an_id(old, ids_of(talk)));
}

TEST_CASE("Another session's name on a live connection is a connection lost and found again") {
    Conversation talk(small_mixer());
    talk.connect();
    const auto old = ids_of(talk);
    talk.ardour.session_name = "Another";
    talk.hear(osc::encode("/session_name", {"Another"}));
    REQUIRE(talk.count<surface::Lost>() == 1);
    CHECK(talk.all<surface::Lost>()[0].why == "it has the session 'Another' open now");
    CHECK_FALSE(talk.session.ready());
    REQUIRE(talk.run_until_ready(3s));
    CHECK(talk.count<surface::Ready>() == 1);
    CHECK(talk.session.mixer().session.name == "Another");
    CHECK_FALSE(share_an_id(old, ids_of(talk)));
}

TEST_CASE("A session's name that got lost is asked for: without it nobody knows whose strips these are") {
    Conversation talk(small_mixer());
    talk.connect();
    const auto old = ids_of(talk);
    talk.ardour.dead = true;
    talk.run_for(4s);
    talk.ardour.dead = false;
    int lost = 0;
    talk.ardour.loses = [&](const osc::Message& m) { return m.address() == "/session_name" && lost++ < 3; };
    REQUIRE(talk.run_until_ready(6s));
    CHECK(talk.session.mixer().session.name == "Session");
    CHECK(ids_of(talk) == old);
}

TEST_CASE("A DAW that never tells its session's name after it was away is taken for a stranger") {
    Conversation talk(small_mixer());
    talk.connect();
    const auto old = ids_of(talk);
    talk.ardour.dead = true;
    talk.run_for(4s);
    talk.ardour.dead = false;
    talk.ardour.loses = [](const osc::Message& m) { return m.address() == "/session_name"; };
    REQUIRE(talk.run_until_ready(10s));
    CHECK(talk.session.mixer().session.name.empty());
    CHECK_FALSE(share_an_id(old, ids_of(talk)));
}

TEST_CASE("Restarted between two heartbeats, Ardour is found out by what it says of us") {
    Conversation talk(small_mixer());
    talk.connect();
    talk.ardour.forget_us();
    const Instant forgotten = talk.now;
    while (talk.count<surface::Lost>() == 0 && talk.now < forgotten + 3s) talk.run_for(10ms);
    REQUIRE(talk.count<surface::Lost>() == 1);
    CHECK(talk.now - forgotten < 2s);
    CHECK(talk.all<surface::Lost>()[0].why == "it was restarted, or has another session open");
    REQUIRE(talk.run_until_ready(3s));
}

TEST_CASE("Nothing is set by a number while it is not sure who listens") {
    Conversation talk(small_mixer());
    talk.connect();
    const auto kick = talk.id("Kick");
    // Another session comes up behind the same port without a word.
    talk.ardour.forget_us();
    talk.ardour.session_name = "Another";
    talk.run_for(ardour::sign_is_good_for + 1ms);
    talk.forget_the_past();
    const auto gain = talk.ardour.strips[0].gain_db;
    REQUIRE(talk.command(surface::SetControl{kick, Control::fader, ControlValue(-3_dB)}));
    CHECK(talk.sent_to(strip_path("gain", 1)) == 0);
    CHECK(talk.sent_to("/set_surface") == 1);
    talk.run_for(5ms);
    CHECK(talk.count<surface::Lost>() == 1);
    CHECK(talk.ardour.strips[0].gain_db == gain);
}

TEST_CASE("With a fresh sign, what is set goes out at once again") {
    Conversation talk(small_mixer());
    talk.connect();
    const auto kick = talk.id("Kick");
    talk.ardour.loses = [](const osc::Message& m) { return m.address() == "/heartbeat"; };
    talk.run_for(1500ms);
    REQUIRE(talk.command(surface::QueryControl{kick, Control::fader}));
    talk.run_for(5ms);
    REQUIRE(talk.command(surface::SetControl{kick, Control::fader, ControlValue(-3_dB)}));
    talk.run_for(5ms);
    CHECK(talk.ardour.strips[0].gain_db == -3.0);
}

TEST_CASE("Lost heartbeats alone are no lost DAW: it is asked, and answers") {
    Conversation talk(small_mixer());
    talk.connect();
    int asked = 0;
    talk.ardour.loses = [&](const osc::Message& m) {
        // Most answers get lost as well.
        return m.address() == "/heartbeat" || (m.address() == "/set_surface" && asked++ % 4 != 0);
    };
    talk.run_for(60s);
    CHECK(talk.session.ready());
    CHECK(talk.count<surface::Lost>() == 0);
    CHECK(asked > 20);
}
