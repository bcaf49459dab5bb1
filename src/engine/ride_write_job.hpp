#pragma once

#include "core/ride.hpp"
#include "engine/line_report.hpp"

#include <string>
#include <vector>

namespace kedge::engine {

/// What writing rides did.
struct RideReport : LineReport {
    /// Faders that have automation already (theirs is not drawn over), or that could not be put back exactly.
    std::vector<LeftLine> automated;
};

/// The line of a fader that a ride is added to: from where it rests, point by point. Points that fall onto
/// the same sample become one.
[[nodiscard]] FaderLine with_ride(const FaderLine& resting, const std::vector<RidePoint>& points,
                                  SampleRate rate);

/// Why a fader is left alone that has automation of its own.
[[nodiscard]] std::string has_automation(const FaderLine& line);
/// Why there is no pass when every fader has.
[[nodiscard]] Error nothing_free(const std::vector<LeftLine>& automated);

/// Writes rides as automation, exactly, as one pass. Only with Capabilities::fader_lines.
class RideWriteJob : public LinePassJob {
  public:
    /// The rides' strips are in the mixer. The recorder outlives the job.
    RideWriteJob(std::vector<Ride> rides, std::string surface_name, WallTime created,
                 surface::PassRecorder& recorder);

    void start(Desk& desk) override;
    [[nodiscard]] const RideReport& report() const { return report_; }

  private:
    void lines_read(Desk& desk) override;
    void ended(LineEnd end) override;

    std::vector<Ride> rides_;
    std::string surface_name_;
    WallTime created_;
    RideReport report_;
};

}  // namespace kedge::engine
