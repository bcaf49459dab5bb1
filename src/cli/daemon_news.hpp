#pragma once

#include "cli/progress_bar.hpp"
#include "core/pass.hpp"
#include "engine/engine_observer.hpp"
#include "rpc/switchboard.hpp"
#include "surface/surface.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace kedge::cli {

/// A kind of notification that a client may subscribe to.
struct Topic {
    std::string name;
    std::string what;
    std::vector<std::string> members;  ///< of its params
};
[[nodiscard]] const std::vector<Topic>& topics();

/// Tells those who subscribed what happens on the surface and to the work at hand. What comes often (meters,
/// controls, the transport) is gathered, and told with tick(): of each only the last.
class DaemonNews : public ProgressView, public engine::EngineObserver {
  public:
    /// The board outlives the news.
    explicit DaemonNews(rpc::Switchboard& board) : board_(board) {}

    void event(Instant now, const surface::Surface& surface, const surface::Event& event) override;
    void job_began() override {}
    void job_ended() override {}
    void pass(const Pass& pass);
    void show(const engine::Progress& progress, Duration running) override;
    void say(const std::string& words) override;
    void clear() override { progress_.reset(); }
    /// At most ten times a second.
    void tick(const surface::Surface& surface);

    /// How far the work at hand is; nullopt when it has said nothing yet.
    [[nodiscard]] const std::optional<engine::Progress>& progress() const { return progress_; }

  private:
    void strips_changed(const surface::StripsChanged& change, const MixerState& mixer);
    void tell_meters(const surface::Surface& surface);
    void tell_controls(const surface::Surface& surface);

    rpc::Switchboard& board_;
    std::optional<engine::Progress> progress_;
    std::map<StripId, Decibels> meters_;
    std::set<std::pair<StripId, Control>> controls_;
    bool transport_changed_ = false;
};

}  // namespace kedge::cli
