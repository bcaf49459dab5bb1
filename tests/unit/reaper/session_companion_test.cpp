// The companion script in REAPER: what it says of the project, and fader lines read and written by it.

#include "room.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <string>

#include <fmt/format.h>

using namespace kedge;
using namespace kedge::reaper;
using namespace kedge::reaper::test;
using namespace std::chrono_literals;

namespace {

const std::string with_script = std::string(good_patterns) + "ACTION s/action/str\n";

std::string field_of(const std::string& text, const std::string& word, int field) {
    auto at = text.find("\n" + word + "\t");
    if (at == std::string::npos) return {};
    for (int i = 0; i <= field; ++i) at = text.find_first_of("\t\n", at + 1);
    const auto begin = at + 1;
    return text.substr(begin, text.find_first_of("\t\n", begin) - begin);
}

/// A script that knows its project's tracks by number, and keeps what is written.
struct ScriptedProject {
    std::string guid = "{7A03F1C2-0000-4000-8000-000000000001}";
    std::string name = "song.RPP";
    std::vector<std::string> tracks;  ///< names; a GUID goes with each
    std::vector<std::string> guids;
    std::map<std::string, std::string> faders;  ///< "fader" and "point" lines by GUID
    std::string refusal;                        ///< of everything but identity
    bool silent = false;
    std::vector<std::string> asked;

    void add(const std::string& track) {
        tracks.push_back(track);
        guids.push_back(fmt::format("{{T-{}}}", track));
    }
    std::optional<std::string> answer(const std::string& request) {
        if (silent) return std::nullopt;
        const auto head = request.substr(0, request.find('\n'));
        const auto id = head.substr(head.rfind('\t') + 1);
        std::string body = "done\n";
        const bool reads = request.find("\nread\n") != std::string::npos;
        const bool writes = request.find("\nwrite\t") != std::string::npos;
        asked.emplace_back(reads                                             ? "read"
                           : writes                                          ? "write"
                           : request.find("\nstrips\n") != std::string::npos ? "strips"
                                                                             : "identity");
        if (asked.back() == "identity") {
            body += fmt::format("reaper\t7.22\tOther\nproject\t{}\t/p/{}\t{}\nstate\t1\n", guid, name, name);
        } else if (!refusal.empty()) {
            body = "refused\t" + refusal + "\tLook.\n";
        } else if (asked.back() == "strips") {
            body += "length\t61.25\nmeters\t-40\t0\n";
            for (std::size_t i = 0; i < tracks.size(); ++i)
                body += fmt::format(
                    "track\t{}\t{}\t{}\t0\t0\t0\t1\t0\t0\t0\t0\ttrim\t2\t-inf\t-inf\t-inf\t-inf\n", guids[i],
                    i + 1, tracks[i]);
        } else {
            keep(request);
            for (auto at = request.find(reads ? "\ntrack\t" : "\nfader\t"); at != std::string::npos;
                 at = request.find(reads ? "\ntrack\t" : "\nfader\t", at + 1)) {
                const auto begin = at + 7;
                const auto which = request.substr(begin, request.find_first_of("\t\n", begin) - begin);
                const auto kept = faders.find(which);
                body += kept == faders.end() ? "fader\t" + which + "\ttrim\t1\t0\t0\t0\t0\t-\t0\t0\n"
                                             : kept->second;
            }
        }
        std::string text = "answer\t" + id + "\t1\n" + body;
        return text + fmt::format("end\t{}\n", std::count(text.begin(), text.end(), '\n'));
    }

