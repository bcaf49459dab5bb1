#pragma once

#include "engine/line_report.hpp"
#include "engine/recorded_lines.hpp"
#include "engine/recover_job.hpp"
#include "journal/journal.hpp"

#include <memory>
#include <optional>
#include <vector>

namespace kedge::engine {

/// One fader that the pass was to write.
struct CutOffLine {
    PassLine line;
    StandsAt stands_at = StandsAt::gone;
};

/// What recovering found and did.
struct LineRecoverReport : LineReport {
    std::optional<Pass> cut_off;  ///< as the journal had it; none: nothing is unfinished in this session
    std::vector<CutOffLine> lines;
};

/// RecoverJob's twin for a pass of fader lines: the pass itself gets its outcome, no new pass is made, and a
/// fader that holds neither line is left alone unless forced, and counts as perhaps written; but what was cut
/// off while it was written live is ours. HeardRecoverJob: where lines cannot be read.
class LineRecoverJob : public LinePassJob {
  public:
    /// The newest unfinished pass of the session has lines. The journal outlives the job.
    LineRecoverJob(Recovery recovery, bool force, journal::Journal& journal);
    ~LineRecoverJob() override;

    void start(Desk& desk) override;
    [[nodiscard]] const LineRecoverReport& report() const { return report_; }

  private:
    class Outcome;
    LineRecoverJob(Recovery recovery, bool force, journal::Journal& journal,
                   std::unique_ptr<Outcome> outcome);
    [[nodiscard]] Result<void> look_up(const Desk& desk);
    void lines_read(Desk& desk) override;
    void judge(const Desk& desk);
    [[nodiscard]] FaderLine target(const PassLine& cut_off, const FaderLine& now) const;
    [[nodiscard]] bool ours(const CutOffLine& found, const FaderLine& now) const;
    void settle(Desk& desk);
    void settle_alone();
    void ended(LineEnd end) override;

    Recovery recovery_;
    bool force_;
    journal::Journal& journal_;
    std::unique_ptr<Outcome> outcome_;
    RecordedLines recorded_;
    LineRecoverReport report_;
};

}  // namespace kedge::engine
