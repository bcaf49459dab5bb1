// One of the two that a command needs hangs: the DAW, or the daemon itself.

#include "integration/daemon/daemon_at_work.hpp"

using namespace kedge;
using namespace kedge::test;

namespace {

void hang(ServedDaw& daw, bool hung) {
    daw.meddle([hung](sim::SimulatedArdour& sim, std::vector<sim::Datagram>&) { sim.hang(hung); });
}

}  // namespace

TEST_CASE("the DAW hangs: commands say when it was lost and why, and work again when it is back") {
    const DaemonFolders folders;
    ServedDaw daw(sim::many_strips_song(2));
    DaemonProcess daemon(daw.address());
    Caller caller(folders);
    caller.wait_until_connected();
    hang(daw, true);
    const auto lost =
        caller.told("connection", [](const auto& params) { return params.at("connected") == false; });
    const std::string why(lost.at("why").as_string());
    for (const char* method : {"strips", "revert", "snapshots"}) {
        INFO(method);
        const auto answer = caller.call(method);
        if (!answer.fault || answer.fault->code != rpc::Code::no_daw) continue;
        CHECK_THAT(answer.fault->message, Catch::Contains(daw.address().text()) &&
                                              Catch::Contains("was lost") && Catch::Contains(why));
        CHECK_THAT(answer.fault->next, Catch::Contains("finds it again by itself"));
    }
    REQUIRE(caller.call("strips").fault);
    CHECK(caller.call("strips").fault->code == rpc::Code::no_daw);
    hang(daw, false);
    caller.told("connection", [](const auto& params) { return params.at("connected") == true; });
    CHECK(caller.result("strips").at("exit") == 0);
}

TEST_CASE("the daemon hangs: a first Ctrl-C says what a second will do, and that ends the command") {
    const DaemonFolders folders;
    ServedDaw daw(sim::built_in_song(2));
    DaemonProcess daemon(daw.address());
    Caller watcher(folders);
    watcher.wait_until_connected();
    watcher.result("daemon.subscribe", {{"topics", "progress"}});
    ChildProcess mix(KEDGE_COMMAND, words_for(daw.address(), {"mix", "--from", "0", "--to", "30"}));
    wait_until_listening(watcher);
    daemon.signal(SIGSTOP);
    const int number = GENERATE(SIGINT, SIGTERM);
    mix.signal(number);
    std::string said = mix.err_line();
    while (!said.empty() && said.find("Ctrl-C again") == std::string::npos) said = mix.err_line();
    CHECK_THAT(said, Catch::Contains("asked to stop"));
    mix.signal(number);
    CHECK(mix.wait() == 1);
    CHECK_THAT(mix.err, Catch::Contains("process " + std::to_string(daemon.pid()) + ", goes on with it") &&
                            Catch::Contains("kedge recover"));
    daemon.signal(SIGCONT);
    CHECK(watcher.result("daemon.status").at("process") == daemon.pid());
}

TEST_CASE(
    "a daemon started without XDG_RUNTIME_DIR is the same user's: no second one, and commands find it") {
    const DaemonFolders folders;
    ServedDaw daw(sim::many_strips_song(2));
    const std::string runtime = std::getenv("XDG_RUNTIME_DIR");
    unsetenv("XDG_RUNTIME_DIR");
    ChildProcess first(KEDGE_COMMAND, words_for(daw.address(), {"daemon"}));
    REQUIRE_THAT(first.line(), Catch::Contains("process " + std::to_string(first.pid())));
    setenv("XDG_RUNTIME_DIR", runtime.c_str(), 1);
    ChildProcess second(KEDGE_COMMAND, words_for(daw.address(), {"daemon"}));
    CHECK(second.wait() == 1);
    const std::string socket = folders.folder("state") + "/kedge/daemon.sock";
    CHECK_THAT(second.err,
               Catch::Contains("process " + std::to_string(first.pid())) && Catch::Contains(socket));
    CHECK_FALSE(std::filesystem::exists(folders.socket()));
    ChildProcess cancel(KEDGE_COMMAND, {"cancel"});
    CHECK(cancel.wait() == 0);
    CHECK_THAT(cancel.out, Catch::Contains("Nothing is at work"));
    first.signal(SIGTERM);
    CHECK(first.wait() == 0);
}
