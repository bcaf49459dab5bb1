#include "sim/simulated_live.hpp"

/// Live's transport. Its tempo says what a beat is, and changes no sound.
namespace kedge::sim {

namespace {

constexpr double seconds_a_minute = 60.0;

}  // namespace

Beats SimulatedLive::beats_at(std::int64_t sample) const {
    const SongTime time = SongTime::from_samples(sample, engine_.song().rate);
    return {time.seconds() * tempo_.beats_a_minute / seconds_a_minute};
}

std::int64_t SimulatedLive::sample_at(Beats place) const {
    const auto time = SongTime::from_seconds(place.count * seconds_a_minute / tempo_.beats_a_minute);
    return time.samples(engine_.song().rate);
}

void SimulatedLive::play(bool from_where_it_began) {
    if (from_where_it_began) engine_.locate(began_at_);
    began_at_ = engine_.position();
    if (engine_.rolling()) return;
    engine_.play();
    tell_song("is_playing");
}

void SimulatedLive::stop() {
    if (!engine_.rolling()) return;
    engine_.stop();
    tell_song("is_playing");
}

/// What was beyond the loop's end already plays on.
void SimulatedLive::run_loop(std::int64_t before) {
    const std::int64_t end = sample_at({loop_start_.count + loop_length_.count});
    if (!loops_ || !engine_.rolling() || before >= end || engine_.position() < end) return;
    engine_.locate(sample_at(loop_start_));
}

void SimulatedLive::tell_time() {
    if (engine_.position() == told_time_) return;
    told_time_ = engine_.position();
    tell_song("current_song_time");
}

void SimulatedLive::press_play() {
    play(true);
}

void SimulatedLive::press_stop() {
    stop();
}

void SimulatedLive::set_tempo(Tempo tempo) {
    tempo_ = tempo;
    tell_song("tempo");
}

void SimulatedLive::set_loop(bool on, Beats start, Beats length) {
    loops_ = on;
    loop_start_ = start;
    loop_length_ = length;
    tell_song("loop");
    tell_song("loop_start");
    tell_song("loop_length");
}

}  // namespace kedge::sim
