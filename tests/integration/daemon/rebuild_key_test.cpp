// On a terminal any key ends a rebuild: in kedge's own process, and as the daemon's client.

#include "integration/daemon/daemon_at_work.hpp"
#include "integration/daemon/terminal_process.hpp"
#include "support/layered_song.hpp"

#include <algorithm>
#include <csignal>

using namespace kedge;
using namespace kedge::test;

namespace {

void check_nothing_is_left(ServedDaw& daw) {
    const auto& left = daw.retire();
    CHECK_FALSE(left.engine().rolling());
    CHECK(left.engine().position() == 0);
    const auto& strips = left.engine().strips();
    CHECK(std::none_of(strips.begin(), strips.end(), [](const auto& strip) { return strip.muted; }));
}

}  // namespace

TEST_CASE("any key ends a rebuild, and the terminal is as it was") {
    const DaemonFolders folders;
    ServedDaw daw(layered_song(120));
    TerminalProcess rebuild(KEDGE_COMMAND, words_for(daw.address(), {"rebuild", "--every", "1s"}));
    const auto as_it_was = rebuild.settings();
    rebuild.read_until("Any key ends it");
    rebuild.read_until("drums: OH, Snare Top");
    CHECK((rebuild.settings().c_lflag & ICANON) == 0U);
    const std::string key = GENERATE(" ", "q", "\x1b[A", "\x1a", "\x03");
    rebuild.type(key);
    rebuild.read_until("Everything stands as it was");
    CHECK(rebuild.wait() == 0);
    CHECK(rebuild.settings().c_lflag == as_it_was.c_lflag);
    CHECK(rebuild.settings().c_cc[VSUSP] == as_it_was.c_cc[VSUSP]);
    check_nothing_is_left(daw);
}

TEST_CASE("a key on the client's terminal ends a rebuild that the daemon does; layers are told there") {
    const DaemonFolders folders;
    ServedDaw daw(layered_song(120));
    DaemonProcess daemon(daw.address());
    Caller(folders).wait_until_connected();
    TerminalProcess rebuild(KEDGE_COMMAND, words_for(daw.address(), {"rebuild", "--every", "1s"}));
    rebuild.read_until("Any key ends it");
    rebuild.read_until("kick: Kick In");
    rebuild.read_until("drums: OH, Snare Top");
    rebuild.type("x");
    rebuild.read_until("The daemon is asked to end it");
    rebuild.read_until("Everything stands as it was");
    CHECK(rebuild.wait() == 0);
    check_nothing_is_left(daw);
}

TEST_CASE("its terminal is closed in the middle of a rebuild: everything is put back") {
    const DaemonFolders folders;
    ServedDaw daw(layered_song(120));
    TerminalProcess rebuild(KEDGE_COMMAND, words_for(daw.address(), {"rebuild", "--every", "1s"}));
    rebuild.read_until("drums: OH, Snare Top");
    rebuild.close_window();
    CHECK(rebuild.wait() >= 0);
    check_nothing_is_left(daw);
}

TEST_CASE("a rebuild is ended by a signal just as well") {
    const DaemonFolders folders;
    ServedDaw daw(layered_song(120));
    ChildProcess rebuild(KEDGE_COMMAND, words_for(daw.address(), {"rebuild", "--every", "1s"}));
    while (rebuild.err_line().find("drums: OH, Snare Top") == std::string::npos) continue;
    rebuild.signal(SIGTERM);
    CHECK(rebuild.wait() == 0);
    CHECK_THAT(rebuild.out, Catch::Contains("Everything stands as it was"));
    check_nothing_is_left(daw);
}
