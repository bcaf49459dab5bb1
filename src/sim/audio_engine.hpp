#pragma once

#include "core/decibels.hpp"
#include "core/pan.hpp"
#include "core/strip.hpp"
#include "core/time.hpp"
#include "sim/song.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace kedge::sim {

/// One strip of the simulated mixer: the controls, and what its meter shows.
struct SimStrip {
    std::string name;
    int channels = 1;
    Decibels trim;
    Decibels fader;
    Pan pan;
    bool muted = false;
    bool soloed = false;
    Decibels meter = Decibels::silence();  ///< peak with fall-off, after the fader, before the pan
};

/// A mixer that really sums: trim, fader, Ardour's pan law (-3 dB at the centre), mute, solo, master; a peak
/// meter with Ardour's fall-off of 13.3 dB/s; a transport that rolls on past the end of the song. Works in
/// blocks of 1024 samples, in whatever time it is given.
class AudioEngine {
  public:
    static constexpr std::int64_t block = 1024;

    explicit AudioEngine(Song song);

    [[nodiscard]] std::vector<SimStrip>& strips() { return strips_; }
    [[nodiscard]] const std::vector<SimStrip>& strips() const { return strips_; }
    [[nodiscard]] SimStrip& master() { return master_; }
    [[nodiscard]] const SimStrip& master() const { return master_; }
    [[nodiscard]] const Song& song() const { return song_; }
    [[nodiscard]] std::int64_t song_samples() const;

    void play() { rolling_ = true; }
    void stop() { rolling_ = false; }
    void locate(std::int64_t sample) { at_ = sample; }
    [[nodiscard]] bool rolling() const { return rolling_; }
    [[nodiscard]] std::int64_t position() const { return at_; }
    [[nodiscard]] Duration block_length() const;

    /// One block: sums, meters, moves the transport when it rolls.
    void run_block();

    /// The truth for tests, from the samples and today's controls: the robust peak after the fader (95th
    /// percentile of the one-second peaks of active windows) of every strip, in their order; silence for one
    /// that is never active.
    [[nodiscard]] std::vector<Decibels> robust_peaks() const;
    /// The master's true sample peak over the whole song with today's controls.
    [[nodiscard]] Decibels bus_peak() const;

  private:
    void meter(SimStrip& strip, float peak) const;
    [[nodiscard]] bool audible(const SimStrip& strip) const;
    /// Adds a strip's block to left and right; returns its peak after the fader.
    float add(std::size_t index, std::int64_t from, std::int64_t count, float* left, float* right) const;

    Song song_;
    std::vector<SimStrip> strips_;
    SimStrip master_;
    bool rolling_ = false;
    std::int64_t at_ = 0;
};

}  // namespace kedge::sim
