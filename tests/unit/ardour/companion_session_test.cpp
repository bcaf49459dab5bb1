#include "support/catch.hpp"
#include "unit/ardour/conversation.hpp"

#include <string>

using namespace kedge;
using namespace kedge::test;
using namespace std::chrono_literals;

namespace {

void set_up_companion(Conversation& talk) {
    talk.session.use_companion(ardour::CompanionSetup{"LuaAction/script-13"});
}

std::int32_t number_of_last_request(const Conversation& talk) {
    REQUIRE_FALSE(talk.handed_over.empty());
    const std::string word = "\nrequest\t";
    const auto at = talk.handed_over.back().find(word);
    REQUIRE(at != std::string::npos);
    return std::stoi(talk.handed_over.back().substr(at + word.size()));
}

std::size_t calls(const Conversation& talk) {
    return talk.sent_to("/access_action");
}

}  // namespace

TEST_CASE("Without a companion no line is read or written, and it says how to get one") {
    Conversation talk(small_mixer());
    talk.connect();
    CHECK_FALSE(talk.session.capabilities().fader_lines);
    const auto read = talk.command(surface::ReadFaderLines{{talk.id("Vox")}});
    REQUIRE_FALSE(read);
    CHECK(read.error().message == "Ardour has no companion script of kedge's.");
    CHECK_FALSE(talk.command(surface::WriteFaderLines{{{talk.id("Vox"), {}}}, "ride"}));
    CHECK(talk.handed_over.empty());
    CHECK(talk.sent.empty());
}

TEST_CASE("A reading is handed over, then called, and its answers are events") {
    Conversation talk(small_mixer());
    set_up_companion(talk);
    talk.connect();
    CHECK(talk.session.capabilities().fader_lines);
    REQUIRE(talk.command(surface::ReadFaderLines{{talk.id("Vox"), talk.id("Kick")}}));
    REQUIRE(talk.handed_over.size() == 1);
    const auto number = number_of_last_request(talk);
    CHECK(talk.handed_over[0] == "kedge-companion\t1\nrequest\t" + std::to_string(number) +
                                     "\nsession\tSession\nread\tVox\nread\tKick\nend\n");
    REQUIRE(talk.sent.size() == 1);
    CHECK(talk.sent[0] == osc::encode("/access_action", {std::string_view("LuaAction/script-13")}));
    const auto fader = [&](int place, std::string_view mode, int count) {
        return osc::encode("/kedge/companion/fader", {number, place, mode, std::string_view("0.5"), count});
    };
    talk.hear(fader(0, "play", 2));
    talk.hear(osc::encode("/kedge/companion/points", {number, 0, 0, std::string_view("0 1;48000 0.25")}));
    talk.hear(fader(1, "manual", 0));
    CHECK(talk.events.empty());
    talk.hear(osc::encode("/kedge/companion/done", {number, 2}));
    const auto read = talk.all<surface::FaderLineRead>();
    REQUIRE(read.size() == 2);
    CHECK(read[0].strip == talk.id("Vox"));
    CHECK(read[0].line ==
          FaderLine{AutomationMode::play, Gain(0.5), {{SongTime(), Gain(1.0)}, {SongTime(1s), Gain(0.25)}}});
    CHECK(read[1].strip == talk.id("Kick"));
    CHECK(read[1].line == FaderLine{AutomationMode::manual, Gain(0.5), {}});
}

TEST_CASE("A writing is handed over whole, and its refusal told") {
    Conversation talk(small_mixer());
    set_up_companion(talk);
    talk.connect();
    const FaderLine line{AutomationMode::play, Gain(1.0), {{SongTime(1s), Gain(0.5)}}};
    REQUIRE(talk.command(surface::WriteFaderLines{{{talk.id("Vox"), line}}, "kedge ride"}));
    const auto number = number_of_last_request(talk);
    CHECK(talk.handed_over[0].ends_with("write\tkedge ride\nfader\tVox\tplay\t1\npoint\t48000\t0.5\nend\n"));
    SECTION("carried out") {
        talk.hear(osc::encode("/kedge/companion/done", {number, 1}));
        CHECK(talk.count<surface::FaderLinesWritten>() == 1);
        // The answer to the second call, if there was one, is nobody's.
        const auto ignored = talk.session.counters().out_of_range;
        talk.hear(osc::encode("/kedge/companion/done", {number, 1}));
        CHECK(talk.count<surface::FaderLinesWritten>() == 1);
        CHECK(talk.session.counters().out_of_range == ignored + 1);
    }
    SECTION("refused") {
        talk.hear(osc::encode("/kedge/companion/refused",
                              {number, std::string_view("No strip."), std::string_view("Look.")}));
        const auto refused = talk.all<surface::LinesRefused>();
        REQUIRE(refused.size() == 1);
        CHECK(refused[0].why.message == "No strip.");
        CHECK_FALSE(refused[0].unanswered);
    }
    SECTION("another one meanwhile") {
        CHECK_FALSE(talk.command(surface::ReadFaderLines{{talk.id("Vox")}}));
        CHECK(talk.handed_over.size() == 1);
    }
}

