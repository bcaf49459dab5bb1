#pragma once

#include "core/result.hpp"
#include "io/event_loop.hpp"
#include "rpc/line_reader.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace kedge::io {

/// A client for as long as it is connected; never used again.
using ClientId = std::uint64_t;

/// Everything a server keeps for its clients is bounded.
struct ServerLimits {
    std::size_t clients = 64;  ///< one more is told so and let go
    std::size_t longest_line =
        rpc::longest_request;  ///< bytes; a longer one is answered with a fault, and the end
    std::size_t told = std::size_t{256}
                       << 10U;  ///< bytes that wait for a client: beyond, it is told nothing more
    std::size_t answered = std::size_t{1}
                           << 20U;  ///< bytes that wait for a client: beyond, no more of its lines are read
};

struct ServerCounters {
    std::size_t clients = 0;        ///< connected now
    std::uint64_t accepted = 0;     ///< ever
    std::uint64_t turned_away = 0;  ///< one too many
    std::uint64_t too_large = 0;    ///< lines beyond the limit
    std::uint64_t dropped = 0;      ///< notifications that a slow client lost
    std::size_t most_waiting = 0;   ///< bytes: the most that ever waited for one client
};

/// Lines to and from clients over a Unix socket of mode 0600. Runs on the thread that pumps the loop; a
/// client that reads slowly, or not at all, keeps nobody waiting, nor does one that sends many lines at once:
/// each turn of the loop hands over one line of a client.
class UnixServer {
  public:
    /// A socket left behind by a process that is gone is replaced; one that is answered, or a file that is no
    /// socket, is an error of kind refused that names the path. The caller holds the right to
    /// (be_the_daemon).
    [[nodiscard]] static Result<std::unique_ptr<UnixServer>> open(EventLoop& loop,
                                                                  const std::filesystem::path& path,
                                                                  ServerLimits limits = {});
    /// Lets go of every client and removes the socket.
    ~UnixServer();

    /// Called for every line that a client sends, without its end.
    std::function<void(ClientId, const std::string&)> on_line;
    /// Called once a client sends no more; what waits for it is still sent.
    std::function<void(ClientId)> on_gone;

    /// Sends a line (its end included), also after a long queue. Nothing happens when the client is gone.
    void send(ClientId client, std::string line);
    /// The same for what may be lost: false, and counted, when too much waits for this client already.
    bool tell(ClientId client, std::string line);
    /// Takes no new clients and reads no more.
    void end();
    /// Nothing waits for anybody any more.
    [[nodiscard]] bool drained() const;
    [[nodiscard]] ServerCounters counters() const;

  private:
    struct State;
    explicit UnixServer(std::shared_ptr<State> state);
    std::shared_ptr<State> state_;
};

}  // namespace kedge::io
