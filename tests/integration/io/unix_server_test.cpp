#include "io/unix_server.hpp"

#include "io/daemon_socket.hpp"
#include "io/unix_client.hpp"
#include "support/catch.hpp"
#include "support/scratch_folder.hpp"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <unistd.h>

using namespace kedge;
using namespace kedge::test;
namespace fs = std::filesystem;

namespace {

constexpr Duration answer_patience = std::chrono::seconds(20);

/// A server on a thread of its own that answers each line with itself; "flood" with many notifications and
/// "done", "long" with a long line.
class EchoServer {
  public:
    explicit EchoServer(const fs::path& path, io::ServerLimits limits = {}) {
        auto opened = io::UnixServer::open(loop_, path, limits);
        REQUIRE(opened);
        server_ = std::move(*opened);
        server_->on_line = [this](io::ClientId client, const std::string& line) {
            if (line == "flood") flood(client);
            if (line == "long") {
                ++long_answers_;
                server_->send(client, std::string(long_answer, 'l') + "\n");
                return;
            }
            server_->send(client, (line == "flood" ? "done" : line) + "\n");
        };
        server_->on_gone = [this](io::ClientId) { ++gone; };
        thread_ = std::thread([this] {
            while (!ending_) loop_.run_one_for(std::chrono::milliseconds(10));
        });
    }
    ~EchoServer() { retire(); }
    EchoServer(const EchoServer&) = delete;
    EchoServer& operator=(const EchoServer&) = delete;

    /// Ends the thread; the counters are the test's then.
    io::ServerCounters retire() {
        ending_ = true;
        if (thread_.joinable()) thread_.join();
        return server_->counters();
    }

    static constexpr int flood_lines = 5'000;
    static constexpr std::size_t long_answer = 1'000;
    [[nodiscard]] bool has_answered_all(int lines) const { return long_answers_ == lines; }
    std::atomic<int> gone = 0;

