#pragma once

#include "core/time.hpp"
#include "sim/mix_block.hpp"
#include "sim/sim_strip.hpp"
#include "sim/song.hpp"

#include <cstdint>
#include <vector>

namespace kedge::sim {

/// In what the mixers of DAWs differ; Ardour's unless said otherwise.
struct MixerManner {
    PanLaw pan = PanLaw::minus_3_db;
    Decibels meter_fall_a_second{13.3};
};

/// A mixer that really sums: trim, fader with its VCAs, pan, mute, solo, buses, master; a peak meter with
/// fall-off; automation that drives controls while the transport rolls; a transport that rolls on past the
/// end of the song. Works in blocks of 1024 samples, in whatever time it is given.
class AudioEngine {
  public:
    static constexpr std::int64_t block = 1024;

    explicit AudioEngine(Song song, MixerManner manner = {});

    /// In mixer order, without the master.
    [[nodiscard]] std::vector<SimStrip>& strips() { return strips_; }
    [[nodiscard]] const std::vector<SimStrip>& strips() const { return strips_; }
    [[nodiscard]] SimStrip& master() { return master_; }
    [[nodiscard]] const SimStrip& master() const { return master_; }
    [[nodiscard]] const Song& song() const { return song_; }
    [[nodiscard]] std::int64_t song_samples() const;

    /// Appends a strip and gives it an id.
    SimStrip& add(SimStrip strip);
    /// A track that plays `stem`, appended.
    SimStrip& add_track(const Stem& stem);
    /// What ran into it runs into the master; a VCA lets its strips go.
    void remove(RouteId id);
    /// Where every strip's meter listens from now on, the master's excepted.
    void meter_at(MeterPoint point);
    /// nullptr for an id that is gone.
    [[nodiscard]] SimStrip* find(RouteId id);
    [[nodiscard]] const SimStrip* find(RouteId id) const;

    /// What counts and what Ardour shows: the strip's own with that of its VCAs.
    [[nodiscard]] Decibels fader_of(const SimStrip& strip) const;
    [[nodiscard]] bool muted(const SimStrip& strip) const;
    [[nodiscard]] bool soloed(const SimStrip& strip) const;
    [[nodiscard]] bool any_solo() const;

    void play();
    void stop();
    void locate(std::int64_t sample);
    [[nodiscard]] bool rolling() const { return rolling_; }
    [[nodiscard]] std::int64_t position() const { return at_; }
    [[nodiscard]] Duration block_length() const;

    /// One block: automation, sums, meters, moves the transport when it rolls.
    void run_block();

    /// The truth for tests, from the samples and today's controls: the robust peak after the fader (95th
    /// percentile of the one-second peaks of active windows) of every strip, in their order; silence for one
    /// that is never active and for one that plays no stem.
    [[nodiscard]] std::vector<Decibels> robust_peaks() const;
    /// The master's true sample peak over the whole song with today's controls.
    [[nodiscard]] Decibels bus_peak() const;

  private:
    /// The peaks of one block, after the trim, before the fader.
    struct Peaks {
        std::vector<SidePeaks> strips;
        std::vector<bool> audible;
        SidePeaks master;
    };
    void follow_automation();
    /// What a meter that showed `before` shows after a block with this peak.
    [[nodiscard]] Decibels shown(Decibels before, double peak) const;
    void meter_sides(SimStrip& strip, SidePeaks peaks, double gain) const;
    [[nodiscard]] std::vector<bool> audible_strips() const;
    [[nodiscard]] std::vector<std::size_t> buses_upstream_first() const;
    [[nodiscard]] Peaks mix_block(std::int64_t at, bool rolling) const;

    Song song_;
    MixerManner manner_;
    std::vector<SimStrip> strips_;
    SimStrip master_;
    std::uint32_t last_id_ = 0;
    bool rolling_ = false;
    std::int64_t at_ = 0;
};

}  // namespace kedge::sim
