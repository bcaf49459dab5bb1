#pragma once

#include "sim/live_values.hpp"
#include "sim/sim_strip.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace kedge::sim {

/// What AbletonOSC listens to for its client. Live keeps a listener with its object, wherever that goes; the
/// script keeps it under the property and the arguments that it was asked with, and finds it by these alone.
class LiveListeners {
  public:
    /// The object of a listener that is not a track's.
    static constexpr RouteId the_song{};

    struct Listener {
        RouteId on;
        std::string property;
        LiveValues asked_with;
        bool is_filed = true;  ///< the script can find it
        bool is_heard = true;  ///< its object is there
    };

    /// False, and nothing changed, where the script has one filed under the same on another object, and Live
    /// will not let that go: a parameter's (volume, panning). Any other then stays with the other object, and
    /// nobody finds it any more.
    [[nodiscard]] bool start(RouteId on, std::string_view property, const LiveValues& asked_with);
    /// The same. True where none is filed.
    [[nodiscard]] bool stop(RouteId on, std::string_view property, const LiveValues& asked_with);
    /// The track was deleted.
    void object_is_gone(RouteId object);
    void clear() { all_.clear(); }

    /// In the order in which they were asked for.
    [[nodiscard]] std::vector<Listener> on(RouteId object, std::string_view property) const;
    /// Listeners that Live calls.
    [[nodiscard]] std::size_t heard() const;

  private:
    std::vector<Listener> all_;
};

}  // namespace kedge::sim