  private:
    void flood(io::ClientId client) {
        const std::string line = std::string(1'000, 'x') + "\n";
        for (int i = 0; i < flood_lines; ++i) server_->tell(client, line);
    }

    io::EventLoop loop_;
    std::unique_ptr<io::UnixServer> server_;
    std::atomic<bool> ending_ = false;
    std::atomic<int> long_answers_ = 0;
    std::thread thread_;
};

std::string asked(io::UnixClient& client, const std::string& line) {
    REQUIRE(client.send(line + "\n"));
    const auto answer = client.receive(answer_patience);
    REQUIRE(answer);
    return *answer;
}

std::unique_ptr<io::UnixClient> connected_to(const fs::path& path) {
    auto client = io::UnixClient::connect(path);
    REQUIRE(client);
    return client;
}

/// What the server says to the last of too many.
std::string said_to_one_more(const fs::path& path) {
    const auto client = connected_to(path);
    const auto line = client->receive(answer_patience);
    REQUIRE(line);
    CHECK_FALSE(client->receive(answer_patience));
    return *line;
}

}  // namespace

TEST_CASE("Lines go there and back over a socket that is the user's alone") {
    const ScratchFolder folder;
    const fs::path path = folder.file("daemon.sock");
    {
        EchoServer server(path);
        CHECK((fs::status(path).permissions() & fs::perms::all) ==
              (fs::perms::owner_read | fs::perms::owner_write));
        const auto one = connected_to(path);
        const auto two = connected_to(path);
        CHECK(asked(*one, "hello") == "hello");
        CHECK(asked(*two, "a\tb") == "a\tb");
        const std::string longest(rpc::longest_request, 'y');
        CHECK(asked(*one, longest) == longest);
    }
    CHECK_FALSE(fs::exists(path));
    CHECK(io::UnixClient::connect(path) == nullptr);
}

TEST_CASE("A socket that a dead process left behind is replaced") {
    const ScratchFolder folder;
    const fs::path path = folder.file("daemon.sock");
    {
        boost::asio::io_context context;
        using boost::asio::local::stream_protocol;
        const stream_protocol::acceptor left_behind(context, stream_protocol::endpoint(path.string()));
    }
    REQUIRE(fs::is_socket(path));
    EchoServer server(path);
    CHECK(asked(*connected_to(path), "hello") == "hello");
}

TEST_CASE("A socket that is answered, a plain file and a path too long are refused by name") {
    const ScratchFolder folder;
    io::EventLoop loop;
    const fs::path path = folder.file("daemon.sock");
    {
        EchoServer server(path);
        const auto second = io::UnixServer::open(loop, path);
        REQUIRE_FALSE(second);
        CHECK(second.error().kind == ErrorKind::refused);
        CHECK_THAT(second.error().message,
                   Catch::Contains(path.string()) && Catch::Contains("another program"));
        CHECK(asked(*connected_to(path), "hello") == "hello");
    }
    const fs::path plain = folder.file("plain");
    std::ofstream(plain) << "mine";
    const auto over_plain = io::UnixServer::open(loop, plain);
    REQUIRE_FALSE(over_plain);
    CHECK_THAT(over_plain.error().message, Catch::Contains("no socket"));
    CHECK(fs::file_size(plain) == 4);
    const auto too_long = io::UnixServer::open(loop, folder.file(std::string(120, 'n')));
    REQUIRE_FALSE(too_long);
    CHECK_THAT(too_long.error().message, Catch::Contains("107 bytes"));
}

TEST_CASE("A thousand clients come and go, and one that stays is served all along") {
    const ScratchFolder folder;
    const fs::path path = folder.file("daemon.sock");
    EchoServer server(path);
    const auto stays = connected_to(path);
    int served = 0;
    for (int i = 0; i < 1'000; ++i) {
        const auto client = connected_to(path);
        if (i % 2 == 0) continue;  // gone without a word
        const std::string line = std::to_string(i);
        if (client->send(line + "\n")) {
            const auto answer = client->receive(answer_patience);
            REQUIRE(answer);
            served += *answer == line ? 1 : 0;
        }
        if (i % 100 == 1) CHECK(asked(*stays, "still here") == "still here");
    }
    CHECK(served > 400);
    CHECK(asked(*stays, "still here") == "still here");
    const auto counters = server.retire();
    CHECK(counters.accepted + counters.turned_away == 1'001);
    CHECK(counters.clients <= io::ServerLimits().clients);
}

TEST_CASE("One client too many is told so and let go; the others stay") {
    const ScratchFolder folder;
    const fs::path path = folder.file("daemon.sock");
    io::ServerLimits limits;
    limits.clients = 3;
    EchoServer server(path, limits);
    std::vector<std::unique_ptr<io::UnixClient>> clients;
    for (int i = 0; i < 3; ++i) {
        clients.push_back(connected_to(path));
        CHECK(asked(*clients.back(), "hello") == "hello");
    }
    CHECK_THAT(said_to_one_more(path), Catch::Contains("-32012") && Catch::Contains("3 clients"));
    for (auto& client : clients) CHECK(asked(*client, "hello") == "hello");
    CHECK(server.retire().turned_away == 1);
}

TEST_CASE("Ten megabytes on one line: a clear fault, the end, and nobody else notices") {
    const ScratchFolder folder;
    const fs::path path = folder.file("daemon.sock");
    EchoServer server(path);
    const auto other = connected_to(path);
    const auto greedy = connected_to(path);
    REQUIRE(greedy->send(std::string(std::size_t{10} << 20U, 'z') + "\n"));
    const auto fault = greedy->receive(answer_patience);
    REQUIRE(fault);
    CHECK_THAT(*fault, Catch::Contains("-32011") && Catch::Contains("1048576 bytes"));
    CHECK_FALSE(greedy->receive(answer_patience));
    CHECK(asked(*other, "hello") == "hello");
    CHECK(server.retire().too_large == 1);
}

TEST_CASE("A client that reads slowly loses notifications, never an answer, and they are counted") {
    const ScratchFolder folder;
    const fs::path path = folder.file("daemon.sock");
    EchoServer server(path);
    const auto slow = connected_to(path);
    REQUIRE(slow->send("flood\n"));
    CHECK(asked(*connected_to(path), "hello") == "hello");  // the flood was told by now
    int heard = 0;
    for (;;) {
        const auto line = slow->receive(answer_patience);
        REQUIRE(line);
        if (*line == "done") break;
        ++heard;
    }
    CHECK(heard > 0);
    const auto counters = server.retire();
    CHECK(counters.dropped > 0);
    CHECK(counters.dropped + static_cast<std::uint64_t>(heard) == EchoServer::flood_lines);
}

TEST_CASE("Many lines in one write keep no other client waiting for all of them") {
    const ScratchFolder folder;
    const fs::path path = folder.file("daemon.sock");
    io::EventLoop loop;
    auto server = io::UnixServer::open(loop, path);
    REQUIRE(server);
    std::vector<std::string> order;
    (*server)->on_line = [&](io::ClientId client, const std::string& line) {
        order.push_back(line);
        (*server)->send(client, line + "\n");
    };
    constexpr int many = 1'000;
    const auto greedy = connected_to(path);
    std::string all;
    for (int i = 0; i < many; ++i) all += "many\n";
    REQUIRE(greedy->send(all));
    const auto modest = connected_to(path);
    REQUIRE(modest->send("one\n"));
    while (order.size() < many + 1) loop.run_one_for(answer_patience);
    // Both had sent all they have before the server looked at either.
    const auto place = std::find(order.begin(), order.end(), "one") - order.begin();
    CHECK(place < 20);
    CHECK(std::count(order.begin(), order.end(), "many") == many);
}

TEST_CASE("What a client does not read keeps the rest of what it sent waiting, and nothing is lost") {
    const ScratchFolder folder;
    const fs::path path = folder.file("daemon.sock");
    constexpr int many = 4'000;
    io::ServerLimits limits;
    limits.answered = std::size_t{64} << 10U;
    EchoServer server(path, limits);
    const auto lazy = connected_to(path);
    std::string all;
    for (int i = 0; i < many; ++i) all += "long\n";
    REQUIRE(lazy->send(all));
    CHECK(asked(*connected_to(path), "hello") == "hello");
    CHECK_FALSE(server.has_answered_all(many));
    for (int i = 0; i < many; ++i) {
        const auto line = lazy->receive(answer_patience);
        REQUIRE(line);
        REQUIRE(line->size() == EchoServer::long_answer);
    }
    CHECK(server.has_answered_all(many));
    CHECK(server.retire().most_waiting <= limits.answered + EchoServer::long_answer + 1);
}

TEST_CASE("One daemon for one user, wherever it would listen: the second is told who has the right") {
    const ScratchFolder folder;
    setenv("XDG_STATE_HOME", folder.path().c_str(), 1);
    const fs::path path = folder.path() / "run" / "daemon.sock";
    const fs::path elsewhere = folder.path() / "other" / "daemon.sock";
    CHECK_FALSE(io::socket_of_the_daemon());
    {
        const auto first = io::be_the_daemon(path);
        REQUIRE(first);
        const auto second = io::be_the_daemon(elsewhere);
        REQUIRE_FALSE(second);
        CHECK(second.error().kind == ErrorKind::refused);
        CHECK_THAT(second.error().message,
                   Catch::Contains(std::to_string(::getpid())) && Catch::Contains(path.string()));
        CHECK_THAT(second.error().next, Catch::Contains("kill"));
        CHECK(io::socket_of_the_daemon() == path);
    }
    CHECK(io::be_the_daemon(elsewhere));
    CHECK(io::socket_of_the_daemon() == elsewhere);
}