TEST_CASE("A script that does not answer is called three times, then said to be silent") {
    Conversation talk(small_mixer());
    set_up_companion(talk);
    talk.connect();
    REQUIRE(talk.command(surface::ReadFaderLines{{talk.id("Vox")}}));
    talk.run_for(1'400ms);
    CHECK(calls(talk) == 1);
    talk.run_for(200ms);
    CHECK(calls(talk) == 2);
    talk.run_for(1'500ms);
    CHECK(calls(talk) == 3);
    CHECK(talk.handed_over.size() == 3);
    CHECK(talk.handed_over[0] == talk.handed_over[2]);
    CHECK(talk.count<surface::LinesRefused>() == 0);
    talk.run_for(1'500ms);
    CHECK(calls(talk) == 3);
    // What lies there is taken away: nobody is to come upon it later.
    REQUIRE(talk.handed_over.size() == 4);
    CHECK(talk.handed_over[3].empty());
    const auto refused = talk.all<surface::LinesRefused>();
    REQUIRE(refused.size() == 1);
    CHECK(refused[0].unanswered);
    CHECK(refused[0].why.message == "Ardour's companion script does not answer.");
    // Then the next request may come.
    CHECK(talk.command(surface::ReadFaderLines{{talk.id("Vox")}}));
}

TEST_CASE("A script whose answers make no sense is not called silent") {
    Conversation talk(small_mixer());
    set_up_companion(talk);
    talk.connect();
    REQUIRE(talk.command(surface::ReadFaderLines{{talk.id("Vox")}}));
    for (int call = 0; call < 3; ++call) {
        talk.hear(osc::encode("/kedge/companion/points", {std::int32_t{1}, std::int32_t{0}, std::int32_t{0},
                                                          std::string_view("200 1;100 1")}));
        talk.run_for(1'600ms);
    }
    const auto refused = talk.all<surface::LinesRefused>();
    REQUIRE(refused.size() == 1);
    CHECK(refused[0].why.message ==
          "Ardour's companion script answers with automation that kedge cannot make sense of.");
}

TEST_CASE("A request under way when Ardour is lost is unanswered, and no later answer is taken for its own") {
    Conversation talk(small_mixer());
    set_up_companion(talk);
    talk.connect();
    talk.ardour.dead = true;
    talk.run_for(2s);
    REQUIRE(talk.command(surface::WriteFaderLines{{{talk.id("Vox"), {}}}, "ride"}));
    const auto number = number_of_last_request(talk);
    talk.run_for(1'200ms);
    REQUIRE(talk.count<surface::Lost>() == 1);
    const auto refused = talk.all<surface::LinesRefused>();
    REQUIRE(refused.size() == 1);
    CHECK(refused[0].unanswered);
    CHECK(refused[0].why.kind == ErrorKind::no_daw);
    CHECK(talk.handed_over.back().empty());
    talk.hear(osc::encode("/kedge/companion/done", {number, 1}));
    CHECK(talk.count<surface::FaderLinesWritten>() == 0);
}

TEST_CASE("What the script could not tell apart, or no fader can be, is refused before it is asked") {
    auto strips = small_mixer();
    strips[1].name = strips[0].name;
    Conversation talk(strips);
    set_up_companion(talk);
    talk.connect();
    const auto twin = talk.command(surface::ReadFaderLines{{talk.session.mixer().strips[1].id}});
    REQUIRE_FALSE(twin);
    CHECK(twin.error().message == "Ardour has 2 strips 'Kick'.");
    CHECK_FALSE(talk.command(surface::ReadFaderLines{{StripId{999}}}));
    CHECK_FALSE(talk.command(surface::ReadFaderLines{{}}));
    CHECK_FALSE(talk.command(surface::WriteFaderLines{{}, "ride"}));
    const StripId vox = talk.id("Vox");
    CHECK_FALSE(talk.command(surface::WriteFaderLines{{{vox, {}}, {vox, {}}}, "ride"}));
    const FaderLine backwards{
        AutomationMode::play, Gain(1.0), {{SongTime(1s), Gain(0.5)}, {SongTime(0s), Gain(0.5)}}};
    CHECK_FALSE(talk.command(surface::WriteFaderLines{{{vox, backwards}}, "ride"}));
    CHECK(talk.handed_over.empty());
    CHECK(calls(talk) == 0);
    // Nothing is under way after that.
    CHECK(talk.command(surface::ReadFaderLines{{vox}}));
}

TEST_CASE("A goodbye takes a request away that nobody answered yet") {
    Conversation talk(small_mixer());
    set_up_companion(talk);
    talk.connect();
    REQUIRE(talk.command(surface::ReadFaderLines{{talk.id("Vox")}}));
    talk.close();
    REQUIRE(talk.handed_over.size() == 2);
    CHECK(talk.handed_over[1].empty());
}
