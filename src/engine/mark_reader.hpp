#pragma once

#include "core/song_places.hpp"
#include "engine/job.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kedge::engine {

/// Reads the markers of the song by going from one to the next: where a playhead lands and what the DAW shows
/// there is all that a surface tells of them. Part of a job; only with Capabilities::markers. It stops the
/// transport first and puts it back at the end, playing if it played.
///
/// A command may be lost on the way, so a marker is asked for twice before it counts as missing. Of markers
/// at one place one is read. A marker whose name was lost has the name of the one before it.
class MarkReader {
  public:
    void start(Desk& desk);
    void event(Desk& desk, const surface::Event& event);
    void wake(Desk& desk);
    /// The surface would not carry out Stop, Play, Locate or LocateMark.
    void refused(Desk& desk, const Error& error);
    /// Goes back to where the transport was, and ends with an error.
    void interrupt(Desk& desk);

    [[nodiscard]] bool done() const { return phase_ == Phase::done; }
    [[nodiscard]] Progress progress() const;
    /// In the order of time. What was read before an error is here too.
    [[nodiscard]] const std::vector<SongMarker>& marks() const { return marks_; }
    /// Why not all of them were read.
    [[nodiscard]] const std::optional<Error>& error() const { return error_; }

  private:
    enum class Phase { idle, stopping, resting, leaving, walking, naming, returning, done };

    void wait(Desk& desk, Duration span);
    void go(Desk& desk, SongTime to, Phase phase);
    void ask(Desk& desk);
    void next(Desk& desk);
    void position(Desk& desk, SongTime at);
    void note_mark(Desk& desk);
    void no_mark(Desk& desk);
    void go_back(Desk& desk);
    void end_with(Desk& desk, Error error);
    void finish(Desk& desk);

    Phase phase_ = Phase::idle;
    Instant deadline_{};
    int tries_ = 0;
    int number_ = 0;   ///< of the marker that is asked for, from 1
    int missing_ = 0;  ///< in a row
    bool was_rolling_ = false;
    SongTime original_;
    SongTime here_;
    std::string shown_;
    std::vector<SongMarker> marks_;
    std::optional<Error> error_;
};

}  // namespace kedge::engine
