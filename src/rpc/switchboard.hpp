#pragma once

#include "rpc/call.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include <boost/json.hpp>

namespace kedge::rpc {

/// How long a method keeps the surface, and so what happens to others meanwhile.
enum class Manner {
    at_once,  ///< does not need the surface: answered at once, whatever is at work
    looks,    ///< needs the surface for a moment: others wait for their turn
    works,    ///< has the surface for long, or changes it: others are refused as busy
};

/// What a call came to.
using Outcome = std::variant<boost::json::value, Fault>;

/// Who asked for what: takes lines of clients, answers what can be answered at once, lets the rest wait for
/// the one who carries commands out, and passes what is told on to those who subscribed. Everything it keeps
/// is bounded. No sockets: lines go out through `Wire`.
class Switchboard {
  public:
    using ClientId = std::uint64_t;

    /// The way to the clients.
    struct Wire {
        std::function<void(ClientId, std::string)> send;  ///< an answer
        std::function<void(ClientId, std::string)> tell;  ///< a notification; may be lost
    };

    /// No more commands wait at a time, of all clients together.
    static constexpr std::size_t most_waiting = 16;

    /// `methods`: every method there is.
    Switchboard(std::map<std::string, Manner> methods, Wire wire)
        : methods_(std::move(methods)), wire_(std::move(wire)) {}

    /// Carries out a method of manner at_once. The fault's id need not be set.
    std::function<Outcome(ClientId, const Call&)> on_call;
    /// What is at work in words, "listening 0:12.3 of 0:45.2"; may be empty.
    std::function<std::string()> doing;

    /// A line of a client.
    void line(ClientId client, const std::string& text);
    /// A client is gone: what it waited for is forgotten; what is at work for it goes on to its end.
    void gone(ClientId client);

    /// The next command to carry out, at work from now on; nullptr when none waits. None is at work
    /// (asserted).
    const Call* begin_next();
    /// What is at work; nullptr when nothing is. Valid until finish().
    [[nodiscard]] const Call* at_work() const { return at_work_ ? &at_work_->call : nullptr; }
    /// Who asked for what is at work; nullopt when nothing is.
    [[nodiscard]] std::optional<ClientId> asked_by() const;
    /// Refuses what waits of this client, as interrupted; how many commands those were.
    std::size_t withdraw(ClientId client);
    /// Answers the command at work.
    void finish(Outcome outcome);
    [[nodiscard]] std::size_t waiting() const { return waiting_.size(); }

    void subscribe(ClientId client, const std::set<std::string>& topics);
    void unsubscribe(ClientId client, const std::set<std::string>& topics);
    [[nodiscard]] bool anybody_for(const std::string& topic) const;
    void tell(const std::string& topic, const boost::json::object& params);

    /// From now on every command is refused, those that wait too; what is at work may finish.
    void end();

  private:
    struct Batch {
        std::size_t open = 0;
        boost::json::array answers;
    };
    /// Where an answer goes.
    struct Return {
        ClientId client = 0;
        std::optional<boost::json::value> id;
        std::shared_ptr<Batch> batch;
    };
    struct Order {
        Call call;
        Return to;
    };

    void take(Call call, Return to);
    void answer(const Return& to, Outcome outcome) const;
    void deliver(const Return& to, boost::json::object document) const;
    [[nodiscard]] std::optional<Fault> must_not_wait(const Order& order) const;
    [[nodiscard]] bool in_the_way(const Order& ahead, ClientId of) const;
    [[nodiscard]] Fault busy(const Order& ahead) const;
    [[nodiscard]] Fault unknown(const std::string& method) const;

    std::map<std::string, Manner> methods_;
    Wire wire_;
    std::optional<Order> at_work_;
    std::deque<Order> waiting_;
    std::map<std::string, std::set<ClientId>> subscribers_;
    bool ending_ = false;
};

}  // namespace kedge::rpc
