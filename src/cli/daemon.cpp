#include "cli/daemon.hpp"

#include "cli/daemon_log.hpp"
#include "cli/daemon_news.hpp"
#include "cli/outcome_words.hpp"
#include "cli/served_commands.hpp"
#include "cli/workplace.hpp"
#include "engine/passive_listener.hpp"
#include "io/daemon_socket.hpp"
#include "io/event_loop.hpp"
#include "io/state_files.hpp"
#include "io/unix_server.hpp"

#include <algorithm>
#include <chrono>
#include <iostream>
#include <map>
#include <optional>
#include <set>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <unistd.h>

namespace kedge::cli {

namespace json = boost::json;

namespace {

constexpr Duration tick_period = std::chrono::milliseconds(100);
constexpr Duration idle_turn = std::chrono::seconds(1);
// A client that does not read its answer must not keep the daemon from its end.
constexpr Duration last_words = std::chrono::seconds(2);

Parameter topics_parameter() {
    return {"topics", ParameterKind::text, true, false, true, "The kinds of notification, such as progress"};
}

json::object words_of(const Method& method, rpc::Manner manner) {
    json::array parameters;
    for (const Parameter& each : method.parameters)
        parameters.push_back(json::object{{"name", each.name},
                                          {"kind", to_string(each.kind)},
                                          {"many", each.many},
                                          {"required", each.required},
                                          {"what", each.what}});
    return {{"method", method.name},
            {"what", method.what},
            {"at_once", manner == rpc::Manner::at_once},
            {"parameters", std::move(parameters)}};
}

rpc::Outcome wrong_params(const Error& why) {
    return rpc::Fault{nullptr, rpc::Code::invalid_params, why.message, why.next, {}};
}

/// One daemon: who asks, what is at work, what is told. One thread; while a command is at work the loop is
/// pumped from within it.
class Daemon {
  public:
    explicit Daemon(const Settings& settings);
    Result<void> open();
    void serve_until_told();
    [[nodiscard]] std::string greeting() const;

  private:
    using ClientId = io::ClientId;
    using Act = rpc::Outcome (Daemon::*)(ClientId, const json::object&);

    void add(const Method& method, rpc::Manner manner);
    [[nodiscard]] rpc::Outcome at_once(ClientId client, const rpc::Call& call);
    [[nodiscard]] rpc::Outcome status(ClientId client, const json::object& params);
    [[nodiscard]] rpc::Outcome list_methods(ClientId client, const json::object& params);
    [[nodiscard]] rpc::Outcome subscribe(ClientId client, const json::object& params);
    [[nodiscard]] rpc::Outcome unsubscribe(ClientId client, const json::object& params);
    [[nodiscard]] rpc::Outcome cancel(ClientId client, const json::object& params);
    [[nodiscard]] rpc::Outcome stop(ClientId client, const json::object& params);
    [[nodiscard]] static Result<std::set<std::string>> topics_in(const json::object& params);
    [[nodiscard]] json::value work_words() const;
    [[nodiscard]] rpc::Outcome carry_out(const rpc::Call& call);
    void end();
    void say_goodbye();

