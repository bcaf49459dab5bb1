#pragma once

#include "engine/reading_pass_job.hpp"
#include "engine/strip_identity.hpp"
#include "journal/journal.hpp"

#include <optional>
#include <vector>

namespace kedge::engine {

/// What to do with a pass that was cut off.
enum class Recovery { look, finish, roll_back };

/// Where a control of such a pass stands.
enum class StandsAt {
    before,
    after,
    neither,
    on_its_way,  ///< of a pass that learned a fader's law: that went all along it, and may have ended
                 ///< anywhere
    gone,
    unread,
};
[[nodiscard]] std::string_view to_string(StandsAt where);

/// One control that the pass was to write.
struct CutOffControl {
    PassEntry entry;
    std::optional<ControlValue> now;  ///< as the DAW told when asked
    StandsAt stands_at = StandsAt::unread;
};

/// What recovering found and did.
struct RecoverReport : PassReport {
    std::optional<Pass> cut_off;  ///< as the journal had it; none: nothing is unfinished in this session
    std::vector<CutOffControl> controls;
    std::size_t others = 0;  ///< passes of the session that are unfinished besides; the newest comes first
};

/// Settles the newest pass of the session that a crash left unfinished: compares each control with the DAW,
/// and on demand finishes the pass or rolls it back. The pass itself gets its outcome, no new pass is made:
/// its before- and after-values were in the journal before its first byte left, so that a recovery that is
/// cut off leaves it as unfinished as it was. A rebuild can only be rolled back, and so can a pass that
/// learned a fader's law: that one's fader was moved by it wherever it stands. Of any other pass, a control
/// that holds neither value was moved by a person since: a conflict, left alone unless forced. What is left
/// alone (that, and what is gone, or follows automation, or, forced, cannot be read) counts as perhaps
/// written, and the pass as broken: a revert, or a reapply, takes it along once that is wanted and possible.
/// A pass that had nothing to send is settled at once.
class RecoverJob : public ReadingPassJob {
  public:
    /// The journal outlives the job.
    RecoverJob(Recovery recovery, bool force, journal::Journal& journal);
    ~RecoverJob() override;

    void start(Desk& desk) override;
    [[nodiscard]] const RecoverReport& report() const { return report_; }

  private:
    class Outcome;
    RecoverJob(Recovery recovery, bool force, journal::Journal& journal, std::unique_ptr<Outcome> outcome);
    [[nodiscard]] Result<bool> look_up(const Desk& desk);
    [[nodiscard]] Result<void> check_kind() const;
    [[nodiscard]] Result<std::vector<Question>> take_up(const Desk& desk);
    void all_read(Desk& desk) override;
    void judge(const Desk& desk);
    void settle(Desk& desk);
    void settle_alone();
    [[nodiscard]] std::string way_to_the_rest() const;
    [[nodiscard]] std::optional<surface::PassRunner::Wish> wish_for(const CutOffControl& control,
                                                                    const MixerState& mixer);
    void ended(PassEnd end) override;

    Recovery recovery_;
    bool force_;
    journal::Journal& journal_;
    std::unique_ptr<Outcome> outcome_;
    RecordedStrips strips_;
    std::vector<std::optional<std::size_t>> questions_;  ///< control i's number
    RecoverReport report_;
};

}  // namespace kedge::engine
