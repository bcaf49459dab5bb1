#include "support/catch.hpp"
#include "unit/ardour/conversation.hpp"

using namespace kedge;
using namespace kedge::test;
using namespace std::chrono_literals;

namespace {

/// Ardour says that its strips changed; the session asks, and settles.
void settle(Conversation& talk) {
    talk.hear(talk.ardour.strips_changed());
    CHECK_FALSE(talk.session.ready());
    REQUIRE(talk.run_until_ready(3s));
}

surface::StripsChanged only_change(const Conversation& talk) {
    const auto changes = talk.all<surface::StripsChanged>();
    REQUIRE(changes.size() == 1);
    return changes[0];
}

}  // namespace

TEST_CASE("A strip added is named as added, and the others keep their ids") {
    Conversation talk(small_mixer());
    talk.connect();
    const auto kick = talk.id("Kick");
    const auto vox = talk.id("Vox");
    const auto master = talk.id("Master");
    talk.ardour.strips.insert(talk.ardour.strips.begin() + 1, track("Snare"));
    talk.ardour.strips[1].gain_db = -12.0;
    settle(talk);
    CHECK(talk.names() == std::vector<std::string>{"Kick", "Snare", "Bass", "Vox", "Master"});
    CHECK(talk.id("Kick") == kick);
    CHECK(talk.id("Vox") == vox);
    CHECK(talk.id("Master") == master);
    const auto change = only_change(talk);
    CHECK(change.added == std::vector<StripId>{talk.id("Snare")});
    CHECK(change.removed.empty());
    CHECK(talk.strip("Snare").fader == -12_dB);
    // The burst under new numbers came before the word that they are new: nobody was taken for another.
    for (const auto& report : talk.all<surface::ControlReported>()) CHECK(report.strip == kick);
    CHECK(talk.count<surface::Ready>() == 0);
    // The next command goes to the number that the strip has now.
    REQUIRE(talk.command(surface::SetControl{vox, Control::fader, ControlValue(-3_dB)}));
    CHECK(talk.sent.back() == osc::encode("/strip/gain/04", {-3.0F}));
}

TEST_CASE("A strip removed is named as removed, and commands for it are refused") {
    Conversation talk(small_mixer());
    talk.connect();
    const auto bass = talk.id("Bass");
    const auto vox = talk.id("Vox");
    talk.ardour.strips.erase(talk.ardour.strips.begin() + 1);
    settle(talk);
    const auto change = only_change(talk);
    CHECK(change.added.empty());
    CHECK(change.removed == std::vector<StripId>{bass});
    CHECK(talk.id("Vox") == vox);
    const auto set = talk.command(surface::SetControl{bass, Control::fader, ControlValue(-3_dB)});
    REQUIRE_FALSE(set);
    CHECK(set.error().message == "The strip is not in the session any more.");
    CHECK_FALSE(talk.session.meter(bass));
    // A strip of the same name later is another strip.
    talk.forget_the_past();
    talk.ardour.strips.push_back(track("Bass"));
    std::swap(talk.ardour.strips[2], talk.ardour.strips[3]);
    settle(talk);
    CHECK(only_change(talk).added == std::vector<StripId>{talk.id("Bass")});
    CHECK_FALSE(talk.id("Bass") == bass);
}

TEST_CASE("Strips in another order keep their ids, whatever their numbers") {
    Conversation talk(small_mixer());
    talk.connect();
    const auto kick = talk.id("Kick");
    const auto vox = talk.id("Vox");
    talk.ardour.strips[0].gain_db = -20.0;
    std::swap(talk.ardour.strips[0], talk.ardour.strips[2]);
    talk.hear(talk.ardour.strips_changed());
    talk.run_for(10ms);
    // The new list is there, the new mixer is not: numbers mean nobody yet.
    talk.hear(osc::encode(strip_path("meter", 3), {-30.0F}));
    CHECK_FALSE(talk.session.meter(vox));
    CHECK_FALSE(talk.session.meter(kick));
    REQUIRE(talk.run_until_ready(3s));
    CHECK(talk.names() == std::vector<std::string>{"Vox", "Bass", "Kick", "Master"});
    CHECK(talk.id("Kick") == kick);
    CHECK(talk.id("Vox") == vox);
    CHECK(only_change(talk).added.empty());
    CHECK(only_change(talk).removed.empty());
    CHECK(talk.strip("Kick").fader == -20_dB);
    talk.hear(osc::encode(strip_path("meter", 3), {-9.0F}));
    CHECK(talk.session.meter(kick) == -9_dB);
    CHECK(talk.all<surface::MeterRead>().at(0).strip == kick);
    CHECK_FALSE(talk.session.meter(vox));
}

TEST_CASE("A strip renamed keeps its id; Ardour tells it by the name alone") {
    Conversation talk(small_mixer());
    talk.connect();
    const auto bass = talk.id("Bass");
    talk.hear(talk.ardour.rename(1, "Bass DI"));
    REQUIRE(talk.run_until_ready(3s));
    CHECK(talk.id("Bass DI") == bass);
    CHECK(only_change(talk).added.empty());
    CHECK(only_change(talk).removed.empty());
    // The same name again is no news.
    talk.forget_the_past();
    talk.hear(osc::encode(strip_path("name", 2), {"Bass DI"}));
    CHECK(talk.session.ready());
    CHECK(talk.sent.empty());
}

TEST_CASE("A strip renamed while the values still come in has its new name at Ready") {
    Conversation talk(small_mixer());
    talk.start();
    talk.run_for(50ms);
    CHECK_FALSE(talk.session.ready());
    talk.hear(talk.ardour.rename(1, "Bass DI"));
    REQUIRE(talk.run_until_ready(3s));
    CHECK(talk.names() == std::vector<std::string>{"Kick", "Bass DI", "Vox", "Master"});
}

