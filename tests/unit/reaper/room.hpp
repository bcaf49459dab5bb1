#pragma once

#include "reaper/reaper_session.hpp"
#include "scripted_reaper.hpp"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace kedge::reaper::test {

/// A session and a scripted REAPER in virtual time: REAPER applies what came thirty times a second and sends
/// its packets 10 ms apart.
class Room {
  public:
    explicit Room(const std::string& patterns = good_patterns,
                  LevelRange meters = {Decibels(-62.0), Decibels(6.0)});

    ScriptedReaper reaper;
    ReaperSession session;
    Instant now{};
    std::vector<surface::Event> events;
    std::vector<std::vector<std::byte>> sent;  ///< by the session
    std::size_t packets_in = 0;
    bool deaf = false;                     ///< REAPER is gone
    std::vector<std::string> handed_over;  ///< requests to the companion script
    /// The companion script: what it leaves as its answer to the request that lies there when it is called.
    std::function<std::optional<std::string>(const std::string&)> script;
    int script_calls = 0;
    /// True for a packet of REAPER's, counted from 1, that is lost on the way.
    std::function<bool(std::size_t)> loses = [](std::size_t) { return false; };

    void start();
    void run(Duration span);
    /// Until it is ready, at most so long; says whether it is.
    bool run_until_ready(Duration at_most = std::chrono::seconds(20));
    Result<void> command(const surface::Command& command);
    /// So long nobody runs the session, and REAPER says nothing; then it is woken.
    void stand_still(Duration span);
    /// An answer is found.
    void answer(const std::string& text);
    void close();
    /// What REAPER does by itself, as told at once.
    void reaper_does(const std::function<void()>& what);

    [[nodiscard]] StripId id(const std::string& name) const;
    [[nodiscard]] const Strip& strip(const std::string& name) const;
    [[nodiscard]] std::vector<std::string> names() const;
    template <typename E>
    [[nodiscard]] std::vector<E> heard() const {
        std::vector<E> found;
        for (const auto& event : events)
            if (const auto* one = std::get_if<E>(&event)) found.push_back(*one);
        return found;
    }
    /// Addresses of what the session sent, in order.
    [[nodiscard]] std::vector<std::string> sent_addresses() const;

  private:
    void carry_out(const surface::Effects& effects);
    void deliver();
    void call_script(std::span<const std::byte> datagram);
    void at(Instant when, std::function<void()> what) { agenda_.emplace(when, std::move(what)); }

    std::multimap<Instant, std::function<void()>> agenda_;
    Instant wire_free_{};
};

std::vector<ScriptedTrack> named_tracks(int count);

}  // namespace kedge::reaper::test
