#include "cli/daemon_client.hpp"

#include "cli/any_key.hpp"
#include "cli/outcome_words.hpp"
#include "io/daemon_socket.hpp"
#include "io/state_files.hpp"
#include "io/unix_client.hpp"
#include "rpc/answer.hpp"

#include <chrono>
#include <iostream>
#include <memory>
#include <utility>

#include <fmt/format.h>

namespace kedge::cli {

namespace json = boost::json;

namespace {

constexpr Duration at_once = std::chrono::seconds(5);
constexpr Duration a_whole_session = std::chrono::hours(24);

tl::unexpected<Error> no_longer_waiting(std::int64_t daemon) {
    return fail(
        ErrorKind::interrupted,
        fmt::format("Not waited for any longer: the daemon, process {}, goes on with it.", daemon),
        fmt::format("`kedge daemon`'s own terminal and `kedge status` tell what it does. One that hangs "
                    "is ended with `kill -9 {}`; then `kedge recover`.",
                    daemon));
}

/// Calls to the daemon, one at a time; what it tells meanwhile goes to `progress`.
class DaemonLine {
  public:
    DaemonLine(std::unique_ptr<io::UnixClient> client, ProgressView* progress)
        : client_(std::move(client)), progress_(progress) {}

    Result<rpc::Answer> call(const std::string& method, const json::object& params, Duration patience);
    /// From now on Ctrl-C asks the daemon to stop what this line asked for; a second one stops waiting for
    /// it. `process`: the daemon's.
    void stop_on_signals(std::int64_t process);
    /// From now on a key on the terminal asks the daemon the same, and says so before.
    void stop_on_key();

  private:
    void show(const rpc::Notice& notice);
    void ask_to_stop(const std::string& words);

