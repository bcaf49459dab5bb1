#pragma once

#include "control/hands.hpp"
#include "tablet/feedback_queue.hpp"

#include <cstddef>
#include <map>
#include <string>
#include <vector>

/// What a tablet is told.
namespace kedge::tablet {

/// What the hands show of a control, in the addresses by which a tablet says it; a level in decibels too.
void tell(const control::Shown& shown, const control::ControllerMap& map, const control::HandsView& view,
          FeedbackQueue& out);

/// What is no part's value: whether the DAW is there, how many strips, which of them are in view and what
/// they are called. Each is told once, and again when it has changed. Pure.
class Surroundings {
  public:
    void tell_daw_gone(FeedbackQueue& out);
    void tell(const control::StripView& strips, const control::HandsView& view, FeedbackQueue& out);
    /// All of it is told anew.
    void forget() { told_.clear(); }

  private:
    void tell(Told what, FeedbackQueue& out);

    std::map<std::string, Told> told_;
};

/// A message as it leaves.
[[nodiscard]] std::vector<std::byte> bytes_of(const Told& told);

}  // namespace kedge::tablet
