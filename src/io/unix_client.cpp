#include "io/unix_client.hpp"

#include "io/asio_context.hpp"
#include "io/terminal_keys.hpp"

#include <chrono>
#include <optional>
#include <utility>

#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <fmt/format.h>

namespace kedge::io {

namespace asio = boost::asio;
using asio::local::stream_protocol;
using boost::system::error_code;

namespace {

// A daemon's answer may be long: a mix of a thousand strips.
constexpr std::size_t longest_answer = std::size_t{64} << 20U;

tl::unexpected<Error> broken(const std::string& why) {
    return fail(ErrorKind::refused, fmt::format("The daemon's connection broke: {}.", why),
                "`kedge passes` tells what became of a pass; start the daemon again, or add --no-daemon.");
}

}  // namespace

struct UnixClient::State {
    EventLoop loop;
    stream_protocol::socket socket{loop.context().asio};
    std::string received;
    bool given_up = false;
    std::unique_ptr<TerminalKeys> keys;
};

UnixClient::UnixClient(std::unique_ptr<State> state) : state_(std::move(state)) {}
UnixClient::~UnixClient() = default;

std::unique_ptr<UnixClient> UnixClient::connect(const std::filesystem::path& path) {
    if (path.string().size() >= sizeof(sockaddr_un::sun_path)) return nullptr;
    auto state = std::make_unique<State>();
    error_code problem;
    state->socket.connect(stream_protocol::endpoint(path.string()), problem);
    if (problem) return nullptr;
    return std::unique_ptr<UnixClient>(new UnixClient(std::move(state)));
}

Result<void> UnixClient::send(std::string_view line) {
    error_code problem;
    asio::write(state_->socket, asio::buffer(line), problem);
    if (problem) return broken(problem.message());
    return {};
}

Result<std::string> UnixClient::receive(Duration patience) {
    std::optional<std::pair<error_code, std::size_t>> read;
    asio::async_read_until(state_->socket, asio::dynamic_buffer(state_->received, longest_answer), '\n',
                           [&](error_code problem, std::size_t size) { read.emplace(problem, size); });
    const auto end = std::chrono::steady_clock::now() + patience;
    for (auto now = end - patience; !read && !state_->given_up && now < end;
         now = std::chrono::steady_clock::now())
        state_->loop.run_one_for(end - now);
    if (!read) {
        error_code ignored;
        state_->socket.cancel(ignored);
        while (!read) state_->loop.run_one_for(std::chrono::seconds(1));
        if (state_->given_up) return fail(ErrorKind::interrupted, "No longer waiting for the daemon.");
        return fail(ErrorKind::refused, "The daemon does not answer.",
                    "End it with `kill`, or add --no-daemon to do without.");
    }
    if (read->first) return broken(read->first.message());
    std::string line = state_->received.substr(0, read->second - 1);
    state_->received.erase(0, read->second);
    return line;
}

void UnixClient::on_end_signal(std::function<void()> what) {
    state_->loop.on_end_signal(std::move(what));
}

bool UnixClient::on_key(std::function<void()> what) {
    state_->keys = TerminalKeys::open(state_->loop, std::move(what));
    return state_->keys != nullptr;
}

void UnixClient::give_up() {
    state_->given_up = true;
}

}  // namespace kedge::io
