#include "unit/engine/scripted_transport.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace kedge::test {

using engine::Desk;

namespace {
constexpr Duration step = std::chrono::milliseconds(10);
constexpr Duration tick_length = std::chrono::milliseconds(100);
}  // namespace

ScriptedTransport::ScriptedTransport() : plays([](StripId, SongTime) { return Decibels(-20.0); }) {
    capabilities_.trim = capabilities_.meters = true;
    // Longer than any patience of the listener before the first tick: nothing was heard of for long.
    now_ = Instant{} + std::chrono::minutes(1);
}

StripId ScriptedTransport::add_strip(const std::string& name) {
    Strip strip;
    strip.id = StripId{static_cast<std::uint32_t>(mixer_.strips.size() + 1)};
    strip.name.name = name;
    strip.fader = strip.trim = Decibels();
    mixer_.strips.push_back(strip);
    return strip.id;
}

void ScriptedTransport::remove_strip(StripId gone) {
    std::erase_if(mixer_.strips, [&](const Strip& strip) { return strip.id == gone; });
    meters_.erase(gone);
}

std::size_t ScriptedTransport::meter_windows() const {
    return window_size == 0 ? 1 : (mixer_.strips.size() + window_size - 1) / window_size;
}

bool ScriptedTransport::shows_meter(StripId strip) const {
    if (window_size == 0) return true;
    const auto at = std::find_if(mixer_.strips.begin(), mixer_.strips.end(),
                                 [&](const Strip& each) { return each.id == strip; });
    const auto place = static_cast<std::size_t>(at - mixer_.strips.begin());
    return at != mixer_.strips.end() && place / window_size == window_now;
}

std::optional<Decibels> ScriptedTransport::meter(StripId strip) const {
    if (!shows_meter(strip)) return std::nullopt;
    const auto at = meters_.find(strip);
    return at == meters_.end() ? std::nullopt : std::optional(at->second);
}

void ScriptedTransport::locate(SongTime to) {
    if (now_ - stopped_at_ >= busy_after_stop) position_now = to;
}

Result<void> ScriptedTransport::command(Instant, const surface::Command& command, surface::Effects& out) {
    if (const auto* loop = std::get_if<surface::SwitchLoop>(&command)) {
        log.emplace_back(loop->on ? "loop on" : "loop off");
        loop_now->on = loop->on;
        return {};
    }
    if (const auto* show = std::get_if<surface::ShowMeters>(&command)) {
        log.push_back(fmt::format("bank {}", show->window + 1));
        if (never_shows) return {};
        window_now = show->window;
        out.emplace_back(surface::Event(surface::MetersShown{show->window}));
        return {};
    }
    const auto* to = std::get_if<surface::Locate>(&command);
    const auto* mark = std::get_if<surface::LocateMark>(&command);
    const bool play = std::holds_alternative<surface::Play>(command);
    const bool end = std::holds_alternative<surface::FindEnd>(command);
    log.push_back(to     ? fmt::format("locate {:.1f}", to->to.seconds())
                  : mark ? fmt::format("mark {}", mark->number)
                  : play ? "play"
                  : end  ? "find end"
                         : "stop");
    if (to && refuses_locate) return tl::unexpected(*refuses_locate);
    if (to && !capabilities_.locates && to->to != SongTime())
        return fail(ErrorKind::refused, "the playhead goes to the start alone");
    if (lost_commands.contains(sent_++)) return {};
    if (to) locate(to->to);
    if (mark && mark->number >= 1 && static_cast<std::size_t>(mark->number) <= marks.size()) {
        rolling_now = false;
        locate(marks[static_cast<std::size_t>(mark->number) - 1].at);
    }
    if (play) rolling_now = !never_rolls;
    if (end && end_to_find) {
        locate(*end_to_find);
        mixer_.session.end = end_to_find;
        out.emplace_back(surface::Event(surface::EndFound{end_to_find}));
    }
    if (!to && !mark && !play && !end && !never_stops) {
        if (rolling_now) stopped_at_ = now_;
        rolling_now = false;
    }
    return {};
}

void ScriptedTransport::carry(TransportUser& user, const Desk& desk) {
    for (const Instant when : desk.wakes()) wakes_.insert(when);
    for (const auto& each : desk.commands()) {
        surface::Effects effects;
        if (const auto done = command(now_, each, effects); !done) {
            Desk again(now_, *this);
            user.refused(again, done.error());
            carry(user, again);
        }
        for (const auto& effect : effects) tell(user, std::get<surface::Event>(effect));
    }
}

void ScriptedTransport::tell(TransportUser& user, const surface::Event& event) {
    Desk desk(now_, *this);
    user.event(desk, event);
    carry(user, desk);
}

void ScriptedTransport::interrupt(TransportUser& user) {
    Desk desk(now_, *this);
    user.interrupt(desk);
    carry(user, desk);
}

void ScriptedTransport::tick(TransportUser& user) {
    if (rolling_now && !stalled) {
        position_now = position_now + tick_length;
        if (stops_by_itself_at && position_now >= *stops_by_itself_at) rolling_now = false;
        if (loop_now && loop_now->on && position_now == loop_now->range.to)
            position_now = loop_now->range.from;
        if (loops_at && position_now >= *loops_at) position_now = SongTime();
    }
    for (const Strip& strip : mixer_.strips)
        meters_[strip.id] = rolling_now ? plays(strip.id, position_now) : Decibels::silence();
    if (told_rolling_ != rolling_now) {
        told_rolling_ = rolling_now;
        tell(user, surface::TransportReported{rolling_now});
    }
    if (told_position_ == position_now) return;
    told_position_ = position_now;
    const std::string mark = shown();  // before the answer to the position moves on
    tell(user, surface::PositionReported{position_now});
    if (std::exchange(told_mark_, mark) != mark && !names_are_lost) tell(user, surface::MarkShown{mark});
}

/// The last one's name where several stand, as Ardour shows it.
std::string ScriptedTransport::shown() const {
    const auto here = std::find_if(marks.rbegin(), marks.rend(),
                                   [&](const SongMarker& mark) { return mark.at == position_now; });
    return here == marks.rend() ? "elsewhere" : here->name;
}

bool ScriptedTransport::run_user(TransportUser& user, Duration patience) {
    const Instant began = now_;
    told_position_ = position_now;
    told_rolling_ = rolling_now;
    Desk desk(now_, *this);
    user.start(desk);
    carry(user, desk);
    while (!user.done() && now_ - began < patience) {
        now_ += step;
        while (!acts_.empty() && acts_.begin()->first <= now_ - began) {
            auto act = acts_.extract(acts_.begin());
            act.mapped()(user);
        }
        if ((now_ - began) % tick_length == Duration::zero()) tick(user);
        if (wakes_.empty() || *wakes_.begin() > now_) continue;
        wakes_.erase(wakes_.begin(), wakes_.upper_bound(now_));
        Desk woken(now_, *this);
        user.wake(woken);
        carry(user, woken);
    }
    return user.done();
}

}  // namespace kedge::test
