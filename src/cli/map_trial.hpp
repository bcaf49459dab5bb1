#pragma once

#include "cli/controller_profiles.hpp"
#include "control/control_reader.hpp"
#include "control/controller_link.hpp"
#include "midi/message.hpp"

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace kedge::cli {

/// A device held against its profile: which of the profile's controls were heard, and what was heard that no
/// control of it explains. Pure.
class MapTrial {
  public:
    explicit MapTrial(control::ControllerMap map);

    /// What is to be said of it: a control that was not heard before, a message that nothing explains, each
    /// once; empty for anything else.
    [[nodiscard]] std::string hear(const midi::Message& message);

    /// By name, in the profile's order.
    [[nodiscard]] std::vector<std::string> heard() const;
    [[nodiscard]] std::vector<std::string> missing() const;
    /// Messages in the words of a profile.
    [[nodiscard]] const std::set<std::string>& unexplained() const { return unexplained_; }
    [[nodiscard]] std::size_t controls() const { return map_.controls.size(); }

    /// One thing that the device is told to show.
    struct Step {
        std::string words;  ///< "fader 1: motor at the top"
        std::vector<std::byte> bytes;
    };
    /// Motors to the top, to the bottom and to the middle, lights on and off, rings from one end to the
    /// other: control by control, so that a person can see each.
    [[nodiscard]] std::vector<Step> steps() const;

  private:
    [[nodiscard]] control::ControlIndex said_by(const control::ControlNews& news) const;
    [[nodiscard]] std::vector<std::string> names(bool heard) const;

    control::ControllerMap map_;
    control::ControlReader reader_;
    std::set<control::ControlIndex> heard_;
    std::set<std::string> unexplained_;
};

}  // namespace kedge::cli
