#include "sim/simulated_reaper.hpp"

#include <algorithm>
#include <optional>

/// Rewinding and going forward: held until let go, or from marker to marker.
namespace kedge::sim {

namespace {

/// Nothing published says how far it goes in a turn.
constexpr double wound_seconds_a_turn = 0.2;

}  // namespace

bool SimulatedReaper::on_navigation(ReaperCall& call) {
    if (call.key == "REWIND" || call.key == "FORWARD") {
        press_arrow(call, call.key == "FORWARD" ? 1 : -1);
    } else if (call.key == "REWIND_FORWARD_BYMARKER") {
        give_arrows(call, Arrows::go_by_marker);
    } else if (call.key == "REWIND_FORWARD_SETLOOP") {
        give_arrows(call, Arrows::move_loop);
    } else if (call.key == "SCRUB") {
        winds_ = 0;
        if (call.flag == reaper::Flag::rotary) wind(call.trigger());
    } else {
        return false;
    }
    return true;
}

/// Held on and off, also by a trigger. How loop points are moved by arrows is not published: nothing moves.
void SimulatedReaper::press_arrow(ReaperCall& call, int way) {
    const int pressed = call.trigger();
    if (arrows_ == Arrows::go_by_marker) {
        if (pressed > 0) go_to_next_marker(way);
        return;
    }
    const bool is_held = winds_ == way;
    if (pressed != 0 && (call.flag == reaper::Flag::trigger || is_held != (pressed > 0)))
        winds_ = winds_ != 0 ? 0 : way;
    say_flag(call.key, winds_ == way);
}

void SimulatedReaper::give_arrows(ReaperCall& call, Arrows what_for) {
    winds_ = 0;
    const int pressed = call.trigger();
    if (pressed == 0) return;
    const bool has_them = arrows_ == what_for;
    if (call.flag == reaper::Flag::trigger || has_them != (pressed > 0))
        arrows_ = has_them ? Arrows::wind : what_for;
    tell_arrows();
}

void SimulatedReaper::tell_arrows() {
    say_flag("REWIND_FORWARD_BYMARKER", arrows_ == Arrows::go_by_marker);
    say_flag("REWIND_FORWARD_SETLOOP", arrows_ == Arrows::move_loop);
}

/// What an arrow that is held does in a turn.
void SimulatedReaper::run_arrows() {
    if (arrows_ == Arrows::wind) wind(winds_);
}

void SimulatedReaper::wind(int way) {
    if (way == 0) return;
    const double step = way * wound_seconds_a_turn * static_cast<double>(engine_.song().rate.hertz);
    seek(std::clamp(position() + static_cast<std::int64_t>(step), std::int64_t{0}, engine_.song_samples()));
}

void SimulatedReaper::go_to_next_marker(int way) {
    const SampleRate rate = engine_.song().rate;
    const SongTime now = SongTime::from_samples(position(), rate);
    std::optional<SongTime> next;
    for (const ReaperMarker& each : markers_) {
        if (way > 0 && each.at > now && !next) next = each.at;
        if (way < 0 && each.at < now) next = each.at;
    }
    if (next) seek(next->samples(rate));
}

}  // namespace kedge::sim
