#pragma once

#include "engine/job.hpp"
#include "engine/ride_plan_report.hpp"
#include "engine/tape_taker.hpp"
#include "mix/role_book.hpp"

#include <map>
#include <optional>

namespace kedge::engine {

/// What the user asked for.
struct RideOrder {
    mix::RideWishes wishes;
    bool fresh_tape = false;  ///< listen anew even when a tape fits
    std::map<StripName, Role> roles_by_hand;
    std::optional<Decibels>
        bus_highest;  ///< what the bus may peak at; nothing is held back by it when absent
};

/// Takes the tape of the whole song, stored or by listening, and plans rides from it. Changes nothing. What
/// cannot be planned whatever is heard (a strip that is never ridden, a range behind the song's end) is said
/// before the DAW plays a note.
class RidePlanJob : public Job {
  public:
    /// Everything referred to outlives the job.
    RidePlanJob(RideOrder order, const mix::RoleBook& roles, const mix::RideProfile& profile,
                TapeShelf& shelf);

    void start(Desk& desk) override;
    void event(Desk& desk, const surface::Event& event) override;
    void wake(Desk& desk) override;
    void refused(Desk& desk, const surface::Command& command, const Error& error) override;
    void interrupt(Desk& desk) override;
    [[nodiscard]] bool done() const override { return done_; }
    [[nodiscard]] Progress progress() const override { return taker_.progress(); }

    [[nodiscard]] const RidePlanReport& report() const { return report_; }
    [[nodiscard]] const mix::RideProfile& profile() const { return profile_; }

  private:
    void look_at(const Desk& desk);
    [[nodiscard]] Result<void> can_begin(const Desk& desk) const;
    void go_on(Desk& desk);
    void plan(Desk& desk);
    void end_with(Error error);

    RideOrder order_;
    const mix::RoleBook& book_;
    const mix::RideProfile& profile_;
    TapeTaker taker_;
    bool done_ = false;
    RidePlanReport report_;
};

}  // namespace kedge::engine