    std::unique_ptr<io::UnixClient> client_;
    ProgressView* progress_;
    std::int64_t last_id_ = 0;
    std::int64_t daemon_ = 0;
    bool asked_to_stop_ = false;
};

Result<rpc::Answer> DaemonLine::call(const std::string& method, const json::object& params,
                                     Duration patience) {
    const std::int64_t id = ++last_id_;
    if (const auto sent = client_->send(rpc::line_of(rpc::request(id, method, params))); !sent)
        return tl::unexpected(sent.error());
    while (true) {
        const auto line = client_->receive(patience);
        if (!line && line.error().kind == ErrorKind::interrupted) return no_longer_waiting(daemon_);
        if (!line) return tl::unexpected(line.error());
        auto reply = rpc::parse_reply(*line);
        if (!reply) return tl::unexpected(reply.error());
        if (const auto* notice = std::get_if<rpc::Notice>(&*reply)) {
            show(*notice);
            continue;
        }
        auto& answer = std::get<rpc::Answer>(*reply);
        // A null id is the daemon speaking to the connection: one client too many.
        if (answer.id == id || answer.id.is_null()) return std::move(answer);
    }
}

void DaemonLine::stop_on_signals(std::int64_t process) {
    daemon_ = process;
    client_->on_end_signal([this] {
        if (std::exchange(asked_to_stop_, true)) {
            client_->give_up();
        } else {
            ask_to_stop("The daemon is asked to stop. Press Ctrl-C again to wait for it no longer.");
        }
    });
}

void DaemonLine::stop_on_key() {
    const bool keys_come = client_->on_key([this] {
        if (!std::exchange(asked_to_stop_, true))
            ask_to_stop("The daemon is asked to end it. Press Ctrl-C to wait for it no longer.");
    });
    if (keys_come) say_that_any_key_ends_it();
}

void DaemonLine::ask_to_stop(const std::string& words) {
    if (progress_) progress_->clear();
    std::cerr << "kedge: " << words << "\n" << std::flush;
    // Nobody waits for the answer: the one of the command itself says what became of it.
    (void)client_->send(rpc::line_of(rpc::request("stop", "daemon.cancel", {{"own", true}})));
}

void DaemonLine::show(const rpc::Notice& notice) {
    const json::value* text = notice.params.if_contains("text");
    if (progress_ && notice.method == "notice" && text && text->is_string())
        progress_->say(std::string(text->as_string()));
    const json::value* doing = notice.params.if_contains("doing");
    const json::value* share = notice.params.if_contains("share");
    const json::value* running = notice.params.if_contains("running_s");
    if (!progress_ || notice.method != "progress" || !doing || !doing->is_string() || !share ||
        !share->is_number() || !running || !running->is_number())
        return;
    progress_->show(
        {std::string(doing->as_string()), share->to_number<double>()},
        std::chrono::duration_cast<Duration>(std::chrono::duration<double>(running->to_number<double>())));
}

/// A line to this user's daemon; nullptr when none runs.
std::unique_ptr<io::UnixClient> daemon_of_this_user() {
    // It may have been started where XDG_RUNTIME_DIR says something else, or nothing.
    if (const auto told = io::socket_of_the_daemon())
        if (auto client = io::UnixClient::connect(*told)) return client;
    const auto path = io::daemon_socket();
    return path ? io::UnixClient::connect(*path) : nullptr;
}

/// The daemon works on the DAW and in the folder that this command is for.
Result<bool> works_for(const Settings& settings, const json::object& status) {
    const auto kind = surface_kind(settings.surface);
    if (!kind) return tl::unexpected(kind.error());
    const auto address = daw_address(settings);
    if (!address) return tl::unexpected(address.error());
    const auto folder = io::state_folder();
    if (!folder) return tl::unexpected(folder.error());
    const json::value* surface = status.if_contains("surface");
    const json::value* its_folder = status.if_contains("state_folder");
    return surface && *surface == json::value(fmt::format("{} {}", kind->name, address->text())) &&
           its_folder && *its_folder == json::value(folder->string());
}

std::string text_in(const json::object& words, std::string_view name) {
    const json::value* found = words.if_contains(json::string_view(name.data(), name.size()));
    return found && found->is_string() ? std::string(found->as_string()) : std::string();
}

/// What `kedge status` says while the surface has something else to do.
Outcome status_of_work(const json::object& status) {
    const auto& work = status.at("at_work").as_object();
    Outcome outcome;
    outcome.document = {{"connected", status.at("connected")},
                        {"surface", status.at("surface")},
                        {"session", status.at("session")},
                        {"daemon", status}};
    outcome.text = fmt::format("{}: session '{}', {} at work: {}\n", text_in(status, "surface"),
                               text_in(status, "session"), text_in(work, "method"), text_in(work, "doing"));
    return outcome;
}

bool has_work(const json::object& status) {
    const json::value* work = status.if_contains("at_work");
    return work && work->is_object();
}

Result<json::object> status_of(DaemonLine& line) {
    auto answer = line.call("daemon.status", {}, at_once);
    if (!answer) return tl::unexpected(answer.error());
    if (answer->fault) return tl::unexpected(*outcome_of(*answer).error);
    if (!answer->result.is_object())
        return fail(ErrorKind::refused, "The daemon's answer cannot be understood.", "Add --no-daemon.");
    return answer->result.as_object();
}

}  // namespace

Result<std::optional<Outcome>> through_daemon(const Settings& settings, const std::string& method,
                                              const json::object& params, Keys keys, ProgressView& progress) {
    auto client = daemon_of_this_user();
    if (!client) return std::nullopt;
    DaemonLine line(std::move(client), &progress);
    const auto status = status_of(line);
    if (!status) return tl::unexpected(status.error());
    const auto ours = works_for(settings, *status);
    if (!ours) return tl::unexpected(ours.error());
    if (!*ours) return std::nullopt;
    if (method == "status" && has_work(*status)) return status_of_work(*status);

    const auto subscribed = line.call("daemon.subscribe", {{"topics", {"progress", "notice"}}}, at_once);
    if (!subscribed) return tl::unexpected(subscribed.error());
    const json::value* process = status->if_contains("process");
    line.stop_on_signals(process && process->is_int64() ? process->as_int64() : 0);
    if (keys == Keys::end_it) line.stop_on_key();
    auto answer = line.call(method, params, a_whole_session);
    progress.clear();
    if (!answer) return tl::unexpected(answer.error());
    return outcome_of(*answer);
}

Outcome cancel_command() {
    auto client = daemon_of_this_user();
    if (!client)
        return Outcome::failed({ErrorKind::refused, "No daemon runs.",
                                "A command without a daemon is stopped with Ctrl-C in its own terminal."});
    DaemonLine line(std::move(client), nullptr);
    const auto answer = line.call("daemon.cancel", {}, at_once);
    if (!answer) return Outcome::failed(answer.error());
    if (answer->fault || !answer->result.is_object()) return outcome_of(*answer);
    Outcome outcome;
    outcome.document = answer->result.as_object();
    const std::string stopped = text_in(outcome.document, "stopped");
    outcome.text = stopped.empty() ? "Nothing is at work.\n" : fmt::format("{} was told to stop.\n", stopped);
    return outcome;
}

}  // namespace kedge::cli
