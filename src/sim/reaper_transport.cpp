#include "sim/reaper_words.hpp"
#include "sim/simulated_reaper.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

/// Transport, cursor, loop and rates.
namespace kedge::sim {

namespace {

constexpr double longest_project_seconds = 1e6;
constexpr double most_samples = 1e11;

/// REAPER's playrate runs from a quarter to four, its tempo knob from 40 to 296.
constexpr double least_rate = 0.25;
constexpr double most_rate = 4.0;
constexpr double least_tempo = 40.0;
constexpr double most_tempo = 296.0;
/// What a rotary at its end moves of the whole way.
constexpr double rotary_step = 1.0 / 1024.0;

}  // namespace

bool SimulatedReaper::on_global(ReaperCall& call) {
    return on_position(call) || on_transport(call) || on_navigation(call) || on_rate(call);
}

/// The cursor goes there, and what plays goes on from there.
bool SimulatedReaper::on_position(ReaperCall& call) {
    if (call.key != "TIME" && call.key != "BEAT" && call.key != "SAMPLES" && call.key != "FRAMES")
        return false;
    const SampleRate rate = engine_.song().rate;
    if (call.flag == reaper::Flag::text) {
        const auto text = call.arguments->text();
        if (text && call.key == "TIME") seek(time_from_text(*text).samples(rate));
        if (text && call.key == "BEAT") seek(time_from_beats(*text, tempo_).samples(rate));
        if (text && call.key == "FRAMES") seek(time_from_frames(*text).samples(rate));
        const double samples = text && call.key == "SAMPLES" ? leading_number(*text) : -1.0;
        if (samples >= 0.0) seek(static_cast<std::int64_t>(std::min(samples, most_samples)));
        return true;
    }
    if (call.flag != reaper::Flag::raw || call.key == "FRAMES") return true;
    double seconds = call.number().value_or(0.0);
    if (call.key == "SAMPLES") seconds /= static_cast<double>(rate.hertz);
    if (call.key == "BEAT") seconds *= 60.0 / tempo_.beats_a_minute;
    if (std::isnan(seconds)) return true;
    seek(SongTime::from_seconds(std::clamp(seconds, 0.0, longest_project_seconds)).samples(rate));
    return true;
}

bool SimulatedReaper::on_transport(ReaperCall& call) {
    const auto switched = [&](bool& which) {
        const int pressed = call.trigger();
        if (pressed == 0 || (call.flag != reaper::Flag::trigger && which == (pressed > 0))) return;
        which = !which;
        say_flag(call.key, which);
    };
    if (call.key == "PLAY" || call.key == "STOP" || call.key == "PAUSE" || call.key == "RECORD") {
        if (call.trigger() == 0) return true;
        if (call.key == "PLAY") play();
        if (call.key == "STOP") stop();
        if (call.key == "PAUSE") pause();
        if (call.key == "RECORD") {
            records_ = !records_;
            if (!engine_.rolling()) play();
        }
        tell_play_state();
    } else if (call.key == "REPEAT") {
        switched(repeats_);
    } else if (call.key == "METRONOME") {
        switched(clicks_);
    } else if (call.key == "REPLACE") {
        switched(replaces_);
    } else if (call.key == "AUTO_REC_ARM") {
        switched(arms_itself_);
    } else if (call.key == "SOLO_RESET" || call.key == "ANY_SOLO") {
        if (call.trigger() > 0) unsolo_all();
    } else if (call.key == "LOOP_START_TIME" || call.key == "LOOP_END_TIME") {
        const auto value = call.flag == reaper::Flag::raw ? call.number() : std::nullopt;
        if (!value || !(std::abs(*value) < longest_project_seconds)) return true;
        const SongTime at = SongTime::from_seconds(std::max(*value, 0.0));
        (call.key == "LOOP_START_TIME" ? loop_.from : loop_.to) = at;
        if (loop_.to < loop_.from) std::swap(loop_.from, loop_.to);
    } else {
        return false;
    }
    return true;
}

bool SimulatedReaper::on_rate(ReaperCall& call) {
    const bool tempo = call.key == "TEMPO";
    if (!tempo && call.key != "PLAY_RATE") return false;
    const bool turned = call.flag == reaper::Flag::rotary;
    const bool normalized = turned || call.flag == reaper::Flag::normalized;
    const auto value = normalized || call.flag == reaper::Flag::raw ? call.number() : std::nullopt;
    if (!value || std::isnan(*value)) return true;
    const double low = tempo ? least_tempo : least_rate;
    const double high = tempo ? most_tempo : most_rate;
    double& rate = tempo ? tempo_.beats_a_minute : play_rate_;
    double asked = normalized ? low + *value * (high - low) : *value;
    if (turned) {
        const double reach = call.rotary_center == 0.0 ? 1.0 : call.rotary_center;
        asked = rate + rotary_step * (*value - call.rotary_center) / reach * (high - low);
    }
    rate = std::clamp(asked, low, high);
    tell_rates();
    return true;
}

/// From the edit cursor, also when it plays already; after a pause from where it was.
void SimulatedReaper::play() {
    if (engine_.rolling()) {
        seek(cursor_);
        return;
    }
    if (!paused_) engine_.locate(cursor_);
    paused_ = false;
    before_rolling();
    engine_.play();
    tell_play_state();
}

/// The position falls back to the edit cursor.
void SimulatedReaper::stop() {
    if (engine_.rolling()) {
        engine_.stop();
        after_stop();
    }
    paused_ = false;
    records_ = false;
    engine_.locate(cursor_);
    tell_play_state();
}

void SimulatedReaper::pause() {
    if (engine_.rolling()) {
        engine_.stop();
        after_stop();
        paused_ = true;
    } else if (paused_) {
        play();
    }
    tell_play_state();
}

void SimulatedReaper::seek(std::int64_t sample) {
    cursor_ = sample;
    const bool rolled = engine_.rolling();
    if (rolled) {
        engine_.stop();
        after_stop();
    }
    engine_.locate(sample);
    if (!rolled) return;
    before_rolling();
    engine_.play();
}

std::int64_t SimulatedReaper::position() const {
    return engine_.rolling() ? engine_.position() : cursor_;
}

void SimulatedReaper::run_loop_and_end() {
    if (!engine_.rolling()) return;
    const SampleRate rate = engine_.song().rate;
    const std::int64_t at = engine_.position();
    const std::int64_t loop_end = loop_.to.samples(rate);
    if (repeats_ && loop_.from < loop_.to && at >= loop_end && at < loop_end + AudioEngine::block) {
        const std::int64_t kept = cursor_;
        seek(loop_.from.samples(rate));
        cursor_ = kept;
    } else if (settings_.stops_at_end && at >= engine_.song_samples()) {
        stop();
    }
}

void SimulatedReaper::tell_play_state() {
    const bool plays = engine_.rolling();
    say_flag("RECORD", plays && records_);
    say_flag("STOP", !plays);
    say_flag("PAUSE", paused_);
    say_flag("PLAY", plays);
}

void SimulatedReaper::tell_rates() {
    const auto value = [](double number, double low, double high) {
        return ReaperValue{number, (number - low) / (high - low), fmt::format("{:g}", number)};
    };
    say("TEMPO", {}, value(tempo_.beats_a_minute, least_tempo, most_tempo));
    say("PLAY_RATE", {}, value(play_rate_, least_rate, most_rate));
}

}  // namespace kedge::sim
