#pragma once

#include "sim/reaper_call.hpp"

#include <array>
#include <cstdint>
#include <vector>

namespace kedge::sim {

/// What of REAPER's MIDI a surface reaches: the virtual keyboard's messages, and the actions of a MIDI
/// editor. Nothing plays them; they are kept to be looked at.
class ReaperMidi {
  public:
    /// As it goes to the tracks that listen to the virtual keyboard.
    struct Played {
        std::array<std::uint8_t, 3> bytes{};
        /// Without a channel in the address the keyboard's own counts, which its window chooses.
        bool on_keyboards_channel = false;
        bool operator==(const Played&) const = default;
    };

    /// False when the key is not of MIDI.
    bool on_call(ReaperCall& call);

    [[nodiscard]] const std::vector<Played>& played() const { return played_; }
    /// Actions reach the editor that has the focus; without one nothing happens.
    void open_editor(bool open) { editor_is_open_ = open; }
    [[nodiscard]] const std::vector<int>& editor_actions() const { return editor_actions_; }
    [[nodiscard]] const std::vector<int>& list_actions() const { return list_actions_; }

  private:
    void play(ReaperCall& call, std::string_view what);
    void run_actions(ReaperCall& call, std::vector<int> ReaperMidi::*where);

    std::vector<Played> played_;
    bool editor_is_open_ = false;
    std::vector<int> editor_actions_;
    std::vector<int> list_actions_;
};

}  // namespace kedge::sim
