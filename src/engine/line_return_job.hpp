#pragma once

#include "engine/line_report.hpp"
#include "engine/recorded_lines.hpp"

#include <optional>
#include <string>

namespace kedge::engine {

/// Takes a pass of fader lines back, or writes it once more, from the record: what the faders hold now is
/// read first, and one that does not hold what the record says was changed by a person: left alone and named,
/// unless forced. Of a revert: what it took out comes back.
///
/// Of a pass that was written where automation could only be heard, points are written within its stretch
/// alone: what lies outside of it was never read, and stays.
class LineReturnJob : public LinePassJob {
  public:
    /// `pass` has lines. The journal outlives the job.
    LineReturnJob(LineWay way, PassId pass, bool force, std::string surface_name, WallTime created,
                  journal::Journal& journal, surface::PassRecorder& recorder, Selection selection = {});

    void start(Desk& desk) override;
    [[nodiscard]] const LineReport& report() const { return report_; }

  private:
    void lines_read(Desk& desk) override;
    [[nodiscard]] std::optional<PassLine> returned(const PassLine& recorded, const FaderLine& now,
                                                   const Capabilities& capabilities) const;
    void ended(LineEnd end) override;

    LineReturn order_;
    journal::Journal& journal_;
    RecordedLines recorded_;
    LineReport report_;
};

}  // namespace kedge::engine