TEST_CASE("Two strips of one name are told apart by their order, and one of them may be renamed") {
    Conversation talk(
        {track("Gtr"), track("Gtr"), strip_of_type("B", "Gtr", 2, 2), strip_of_type("MA", "Master", 2, 2)});
    talk.connect();
    const auto strips = talk.session.mixer().strips;
    CHECK(strips[0].name.twin == 0);
    CHECK(strips[1].name.twin == 1);
    CHECK(strips[2].name.twin == 0);
    CHECK_FALSE(strips[0].id == strips[1].id);
    talk.hear(talk.ardour.rename(0, "Gtr L"));
    REQUIRE(talk.run_until_ready(3s));
    const auto& renamed = talk.session.mixer().strips;
    CHECK(renamed[0].name.name == "Gtr L");
    CHECK(renamed[0].id == strips[0].id);
    CHECK(renamed[1].id == strips[1].id);
    CHECK(renamed[1].name.twin == 0);
    CHECK(only_change(talk).added.empty());
}

TEST_CASE("Word that the strips changed is heard in every phase") {
    for (const auto after : {1ms, 2ms, 50ms, 150ms, 230ms}) {
        CAPTURE(after.count());
        Conversation talk(small_mixer());
        talk.start();
        talk.run_for(after);
        talk.ardour.strips.insert(talk.ardour.strips.begin(), track("Late"));
        talk.hear(talk.ardour.strips_changed());
        REQUIRE(talk.run_until_ready(5s));
        talk.run_for(1s);
        CHECK(talk.names() == std::vector<std::string>{"Late", "Kick", "Bass", "Vox", "Master"});
        CHECK(talk.session.mixer().strips.size() == 5);
        // Whatever was on its way, every strip has the values of its own.
        REQUIRE(talk.command(surface::SetControl{talk.id("Kick"), Control::fader, ControlValue(-15_dB)}));
        talk.run_for(100ms);
        CHECK(talk.ardour.strips[1].gain_db == -15.0);
    }
}

TEST_CASE("Strips that change faster than a list comes in are settled in the end") {
    Conversation talk(small_mixer());
    talk.latency = 30ms;
    talk.connect();
    for (int i = 0; i < 20; ++i) {
        talk.ardour.strips.insert(talk.ardour.strips.begin() + i % 3, track("New " + std::to_string(i)));
        talk.hear(talk.ardour.strips_changed());
        talk.run_for(std::chrono::milliseconds(7 * i));
    }
    REQUIRE(talk.run_until_ready(10s));
    REQUIRE(talk.session.mixer().strips.size() == 24);
    for (std::size_t i = 0; i < 24; ++i)
        CHECK(talk.session.mixer().strips[i].name.name == talk.ardour.strips[i].name);
}

TEST_CASE("Values of strips beyond the list mean that the list was short") {
    Conversation talk(small_mixer());
    bool first = true;
    // A master in the middle hides that the end was lost.
    std::swap(talk.ardour.strips[1], talk.ardour.strips[3]);
    talk.ardour.loses = [&](const osc::Message& m) {
        if (m.address() != "/reply" || !first) return false;
        if (m.string(0) == "end_route_list") first = false;
        return m.string(1) == "Bass" || m.string(1) == "Vox";
    };
    talk.start();
    REQUIRE(talk.run_until_ready(3s));
    CHECK(talk.names() == std::vector<std::string>{"Kick", "Master", "Vox", "Bass"});
}

TEST_CASE("The lines of a newer list that come after an older one are believed") {
    Conversation talk(small_mixer());
    talk.start();
    talk.run_for(50ms);
    // Nothing else says that these two changed places.
    talk.ardour.loses = [](const osc::Message& m) { return m.address().starts_with("/strip/name"); };
    std::swap(talk.ardour.strips[0], talk.ardour.strips[1]);
    talk.hear(talk.ardour.answer(osc::encode("/strip/list")));
    REQUIRE(talk.run_until_ready(3s));
    CHECK(talk.names() == std::vector<std::string>{"Bass", "Kick", "Vox", "Master"});
}

TEST_CASE("A DAW that contradicts its own list for ever does not keep us for ever") {
    Conversation talk(small_mixer());
    talk.start();
    for (int ms = 0; ms < 20'000 && !talk.session.ready(); ms += 100) {
        talk.hear(osc::encode(strip_path("gain", 99), {-1.0F}));
        talk.hear(osc::encode(strip_path("name", 1), {"Someone else"}));
        talk.run_for(100ms);
    }
    CHECK(talk.session.ready());
    CHECK(talk.names().size() == 4);
}

TEST_CASE("While the list is asked for again, meters and values of old numbers reach nobody") {
    Conversation talk(small_mixer());
    talk.connect();
    const auto before = talk.session.mixer();
    talk.hear(talk.ardour.strips_changed());
    talk.forget_the_past();
    talk.hear(osc::encode(strip_path("gain", 1), {-33.0F}));
    talk.hear(osc::encode(strip_path("meter", 1), {-3.0F}));
    CHECK(talk.events.empty());
    CHECK(talk.session.mixer() == before);
    const auto set =
        talk.command(surface::SetControl{before.strips[0].id, Control::fader, ControlValue(0_dB)});
    REQUIRE_FALSE(set);
    CHECK(set.error().message == "Ardour's strip list is changing just now.");
    REQUIRE(talk.run_until_ready(3s));
    CHECK(talk.strip("Kick").fader == -6_dB);
}
