#pragma once

#include "ardour/ardour_session.hpp"
#include "unit/ardour/scripted_ardour.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace kedge::test {

/// An ArdourSession and a scripted Ardour, talking in virtual time.
class Conversation {
  public:
    explicit Conversation(std::vector<ScriptedStrip> strips);

    void start();
    void run_for(Duration span);
    /// True when it became ready within the span.
    bool run_until_ready(Duration span = std::chrono::seconds(20));
    /// start() and run_until_ready(), required; forgets what was said until then.
    void connect();
    /// Ardour speaks, now.
    void hear(const Bytes& datagram);
    void hear(const std::vector<Bytes>& datagrams);
    Result<void> command(const surface::Command& command);
    void close();
    void forget_the_past();

    [[nodiscard]] const Strip& strip(std::string_view name) const;
    [[nodiscard]] StripId id(std::string_view name) const { return strip(name).id; }
    [[nodiscard]] std::vector<std::string> names() const;

    template <typename Event>
    [[nodiscard]] std::vector<Event> all() const {
        std::vector<Event> found;
        for (const auto& event : events)
            if (const auto* one = std::get_if<Event>(&event)) found.push_back(*one);
        return found;
    }
    template <typename Event>
    [[nodiscard]] std::size_t count() const {
        return all<Event>().size();
    }
    /// How many datagrams of the session had this address.
    [[nodiscard]] std::size_t sent_to(std::string_view address) const;

    ScriptedArdour ardour;
    ardour::ArdourSession session;
    Instant now{};
    Duration latency = std::chrono::milliseconds(1);
    std::vector<surface::Event> events;
    std::vector<Bytes> sent;
    std::vector<std::string> handed_over;
    std::size_t most_sent_at_once = 0;
    std::size_t wakes_asked = 0;

  private:
    void carry(surface::Effects& effects);
    void step(Instant limit);

    std::multimap<Instant, Bytes> on_the_way_;
    std::set<Instant> wakes_;
    Instant next_beat_{};
};

/// "/strip/gain/3" for "/strip/gain/003": a question or value as Ardour understands it.
[[nodiscard]] std::string plainly(std::string_view address);
/// A path of the session's or Ardour's, "/strip/gain/3".
[[nodiscard]] std::string strip_path(std::string_view word, int ssid);

/// Three tracks and the master.
[[nodiscard]] std::vector<ScriptedStrip> small_mixer();
/// Tracks "T1", "T2" … and the master, so many in all.
[[nodiscard]] std::vector<ScriptedStrip> mixer_of(int strips);

}  // namespace kedge::test
