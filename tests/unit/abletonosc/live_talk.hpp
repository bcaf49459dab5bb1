#pragma once

#include "abletonosc/live_session.hpp"
#include "unit/abletonosc/scripted_live.hpp"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace kedge::test {

/// A LiveSession and a scripted Live, talking in virtual time.
class LiveTalk {
  public:
    explicit LiveTalk(std::vector<ScriptedTrack> tracks);

    void run_for(Duration span);
    /// True when it became ready within the span.
    bool run_until_ready(Duration span = std::chrono::seconds(30));
    /// start() and ready, required; forgets what was said until then.
    void connect();
    void hear(const std::vector<LiveBytes>& datagrams);
    Result<void> command(const surface::Command& command);
    void forget_the_past();

    [[nodiscard]] const Strip& strip(std::string_view name) const;
    [[nodiscard]] StripId id(std::string_view name) const { return strip(name).id; }
    [[nodiscard]] std::vector<std::string> names() const;
    /// How many messages of the session had this address.
    [[nodiscard]] std::size_t sent_to(std::string_view address) const;

    template <typename Event>
    [[nodiscard]] std::vector<Event> all() const {
        std::vector<Event> found;
        for (const auto& event : events)
            if (const auto* one = std::get_if<Event>(&event)) found.push_back(*one);
        return found;
    }

    ScriptedLive live;
    abletonosc::LiveSession session{Duration{}};
    Instant now{};
    std::vector<surface::Event> events;
    std::vector<LiveBytes> sent;

  private:
    void carry(surface::Effects& effects);
    void step(Instant limit);

    std::multimap<Instant, LiveBytes> on_the_way_;  ///< to the session
    std::set<Instant> wakes_;
    Instant next_tick_{};
};

/// Three tracks, one of them MIDI.
[[nodiscard]] std::vector<ScriptedTrack> small_song();

}  // namespace kedge::test
