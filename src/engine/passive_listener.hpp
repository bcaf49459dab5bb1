#pragma once

#include "engine/engine_observer.hpp"
#include "engine/tape_shelf.hpp"
#include "measure/tape.hpp"

#include <optional>
#include <unordered_map>
#include <vector>

namespace kedge::engine {

/// Listens along while the engineer plays the song and no job is at work, in any order and as often as
/// wanted, and puts the tape on the shelf when the transport stops and all of the song has been heard: a mix
/// then needs no listening of its own.
///
/// What is heard is kept as if faders and trims stood where they stood when a strip was heard first. Left
/// out: muted strips, everything while something is soloed, the moment in which a control moves, and what a
/// meter still shows of a louder past.
///
/// What is heard again in a later roll takes the place of what was heard before, as a region may have been
/// turned down in between; of one roll each cell keeps its highest reading. A cell in whose middle a roll
/// begins keeps the higher of both.
///
/// When strips change, or the DAW is lost, listening begins anew; with the next roll it does so once a tape
/// of the whole song is on the shelf, and once a job has played the song, which then knows better. A whole
/// tape takes the place of one on the shelf that fits the session only when the two differ clearly
/// (measure/tape_difference.hpp): that one also knows what a mix's checks found out.
class PassiveListener : public EngineObserver {
  public:
    /// The shelf outlives the listener.
    explicit PassiveListener(TapeShelf& shelf) : shelf_(shelf) {}

    void event(Instant now, const surface::Surface& surface, const surface::Event& event) override;
    void job_began() override;
    void job_ended() override { job_at_work_ = false; }

    /// How much of the song (0..1) every strip that can sound has been heard over; 0 where the surface tells
    /// no end of the session. Cheap: counted while listening.
    [[nodiscard]] double share_heard(const MixerState& mixer) const;
    /// What was heard so far, to look at.
    [[nodiscard]] const measure::Tape& tape() const { return tape_; }
    /// Why the tape could not be stored the last time, if it could not.
    [[nodiscard]] const std::optional<Error>& not_stored() const { return not_stored_; }

  private:
    /// What a meter may still show of a louder past: readings below its fall-off say nothing new.
    struct Tail {
        Decibels level;
        SongTime since;
    };
    struct Track {
        std::size_t on_tape = 0;
        Decibels gain;           ///< trim and fader at the last tick
        int ticks_in_doubt = 0;  ///< since a control moved or the strip was opened
        std::optional<Tail> tail;
        std::optional<std::size_t> last_cell;  ///< of those this roll was heard in
        std::size_t heard = 0;                 ///< cells of the song
    };

    void begin_anew();
    void position(const surface::Surface& surface, SongTime at);
    void jumped(const surface::Surface& surface, SongTime to);
    Track& track_of(const Strip& strip);
    void record_tick(const surface::Surface& surface, SongTime next);
    void record_strip(const surface::Surface& surface, const Strip& strip, SongTime next);
    void record_news(Track& track, const Strip& strip, SongRange stretch, Decibels shown);
    void count_anew(const MixerState& mixer);
    [[nodiscard]] std::size_t heard_cells(const Track& track, std::size_t from, std::size_t to) const;
    [[nodiscard]] static bool is_news(Track& track, Decibels shown, SongTime at, const MeterLaw& law);
    [[nodiscard]] double share_of(const Strip& strip, std::size_t song_cells) const;
    void store(const surface::Surface& surface);

    TapeShelf& shelf_;
    measure::Tape tape_;
    std::unordered_map<StripId, Track> tracks_;
    std::optional<SongTime> last_position_;
    bool job_at_work_ = false;
    std::optional<SongTime> roll_began_;
    std::size_t song_cells_ = 0;  ///< what Track::heard was counted for
    bool anything_new_ = false;   ///< since the tape was stored
    bool settled_ = false;        ///< the shelf knows as much, or more: the next roll begins a new tape
    std::optional<Error> not_stored_;
};

}  // namespace kedge::engine
