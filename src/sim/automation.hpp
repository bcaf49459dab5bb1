#pragma once

#include "core/strip.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace kedge::sim {

/// A point of an automation curve, at a sample of the song.
struct AutomationPoint {
    std::int64_t at = 0;
    ControlValue value;
    std::optional<Gain> gain{};  ///< of a fader's point that was written as a gain: exactly
};

/// A curve of one control. Between points a fader moves evenly along its travel (Ardour's law), trims in
/// decibels and pans evenly; a mute holds. Before the first and after the last point the nearest one holds.
class AutomationList {
  public:
    [[nodiscard]] bool empty() const { return points_.empty(); }
    [[nodiscard]] const std::vector<AutomationPoint>& points() const { return points_; }
    void clear() { points_.clear(); }
    /// Keeps the order of time; takes the place of a point at the same sample.
    void add(const AutomationPoint& point);
    /// What was between the first and the last of `pass` makes room for it.
    void replace_by(const std::vector<AutomationPoint>& pass);
    /// nullopt when empty.
    [[nodiscard]] std::optional<ControlValue> at(Control control, std::int64_t sample) const;

  private:
    std::vector<AutomationPoint> points_;
};

/// The automation of one control as Ardour keeps it: mode, list, and the touch and write pass under way.
class ControlAutomation {
  public:
    [[nodiscard]] AutomationMode mode() const { return mode_; }
    [[nodiscard]] AutomationList& list() { return list_; }
    [[nodiscard]] const AutomationList& list() const { return list_; }
    [[nodiscard]] bool touched() const { return touched_; }

    /// In Play every write is ignored, rolling or not.
    [[nodiscard]] bool writable() const { return mode_ != AutomationMode::play; }
    /// While the transport rolls the list drives the control.
    [[nodiscard]] bool plays() const;

    /// An empty list gets `now` at both ends of the song when the mode is one that can be touched.
    void set_mode(AutomationMode mode, const AutomationPoint& now, bool rolling, std::int64_t song_end);
    void touch(const AutomationPoint& now, bool rolling);
    void release(Control control, const AutomationPoint& now);
    /// A value was set.
    void wrote(const AutomationPoint& now);
    /// Without Ardour's watch thread (no GUI) a value set is a spike out of the list's own curve.
    void wrote_unwatched(Control control, const AutomationPoint& now, std::int64_t next_block);
    void transport_rolls(const AutomationPoint& now);
    /// Ends what is being written. Write becomes Touch, as in Ardour.
    void transport_stops(Control control, const AutomationPoint& now);

  private:
    void begin_pass(const AutomationPoint& now);
    void end_pass(Control control, const AutomationPoint& now);

    AutomationMode mode_ = AutomationMode::manual;
    AutomationList list_;
    bool touched_ = false;
    bool spiked_ = false;
    std::vector<AutomationPoint> pass_;  ///< empty: nothing is being written
};

}  // namespace kedge::sim
