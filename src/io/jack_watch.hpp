#pragma once

#include <cstdint>
#include <memory>
#include <string>

namespace kedge::io {

/// A client of JACK without ports that says what RtMidi does not: whether the server is still there (a client
/// of one that was killed goes on seeing its ports), who is connected, and that time passes in it.
class JackWatch {
  public:
    /// nullptr where no JACK answers, or kedge was built without it; also while watches of a server that went
    /// away are still open in this process, as its library knows one server at a time.
    static std::unique_ptr<JackWatch> open(const std::string& client);
    ~JackWatch();
    /// Without taking leave of JACK: its library has freed the client, or will.
    static void abandon(std::unique_ptr<JackWatch> watch);
    JackWatch(const JackWatch&) = delete;
    JackWatch& operator=(const JackWatch&) = delete;

    /// False for good once the server went away or threw us out.
    [[nodiscard]] bool is_there() const;
    /// How many periods began since it was opened. When it grew by two, every client had one to itself.
    [[nodiscard]] std::uint64_t periods() const;
    /// Blocks until two more have begun. False when that takes a second, or the server went away: it stands
    /// still, or this client is none of its any more.
    [[nodiscard]] bool sees_two_periods() const;
    /// Blocks for a moment, to be called after each client that comes or goes and each cable: Ardour 7
    /// reckons its latencies anew then, under a lock that its audio waits for, and where one more change
    /// comes meanwhile, JACK and Ardour wait for each other, until JACK gives up on it (-t; the sound is gone
    /// for as long). Seen in about one of ten commands without it, in none of 150 with it.
    void let_others_follow() const;
    /// Whether a cable leads from one port to the other, by their full names.
    [[nodiscard]] bool are_connected(const std::string& from, const std::string& to) const;

  private:
    struct State;
    explicit JackWatch(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace kedge::io