  private:
    void keep(const std::string& request) {
        std::string* to = nullptr;
        for (std::size_t at = 0; at < request.size();) {
            const auto end = request.find('\n', at);
            std::string line = request.substr(at, end - at);
            at = end + 1;
            if (line.starts_with("fader\t")) {
                to = &faders[line.substr(6, line.find('\t', 6) - 6)];
                to->clear();
                if (const auto scaling = line.find("\t-\t");
                    scaling != std::string::npos && field_of("\n" + line, "fader", 3) == "1")
                    line.replace(scaling, 3, "\t0\t");
            }
            if (to && (line.starts_with("fader\t") || line.starts_with("point\t"))) *to += line + "\n";
        }
    }
};

struct ScriptRoom {
    explicit ScriptRoom(std::vector<std::string> names = {"Kick", "Vox"}) : room(with_script) {
        for (const auto& name : names) {
            room.reaper.tracks.push_back({name});
            project.add(name);
        }
        room.script = [this](const std::string& request) { return project.answer(request); };
        room.session.use_companion(CompanionSetup{"_RS12ab"});
    }
    void connect() {
        room.start();
        REQUIRE(room.run_until_ready());
        room.events.clear();
        room.sent.clear();
        room.handed_over.clear();
        project.asked.clear();
        room.script_calls = 0;
    }
    Room room;
    ScriptedProject project;
};

const FaderLine two_points{
    AutomationMode::play, Gain(0.5), {{SongTime(1s), Gain(0.5)}, {SongTime(2s), Gain(0.25)}}, {}};

}  // namespace

