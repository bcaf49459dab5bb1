#pragma once

#include "engine/listener.hpp"
#include "engine/mark_reader.hpp"
#include "engine/tape_shelf.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kedge::engine {

/// What is wanted of the song.
struct TapeWishes {
    ListenWishes part;
    /// Instead of the part's range: from the marker of this name to the next one, or the region of this name.
    std::optional<std::string> section;
    bool marks = false;  ///< where the song's sections begin as well, where the surface tells markers

    [[nodiscard]] bool part_only() const { return section || part.from || part.to || part.at_most; }
};

/// What is known of the song once a tape of it is at hand.
struct TakenTape {
    measure::Tape tape;
    SongRange heard;
    std::optional<Duration> song_length;
    bool reused = false;  ///< it is the stored one, tried and still true
    bool whole = false;   ///< it is of the whole song
    /// From an earlier check, see StoredTape.
    std::optional<measure::TruePeak> bus_over_sum;
    std::vector<SongMarker> marks;        ///< where sections begin, if wished for
    TickPhase tick_phase;                 ///< of what was listened to now
    std::optional<Duration> start_delay;  ///< likewise
    std::vector<std::string> notes;
};

/// How a tape is come by.
struct TapeRules {
    // Locating needs a moment in which meters fall from what was played before.
    Duration roll_in = std::chrono::seconds(1);
    /// A stored tape is tried over this much of the song's loudest part before it is believed.
    Duration trial = std::chrono::seconds(3);
    /// Where the playhead goes only to the start the trial is of the loudest part in the song's first so
    /// long.
    Duration longest_way_to_trial = std::chrono::seconds(15);
    /// The trial may differ by this much, beside what the meter's ticks explain.
    Decibels worth_listening_anew = Decibels(1.5);
};

/// The part of a job that comes by a tape: takes the stored one when a short trial of it holds, else listens
/// and stores what is of the whole song. Refuses while a strip is soloed, as the others cannot be heard.
class TapeTaker {
  public:
    /// `shelf` outlives the taker.
    explicit TapeTaker(TapeShelf& shelf, TapeRules rules = {}) : shelf_(shelf), rules_(rules) {}

    /// A stored tape is looked for with `stored_will_do` only, and when the whole song is wished for.
    void start(Desk& desk, TapeWishes wishes, bool stored_will_do);
    void event(Desk& desk, const surface::Event& event);
    void wake(Desk& desk);
    void refused(Desk& desk, const Error& error);
    /// Stops the DAW and ends with an error.
    void interrupt(Desk& desk);

    [[nodiscard]] bool done() const { return phase_ == Phase::done; }
    [[nodiscard]] Progress progress() const;
    /// Why there is no tape to work with. What was heard up to there is in `taken`.
    [[nodiscard]] const std::optional<Error>& error() const { return error_; }
    [[nodiscard]] const TakenTape& taken() const { return taken_; }
    [[nodiscard]] TakenTape take() { return std::move(taken_); }

  private:
    enum class Phase { idle, reading_marks, trying, listening, done };

    void take(Desk& desk);
    void marks_read(Desk& desk);
    void places_known(Desk& desk, const SongPlaces& places);
    void listen(Desk& desk, ListenWishes wishes, Phase phase);
    void listen_anew(Desk& desk);
    void try_stored(Desk& desk);
    void tried(Desk& desk);
    void recorded(Desk& desk);
    void note_where_left();
    void go_on(Desk& desk);
    void fail_with(Error error);

    TapeShelf& shelf_;
    TapeRules rules_;
    TapeWishes wishes_;
    bool stored_will_do_ = false;
    Phase phase_ = Phase::idle;
    std::optional<MarkReader> reader_;
    std::optional<Listener> listener_;
    std::optional<measure::StoredTape> candidate_;
    SongRange judged_;  ///< the part that a trial judges
    bool said_where_left_ = false;
    TakenTape taken_;
    std::optional<Error> error_;
};

}  // namespace kedge::engine
