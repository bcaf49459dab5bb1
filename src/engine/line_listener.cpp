#include "engine/line_listener.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

#include <fmt/format.h>

namespace kedge::engine {

namespace {

constexpr Duration line_pre_roll = std::chrono::milliseconds(500);
// Reported every tick while it moves: after a longer silence it began to move only just now.
constexpr Duration moved_since = std::chrono::milliseconds(120);
constexpr Duration line_tick = std::chrono::milliseconds(100);
constexpr double level_db = 0.05;

}  // namespace

LineListener::LineListener(const std::vector<StripId>& faders, SongRange range) : range_(range) {
    for (const StripId strip : faders) {
        [[maybe_unused]] const bool is_new = place_of_.emplace(strip, lines_.size()).second;
        assert(is_new);
        lines_.push_back({strip, {}, false, {}});
    }
    hearings_.resize(lines_.size());
    answered_.resize(lines_.size());
}

void LineListener::start(Desk& desk) {
    if (!desk.surface().capabilities().touch) {
        error_ =
            Error{ErrorKind::refused, "This DAW's automation modes cannot be set over its control surface.",
                  "The automation that its faders have cannot be heard, and so not be brought back."};
        phase_ = Phase::done;
        return;
    }
    phase_ = Phase::reading;
    reader_.emplace(desk.surface().capabilities());
    for (HeardLine& line : lines_) {
        if (const Strip* strip = desk.mixer().find(line.strip)) line.line.mode = strip->fader_automation;
        reader_->add(line.strip, Control::fader);
    }
    reader_->start(desk);
    go_on(desk);
}

void LineListener::judge_readings(Desk& desk) {
    std::vector<FaderModes::Wish> wishes;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
        const auto answer = reader_->answer(i);
        answered_[i] = answer.has_value();
        if (!answer) continue;
        hearings_[i].last = std::get<Decibels>(*answer);
        lines_[i].line.rest = hearings_[i].last.gain();
        wishes.push_back({lines_[i].strip, AutomationMode::play});
    }
    phase_ = Phase::arming;
    modes_.start(desk, wishes);
}

void LineListener::heard_position(Desk& desk, SongTime at) {
    if (!roll_.rolling()) return;
    const auto course = clock_.heard(desk.now(), at);
    if (course == SongClock::Course::jumped) {
        end(desk, Error{ErrorKind::interrupted,
                        fmt::format("The song did not play on to {}, but jumped there.", to_string(at)),
                        "Turn loop playback off, leave the playhead alone, and run the command again."});
        return;
    }
    // At what speed it plays, or whether the machine stalls for moments, is the same to one who listens.
    if (course == SongClock::Course::doubtful) return;
    if (at >= range_.from) heard_ = SongRange{heard_ ? heard_->from : range_.from, std::min(at, range_.to)};
    if (at >= range_.to + line_tick) end(desk, std::nullopt);
}

void LineListener::heard_control(Desk& desk, const surface::ControlReported& report) {
    const auto place = place_of_.find(report.strip);
    const auto* value = std::get_if<Decibels>(&report.value);
    const auto at = clock_.at(desk.now());
    if (report.control != Control::fader || place == place_of_.end() || value == nullptr) return;
    HeardLine& line = lines_[place->second];
    Hearing& hearing = hearings_[place->second];
    if (!at || *at < range_.from) {
        hearing.last = *value;
        return;
    }
    auto& points = line.line.points;
    const auto add = [&](SongTime when, Decibels level) {
        if (when < range_.from || when > range_.to) return;
        if (points.empty() || points.back().at < when) points.push_back({when, level.gain()});
    };
    // It stood still until a tick ago; what stood at the start is the first point.
    if (points.empty()) add(range_.from, hearing.last);
    if (!hearing.last_at || *at - *hearing.last_at > moved_since) add(*at - line_tick, hearing.last);
    add(*at, *value);
    hearing.last_at = *at;
    hearing.last = *value;
}

void LineListener::event(Desk& desk, const surface::Event& event) {
    if (phase_ == Phase::idle || phase_ == Phase::done) return;
    if (const auto* lost = std::get_if<surface::Lost>(&event)) {
        error_ = Error{ErrorKind::no_daw,
                       fmt::format("The DAW was lost while its automation was heard: {}", lost->why),
                       "Bring the DAW back and run the command again."};
        lost_ = phase_ != Phase::reading;
        finish(desk);
        return;
    }
    if (phase_ == Phase::reading) reader_->event(desk, event);
    if (phase_ == Phase::arming) modes_.look(desk);
    if (phase_ == Phase::restoring) back_->event(desk, event);
    if (phase_ == Phase::rolling || phase_ == Phase::returning) roll_.event(desk, event);
    if (phase_ == Phase::rolling) {
        if (const auto* position = std::get_if<surface::PositionReported>(&event))
            heard_position(desk, position->at);
        if (const auto* report = std::get_if<surface::ControlReported>(&event)) heard_control(desk, *report);
    }
    go_on(desk);
}

