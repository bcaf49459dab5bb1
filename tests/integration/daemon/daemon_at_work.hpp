#pragma once

#include "integration/daemon/child_process.hpp"
#include "integration/io/simulator_on_udp.hpp"
#include "io/unix_client.hpp"
#include "rpc/answer.hpp"
#include "rpc/reply.hpp"
#include "sim/built_in_song.hpp"
#include "support/catch.hpp"
#include "support/scratch_folder.hpp"

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <boost/json.hpp>

/// The kedge command itself as a daemon and as its clients, each in a process of its own; the simulated DAW
/// on a thread of the test's.
namespace kedge::test {

/// Folders of its own for every kedge that is started as long as this lives.
class DaemonFolders {
  public:
    DaemonFolders() {
        setenv("XDG_CONFIG_HOME", folder("config").c_str(), 1);
        setenv("XDG_STATE_HOME", folder("state").c_str(), 1);
        setenv("XDG_RUNTIME_DIR", folder("run").c_str(), 1);
    }
    [[nodiscard]] std::filesystem::path socket() const {
        return scratch_.path() / "run" / "kedge" / "daemon.sock";
    }
    [[nodiscard]] std::string folder(const std::string& name) const {
        const auto path = scratch_.path() / name;
        std::filesystem::create_directories(path);
        return path.string();
    }

  private:
    ScratchFolder scratch_;
};

/// A command for the simulated DAW at this address.
inline std::vector<std::string> words_for(const io::DawAddress& daw, std::vector<std::string> words) {
    words.insert(words.begin(), {"--surface", "sim", "--at", daw.text()});
    return words;
}

/// A daemon that is up: its socket is there.
class DaemonProcess : public ChildProcess {
  public:
    explicit DaemonProcess(const io::DawAddress& daw)
        : ChildProcess(KEDGE_COMMAND, words_for(daw, {"daemon"})) {
        const std::string greeting = line();
        REQUIRE_THAT(greeting, Catch::Contains("process " + std::to_string(pid())));
    }
};

/// A client of the daemon within the test.
class Caller {
  public:
    explicit Caller(const DaemonFolders& folders) : client_(io::UnixClient::connect(folders.socket())) {
        REQUIRE(client_);
    }

    void send(const std::string& bytes) { REQUIRE(client_->send(bytes)); }
    /// Sends a call, and does not wait.
    int begin(const std::string& method, const boost::json::object& params = {}) {
        send(rpc::line_of(rpc::request(++last_id_, method, params)));
        return last_id_;
    }
    /// The next thing the daemon says.
    rpc::Reply next() {
        const auto line = client_->receive(patience);
        REQUIRE(line);
        auto reply = rpc::parse_reply(*line);
        REQUIRE(reply);
        return std::move(*reply);
    }
    /// The answer to a call; what is told meanwhile goes to on_notice.
    rpc::Answer answer_to(int id) {
        while (true) {
            auto reply = next();
            if (auto* notice = std::get_if<rpc::Notice>(&reply)) {
                if (on_notice) on_notice(*notice);
                continue;
            }
            auto& answer = std::get<rpc::Answer>(reply);
            if (answer.id == id) return std::move(answer);
        }
    }
    rpc::Answer call(const std::string& method, const boost::json::object& params = {}) {
        return answer_to(begin(method, params));
    }
    boost::json::object result(const std::string& method, const boost::json::object& params = {}) {
        auto answer = call(method, params);
        if (answer.fault) FAIL(method << ": " << answer.fault->message);
        return answer.result.as_object();
    }
    /// Waits for a notification for which `wanted` holds.
    boost::json::object told(const std::string& topic,
                             const std::function<bool(const boost::json::object&)>& wanted) {
        while (true) {
            auto reply = next();
            const auto* notice = std::get_if<rpc::Notice>(&reply);
            if (notice && notice->method == topic && wanted(notice->params)) return notice->params;
        }
    }
    void wait_until_connected() {
        result("daemon.subscribe", {{"topics", "connection"}});
        if (result("daemon.status").at("connected") == true) return;
        told("connection", [](const auto& params) { return params.at("connected") == true; });
    }

    std::function<void(const rpc::Notice&)> on_notice;

  private:
    static constexpr Duration patience = std::chrono::seconds(60);
    std::unique_ptr<io::UnixClient> client_;
    int last_id_ = 0;
};

/// Waits until the song is being listened to.
inline void wait_until_listening(Caller& caller) {
    caller.told("progress", [](const boost::json::object& params) {
        return std::string(params.at("doing").as_string()).starts_with("listening");
    });
}

}  // namespace kedge::test
