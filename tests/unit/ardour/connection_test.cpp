#include "ardour/session_limits.hpp"
#include "support/catch.hpp"
#include "unit/ardour/conversation.hpp"

using namespace kedge;
using namespace kedge::test;
using namespace std::chrono_literals;

TEST_CASE("The heartbeat alone keeps a connection alive") {
    Conversation talk(small_mixer());
    talk.connect();
    talk.run_for(600s);
    CHECK(talk.session.ready());
    CHECK(talk.events.empty());
    CHECK(talk.sent.empty());
    CHECK(talk.session.counters().heartbeats >= 570);
}

TEST_CASE("So does anything else that is heard") {
    Conversation talk(small_mixer());
    talk.connect();
    talk.ardour.loses = [](const osc::Message& m) { return m.address() == "/heartbeat"; };
    for (int i = 0; i < 20; ++i) {
        talk.hear(osc::encode(strip_path("meter", 1), {static_cast<float>(-i)}));
        talk.run_for(ardour::silence_means_lost - 1ms);
    }
    CHECK(talk.session.ready());
    CHECK(talk.count<surface::Lost>() == 0);
}

TEST_CASE("Silence is Lost when it has lasted the limit, not before") {
    Conversation talk(small_mixer());
    talk.connect();
    talk.hear(osc::encode("/heartbeat", {1.0F}));
    const Instant last = talk.now;
    talk.ardour.dead = true;
    talk.run_for(ardour::silence_means_lost - 1ms);
    CHECK(talk.session.ready());
    talk.run_for(2ms);
    CHECK_FALSE(talk.session.ready());
    REQUIRE(talk.count<surface::Lost>() == 1);
    CHECK(talk.now <= last + ardour::silence_means_lost + 2ms);
    const auto refused = talk.command(surface::Play{});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().message == "Ardour does not answer.");
}

TEST_CASE("A DAW that comes back is Ready again with the same ids") {
    Conversation talk(small_mixer());
    talk.connect();
    const auto ids = [&] {
        std::vector<StripId> all;
        for (const auto& strip : talk.session.mixer().strips) all.push_back(strip.id);
        return all;
    };
    const auto before = ids();
    for (std::uint64_t times = 1; times <= 3; ++times) {
        CAPTURE(times);
        talk.ardour.dead = true;
        talk.run_for(20s);
        CHECK(talk.count<surface::Lost>() == 1);
        talk.ardour.forget_us();
        talk.ardour.dead = false;
        REQUIRE(talk.run_until_ready(6s));
        CHECK(talk.count<surface::Ready>() == 1);
        CHECK(talk.count<surface::StripsChanged>() == 0);
        CHECK(talk.session.counters().reconnects == times);
        CHECK(ids() == before);
        talk.forget_the_past();
    }
}

TEST_CASE("What changed while the DAW was away is known when it is back") {
    Conversation talk(small_mixer());
    talk.connect();
    const auto vox = talk.id("Vox");
    const auto bass = talk.id("Bass");
    talk.ardour.dead = true;
    talk.run_for(5s);
    talk.ardour.dead = false;
    talk.ardour.strips[0].gain_db = -30.0;
    std::swap(talk.ardour.strips[1], talk.ardour.strips[2]);
    talk.ardour.strips[2] = track("Organ");
    REQUIRE(talk.run_until_ready(6s));
    CHECK(talk.names() == std::vector<std::string>{"Kick", "Vox", "Organ", "Master"});
    CHECK(talk.strip("Kick").fader == -30_dB);
    CHECK(talk.id("Vox") == vox);
    CHECK_FALSE(talk.id("Organ") == bass);
}

TEST_CASE("Another session behind the same port: a strip in the same place is not the same strip") {
    Conversation talk({track("Kick"), strip_of_type("MA", "Master", 2, 2)});
    talk.connect();
    const auto kick = talk.id("Kick");
    talk.ardour.dead = true;
    talk.run_for(5s);
    talk.ardour.strips[0] = track("Piano");
    talk.ardour.dead = false;
    REQUIRE(talk.run_until_ready(6s));
    CHECK_FALSE(talk.id("Piano") == kick);
}

TEST_CASE("Restarted within the limit of silence, Ardour says nothing more until it is greeted again") {
    Conversation talk(small_mixer());
    talk.connect();
    talk.ardour.forget_us();
    talk.run_for(10s);
    CHECK(talk.count<surface::Lost>() == 1);
    CHECK(talk.count<surface::Ready>() == 1);
    CHECK(talk.session.ready());
    CHECK(talk.session.counters().reconnects == 1);
}

