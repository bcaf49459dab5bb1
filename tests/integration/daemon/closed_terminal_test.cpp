// The terminal is closed, or the connection to it drops, while kedge is at work in it.

#include "integration/daemon/daemon_at_work.hpp"
#include "integration/daemon/terminal_process.hpp"

#include <algorithm>
#include <csignal>
#include <future>

using namespace kedge;
using namespace kedge::test;
namespace json = boost::json;

namespace {

const sim::Song& closed_terminal_song() {
    static const sim::Song made = sim::built_in_song(2);
    return made;
}

bool is_untouched(const sim::SimulatedArdour& daw) {
    const sim::SimulatedArdour untouched(closed_terminal_song());
    const auto& now = daw.engine().strips();
    const auto& then = untouched.engine().strips();
    return std::equal(now.begin(), now.end(), then.begin(), then.end(), [](const auto& a, const auto& b) {
        return distance(a.fader, b.fader) < Decibels(0.02) && distance(a.trim, b.trim) < Decibels(0.02);
    });
}

/// Asks the DAW until the first move has come.
void wait_until_touched(ServedDaw& daw) {
    for (bool touched = false; !touched;) {
        std::promise<bool> told;
        daw.meddle([&told](sim::SimulatedArdour& sim, std::vector<sim::Datagram>&) {
            told.set_value(!is_untouched(sim));
        });
        touched = told.get_future().get();
    }
}

}  // namespace

TEST_CASE("its terminal is closed while a mix listens: the transport goes back, nothing is moved") {
    const DaemonFolders folders;
    ServedDaw daw(closed_terminal_song());
    TerminalProcess mix(KEDGE_COMMAND, words_for(daw.address(), {"mix", "--from", "0", "--to", "30"}));
    mix.read_until("listening");
    mix.close_window();
    CHECK(mix.wait() == 1);
    const auto& left = daw.retire();
    CHECK_FALSE(left.engine().rolling());
    CHECK(left.engine().position() == 0);
    CHECK(is_untouched(left));
}

TEST_CASE("its terminal is closed in the middle of a pass: finished or taken back, as the journal says") {
    const DaemonFolders folders;
    ServedDaw daw(closed_terminal_song());
    TerminalProcess mix(KEDGE_COMMAND, words_for(daw.address(), {"mix", "--from", "0", "--to", "2"}));
    wait_until_touched(daw);
    mix.close_window();
    CHECK(mix.wait() >= 0);
    ChildProcess passes(KEDGE_COMMAND, words_for(daw.address(), {"--json", "passes"}));
    REQUIRE(passes.wait() == 0);
    const auto recorded = json::parse(passes.out).at("passes").as_array();
    REQUIRE(recorded.size() == 1);
    const std::string state(recorded[0].at("state").as_string());
    INFO(state);
    CHECK((state == "applied" || state == "rolled-back" || state == "rolled back"));
    const auto& left = daw.retire();
    CHECK_FALSE(left.engine().rolling());
    CHECK(is_untouched(left) == (state != "applied"));
}

TEST_CASE("the daemon's terminal is closed while it listens: it ends as with SIGTERM") {
    const DaemonFolders folders;
    ServedDaw daw(closed_terminal_song());
    TerminalProcess daemon(KEDGE_COMMAND, words_for(daw.address(), {"daemon"}));
    daemon.read_until("kedge daemon: process");
    daemon.read_until("connected");
    Caller mixer(folders);
    mixer.wait_until_connected();
    mixer.result("daemon.subscribe", {{"topics", "progress"}});
    const int mix = mixer.begin("mix", {{"from", "0"}, {"to", "30"}});
    wait_until_listening(mixer);
    daemon.close_window();
    const auto stopped = mixer.answer_to(mix);
    REQUIRE(stopped.fault);
    CHECK(stopped.fault->code == rpc::Code::interrupted);
    CHECK(daemon.wait() == 0);
    const auto& left = daw.retire();
    CHECK_FALSE(left.engine().rolling());
    CHECK(is_untouched(left));
}

TEST_CASE("started to outlive its terminal, as nohup does, a mix goes on when that is closed") {
    const DaemonFolders folders;
    ServedDaw daw(closed_terminal_song());
    const auto before = std::signal(SIGHUP, SIG_IGN);  // inherited
    TerminalProcess mix(KEDGE_COMMAND, words_for(daw.address(), {"mix", "--from", "0", "--to", "2"}));
    std::signal(SIGHUP, before);
    mix.close_window();
    CHECK(mix.wait() == 0);
    CHECK_FALSE(is_untouched(daw.retire()));
}
