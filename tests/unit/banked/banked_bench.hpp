#pragma once

#include "banked/banked_session.hpp"
#include "mackie/mackie_panel.hpp"
#include "sim/simulated_mackie.hpp"
#include "sim/song.hpp"

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace kedge::banked::test {

inline constexpr Duration one_second = std::chrono::seconds(1);

/// A song of so many short tracks, "Tr 1", "Tr 2" …
[[nodiscard]] sim::Song song_of(std::size_t tracks);

/// A session and a simulated DAW on either end of a wire that takes `latency` each way, in virtual time.
class BankedBench {
  public:
    BankedBench(sim::Song song, const sim::MackieHostSettings& host, const BankedSetup& setup,
                mackie::PanelMake make = {});

    /// Runs until then, in the order in which things are due.
    void run(Duration span);
    /// Runs until the session is ready; false after ten seconds.
    [[nodiscard]] bool run_until_ready();
    void command(const surface::Command& command);
    void plug(bool plugged_in);

    template <typename Wanted>
    [[nodiscard]] std::vector<Wanted> heard() const {
        std::vector<Wanted> found;
        for (const surface::Event& event : events)
            if (const auto* one = std::get_if<Wanted>(&event)) found.push_back(*one);
        return found;
    }
    [[nodiscard]] std::vector<std::string> names() const;
    [[nodiscard]] const Strip& strip(const std::string& name) const;

    sim::SimulatedMackie daw;
    BankedSession session;
    std::vector<surface::Event> events;
    std::vector<Error> refusals;
    Duration latency = std::chrono::milliseconds(3);

  private:
    struct UnderWay {
        std::size_t port = 0;
        std::vector<std::byte> bytes;
    };
    void carry_out(surface::Effects& effects);
    void take(std::vector<sim::Datagram>& told);
    void deliver();
    [[nodiscard]] Instant next_due() const;

    Instant now_{};
    bool plugged_ = true;
    std::set<Instant> wakes_;
    std::multimap<Instant, UnderWay> to_daw_;
    std::multimap<Instant, UnderWay> to_us_;
};

/// What kedge is told of a DAW like the simulated Ardour, and like the simulated REAPER.
[[nodiscard]] BankedSetup setup_for_ardour();
[[nodiscard]] BankedSetup setup_for_reaper();

}  // namespace kedge::banked::test
