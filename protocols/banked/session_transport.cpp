// A BankedSession's transport: buttons, their lamps, and the time display.

#include "banked/banked_session.hpp"
#include "banked/session_limits.hpp"

#include <algorithm>
#include <utility>

namespace kedge::banked {

using surface::Effects;

Result<void> BankedSession::command(Instant now, const surface::Command& command, Effects& out) {
    Result<void> done;
    if (const auto* set_one = std::get_if<surface::SetControl>(&command)) {
        done = set(now, *set_one);
    } else if (const auto* ask_one = std::get_if<surface::QueryControl>(&command)) {
        done = query(now, *ask_one);
    } else if (const auto* tried = std::get_if<surface::TryFader>(&command)) {
        done = try_fader(*tried);
    } else if (const auto* meters = std::get_if<surface::ShowMeters>(&command)) {
        done = show_meters(meters->window);
    } else {
        done = transport(command, out);
    }
    work(now, out);
    plan_wake(now, out);
    return done;
}

Result<void> BankedSession::show_meters(std::size_t window) {
    if (phase_ != Phase::ready || window >= meter_windows())
        return fail(ErrorKind::refused, "The DAW's strips are changing just now.",
                    "Run the command again in a moment.");
    meters_wanted_ = covering().at(window);
    meters_wished_ = window;
    return {};
}

Result<void> BankedSession::transport(const surface::Command& command, Effects& out) {
    // The transport can always be stopped, but nobody is there before the start and after the end.
    const bool stops = std::holds_alternative<surface::Stop>(command);
    if (phase_ == Phase::idle || phase_ == Phase::unplugged || (phase_ != Phase::ready && !stops))
        return fail(ErrorKind::refused, "The DAW is not connected, or its strips are changing just now.",
                    "Run the command again in a moment.");
    if (stops) {
        tap(PanelKey::stop, out);
    } else if (std::holds_alternative<surface::Play>(command)) {
        tap(PanelKey::play, out);
    } else if (std::holds_alternative<surface::SaveSession>(command)) {
        tap(PanelKey::save, out);
    } else if (const auto* to = std::get_if<surface::Locate>(&command)) {
        if (to->to != SongTime())
            return fail(ErrorKind::refused,
                        "A control surface sends the playhead to the start of the song and nowhere else.",
                        "Leave --from out.");
        return to_start(out);
    } else {
        return fail(ErrorKind::refused, "That cannot be done through a control surface.");
    }
    return {};
}

Result<void> BankedSession::to_start(Effects& out) {
    const auto& buttons = setup_.to_start.press;
    if (buttons.empty() && position_ != SongTime())
        return fail(ErrorKind::refused, "This DAW's playhead cannot be sent to the start from here.",
                    "Put it to the start of the song in the DAW, and run the command again.");
    for (const SurfaceButton& button : buttons) panel_->press(button, true, out);
    std::for_each(buttons.rbegin(), buttons.rend(),
                  [&](const SurfaceButton& button) { panel_->press(button, false, out); });
    // Where it stands there already nothing more is told.
    if (position_ == SongTime()) out.emplace_back(surface::PositionReported{SongTime()});
    return {};
}

void BankedSession::tap(PanelKey key, Effects& out) {
    panel_->press(key, true, out);
    panel_->press(key, false, out);
}

void BankedSession::on_rolling(bool rolling, Effects& out) {
    if (rolling_ == rolling) return;
    rolling_ = rolling;
    out.emplace_back(surface::TransportReported{rolling});
}

/// Digits may come one by one: the time is read once all are there.
void BankedSession::on_clock_news(Instant now, Effects& out) {
    if (!clock_news_ || now - *clock_news_ < clock_rest) return;
    clock_news_.reset();
    on_time(out);
}

/// Bars say nothing without the tempo: the display is asked to count hours.
void BankedSession::on_time(Effects& out) {
    const auto shown = panel_->time();
    if (!shown) {
        if (phase_ == Phase::ready && panel_->has(PanelKey::time_format) &&
            format_presses_ < most_format_presses) {
            ++format_presses_;
            tap(PanelKey::time_format, out);
        }
        return;
    }
    const SongTime at = read_time(*shown);
    if (position_ == at) return;
    position_ = at;
    out.emplace_back(surface::PositionReported{at});
}

SongTime BankedSession::read_time(const TimeCode& shown) const {
    using namespace std::chrono;
    const Duration whole = hours(shown.hours) + minutes(shown.minutes) + seconds(shown.seconds);
    return SongTime(whole + Duration(std::chrono::seconds(1)) * shown.frames / setup_.frames_a_second);
}

}  // namespace kedge::banked
