#include "io/unix_server.hpp"

#include "io/asio_context.hpp"
#include "rpc/answer.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <fmt/format.h>
#include <sys/stat.h>

namespace kedge::io {

namespace asio = boost::asio;
namespace fs = std::filesystem;
using asio::local::stream_protocol;
using boost::system::error_code;

namespace {

constexpr std::size_t read_at_once = std::size_t{64} << 10U;
// A client that sent too much is read on for a while, so that it comes to read its answer.
constexpr std::size_t most_thrown_away = std::size_t{64} << 20U;
// Out of file descriptors: accepting again at once would only fail again.
constexpr std::chrono::milliseconds accept_pause{100};
constexpr std::size_t longest_path = sizeof(sockaddr_un::sun_path) - 1;

std::string too_large_line(std::size_t longest) {
    return rpc::line_of(rpc::answer(rpc::Fault{nullptr, rpc::Code::too_large,
                                               fmt::format("A request is longer than {} bytes.", longest),
                                               "Send less on one line; this connection is closed."}));
}

std::string too_many_line(std::size_t most) {
    return rpc::line_of(
        rpc::answer(rpc::Fault{nullptr, rpc::Code::too_many_clients,
                               fmt::format("{} clients are connected, and no more are served.", most),
                               "Close one of them, or try again; this connection is closed."}));
}

}  // namespace

/// The handlers of the loop hold it, so that none of them ever finds it gone.
struct UnixServer::State : std::enable_shared_from_this<UnixServer::State> {
    /// One connected client.
    struct Client {
        Client(ClientId the_id, stream_protocol::socket the_socket, std::size_t longest_line)
            : id(the_id), socket(std::move(the_socket)), reader(longest_line) {}

        ClientId id;
        stream_protocol::socket socket;
        rpc::LineReader reader;
        std::array<char, read_at_once> buffer{};
        std::string_view unread;  ///< of the buffer: what was not handed over yet
        std::deque<std::string> waiting;
        std::size_t waiting_bytes = 0;
        std::size_t thrown_away = 0;
        bool reading = false;
        bool turn_due = false;  ///< a line of `unread` is handed over at the loop's next turn
        bool ended = false;     ///< sends no more; let go once nothing waits for it
    };

    State(EventLoop& loop, fs::path the_path, ServerLimits the_limits)
        : path(std::move(the_path)),
          limits(the_limits),
          acceptor(loop.context().asio),
          pause(loop.context().asio) {}

    void accept();
    void welcome(stream_protocol::socket socket);
    void go_on(const std::shared_ptr<Client>& client);
    void read(const std::shared_ptr<Client>& client);
    void has_read(const std::shared_ptr<Client>& client, std::string_view bytes);
    void hand_over(const std::shared_ptr<Client>& client);
    void end_of(const std::shared_ptr<Client>& client);
    void queue(const std::shared_ptr<Client>& client, std::string line);
    void write(const std::shared_ptr<Client>& client);
    void let_go(const std::shared_ptr<Client>& client);

