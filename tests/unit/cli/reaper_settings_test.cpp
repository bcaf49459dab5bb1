// What reaper.ini says of OSC, and what the doctor makes of it.

#include "cli/reaper_settings.hpp"

#include "support/catch.hpp"

#include <string>

namespace kedge::test {

namespace {

std::vector<cli::Finding> judged(const std::string& ini, bool own_patterns = true,
                                 std::uint16_t feedback_port = 0) {
    return cli::judge_reaper_entries(cli::read_reaper_ini(ini), {"127.0.0.1", 8000, feedback_port},
                                     own_patterns);
}

}  // namespace

TEST_CASE("An OSC surface in reaper.ini is read, also with CRLF, among other surfaces and other lines") {
    const auto entries = cli::read_reaper_ini(
        "[REAPER]\r\nosc=1\r\ncsurf_cnt=3\r\n"
        "csurf_0=MCU 0 0 0 0\r\n"
        "csurf_1=OSC \"my desk\" 3 8000 \"127.0.0.1\" 9000 4096 10 \"kedge\"\r\n"
        "csurf_2=OSC \"\" 5 8001 \"\" 0 1024 10 \"\"");
    REQUIRE(entries.size() == 2);
    CHECK(entries[0] == cli::ReaperOscEntry{"my desk", true, true, 8000, "127.0.0.1", 9000, 4096, "kedge"});
    CHECK(entries[1] == cli::ReaperOscEntry{"", true, false, 8001, "", 0, 1024, ""});
}

TEST_CASE("A reaper.ini that is none, or cut off, has no surfaces") {
    CHECK(cli::read_reaper_ini("").empty());
    CHECK(cli::read_reaper_ini("csurf_0=OSC \"desk").empty());
    CHECK(cli::read_reaper_ini("csurf_0=OSC \"desk\" 3 8000").empty());
    CHECK(cli::read_reaper_ini(std::string("\0\xff\n=\ncsurf_\ncsurf_0", 19)).empty());
    // Numbers that are none: a surface that listens nowhere.
    const auto odd = cli::read_reaper_ini(R"(csurf_0=OSC "a" x 99999 "h" -1 y 10 "p")");
    REQUIRE(odd.size() == 1);
    CHECK(odd[0] == cli::ReaperOscEntry{"a", false, false, 0, "h", 0, 1024, "p"});
}

TEST_CASE("The doctor is content with a surface that fits, in either mode") {
    const auto local = judged(R"(csurf_0=OSC "kedge" 3 8000 "0.0.0.0" 0 1024 10 "kedge")");
    REQUIRE(local.size() == 1);
    CHECK(local[0].good);
    CHECK(local[0].next.empty());
    const auto device =
        judged(R"(csurf_0=OSC "kedge" 3 8000 "127.0.0.1" 9000 1024 10 "kedge.ReaperOSC")", true, 9000);
    REQUIRE(device.size() == 1);
    CHECK(device[0].good);
}

TEST_CASE("The doctor says what to click where a surface does not fit") {
    struct Case {
        const char* ini;
        const char* what;
        const char* next;
        std::uint16_t feedback_port = 0;
    };
    const auto wanted = GENERATE(
        Case{"", "REAPER has no OSC surface.", "press Add"},
        Case{R"(csurf_0=OSC "a" 3 8111 "" 0 1024 10 "kedge")",
             "No OSC surface of REAPER's listens on port 8000 ('a' on 8111).", "local listen port 8000"},
        Case{R"(csurf_0=OSC "a" 2 8000 "127.0.0.1" 9000 1024 10 "kedge")", "('a' on none)", "press Add"},
        Case{R"(csurf_0=OSC "a" 1 8000 "" 0 1024 10 "kedge")", "sends nothing back", "'Local port'"},
        Case{R"(csurf_0=OSC "a" 3 8000 "0.0.0.0" 9000 1024 10 "kedge")", "does not say where to send to",
             "device IP 127.0.0.1", 9000},
        Case{R"(csurf_0=OSC "a" 3 8000 "127.0.0.1" 9001 1024 10 "kedge")", "sends to port 9001 alone",
             "--feedback-port 9001"},
        Case{R"(csurf_0=OSC "a" 3 8000 "127.0.0.1" 9001 1024 10 "kedge")",
             "sends to port 9001, and kedge hears at 9000", "--feedback-port 9001", 9000},
        Case{R"(csurf_0=OSC "a" 3 8000 "" 0 1024 10 "")", "uses the patterns 'Default'",
             "pattern config 'kedge'"},
        Case{R"(csurf_0=OSC "a" 3 8000 "" 0 1024 10 "LogicTouch")", "'LogicTouch'", "--pattern"});
    const auto findings = judged(wanted.ini, true, wanted.feedback_port);
    REQUIRE(findings.size() == 1);
    CHECK_FALSE(findings[0].good);
    CAPTURE(findings[0].what, findings[0].next);
    CHECK(findings[0].what.find(wanted.what) != std::string::npos);
    CHECK(findings[0].next.find(wanted.next) != std::string::npos);
}

TEST_CASE("With --pattern any patterns are taken as the user says") {
    const auto findings = judged(R"(csurf_0=OSC "a" 3 8000 "" 0 1024 10 "")", false);
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].good);
}

}  // namespace kedge::test