TEST_CASE("REAPER: the script says which project it is, how long, and where the meters end", "[reaper]") {
    ScriptRoom test;
    test.room.start();
    REQUIRE(test.room.run_until_ready());
    CHECK(test.room.now < Instant(2s));
    CHECK(test.project.asked == std::vector<std::string>{"identity", "strips"});
    CHECK(test.room.session.mixer().session.name == "song (7A03F1C2)");
    CHECK(test.room.session.mixer().session.end == SongTime(61'250ms));
    CHECK(test.room.session.capabilities().session_end);
    CHECK(test.room.session.capabilities().fader_lines);
    // Called by its name.
    const auto addresses = test.room.sent_addresses();
    CHECK(std::count(addresses.begin(), addresses.end(), "/action/str") == 2);
    CHECK(test.room.handed_over.back().empty());
    test.room.reaper_does([&] {
        test.room.reaper.tracks[0].vu = 0.5;
        test.room.reaper.tick();
    });
    test.room.run(200ms);
    REQUIRE(test.room.session.meter(test.room.id("Kick")));
    CHECK(test.room.session.meter(test.room.id("Kick"))->db() == Approx(-20.0));
}

TEST_CASE("REAPER: without a script, or with one that does not answer, all is as it was", "[reaper]") {
    ScriptRoom test;
    const bool named = GENERATE(true, false);
    test.project.silent = true;
    if (!named) test.room.session.use_companion(std::nullopt);
    test.room.start();
    REQUIRE(test.room.run_until_ready());
    CHECK(test.room.now < Instant(named ? 2'500ms : 1s));
    CHECK(test.room.script_calls == (named ? 2 : 0));
    CHECK(test.room.session.mixer().session.name == "song");
    CHECK_FALSE(test.room.session.mixer().session.end);
    CHECK(test.room.session.capabilities().fader_lines == named);
    const auto asked = test.room.command(surface::ReadFaderLines{{test.room.id("Vox")}});
    CHECK(asked.has_value() == named);
    if (!named) {
        CHECK(asked.error().message == "REAPER has no companion script of kedge's.");
        return;
    }
    // Asked again when lines are wanted: three times, then it is said.
    test.room.run(5s);
    CHECK(test.room.script_calls == 5);
    const auto refused = test.room.heard<surface::LinesRefused>();
    REQUIRE(refused.size() == 1);
    CHECK(refused[0].why.message == "REAPER's companion script does not answer.");
    CHECK(test.room.handed_over.back().empty());
    // It was only busy.
    test.project.silent = false;
    REQUIRE(test.room.command(surface::ReadFaderLines{{test.room.id("Vox")}}));
    test.room.run(1s);
    CHECK(test.room.heard<surface::FaderLineRead>().size() == 1);
}

TEST_CASE("REAPER: a pattern file without action names leaves no way to the script", "[reaper]") {
    Room room;
    room.reaper.tracks = named_tracks(1);
    room.session.use_companion(CompanionSetup{"_RS12ab"});
    room.start();
    REQUIRE(room.run_until_ready());
    CHECK_FALSE(room.session.capabilities().fader_lines);
    const auto read = room.command(surface::ReadFaderLines{{room.id("Part 1")}});
    REQUIRE_FALSE(read);
    CHECK(read.error().next.find("s/action/str") != std::string::npos);
}

TEST_CASE("REAPER: lines are written and read by the tracks' GUIDs", "[reaper]") {
    ScriptRoom test;
    test.connect();
    const StripId vox = test.room.id("Vox");
    REQUIRE(test.room.command(surface::WriteFaderLines{{{vox, two_points}}, "kedge: ride"}));
    test.room.run(500ms);
    CHECK(test.room.heard<surface::FaderLinesWritten>().size() == 1);
    CHECK(test.room.handed_over[0].find(
              "\nproject\t{7A03F1C2-0000-4000-8000-000000000001}\t/p/song.RPP\nwrite\tkedge: ride\n"
              "fader\t{T-Vox}\tread\t0.5\t1\t1\t1\t1\t-\t0\t2\n") != std::string::npos);
    REQUIRE(test.room.command(surface::ReadFaderLines{{vox, test.room.id("Kick")}}));
    // One thing at a time.
    CHECK_FALSE(test.room.command(surface::ReadFaderLines{{vox}}));
    test.room.run(500ms);
    const auto read = test.room.heard<surface::FaderLineRead>();
    REQUIRE(read.size() == 2);
    CHECK(read[0].strip == vox);
    CHECK(same_line(read[0].line, two_points));
    CHECK(read[1].strip == test.room.id("Kick"));
    CHECK(read[1].line == FaderLine{});
    CHECK(test.project.asked == std::vector<std::string>{"write", "read"});
}

TEST_CASE("REAPER: a refusal is told with its reason, and nothing is under way after it", "[reaper]") {
    ScriptRoom test;
    test.connect();
    test.project.refusal = "'Vox' has automation items on its volume envelope.";
    REQUIRE(test.room.command(surface::WriteFaderLines{{{test.room.id("Vox"), two_points}}, "ride"}));
    test.room.run(500ms);
    const auto refused = test.room.heard<surface::LinesRefused>();
    REQUIRE(refused.size() == 1);
    CHECK(refused[0].why.message == test.project.refusal);
    CHECK(refused[0].why.next == "Look.");
    CHECK_FALSE(refused[0].unanswered);
    CHECK(test.room.command(surface::ReadFaderLines{{test.room.id("Vox")}}));
}

TEST_CASE("REAPER: what is lost is asked again under its id; late, doubled and foreign answers are nobody's",
          "[reaper]") {
    ScriptRoom test;
    test.connect();
    std::vector<std::string> answers;
    test.room.script = [&](const std::string& request) {
        answers.push_back(*test.project.answer(request));
        return std::optional<std::string>();
    };
    REQUIRE(test.room.command(surface::ReadFaderLines{{test.room.id("Vox")}}));
    test.room.run(1'700ms);
    REQUIRE(answers.size() == 2);
    CHECK(answers[0] == answers[1]);
    std::string foreign = answers[0];
    foreign.replace(foreign.find("k"), 2, "x9");
    test.room.answer(foreign);
    test.room.answer(answers[0].substr(0, 20));
    CHECK(test.room.heard<surface::FaderLineRead>().empty());
    test.room.answer(answers[0]);
    CHECK(test.room.heard<surface::FaderLineRead>().size() == 1);
    test.room.answer(answers[1]);
    CHECK(test.room.heard<surface::FaderLineRead>().size() == 1);
    CHECK(test.room.session.counters().out_of_range == 1);
    CHECK(test.room.session.counters().malformed == 1);
    // Nonsense to the end is not called silence.
    test.room.script = [](const std::string&) { return std::optional<std::string>("???\n"); };
    REQUIRE(test.room.command(surface::ReadFaderLines{{test.room.id("Vox")}}));
    test.room.run(6s);
    const auto refused = test.room.heard<surface::LinesRefused>();
    REQUIRE(refused.size() == 1);
    CHECK(refused[0].unanswered);
    CHECK(refused[0].why.message ==
          "REAPER's companion script answers something that kedge cannot make sense of.");
}

TEST_CASE("REAPER: by GUID every track is known again, whatever it is called and wherever it stands",
          "[reaper]") {
    ScriptRoom test({"A", "A", "B", "C"});
    test.project.guids[1] = "{T-A2}";
    test.connect();
    std::map<std::string, StripId> ids;
    for (std::size_t i = 0; i < 4; ++i)
        ids[test.project.guids[i]] = test.room.session.mixer().strips[i + 1].id;
    // The twins and two others change places, and one of them its name.
    const std::vector<std::size_t> order = {3, 1, 2, 0};
    const ScriptedProject before = test.project;
    for (std::size_t i = 0; i < 4; ++i) {
        test.project.tracks[i] = before.tracks[order[i]];
        test.project.guids[i] = before.guids[order[i]];
    }
    test.project.tracks[2] = "New";
    test.room.reaper_does([&] {
        for (std::size_t i = 0; i < 4; ++i) test.room.reaper.tracks[i].name = test.project.tracks[i];
        test.room.reaper.list_changed();
    });
    test.room.run(4s);
    REQUIRE(test.room.session.ready());
    for (std::size_t i = 0; i < 4; ++i)
        CHECK(test.room.session.mixer().strips[i + 1].id == ids[test.project.guids[i]]);
    const auto changes = test.room.heard<surface::StripsChanged>();
    REQUIRE(changes.size() == 1);
    CHECK(changes[0].added.empty());
    CHECK(changes[0].removed.empty());
}

TEST_CASE("REAPER: another project with tracks of the same names is another session", "[reaper]") {
    ScriptRoom test;
    test.connect();
    const StripId vox = test.room.id("Vox");
    test.project.guid = "{99999999-0000-4000-8000-000000000001}";
    test.project.name = "other.rpp";
    test.project.add("New");
    test.room.reaper_does([&] {
        test.room.reaper.tracks.push_back({"New"});
        test.room.reaper.list_changed();
    });
    test.room.run(8s);
    REQUIRE(test.room.session.ready());
    CHECK(test.room.heard<surface::Lost>().size() == 1);
    CHECK(test.room.heard<surface::Ready>().size() == 1);
    CHECK(test.room.session.mixer().session.name == "other (99999999)");
    CHECK(test.room.id("Vox") != vox);
}

TEST_CASE("REAPER: a request under way when REAPER is lost is unanswered", "[reaper]") {
    ScriptRoom test;
    test.connect();
    test.room.run(1s);
    test.room.deaf = true;
    test.room.run(2'500ms);
    REQUIRE(test.room.command(surface::WriteFaderLines{{{test.room.id("Vox"), two_points}}, "ride"}));
    test.room.run(4s);
    CHECK(test.room.heard<surface::Lost>().size() == 1);
    const auto refused = test.room.heard<surface::LinesRefused>();
    REQUIRE(refused.size() == 1);
    CHECK(refused[0].unanswered);
    CHECK(refused[0].why.kind == ErrorKind::no_daw);
    CHECK(test.room.handed_over.back().empty());
}

TEST_CASE("REAPER: what no line can be, and the master's, is refused before it is asked", "[reaper]") {
    ScriptRoom test;
    test.connect();
    const StripId vox = test.room.id("Vox");
    CHECK_FALSE(test.room.command(surface::ReadFaderLines{{}}));
    CHECK_FALSE(test.room.command(surface::ReadFaderLines{{StripId{999}}}));
    CHECK_FALSE(test.room.command(surface::ReadFaderLines{{vox, vox}}));
    CHECK_FALSE(test.room.command(surface::ReadFaderLines{{test.room.id("MASTER")}}));
    CHECK_FALSE(test.room.command(surface::WriteFaderLines{{}, "ride"}));
    FaderLine silent_points = two_points;
    silent_points.mode = AutomationMode::manual;
    const auto refused = test.room.command(surface::WriteFaderLines{{{vox, silent_points}}, "ride"});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().message.starts_with("'Vox': "));
    CHECK(test.room.handed_over.empty());
    CHECK(test.room.command(surface::ReadFaderLines{{vox}}));
    test.room.close();
    CHECK(test.room.handed_over.back().empty());
}
