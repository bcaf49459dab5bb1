#include "integration/daemon/daemon_at_work.hpp"

#include <algorithm>
#include <set>

using namespace kedge;
using namespace kedge::test;
namespace json = boost::json;

namespace {

const sim::Song& short_song() {
    static const sim::Song made = sim::built_in_song(2);
    return made;
}

const json::object short_mix = {{"from", "0"}, {"to", "2"}};

std::set<std::string> states_in_journal(Caller& caller) {
    std::set<std::string> states;
    const auto listed = caller.result("passes");
    for (const auto& pass : listed.at("document").at("passes").as_array())
        states.insert(std::string(pass.at("state").as_string()));
    return states;
}

bool is_where_it_was(const sim::SimulatedArdour& daw) {
    const sim::SimulatedArdour untouched(short_song());
    const auto& now = daw.engine().strips();
    const auto& then = untouched.engine().strips();
    return std::equal(now.begin(), now.end(), then.begin(), then.end(), [](const auto& a, const auto& b) {
        return distance(a.fader, b.fader) < Decibels(0.02) && distance(a.trim, b.trim) < Decibels(0.02);
    });
}

}  // namespace

TEST_CASE("a command through the daemon says what it says without one") {
    const DaemonFolders folders;
    ServedDaw daw(sim::many_strips_song(3));
    ChildProcess alone(KEDGE_COMMAND, words_for(daw.address(), {"--json", "strips"}));
    REQUIRE(alone.wait() == 0);
    DaemonProcess daemon(daw.address());
    Caller watcher(folders);
    watcher.wait_until_connected();
    ChildProcess through(KEDGE_COMMAND, words_for(daw.address(), {"--json", "strips"}));
    CHECK(through.wait() == 0);
    CHECK(json::parse(through.out) == json::parse(alone.out));
    ChildProcess in_words(KEDGE_COMMAND, words_for(daw.address(), {"strips"}));
    CHECK(in_words.wait() == 0);
    CHECK_THAT(in_words.out, Catch::Contains("STRIP") && Catch::Contains("4 strips"));
    // Both went through it: the watcher, and two clients with their calls.
    CHECK(watcher.result("daemon.status").at("clients").at("accepted") == 3);
    ChildProcess without(KEDGE_COMMAND, words_for(daw.address(), {"--no-daemon", "--json", "strips"}));
    CHECK(without.wait() == 0);
    CHECK(watcher.result("daemon.status").at("clients").at("accepted") == 3);
}

TEST_CASE(
    "a wrong word through the daemon is a usage error with its exit code, on stderr and in the document") {
    const DaemonFolders folders;
    ServedDaw daw(sim::many_strips_song(2));
    DaemonProcess daemon(daw.address());
    Caller(folders).wait_until_connected();
    ChildProcess ran(KEDGE_COMMAND,
                     words_for(daw.address(), {"--json", "roles", "set", "No such strip", "kick"}));
    CHECK(ran.wait() == 2);
    CHECK_THAT(ran.err, Catch::Contains("No such strip"));
    CHECK(json::parse(ran.out).at("error").at("kind") == "usage");
}

TEST_CASE("a command for another DAW or another state folder goes without the daemon") {
    const DaemonFolders folders;
    ServedDaw daw(sim::many_strips_song(2));
    ServedDaw other(sim::many_strips_song(5));
    DaemonProcess daemon(daw.address());
    Caller watcher(folders);
    watcher.wait_until_connected();
    ChildProcess elsewhere(KEDGE_COMMAND, words_for(other.address(), {"--json", "strips"}));
    REQUIRE(elsewhere.wait() == 0);
    CHECK(json::parse(elsewhere.out).at("strips").as_array().size() == 6);
    setenv("XDG_STATE_HOME", folders.folder("state-2").c_str(), 1);
    ChildProcess passes(KEDGE_COMMAND, words_for(daw.address(), {"--json", "passes"}));
    CHECK(passes.wait() == 0);
    CHECK(std::filesystem::exists(folders.folder("state-2") + "/kedge/journal.sqlite"));
}

TEST_CASE("two daemons: the second ends with 1, names the first, and the first goes on") {
    const DaemonFolders folders;
    ServedDaw daw(sim::many_strips_song(2));
    DaemonProcess first(daw.address());
    Caller caller(folders);
    caller.wait_until_connected();
    ChildProcess second(KEDGE_COMMAND, words_for(daw.address(), {"daemon"}));
    CHECK(second.wait() == 1);
    CHECK_THAT(second.err, Catch::Contains("process " + std::to_string(first.pid())) &&
                               Catch::Contains("kill " + std::to_string(first.pid())));
    CHECK(caller.result("strips").at("exit") == 0);
}

TEST_CASE("SIGKILL leaves a socket behind: the next daemon takes its place") {
    const DaemonFolders folders;
    ServedDaw daw(sim::many_strips_song(2));
    {
        DaemonProcess killed(daw.address());
        killed.signal(SIGKILL);
        CHECK(killed.wait() == -SIGKILL);
    }
    REQUIRE(std::filesystem::is_socket(folders.socket()));
    DaemonProcess next(daw.address());
    Caller caller(folders);
    caller.wait_until_connected();
    CHECK(caller.result("strips").at("exit") == 0);
    next.signal(SIGTERM);
    CHECK(next.wait() == 0);
    CHECK_FALSE(std::filesystem::exists(folders.socket()));
}