TEST_CASE("A DAW that falls silent while it lists its strips is Lost") {
    Conversation talk(small_mixer());
    talk.connect();
    const auto last_words = talk.ardour.strips_changed();
    talk.ardour.dead = true;
    talk.hear(last_words);
    CHECK_FALSE(talk.session.ready());
    talk.run_for(ardour::silence_means_lost + ardour::quiet + 1ms);
    REQUIRE(talk.count<surface::Lost>() == 1);
    CHECK(talk.all<surface::Lost>()[0].why == "no sign of life for three seconds");
}

TEST_CASE("A DAW that is slow to tell its values again is not asked for its list meanwhile") {
    Conversation talk(mixer_of(64));
    talk.connect();
    talk.ardour.dead = true;
    talk.run_for(4s);
    REQUIRE(talk.count<surface::Lost>() == 1);
    talk.forget_the_past();
    // The question for the list got lost; values come, one every 50 ms.
    for (int ssid = 1; ssid <= 64; ++ssid) {
        talk.hear(osc::encode(strip_path("gain", ssid), {-3.0F}));
        talk.run_for(50ms);
    }
    CHECK(talk.sent_to("/strip/list") <= 1);
    talk.ardour.dead = false;
    CHECK(talk.run_until_ready(5s));
}

TEST_CASE("Goodbye waits until Ardour has told of every value that changed") {
    Conversation talk(small_mixer());
    talk.connect();
    talk.run_for(5s);
    CHECK(talk.session.may_close_at() <= talk.now);
    REQUIRE(talk.command(surface::SetControl{talk.id("Kick"), Control::fader, Decibels(-3.0)}));
    CHECK(talk.session.may_close_at() == talk.now + 300ms);
    talk.run_for(200ms);
    CHECK(talk.session.may_close_at() > talk.now);
    // Somebody else's hand counts as well.
    talk.hear(osc::encode(strip_path("gain", 2), {-7.0F}));
    CHECK(talk.session.may_close_at() == talk.now + 300ms);
    talk.run_for(300ms);
    CHECK(talk.session.may_close_at() <= talk.now);
}

TEST_CASE("Where the mixer moves without end, a surface leaves without a goodbye: Ardour would crash") {
    Conversation talk(small_mixer());
    talk.connect();
    for (int ms = 0; ms < 2'000; ms += 20) {
        talk.hear(osc::encode(strip_path("gain", 1), {static_cast<float>(-ms) / 100.0F}));
        talk.run_for(20ms);
        CHECK(talk.session.may_close_at() > talk.now);
    }
    talk.forget_the_past();
    talk.close();
    CHECK(talk.sent.empty());
    CHECK_FALSE(talk.session.ready());
}

TEST_CASE("Goodbye is said once, and then nothing more") {
    Conversation talk(small_mixer());
    talk.close();
    CHECK(talk.sent.empty());
    talk.connect();
    talk.close();
    REQUIRE(talk.sent.size() == 1);
    CHECK(talk.sent[0] == osc::encode("/set_surface", {0, 575, 0, 0, 0, 0, 0}));
    CHECK(talk.ardour.feedback() == 0);
    CHECK_FALSE(talk.session.ready());
    talk.close();
    talk.hear(talk.ardour.strips_changed());
    talk.hear(osc::encode("/strip/list"));
    talk.hear(osc::encode(strip_path("gain", 1), {0.0F}));
    talk.run_for(30s);
    CHECK(talk.sent.size() == 1);
    CHECK(talk.events.empty());
    const auto refused = talk.command(surface::Stop{});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().message == "Ardour is not connected.");
    CHECK(talk.sent.size() == 1);
}

TEST_CASE("However often lists come and wake-ups go astray, few are asked for") {
    Conversation talk(small_mixer());
    talk.connect();
    for (int i = 0; i < 50; ++i) {
        talk.hear(talk.ardour.strips_changed());
        REQUIRE(talk.run_until_ready(3s));
        surface::Effects out;
        for (int k = 0; k < 20; ++k) talk.session.wake(talk.now, out);
        CHECK(out.size() <= 1);
    }
    talk.forget_the_past();
    talk.run_for(29s);
    // One each time that the silence so far is looked at.
    CHECK(talk.wakes_asked <= 30);
    CHECK(talk.session.ready());
}
