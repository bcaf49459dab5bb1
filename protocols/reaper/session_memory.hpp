#pragma once

#include "core/decibels.hpp"
#include "core/strip.hpp"
#include "core/time.hpp"
#include "surface/surface.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

/// What a ReaperSession remembers of what was said, sent and asked. Only for this folder's own files.
namespace kedge::reaper {

/// What was said of one control of one track.
struct Talk {
    std::optional<ControlValue> value;
    std::optional<ControlValue> requested;  ///< sent, and not yet told back by the track itself
    int verifications = 0;                  ///< questions left for what was sent
    bool waiting = false;                   ///< among the questions of a batch to come
    bool asked = false;                     ///< by a QueryControl, too
    bool open = false;                      ///< in the batch under way
    bool open_asked = false;
};

/// One place of the bank; 0 is the master.
struct TrackPlace {
    StripId id{};
    std::optional<std::string> name;
    std::array<Talk, 4> talks;  ///< by Control
    AutomationMode mode = AutomationMode::manual;
    std::optional<bool> selected;
    bool soloed = false;
    std::optional<Decibels> vu;
    std::optional<Decibels> vu_left;
    std::optional<Decibels> vu_right;
};

struct Question {
    int number = 0;
    Control control = Control::fader;
};

/// Questions that left together.
struct Batch {
    Instant left{};
    Instant patience{};
    bool fenced = false;  ///< its count of tracks has come: whatever follows was said after it was asked
    bool by_refresh = false;
    bool any_answer = false;
    std::size_t unanswered = 0;
    std::vector<Question> questions;
    /// While its count is still to come, so is what was told before: the next one would take it for an
    /// answer of its own.
    [[nodiscard]] bool is_answered() const { return unanswered == 0 && fenced; }
};

struct RecentSet {
    Instant at;
    int number = 0;
    surface::StripControl meant;
};

/// Of the song's end: by way of its start, so that a position told late is not taken for it.
struct EndSearch {
    Instant since{};
    bool from_start = false;  ///< the playhead was seen at the start, and sent to the end
    int tries = 0;
};

/// The loop was switched, and that was not told back yet.
struct LoopSwitch {
    bool on = false;
    Instant sent{};
    int tries = 1;
};

}  // namespace kedge::reaper