TEST_CASE("no DAW: the daemon stays up, says so, and finds it when it comes") {
    const DaemonFolders folders;
    auto early = std::make_unique<ServedDaw>(sim::many_strips_song(2));
    const auto address = early->address();
    early.reset();
    DaemonProcess daemon(address);
    Caller caller(folders);
    caller.result("daemon.subscribe", {{"topics", "connection"}});
    const auto status = caller.result("daemon.status");
    CHECK(status.at("connected") == false);
    CHECK_FALSE(status.at("why_not").as_string().empty());
    const auto refused = caller.call("strips");
    REQUIRE(refused.fault);
    CHECK(refused.fault->code == rpc::Code::no_daw);
    CHECK_THAT(refused.fault->message, Catch::Contains(address.text()));
    CHECK(refused.fault->data.at("exit") == 3);

    sim::SimulatedArdour late(sim::many_strips_song(2));
    auto opened = io::UdpSimulator::open(late, address.port);
    REQUIRE(opened);
    std::thread thread([&] { (*opened)->run(); });
    caller.told("connection", [](const auto& params) { return params.at("connected") == true; });
    CHECK(caller.result("strips").at("document").at("strips").as_array().size() == 3);
    (*opened)->stop();
    thread.join();
}

TEST_CASE(
    "while a mix is at work: others are refused or answered, garbage is told so, and the pass is unharmed") {
    const DaemonFolders folders;
    ServedDaw daw(short_song());
    DaemonProcess daemon(daw.address());
    Caller mixer(folders);
    mixer.wait_until_connected();
    mixer.result("daemon.subscribe", {{"topics", {"progress", "pass"}}});
    const int mix = mixer.begin("mix", short_mix);
    wait_until_listening(mixer);

    Caller second(folders);
    const auto busy = second.call("revert");
    REQUIRE(busy.fault);
    CHECK(busy.fault->code == rpc::Code::busy);
    CHECK_THAT(busy.fault->message, Catch::Contains("mix is at work: listening"));
    CHECK_FALSE(busy.fault->next.empty());
    CHECK(second.result("daemon.status").at("at_work").at("method") == "mix");
    CHECK(second.result("passes").at("exit") == 0);
    ChildProcess status(KEDGE_COMMAND, words_for(daw.address(), {"status"}));
    CHECK(status.wait() == 0);
    CHECK_THAT(status.out, Catch::Contains("mix at work"));

    second.send("{\"jsonrpc\": \"2.0\", \"id\": 1, \"meth\n");
    CHECK(std::get<rpc::Answer>(second.next()).fault->code == rpc::Code::parse_error);
    second.send("[]\n");
    CHECK(std::get<rpc::Answer>(second.next()).fault->code == rpc::Code::invalid_request);
    CHECK(second.call("mixx").fault->code == rpc::Code::method_not_found);
    CHECK(second.call("show", {{"pas", 1}}).fault->code == rpc::Code::invalid_params);
    {
        Caller greedy(folders);
        greedy.send(std::string(std::size_t{10} << 20U, 'z') + "\n");
        const auto too_large = std::get<rpc::Answer>(greedy.next());
        REQUIRE(too_large.fault);
        CHECK(too_large.fault->code == rpc::Code::too_large);
    }
    for (int i = 0; i < 1'000; ++i) Caller passing(folders);

    const auto done = mixer.answer_to(mix);
    if (done.fault) FAIL(done.fault->message);
    CHECK(done.result.at("exit") == 0);
    CHECK(done.result.at("document").at("pass").at("state") == "applied");
    CHECK(states_in_journal(second) == std::set<std::string>{"applied"});
    const auto clients = second.result("daemon.status").at("clients").as_object();
    CHECK(clients.at("accepted").as_int64() + clients.at("turned_away").as_int64() >= 1'004);
    CHECK(clients.at("too_large") == 1);
}

TEST_CASE("SIGTERM in the middle of a pass: finished or taken back, journal and DAW agree, exit 0") {
    const DaemonFolders folders;
    ServedDaw daw(short_song());
    std::string state;
    {
        DaemonProcess daemon(daw.address());
        Caller mixer(folders);
        mixer.wait_until_connected();
        mixer.result("daemon.subscribe", {{"topics", "pass"}});
        const int mix = mixer.begin("mix", short_mix);
        mixer.told("pass", [](const auto& params) { return params.at("state") == "prepared"; });
        daemon.signal(SIGTERM);
        mixer.on_notice = [&](const rpc::Notice& notice) {
            state = std::string(notice.params.at("state").as_string());
        };
        mixer.answer_to(mix);
        CHECK(daemon.wait() == 0);
    }
    CHECK_FALSE(std::filesystem::exists(folders.socket()));
    ChildProcess passes(KEDGE_COMMAND, words_for(daw.address(), {"--json", "passes"}));
    REQUIRE(passes.wait() == 0);
    const auto recorded = json::parse(passes.out).at("passes").as_array();
    REQUIRE(recorded.size() == 1);
    CHECK(recorded[0].at("state") == json::value(state));
    INFO(state);
    CHECK((state == "applied" || state == "rolled-back" || state == "rolled back"));
    CHECK(is_where_it_was(daw.retire()) == (state != "applied"));
}

TEST_CASE("SIGTERM while listening: the transport goes back, nothing is moved, exit 0") {
    const DaemonFolders folders;
    ServedDaw daw(short_song());
    DaemonProcess daemon(daw.address());
    Caller mixer(folders);
    mixer.wait_until_connected();
    mixer.result("daemon.subscribe", {{"topics", "progress"}});
    const int mix = mixer.begin("mix", {{"from", "0"}, {"to", "30"}});
    const int waits = mixer.begin("strips");
    wait_until_listening(mixer);
    daemon.signal(SIGTERM);
    CHECK(mixer.answer_to(waits).fault->code == rpc::Code::ending);
    const auto stopped = mixer.answer_to(mix);
    REQUIRE(stopped.fault);
    CHECK(stopped.fault->code == rpc::Code::interrupted);
    CHECK(daemon.wait() == 0);
    const auto& left = daw.retire();
    CHECK_FALSE(left.engine().rolling());
    CHECK(is_where_it_was(left));
}

TEST_CASE("a client that goes in the middle of its command: the command goes on to its end") {
    const DaemonFolders folders;
    ServedDaw daw(short_song());
    DaemonProcess daemon(daw.address());
    Caller watcher(folders);
    watcher.wait_until_connected();
    watcher.result("daemon.subscribe", {{"topics", {"progress", "pass"}}});
    {
        Caller gone(folders);
        gone.begin("mix", short_mix);
        wait_until_listening(watcher);
    }
    watcher.told("pass", [](const auto& params) { return params.at("state") == "applied"; });
}

TEST_CASE("a mix is stopped by `kedge cancel`, and by Ctrl-C in its own terminal; the daemon stays") {
    const DaemonFolders folders;
    ServedDaw daw(short_song());
    DaemonProcess daemon(daw.address());
    Caller watcher(folders);
    watcher.wait_until_connected();
    watcher.result("daemon.subscribe", {{"topics", "progress"}});
    const bool by_hand = GENERATE(false, true);
    ChildProcess mix(KEDGE_COMMAND, words_for(daw.address(), {"mix", "--from", "0", "--to", "30"}));
    wait_until_listening(watcher);
    if (by_hand) {
        mix.signal(SIGINT);
    } else {
        ChildProcess cancel(KEDGE_COMMAND, {"cancel"});
        CHECK(cancel.wait() == 0);
        CHECK_THAT(cancel.out, Catch::Contains("mix was told to stop"));
    }
    CHECK(mix.wait() == 1);
    CHECK_THAT(mix.err, Catch::Contains("Stopped while listening"));
    CHECK(watcher.result("daemon.status").at("at_work").is_null());
    CHECK(watcher.result("strips").at("exit") == 0);
}

TEST_CASE("those who subscribed are told of meters, controls, strips and the transport") {
    const DaemonFolders folders;
    ServedDaw daw(short_song());
    DaemonProcess daemon(daw.address());
    Caller caller(folders);
    caller.wait_until_connected();
    caller.result("daemon.subscribe", {{"topics", {"meters", "controls", "strips", "transport"}}});
    daw.meddle([](sim::SimulatedArdour& sim, std::vector<sim::Datagram>& out) {
        sim.move_fader(1, Decibels(-7.5), out);
    });
    caller.told("controls", [](const auto& params) {
        const auto& all = params.at("controls").as_array();
        return std::any_of(all.begin(), all.end(), [](const auto& each) {
            return each.at("control") == "fader" && each.at("value").is_number() &&
                   each.at("value").template to_number<double>() == -7.5;
        });
    });
    daw.meddle([](sim::SimulatedArdour& sim, std::vector<sim::Datagram>& out) {
        sim.rename_strip(0, "New name", out);
    });
    caller.told("strips", [](const auto&) { return true; });
    caller.begin("listen", short_mix);
    caller.told("meters", [](const auto& params) { return !params.at("meters").as_array().empty(); });
    caller.told("transport", [](const auto& params) { return params.at("rolling") == true; });
}

TEST_CASE("daemon.methods lists itself; daemon.stop ends the daemon") {
    const DaemonFolders folders;
    ServedDaw daw(sim::many_strips_song(2));
    DaemonProcess daemon(daw.address());
    Caller caller(folders);
    std::set<std::string> names;
    const auto listed = caller.result("daemon.methods");
    for (const auto& method : listed.at("methods").as_array())
        names.insert(std::string(method.at("method").as_string()));
    for (const char* name : {"mix", "revert", "roles.set", "daemon.methods"}) CHECK(names.count(name) == 1);
    for (const char* name : {"demo", "sim", "daemon"}) CHECK(names.count(name) == 0);
    CHECK(caller.result("daemon.stop").at("process") == daemon.pid());
    CHECK(daemon.wait() == 0);
}