void LineListener::wake(Desk& desk) {
    if (phase_ == Phase::reading) reader_->wake(desk);
    if (phase_ == Phase::arming) modes_.wake(desk);
    if (phase_ == Phase::rolling || phase_ == Phase::returning) roll_.wake(desk);
    if (phase_ == Phase::restoring) back_->wake(desk);
    go_on(desk);
}

void LineListener::go_on(Desk& desk) {
    if (phase_ == Phase::reading && reader_->done()) judge_readings(desk);
    if (phase_ == Phase::arming && modes_.done()) {
        for (std::size_t i = 0; i < lines_.size(); ++i) lines_[i].followed = answered_[i];
        for (const FaderModes::Wish& wish : modes_.failed())
            lines_[place_of_.at(wish.strip)].followed = false;
        phase_ = Phase::rolling;
        roll_.start(desk, std::max(SongTime(), range_.from - line_pre_roll));
    }
    if (phase_ == Phase::rolling && roll_.error()) end(desk, roll_.error());
    if (phase_ == Phase::returning && roll_.done()) restore(desk);
    if (phase_ == Phase::restoring && back_->done()) finish(desk);
}

void LineListener::refused(Desk& desk, const surface::Command& command, const Error& error) {
    if (phase_ == Phase::done) return;
    if (const auto* mode = std::get_if<surface::SetAutomation>(&command); mode && phase_ == Phase::arming)
        modes_.refused(mode->strip);
    if (phase_ == Phase::reading) reader_->refused(desk, command);
    if (phase_ == Phase::restoring) back_->refused(desk, command);
    const bool of_a_strip = std::holds_alternative<surface::SetAutomation>(command) ||
                            std::holds_alternative<surface::SetControl>(command) ||
                            std::holds_alternative<surface::QueryControl>(command);
    if (!of_a_strip) roll_.refused(desk, error);
    go_on(desk);
}

void LineListener::interrupt(Desk& desk) {
    const Error stopped{
        ErrorKind::interrupted, "Stopped while automation was heard; nothing was changed.", {}};
    if (phase_ == Phase::reading || phase_ == Phase::arming) {
        error_ = stopped;
        restore(desk);
    } else if (phase_ == Phase::rolling) {
        end(desk, stopped);
    }
    go_on(desk);
}

void LineListener::end(Desk& desk, std::optional<Error> why) {
    error_ = std::move(why);
    phase_ = Phase::returning;
    roll_.end(desk, !roll_.stopped_by_hand());
}

/// A fader that no automation moved while it was in manual mode is put where it stood.
FadersBack::Wish LineListener::way_back(const HeardLine& line) const {
    FadersBack::Wish wish{line.strip, line.line.mode, std::nullopt};
    const bool known = answered_[place_of_.at(line.strip)];
    if (line.line.mode == AutomationMode::manual && known) wish.fader = Decibels::from_gain(line.line.rest);
    return wish;
}

void LineListener::restore(Desk& desk) {
    phase_ = Phase::restoring;
    back_.emplace(desk.surface().capabilities());
    std::vector<FadersBack::Wish> wishes;
    for (const HeardLine& line : lines_)
        if (desk.mixer().find(line.strip) != nullptr) wishes.push_back(way_back(line));
    back_->start(desk, std::move(wishes));
}

void LineListener::finish(const Desk& desk) {
    for (HeardLine& line : lines_) {
        // It followed an automation that is level all along.
        const Decibels last = hearings_[place_of_.at(line.strip)].last;
        const bool moved = distance(last, Decibels::from_gain(line.line.rest)) > Decibels(level_db);
        if (heard_ && line.line.points.empty() && moved)
            line.line.points.push_back({range_.from, last.gain()});
        const bool mode_stands = !lost_ && (!back_ || !back_->mode_failed(line.strip));
        if (!mode_stands)
            line.not_restored.push_back(
                fmt::format("Its automation mode was {}.", to_string(line.line.mode)));
        const bool there = desk.mixer().find(line.strip) != nullptr;
        if (!lost_ && there && back_ && back_->fader_failed(line.strip))
            line.not_restored.push_back(
                fmt::format("Its fader stood at {}.", to_string(Decibels::from_gain(line.line.rest))));
    }
    phase_ = Phase::done;
}

Progress LineListener::progress() const {
    if (phase_ != Phase::rolling) return {"preparing the faders", 0.0};
    const SongTime at = std::clamp(roll_.last_position(), range_.from, range_.to);
    const double whole = std::chrono::duration<double>(range_.length()).count();
    const double share = whole > 0.0 ? std::chrono::duration<double>(at - range_.from).count() / whole : 1.0;
    return {fmt::format("hearing automation {} of {}", to_string(at), to_string(range_.to)), share};
}

}  // namespace kedge::engine