    fs::path path;
    ServerLimits limits;
    stream_protocol::acceptor acceptor;
    asio::steady_timer pause;
    std::map<ClientId, std::shared_ptr<Client>> clients;
    ClientId last_id = 0;
    ServerCounters counters;
    bool ending = false;
    UnixServer* owner = nullptr;  ///< has the callbacks; nullptr once it is gone
};

void UnixServer::State::accept() {
    acceptor.async_accept([self = shared_from_this()](error_code problem, stream_protocol::socket socket) {
        if (problem == asio::error::operation_aborted || self->ending) return;
        if (!problem) {
            self->welcome(std::move(socket));
            self->accept();
            return;
        }
        self->pause.expires_after(accept_pause);
        self->pause.async_wait([self](error_code stopped) {
            if (!stopped) self->accept();
        });
    });
}

void UnixServer::State::welcome(stream_protocol::socket socket) {
    if (clients.size() >= limits.clients) {
        ++counters.turned_away;
        error_code ignored;
        socket.non_blocking(true, ignored);
        const std::string line = too_many_line(limits.clients);
        socket.write_some(asio::buffer(line), ignored);
        return;
    }
    ++counters.accepted;
    auto client = std::make_shared<Client>(++last_id, std::move(socket), limits.longest_line);
    clients.emplace(client->id, client);
    go_on(client);
}

/// Hands over what was read, and reads on after it, unless too much waits for this client already.
void UnixServer::State::go_on(const std::shared_ptr<Client>& client) {
    if (client->reading || client->turn_due || client->ended || ending) return;
    if (client->waiting_bytes > limits.answered) return;
    if (client->unread.empty()) {
        read(client);
        return;
    }
    client->turn_due = true;
    asio::post(client->socket.get_executor(), [self = shared_from_this(), client] {
        client->turn_due = false;
        if (client->ended || self->ending) return;
        self->hand_over(client);
        self->go_on(client);
    });
}

void UnixServer::State::read(const std::shared_ptr<Client>& client) {
    client->reading = true;
    client->socket.async_read_some(asio::buffer(client->buffer),
                                   [self = shared_from_this(), client](error_code problem, std::size_t size) {
                                       client->reading = false;
                                       if (problem == asio::error::operation_aborted) return;
                                       if (problem) {
                                           self->end_of(client);
                                       } else {
                                           self->has_read(client, {client->buffer.data(), size});
                                       }
                                   });
}

void UnixServer::State::has_read(const std::shared_ptr<Client>& client, std::string_view bytes) {
    if (!client->reader.overflowed()) {
        client->unread = bytes;
    } else if ((client->thrown_away += bytes.size()) > most_thrown_away) {
        end_of(client);
    }
    go_on(client);
}

void UnixServer::State::hand_over(const std::shared_ptr<Client>& client) {
    const auto line = client->reader.next(client->unread);
    if (line && owner && owner->on_line) owner->on_line(client->id, *line);
    if (!client->reader.overflowed()) return;
    client->unread = {};
    ++counters.too_large;
    queue(client, too_large_line(limits.longest_line));
}

void UnixServer::State::end_of(const std::shared_ptr<Client>& client) {
    if (client->ended) return;
    client->ended = true;
    if (owner && owner->on_gone) owner->on_gone(client->id);
    if (client->waiting.empty()) let_go(client);
}

void UnixServer::State::queue(const std::shared_ptr<Client>& client, std::string line) {
    client->waiting_bytes += line.size();
    counters.most_waiting = std::max(counters.most_waiting, client->waiting_bytes);
    client->waiting.push_back(std::move(line));
    if (client->waiting.size() == 1) write(client);
}

void UnixServer::State::write(const std::shared_ptr<Client>& client) {
    asio::async_write(client->socket, asio::buffer(client->waiting.front()),
                      [self = shared_from_this(), client](error_code problem, std::size_t) {
                          if (problem == asio::error::operation_aborted) return;
                          if (problem) {
                              client->waiting.clear();
                              client->waiting_bytes = 0;
                              self->end_of(client);
                              self->let_go(client);
                              return;
                          }
                          client->waiting_bytes -= client->waiting.front().size();
                          client->waiting.pop_front();
                          if (!client->waiting.empty()) {
                              self->write(client);
                          } else if (client->ended) {
                              self->let_go(client);
                              return;
                          } else if (client->reader.overflowed()) {
                              error_code ignored;
                              client->socket.shutdown(stream_protocol::socket::shutdown_send, ignored);
                          }
                          self->go_on(client);
                      });
}

void UnixServer::State::let_go(const std::shared_ptr<Client>& client) {
    error_code ignored;
    client->socket.close(ignored);
    clients.erase(client->id);
}

UnixServer::UnixServer(std::shared_ptr<State> state) : state_(std::move(state)) {
    state_->owner = this;
}

UnixServer::~UnixServer() {
    state_->owner = nullptr;
    state_->ending = true;
    error_code ignored;
    state_->acceptor.close(ignored);
    state_->pause.cancel(ignored);
    for (const auto& [id, client] : state_->clients) client->socket.close(ignored);
    state_->clients.clear();
    std::error_code unremoved;
    fs::remove(state_->path, unremoved);
}

namespace {

tl::unexpected<Error> cannot_listen(const fs::path& path, const std::string& why, std::string next) {
    return fail(ErrorKind::refused, fmt::format("The daemon cannot listen on {}: {}.", path.string(), why),
                std::move(next));
}

/// Takes away a socket that nobody answers.
Result<void> clear_away(EventLoop& loop, const fs::path& path) {
    std::error_code problem;
    const auto there = fs::symlink_status(path, problem);
    if (there.type() == fs::file_type::not_found) return {};
    if (there.type() != fs::file_type::socket)
        return cannot_listen(path, "something that is no socket stands there", "Move it away.");
    stream_protocol::socket probe(loop.context().asio);
    error_code refused;
    probe.connect(stream_protocol::endpoint(path.string()), refused);
    if (!refused)
        return cannot_listen(path, "another program answers there",
                             "End it, or point XDG_RUNTIME_DIR elsewhere.");
    fs::remove(path, problem);
    if (problem) return cannot_listen(path, problem.message(), "Remove it by hand.");
    return {};
}

/// The socket is nobody else's from its first moment on.
error_code bind_for_the_user_alone(stream_protocol::acceptor& acceptor, const fs::path& path) {
    error_code problem;
    acceptor.open({}, problem);
    if (problem) return problem;
    const mode_t before = ::umask(0177);
    acceptor.bind(stream_protocol::endpoint(path.string()), problem);
    ::umask(before);
    if (!problem) acceptor.listen(asio::socket_base::max_listen_connections, problem);
    return problem;
}

}  // namespace

Result<std::unique_ptr<UnixServer>> UnixServer::open(EventLoop& loop, const fs::path& path,
                                                     ServerLimits limits) {
    if (path.string().size() > longest_path)
        return cannot_listen(path, fmt::format("a socket's path has at most {} bytes", longest_path),
                             "Point XDG_RUNTIME_DIR to a folder with a shorter name.");
    if (const auto cleared = clear_away(loop, path); !cleared) return tl::unexpected(cleared.error());
    auto state = std::make_shared<State>(loop, path, limits);
    if (const auto problem = bind_for_the_user_alone(state->acceptor, path))
        return cannot_listen(path, problem.message(), "Check that you may write to its folder.");
    state->accept();
    return std::unique_ptr<UnixServer>(new UnixServer(std::move(state)));
}

void UnixServer::send(ClientId client, std::string line) {
    const auto found = state_->clients.find(client);
    if (found != state_->clients.end()) state_->queue(found->second, std::move(line));
}

bool UnixServer::tell(ClientId client, std::string line) {
    const auto found = state_->clients.find(client);
    if (found == state_->clients.end()) return false;
    if (found->second->waiting_bytes + line.size() > state_->limits.told) {
        ++state_->counters.dropped;
        return false;
    }
    state_->queue(found->second, std::move(line));
    return true;
}

void UnixServer::end() {
    state_->ending = true;
    error_code ignored;
    state_->acceptor.close(ignored);
}

bool UnixServer::drained() const {
    for (const auto& [id, client] : state_->clients)
        if (!client->waiting.empty()) return false;
    return true;
}

ServerCounters UnixServer::counters() const {
    ServerCounters counters = state_->counters;
    counters.clients = state_->clients.size();
    return counters;
}

}  // namespace kedge::io
