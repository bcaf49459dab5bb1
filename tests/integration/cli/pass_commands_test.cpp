#include "integration/io/simulator_on_udp.hpp"
#include "journal/journal.hpp"
#include "sim/built_in_song.hpp"
#include "support/kedge_command.hpp"

using namespace kedge;
using namespace kedge::test;

namespace {

/// A simulated DAW of three strips, a person in front of it, and commands told where it is.
struct PassRoom {
    Ran command(std::vector<std::string> words) {
        words.insert(words.begin(), {"--surface", "sim", "--at", daw.address().text()});
        return kedge_command(std::move(words));
    }
    boost::json::object document(std::vector<std::string> words, int code = 0) {
        words.insert(words.begin(), "--json");
        const Ran ran = command(std::move(words));
        INFO(ran.out << ran.err);
        CHECK(ran.code == code);
        return the_document(ran);
    }
    void move(std::size_t strip, double to) {
        daw.meddle([=](sim::SimulatedArdour& sim, std::vector<sim::Datagram>& out) {
            sim.move_fader(strip, Decibels(to), out);
        });
    }
    double fader(std::size_t strip) {
        const auto strips = document({"strips"}).at("strips").as_array();
        return strips[strip].at("fader").to_number<double>();
    }
    /// Snapshot "one" is the mixer as it is at first, "two" has the first fader at -6; the last moves are
    /// pass 1, the recall of "one", and pass 2, the recall of "two".
    void two_recalls() {
        REQUIRE(command({"snapshot", "one"}).code == 0);
        move(0, -6.0);
        REQUIRE(command({"snapshot", "two"}).code == 0);
        REQUIRE(command({"recall", "one"}).code == 0);
        REQUIRE(command({"recall", "two"}).code == 0);
    }
    OwnFolders folders;
    ServedDaw daw{sim::many_strips_song(3)};
};

}  // namespace

TEST_CASE("snapshots are taken, listed and recalled; a name is taken once") {
    PassRoom room;
    room.two_recalls();
    CHECK(room.fader(0) == Approx(-6.0).margin(0.01));
    const auto listed = room.document({"snapshots"}).at("snapshots").as_array();
    REQUIRE(listed.size() == 2);
    CHECK(listed[0].at("name") == "one");
    CHECK(listed[0].at("session") == "many strips");
    const auto again = room.document({"snapshot", "one"}, 2);
    CHECK(again.at("error").as_object().at("kind") == "usage");
    const auto passes = room.document({"passes"}).at("passes").as_array();
    REQUIRE(passes.size() == 2);
    CHECK(passes[1].at("kind") == "recall");
    CHECK(passes[1].at("recalls") == "two");
    CHECK_THAT(room.command({"passes"}).out, Catch::Contains("recall of 'two'"));
}

TEST_CASE("passes are reverted in any order, by part, and reapplied, from the command line") {
    PassRoom room;
    room.two_recalls();
    const auto beneath = room.document({"revert", "1"});
    CHECK(beneath.at("covered").as_array().size() > 10);
    CHECK(room.fader(0) == Approx(-6.0).margin(0.01));
    // Before pass 1 the fader stood at -6 by hand: that is where both together lead back to.
    const auto pans = room.document({"revert", "2", "--control", "pan"});
    CHECK(pans.at("reverted").as_array().empty());
    CHECK(room.document({"show", "2"}).at("state") == "partly-reverted");
    CHECK(room.command({"revert", "2"}).code == 0);
    CHECK(room.document({"show", "2"}).at("state") == "reverted");
    CHECK(room.fader(0) == Approx(-6.0).margin(0.01));
    const auto reapplied = room.document({"reapply", "1", "--strip", "Gtr 1"});
    CHECK(reapplied.at("pass").as_object().at("reapplies") == 1);
    CHECK(room.fader(0) == Approx(0.0).margin(0.01));

    const auto wrong = room.document({"revert", "1", "--control", "volume"}, 2);
    CHECK_THAT(wrong.at("error").as_object().at("next").as_string().c_str(), Catch::Contains("fader"));
}

TEST_CASE("a fader moved by hand between is reported with exit 5 and left; force takes it") {
    PassRoom room;
    room.two_recalls();
    room.move(0, -9.0);
    const auto report = room.document({"revert", "2"}, 5);
    REQUIRE(report.at("conflicts").as_array().size() == 1);
    CHECK(report.at("conflicts").as_array()[0].at("strip") == "Gtr 1");
    CHECK(report.at("conflicts").as_array()[0].at("stands_at").to_number<double>() ==
          Approx(-9.0).margin(0.01));
    CHECK(room.fader(0) == Approx(-9.0).margin(0.01));
    CHECK(room.command({"revert", "2", "--force"}).code == 0);
    CHECK(room.fader(0) == Approx(0.0).margin(0.01));
}

