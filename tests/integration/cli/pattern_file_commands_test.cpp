#include "support/kedge_command.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/udp.hpp>

using namespace kedge;
using namespace kedge::test;

namespace {

using boost::asio::ip::udp;

/// Commands with a pattern file, and a port at which nobody answers and nobody can listen.
struct PatternDesk {
    OwnFolders folders;
    boost::asio::io_context context;
    udp::socket taken{context, udp::endpoint(boost::asio::ip::address_v4::loopback(), 0)};
    std::string port = std::to_string(taken.local_endpoint().port());

    Ran doctor(const std::string& file) {
        return kedge_command({"--surface", "reaper", "--at", ":" + port, "--pattern", file, "doctor"});
    }
    /// It ends where it would listen: the port is taken.
    Ran simulator(const std::string& file) {
        return kedge_command(
            {"sim", "--dialect", "reaper", "--strips", "1", "--port", port, "--pattern", file});
    }
    /// The same of both commands: the file's name, then these words.
    void check_both_say(const std::string& file, const std::vector<std::string>& words) {
        const Ran by_doctor = doctor(file);
        const Ran by_simulator = simulator(file);
        CAPTURE(by_doctor.out, by_simulator.err);
        CHECK(by_doctor.code != 0);
        CHECK(by_simulator.code != 0);
        CHECK_THAT(by_doctor.out, Catch::Contains(file));
        CHECK_THAT(by_simulator.err, Catch::Contains(file));
        for (const auto& each : words) {
            CHECK_THAT(by_doctor.out, Catch::Contains(each));
            CHECK_THAT(by_simulator.err, Catch::Contains(each));
        }
    }
};

const std::string good_line = "TRACK_NAME s/track/@/name\n";

}  // namespace

TEST_CASE("An unknown key: its line is told, and the rest of the file holds") {
    PatternDesk desk;
    const auto file = desk.folders.file("a.ReaperOSC", good_line + "TRACK_VOLME f/track/@/volume/db\n");
    desk.check_both_say(file, {"line 2: REAPER knows no action \"TRACK_VOLME\"", "take the line out"});
}

TEST_CASE("A wrong flag: its line is told, and that REAPER passes over the whole file") {
    PatternDesk desk;
    const auto file = desk.folders.file("a.ReaperOSC", good_line + "\nPLAY x/play\nPAUSE t/pause\n");
    desk.check_both_say(file, {"line 3: The pattern \"x/play\"", "write one of n f b t r s i",
                               "REAPER takes its default patterns instead of", "because of line 3"});
    // Nobody speaks with a REAPER that speaks something else.
    const Ran doctor = desk.doctor(file);
    CHECK(doctor.code == 2);
    CHECK_THAT(doctor.out, Catch::Contains("choose the file anew in REAPER's preferences"));
    CHECK_THAT(doctor.out, !Catch::Contains("No answer"));
    const Ran mix = kedge_command({"--surface", "reaper", "--at", ":" + desk.port, "--pattern", file, "mix"});
    CHECK(mix.code == 2);
    CHECK_THAT(mix.err, Catch::Contains(file) && Catch::Contains("Line 3"));
}

TEST_CASE("Missing lines: what the file lacks is told, and what to add") {
    PatternDesk desk;
    const auto file = desk.folders.file("a.ReaperOSC", good_line + "TRACK_VOLUME f/track/@/volume/db\n");
    const Ran doctor = desk.doctor(file);
    CAPTURE(doctor.out);
    CHECK_THAT(doctor.out, Catch::Contains(file + ": Pans are not told: add n/track/@/pan to TRACK_PAN."));
    CHECK_THAT(doctor.out, Catch::Contains("!!  " + file + ": Meters are not told"));
    CHECK_THAT(doctor.out, !Catch::Contains("line 1"));
    // What REAPER has without a file lacks one thing that a mix can do without.
    const std::string stock = KEDGE_SOURCE_DIR "/tests/golden/reaper/stock.ReaperOSC";
    CHECK_THAT(desk.doctor(stock).out, Catch::Contains("ok  " + stock + ": The master's fader"));
    CHECK_THAT(desk.simulator(file).err, !Catch::Contains(file) && Catch::Contains("cannot be opened"));
}

TEST_CASE("CRLF is no fault, and lines are counted the same") {
    PatternDesk desk;
    const auto good = desk.folders.file("a.ReaperOSC", "TRACK_NAME s/track/@/name\r\n\r\nPLAY t/play\r\n");
    CHECK_THAT(desk.simulator(good).err, !Catch::Contains(good));
    const auto wrong = desk.folders.file("b.ReaperOSC", "PLAY t/play\r\n\r\nDEVICE_TRACK_COUNT many\r\n");
    desk.check_both_say(wrong, {"line 3: ", "whole number", "because of line 3"});
}

TEST_CASE("Ten thousand lines: good ones are no matter, of wrong ones the first are told") {
    PatternDesk desk;
    std::string good;
    std::string wrong = good_line;
    for (int i = 0; i < 10'000; ++i) {
        good += "TRACK_NAME s/track/@/name" + std::to_string(i) + "\n";
        wrong += "WOBBLE_" + std::to_string(i) + " t/x\n";
    }
    const auto large = desk.folders.file("a.ReaperOSC", good);
    CHECK_THAT(desk.simulator(large).err, !Catch::Contains(large));
    const auto file = desk.folders.file("b.ReaperOSC", wrong);
    desk.check_both_say(file, {"line 2: REAPER knows no action \"WOBBLE_0\"", "more lines are like that"});
    const Ran simulator = desk.simulator(file);
    CHECK(std::count(simulator.err.begin(), simulator.err.end(), '\n') < 30);
}

TEST_CASE("Junk, nothing, UTF-16: the file and its first wrong line are told") {
    PatternDesk desk;
    std::string junk;
    for (int i = 1; i < 4'000; ++i) junk += static_cast<char>((i * 73 + i / 7) % 251);
    desk.check_both_say(desk.folders.file("junk", junk),
                        {"holds no pattern that REAPER would know", "Line 1: "});
    desk.check_both_say(desk.folders.file("nothing", ""), {"Line 1: ", "choose another file"});
    desk.check_both_say(desk.folders.file("wide", std::string("\xFF\xFEP\0L\0", 6)),
                        {"Line 1: This file is UTF-16", "save it as plain text or UTF-8"});
}

TEST_CASE("No file at all: which, and what to name instead") {
    PatternDesk desk;
    desk.check_both_say((desk.folders.root() / "no-such-file").string(),
                        {"No such file", "the .ReaperOSC file that REAPER's preferences show"});
    desk.check_both_say(desk.folders.root().string(), {"is a folder", "the .ReaperOSC file"});
}
