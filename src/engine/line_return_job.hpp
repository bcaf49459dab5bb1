#pragma once

#include "engine/line_report.hpp"
#include "engine/selection.hpp"
#include "engine/strip_identity.hpp"
#include "journal/journal.hpp"

#include <string>
#include <vector>

namespace kedge::engine {

/// Where to: what the faders held before the pass, or what it wrote.
enum class LineWay { back, again };

/// Takes a pass of fader lines back, or writes it once more, from the record: what the faders hold now is
/// read first, and one that does not hold what the record says was changed by a person: left alone and named,
/// unless forced. Of a revert: what it took out comes back.
class LineReturnJob : public LinePassJob {
  public:
    /// `pass` has lines. The journal outlives the job.
    LineReturnJob(LineWay way, PassId pass, bool force, std::string surface_name, WallTime created,
                  journal::Journal& journal, surface::PassRecorder& recorder, Selection selection = {});

    void start(Desk& desk) override;
    [[nodiscard]] const LineReport& report() const { return report_; }

  private:
    [[nodiscard]] Result<std::vector<PassLine>> wanted(const MixerState& mixer) const;
    [[nodiscard]] Result<void> check(const Desk& desk) const;
    void lines_read(Desk& desk) override;
    void ended(LineEnd end) override;

    LineWay way_;
    PassId pass_id_;
    bool force_;
    std::string surface_name_;
    WallTime created_;
    journal::Journal& journal_;
    Selection selection_;
    std::vector<PassLine> lines_;  ///< of the pass: those that are asked for
    RecordedStrips strips_;
    LineReport report_;
};

/// Strips of recorded lines, told again by name; see recognise_recorded.
[[nodiscard]] Result<RecordedStrips> recognise_lines(const std::vector<PassLine>& lines,
                                                     const MixerState& mixer,
                                                     const Capabilities& capabilities);

}  // namespace kedge::engine