TEST_CASE("two passes are compared without a DAW, and heard in turn with one") {
    PassRoom room;
    room.two_recalls();
    const Ran offline = kedge_command({"--json", "compare", "1", "2"});
    REQUIRE(offline.code == 0);
    std::size_t differing = 0;
    const auto compared = the_document(offline);
    for (const auto& control : compared.at("controls").as_array())
        if (control.at("differ").as_bool()) ++differing;
    CHECK(differing == 1);
    CHECK_THAT(room.command({"compare", "one", "2"}).out,
               Catch::Contains("Gtr 1") && Catch::Contains("-6.0 dB"));

    CHECK(room.document({"ab", "one", "2"}).at("now") == "a");
    CHECK(room.fader(0) == Approx(0.0).margin(0.01));
    CHECK(room.document({"ab", "one", "2"}).at("now") == "b");
    CHECK(room.fader(0) == Approx(-6.0).margin(0.01));
    CHECK(room.document({"ab", "one", "2", "--to", "b"}).at("now") == "b");
    CHECK_THAT(room.command({"ab", "one", "2", "--to", "b"}).out, Catch::Contains("B: 2 already"));
    CHECK(room.command({"ab", "one", "2", "--to", "c"}).code == 2);
    room.move(0, -9.0);
    const auto left = room.document({"ab", "one", "2"}, 5);
    CHECK(left.at("now").is_null());
    CHECK(left.at("to") == "a");
    CHECK_THAT(room.command({"ab", "one", "2"}).out, !Catch::Contains("Now A"));
}

TEST_CASE("a pass that was cut off is named first, blocks what writes, and is settled by recover") {
    PassRoom room;
    room.two_recalls();
    {
        const auto path = (room.folders.root() / "state" / "kedge" / "journal.sqlite").string();
        auto journal = std::move(*journal::open_journal(path));
        Pass pass;
        pass.session = "many strips";
        for (int strip = 1; strip <= 2; ++strip)
            pass.entries.push_back({{StripKind::audio_track, "Gtr " + std::to_string(strip), 0},
                                    Control::fader,
                                    strip == 1 ? Decibels(-6.0) : Decibels(),
                                    Decibels(-12.0),
                                    Verdict::pending,
                                    "balance",
                                    "a test cut it off"});
        REQUIRE(journal->append(pass).value() == PassId{3});
    }
    room.move(1, -12.0);
    CHECK_THAT(room.command({"passes"}).out, Catch::Contains("Pass 3 was cut off"));
    CHECK_THAT(room.command({"strips"}).out, Catch::Contains("pass 3 (mix) was cut off"));
    CHECK(room.document({"strips"}).at("unfinished") == 3);
    for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
             {"mix"}, {"revert", "2"}, {"reapply", "1"}, {"recall", "one"}, {"ab", "1", "2"}}) {
        const auto refused = room.document(words, 1).at("error").as_object();
        CHECK_THAT(refused.at("message").as_string().c_str(), Catch::Contains("Pass 3"));
        CHECK_THAT(refused.at("next").as_string().c_str(), Catch::Contains("kedge recover"));
    }
    const auto look = room.document({"recover"});
    CHECK(look.at("cut_off") == 3);
    REQUIRE(look.at("controls").as_array().size() == 2);
    CHECK(look.at("controls").as_array()[0].at("stands_at") == "before");
    CHECK(look.at("controls").as_array()[1].at("stands_at") == "after");
    CHECK_THAT(room.command({"recover"}).out,
               Catch::Contains("kedge recover --finish") && Catch::Contains("kedge recover --roll-back"));

    CHECK(room.document({"recover", "--roll-back"}).at("pass").as_object().at("state") == "rolled-back");
    CHECK(room.fader(1) == Approx(0.0).margin(0.01));
    CHECK(room.fader(0) == Approx(-6.0).margin(0.01));
    CHECK_THAT(room.command({"recover"}).out, Catch::Contains("Nothing to recover"));
    CHECK(room.command({"recover", "--finish", "--roll-back"}).code == 2);
}

TEST_CASE("every command on passes has help with an example") {
    for (const std::string command :
         {"revert", "reapply", "snapshot", "snapshots", "recall", "compare", "ab", "recover"}) {
        const Ran help = kedge_command({command, "--help"});
        CHECK(help.code == 0);
        CHECK_THAT(help.out, Catch::Contains("Example:\n  kedge " + command));
    }
}

TEST_CASE("a revert without a number passes over what moved nothing and what is of another session") {
    PassRoom room;
    room.two_recalls();
    CHECK_THAT(room.command({"recall", "two"}).out, Catch::Contains("as in snapshot 'two' already"));
    {
        const auto path = (room.folders.root() / "state" / "kedge" / "journal.sqlite").string();
        auto journal = std::move(*journal::open_journal(path));
        Pass other = journal->pass(PassId{1}).value();
        other.session = "another song";
        REQUIRE(journal->append(other));
    }
    const auto back = room.document({"revert"});
    CHECK(back.at("pass").as_object().at("reverts") == 2);
}
