#include "sim/reaper_words.hpp"
#include "sim/simulated_reaper.hpp"

#include <algorithm>

#include <fmt/format.h>

/// What REAPER says at the "control surface display update frequency": position, meters, loop, last marker,
/// and what automation has moved.
namespace kedge::sim {

void SimulatedReaper::update_displays(Instant now) {
    const auto apart = std::chrono::milliseconds(1000 / std::max(settings_.updates_a_second, 1));
    if (last_update_ && now - *last_update_ < apart) return;
    last_update_ = now;
    tell_automated();
    tell_clock();
    tell_meters();
    say("LOOP_START_TIME", {}, {loop_.from.seconds(), std::nullopt, std::nullopt});
    say("LOOP_END_TIME", {}, {loop_.to.seconds(), std::nullopt, std::nullopt});
    tell_last_markers();
}

/// Only when it moved: a cursor that has stood at the beginning all along is never told.
void SimulatedReaper::tell_clock() {
    const std::int64_t sample = position();
    if (sample == told_position_) return;
    told_position_ = sample;
    const SongTime at = SongTime::from_samples(sample, engine_.song().rate);
    say("TIME", {}, {at.seconds(), std::nullopt, time_text(at)});
    say("BEAT", {}, {std::nullopt, std::nullopt, beat_text(at, tempo_)});
    say("SAMPLES", {}, {static_cast<double>(sample), std::nullopt, std::to_string(sample)});
    say("FRAMES", {}, {std::nullopt, std::nullopt, frame_text(at)});
}

void SimulatedReaper::tell_meters() {
    const bool sides_of_master = feedback_.has("MASTER_VU_L") || feedback_.has("MASTER_VU_R");
    const bool sides = feedback_.has("TRACK_VU_L") || feedback_.has("TRACK_VU_R");
    if (sides_of_master || feedback_.has("MASTER_VU")) tell_meter("MASTER_VU", {}, &engine_.master());
    if (!sides && !feedback_.has("TRACK_VU")) return;
    tell_meter("TRACK_VU", {}, track(current_track_));
    for (int place = 1; place <= device_.track_count; ++place)
        tell_meter("TRACK_VU", {place}, track(bank_start_ + place));
}

/// The mean of both sides' amplitudes, and each side, between the ends of the meters. Beyond the last track
/// it is 0.
void SimulatedReaper::tell_meter(std::string_view key, std::initializer_list<int> numbers,
                                 const SimStrip* strip) {
    const auto shown = [&](Decibels level) {
        const double low = settings_.meters.low.db();
        const double high = settings_.meters.high.db();
        const double share = strip && !level.is_silence() ? (level.db() - low) / (high - low) : 0.0;
        return ReaperValue{std::nullopt, std::clamp(share, 0.0, 1.0), std::nullopt};
    };
    const Decibels left = strip ? strip->sides[0] : Decibels::silence();
    const Decibels right = strip ? strip->sides[1] : Decibels::silence();
    const Gain mean((left.gain().ratio() + right.gain().ratio()) / 2.0);
    say(key, numbers, shown(Decibels::from_gain(mean)));
    say(fmt::format("{}_L", key), numbers, shown(left));
    say(fmt::format("{}_R", key), numbers, shown(right));
}

}  // namespace kedge::sim