    Settings settings_;
    io::EventLoop loop_;
    std::map<std::string, Method> methods_;
    std::map<std::string, rpc::Manner> manners_;
    std::map<std::string, Act> own_;
    std::optional<io::ProcessLock> lock_;
    std::filesystem::path path_;
    std::unique_ptr<io::UnixServer> server_;
    std::optional<rpc::Switchboard> board_;
    std::optional<DaemonNews> news_;
    std::optional<Workplace> place_;
    Connection* connection_ = nullptr;
    std::optional<DaemonLog> log_;
    std::optional<engine::PassiveListener> passive_;
    bool ending_ = false;
};

Daemon::Daemon(const Settings& settings) : settings_(settings) {
    for (const auto& [method, manner] : served_commands()) add(method, manner);
    for (const Method& method : daemon_methods()) add(method, rpc::Manner::at_once);
    own_ = {{"daemon.status", &Daemon::status},       {"daemon.methods", &Daemon::list_methods},
            {"daemon.subscribe", &Daemon::subscribe}, {"daemon.unsubscribe", &Daemon::unsubscribe},
            {"daemon.cancel", &Daemon::cancel},       {"daemon.stop", &Daemon::stop}};
    board_.emplace(manners_, rpc::Switchboard::Wire{[this](ClientId client, std::string line) {
                                                        if (server_) server_->send(client, std::move(line));
                                                    },
                                                    [this](ClientId client, std::string line) {
                                                        if (server_) server_->tell(client, std::move(line));
                                                    }});
    board_->on_call = [this](ClientId client, const rpc::Call& call) { return at_once(client, call); };
    board_->doing = [this] { return news_->progress() ? news_->progress()->doing : std::string(); };
    news_.emplace(*board_);
    place_.emplace(settings_, *news_, loop_);
}

void Daemon::add(const Method& method, rpc::Manner manner) {
    methods_[method.name] = method;
    manners_[method.name] = manner;
}

Result<void> Daemon::open() {
    auto path = io::daemon_socket();
    if (!path) return tl::unexpected(path.error());
    path_ = std::move(*path);
    auto lock = io::be_the_daemon(path_);
    if (!lock) return tl::unexpected(lock.error());
    lock_.emplace(std::move(*lock));
    const auto connection = place_->connection();
    if (!connection) return tl::unexpected(connection.error());
    connection_ = *connection;
    const auto journal = place_->journal();
    if (!journal) return tl::unexpected(journal.error());
    (*journal)->watcher = [this](const Pass& pass) { news_->pass(pass); };
    const auto tapes = place_->tapes();
    if (!tapes) return tl::unexpected(tapes.error());
    auto server = io::UnixServer::open(loop_, path_);
    if (!server) return tl::unexpected(server.error());
    server_ = std::move(*server);
    server_->on_line = [this](ClientId client, const std::string& line) { board_->line(client, line); };
    server_->on_gone = [this](ClientId client) { board_->gone(client); };
    connection_->observe(log_.emplace(connection_->name()));
    connection_->observe(*news_);
    connection_->observe(passive_.emplace(**tapes));
    loop_.on_end_signal([this] { end(); });
    loop_.every(tick_period, [this] { news_->tick(connection_->surface()); });
    connection_->start();
    return {};
}

std::string Daemon::greeting() const {
    return fmt::format("kedge daemon: process {} serves {} on {}.\n", ::getpid(), connection_->name(),
                       path_.string());
}

void Daemon::serve_until_told() {
    while (!ending_) {
        loop_.run_one_for(idle_turn);
        while (const rpc::Call* call = ending_ ? nullptr : board_->begin_next()) {
            connection_->resume();
            board_->finish(carry_out(*call));
        }
    }
    say_goodbye();
}

void Daemon::say_goodbye() {
    board_->end();
    server_->end();
    loop_.run_until([this] { return server_->drained(); }, last_words);
    server_.reset();
}

void Daemon::end() {
    ending_ = true;
    board_->end();
    if (board_->at_work()) connection_->interrupt();
}

rpc::Outcome Daemon::carry_out(const rpc::Call& call) {
    if (const auto right = check_params(methods_.at(call.method), call.params); !right)
        return wrong_params(right.error());
    return answer_of(serve(*place_, call.method, call.params));
}

rpc::Outcome Daemon::at_once(ClientId client, const rpc::Call& call) {
    const auto own = own_.find(call.method);
    if (own == own_.end()) return carry_out(call);
    if (const auto right = check_params(methods_.at(call.method), call.params); !right)
        return wrong_params(right.error());
    return (this->*own->second)(client, call.params);
}

json::value Daemon::work_words() const {
    const rpc::Call* call = board_->at_work();
    if (!call) return nullptr;
    const auto& progress = news_->progress();
    return json::object{{"method", call->method},
                        {"doing", progress ? progress->doing : ""},
                        {"share", progress ? progress->share : 0.0}};
}

rpc::Outcome Daemon::status(ClientId, const json::object&) {
    const auto& surface = connection_->surface();
    const auto folder = io::state_folder();
    const auto counters = server_->counters();
    json::object words = {{"process", ::getpid()},
                          {"version", KEDGE_VERSION},
                          {"surface", connection_->name()},
                          {"state_folder", folder ? folder->string() : ""},
                          {"connected", surface.ready()},
                          {"session", surface.mixer().session.name},
                          {"strips", surface.mixer().strips.size()},
                          {"song_heard", passive_->share_heard(surface.mixer())},
                          {"at_work", work_words()},
                          {"waiting", board_->waiting()},
                          {"clients",
                           {{"connected", counters.clients},
                            {"accepted", counters.accepted},
                            {"turned_away", counters.turned_away},
                            {"too_large", counters.too_large},
                            {"dropped", counters.dropped}}}};
    words["why_not"] = surface.ready() ? json::value(nullptr) : json::value(log_->lost_why());
    return json::value(std::move(words));
}

rpc::Outcome Daemon::list_methods(ClientId, const json::object&) {
    json::array list;
    for (const auto& [name, method] : methods_) list.push_back(words_of(method, manners_.at(name)));
    json::array told;
    for (const Topic& topic : topics())
        told.push_back(json::object{{"topic", topic.name}, {"what", topic.what}});
    return json::value(json::object{{"methods", std::move(list)}, {"topics", std::move(told)}});
}

Result<std::set<std::string>> Daemon::topics_in(const json::object& params) {
    const json::array one{params.at("topics")};
    const json::array& wanted = params.at("topics").is_array() ? params.at("topics").as_array() : one;
    std::set<std::string> names;
    for (const auto& each : wanted) {
        const std::string name(each.as_string());
        const bool known = std::any_of(topics().begin(), topics().end(),
                                       [&](const Topic& topic) { return topic.name == name; });
        if (!known)
            return fail(ErrorKind::usage, fmt::format("There is no topic '{}'.", name),
                        "Call daemon.methods for a list.");
        names.insert(name);
    }
    return names;
}

rpc::Outcome Daemon::subscribe(ClientId client, const json::object& params) {
    const auto wanted = topics_in(params);
    if (!wanted) return wrong_params(wanted.error());
    board_->subscribe(client, *wanted);
    return json::value(json::object{{"topics", json::value_from(*wanted)}});
}

rpc::Outcome Daemon::unsubscribe(ClientId client, const json::object& params) {
    const auto wanted = topics_in(params);
    if (!wanted) return wrong_params(wanted.error());
    board_->unsubscribe(client, *wanted);
    return json::value(json::object{{"topics", json::value_from(*wanted)}});
}

rpc::Outcome Daemon::cancel(ClientId client, const json::object& params) {
    const json::value* own = params.if_contains("own");
    const bool only_own = own && own->as_bool();
    const std::size_t withdrawn = only_own ? board_->withdraw(client) : 0;
    const bool stops = board_->at_work() && (!only_own || board_->asked_by() == client);
    json::object words = {{"withdrawn", withdrawn}, {"stopped", nullptr}};
    if (stops) {
        words["stopped"] = board_->at_work()->method;
        connection_->interrupt();
    }
    return json::value(std::move(words));
}

rpc::Outcome Daemon::stop(ClientId, const json::object&) {
    end();
    return json::value(json::object{{"process", ::getpid()}});
}

}  // namespace

const std::vector<Method>& daemon_methods() {
    static const std::vector<Method> all = {
        {"daemon.status", "What the daemon is connected to and doing, and its counters", {}},
        {"daemon.methods", "Every method with its parameters, and every topic", {}},
        {"daemon.subscribe", "Be told of these topics on this connection", {topics_parameter()}},
        {"daemon.unsubscribe", "Be told of these topics no more", {topics_parameter()}},
        {"daemon.cancel",
         "Stop the command at work",
         {{"own", ParameterKind::flag, false, false, false,
           "Only what this connection asked for, what waits too"}}},
        {"daemon.stop", "End the daemon, as SIGTERM does", {}},
    };
    return all;
}

int daemon_command(const Settings& settings) {
    Daemon daemon(settings);
    if (const auto opened = daemon.open(); !opened) return report(settings, opened.error());
    std::cout << daemon.greeting() << std::flush;
    daemon.serve_until_told();
    return 0;
}

}  // namespace kedge::cli
