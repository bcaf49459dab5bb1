#pragma once

#include "engine/comparison.hpp"
#include "engine/reading_pass_job.hpp"
#include "engine/session_history.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kedge::engine {

enum class Side { a, b };

/// What a switch between two states did.
struct ComparisonReport : PassReport {
    std::optional<Side> to;   ///< where it was to go; none when it did not come to that
    std::optional<Side> now;  ///< what every control that differs holds; none when one was left alone
    std::size_t differing = 0;
};

/// A against B by ear: brings the mixer to the other of two remembered states, while the DAW plays on. Each
/// switch is an ordinary pass, so every one of them can be reverted and survives a crash. Only controls that
/// differ between the two are written. One that holds neither value, nor what the record says of it, was
/// moved by a person: a conflict. A switch that moves nothing is no pass.
class ComparisonJob : public ReadingPassJob {
  public:
    /// Without `to` the mixer goes to B when more of it stands as in A, else to A. The journal outlives the
    /// job.
    ComparisonJob(std::string a, std::string b, std::optional<Side> to, bool force, std::string surface_name,
                  WallTime created, journal::Journal& journal, surface::PassRecorder& recorder);

    void start(Desk& desk) override;
    [[nodiscard]] const ComparisonReport& report() const { return report_; }

  private:
    [[nodiscard]] Result<void> look_up(const Desk& desk);
    [[nodiscard]] Result<void> take_all(const Desk& desk);
    void take(const Compared& control, const Strip* strip);
    void all_read(Desk& desk) override;
    [[nodiscard]] Side side_to_go(const Capabilities& capabilities) const;
    [[nodiscard]] PassOrder order_to(const Remembered& target, const Desk& desk) const;
    [[nodiscard]] bool moves_any(const PassOrder& order, const Capabilities& capabilities);
    [[nodiscard]] bool may_be_moved(const Compared& control, const ControlValue& held,
                                    const Capabilities& capabilities) const;
    [[nodiscard]] ControlValue expected_of(const Compared& control, const std::optional<ControlValue>& held,
                                           const Capabilities& capabilities) const;
    void ended(PassEnd end) override;

    struct Reading {
        Compared control;
        StripId strip;
    };

    std::string words_[2];
    std::optional<Side> to_;
    bool force_;
    std::string surface_name_;
    WallTime created_;
    journal::Journal& journal_;
    std::optional<Remembered> sides_[2];
    std::optional<SessionHistory> record_;
    std::vector<Reading> readings_;  ///< reading i is question i
    ComparisonReport report_;
};

}  // namespace kedge::engine
