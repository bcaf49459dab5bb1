#include "engine/live_writer.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

#include <fmt/format.h>

namespace kedge::engine {

namespace {

// Time for the first positions to tell where the song is, before the first touch.
constexpr Duration live_pre_roll = std::chrono::milliseconds(1500);
// Rounding on the way to the DAW's fader and back, beside the surface's own exactness.
constexpr double same_rest_db = 0.05;

}  // namespace

LiveWriter::LiveWriter(LiveOrder order) : order_(std::move(order)) {}

// --- before the song rolls

void LiveWriter::start(Desk& desk) {
    begin_report(desk);
    if (auto can = need_touch(desk.surface().capabilities()); !can) {
        report_.error = can.error();
        phase_ = Phase::done;
        return;
    }
    reader_.emplace(desk.surface().capabilities());
    for (std::size_t i = 0; i < order_.rides.size(); ++i) {
        if (report_.strips[i].why) continue;
        reader_->add(order_.rides[i].strip, Control::fader);
        read_.push_back(i);
    }
    phase_ = Phase::reading;
    reader_->start(desk);
    go_on(desk);
}

void LiveWriter::begin_report(const Desk& desk) {
    for (const Ride& ride : order_.rides) {
        assert(ride.control == Control::fader && ride.points.size() >= 2);
        LiveStripReport report;
        report.strip = ride.strip;
        if (const Strip* strip = desk.mixer().find(ride.strip)) {
            report.name = strip->name;
            report.mode_before = report.mode_after = strip->fader_automation;
            const SongRange part = part_of(ride);
            if (part.to <= part.from)
                report.why = Error{ErrorKind::usage, "No part of its ride lies in the range.",
                                   "Give --from and --to around it, or leave both out."};
        } else {
            report.why = Error{ErrorKind::refused, "The strip is not in the session any more.",
                               "Plan the rides again."};
        }
        report_.strips.push_back(std::move(report));
    }
}

SongRange LiveWriter::part_of(const Ride& ride) const {
    SongRange part{ride.points.front().at, ride.points.back().at};
    if (order_.from) part.from = std::max(part.from, *order_.from);
    if (order_.to) part.to = std::min(part.to, *order_.to);
    return part;
}

/// Why the ride cannot be written on the fader as it was found; nullopt when it can.
std::optional<Error> LiveWriter::unfit(std::size_t place) const {
    const LiveStripReport& found = report_.strips[place];
    if (!found.fader_before)
        return Error{ErrorKind::refused, "The DAW did not tell where the fader stands.",
                     "Run the command again; when it stays silent, see 'kedge doctor'."};
    const Decibels base = order_.rides[place].base;
    const bool moved = distance(*found.fader_before, base) > Decibels(same_rest_db);
    if (found.mode_before != AutomationMode::manual || !moved) return std::nullopt;
    return Error{ErrorKind::conflict,
                 fmt::format("The fader stands at {}; its ride was planned around {}.",
                             to_string(*found.fader_before), to_string(base)),
                 "Plan the rides again."};
}

void LiveWriter::judge_readings(Desk& desk) {
    const Capabilities& can = desk.surface().capabilities();
    for (std::size_t i = 0; i < read_.size(); ++i) {
        const std::size_t place = read_[i];
        LiveStripReport& report = report_.strips[place];
        if (const auto answer = reader_->answer(i)) report.fader_before = std::get<Decibels>(*answer);
        report.why = unfit(place);
        if (report.why) continue;
        const Ride& ride = order_.rides[place];
        faders_.push_back({place, LiveStrip(ride, part_of(ride), order_.hands, can)});
    }
}

void LiveWriter::arm(Desk& desk) {
    phase_ = Phase::arming;
    std::vector<FaderModes::Wish> wishes;
    for (const Fader& fader : faders_) wishes.push_back({fader.strip.strip(), order_.mode});
    modes_.start(desk, wishes);
}

void LiveWriter::roll(Desk& desk) {
    for (const FaderModes::Wish& wish : modes_.failed()) {
        find(wish.strip)
            ->strip.give_up(LiveEnd::untouched,
                            {ErrorKind::refused,
                             fmt::format("The DAW did not set its automation to {}.", to_string(order_.mode)),
                             "Set it by hand once to see what the DAW says, and run the command again."});
    }
    std::optional<SongTime> first;
    for (const Fader& fader : faders_) {
        if (fader.strip.done()) continue;
        const SongTime from = part_of(order_.rides[fader.place]).from;
        first = first ? std::min(*first, from) : from;
    }
    if (!first) {
        restore(desk);
        return;
    }
    phase_ = Phase::rolling;
    roll_.start(desk, std::max(SongTime(), *first - live_pre_roll));
}

// --- while it rolls

std::optional<SongPlace> LiveWriter::place(Instant now) const {
    const auto at = clock_.at(now);
    if (!at || !roll_.rolling() || unsettled_) return std::nullopt;
    return SongPlace{*at + wire_.usual(), *clock_.last_steady()};
}

void LiveWriter::run_all(Desk& desk) {
    if (unsettled_) return;
    const auto now_at = place(desk.now());
    Duration due = std::chrono::milliseconds(100);
    for (Fader& fader : faders_) {
        if (fader.strip.done()) continue;
        fader.strip.run(desk, now_at, wire_);
        if (now_at && !fader.strip.done()) due = std::min(due, fader.strip.due_in(now_at->lands));
    }
    const Instant when = desk.now() + due;
    if (next_run_ && *next_run_ > desk.now() && *next_run_ <= when) return;
    next_run_ = when;
    desk.wake_at(when);
}

void LiveWriter::heard_position(Desk& desk, SongTime at) {
    if (!roll_.rolling()) return;
    switch (clock_.heard(desk.now(), at)) {
        case SongClock::Course::jumped:
            jumped(desk, at);
            return;
        case SongClock::Course::off_speed:
            end_pass(desk,
                     {ErrorKind::refused,
                      fmt::format("The song does not play at its own speed any more, at {}.", to_string(at)),
                      "Turn varispeed and external sync off, and run the command again."});
            return;
        default:
            run_all(desk);
            return;
    }
}

void LiveWriter::jumped(Desk& desk, SongTime to) {
    const Instant steady = clock_.last_steady().value_or(desk.now()) - wire_.usual();
    const bool strayed = std::any_of(faders_.begin(), faders_.end(),
                                     [&](const Fader& fader) { return fader.strip.sent_since(steady); });
    if (strayed) {
        const SongTime from = std::max(SongTime(), to - (desk.now() - steady));
        report_.strayed = SongRange{from, to + wire_.usual()};
    }
    end_pass(desk, {ErrorKind::interrupted,
                    fmt::format("The song jumped to {} while rides were written.", to_string(to)),
                    "Turn loop playback off, leave the playhead alone, and run the command again."});
}

void LiveWriter::heard_control(Desk& desk, const surface::ControlReported& report) {
    if (report.control != Control::fader) return;
    Fader* fader = find(report.strip);
    if (fader == nullptr) return;
    fader->strip.reported(desk, report, place(desk.now()), wire_);
}

void LiveWriter::heard_mode(const surface::AutomationReported& report) {
    if (report.control != Control::fader || report.mode == order_.mode) return;
    Fader* fader = find(report.strip);
    if (fader == nullptr || fader->strip.done()) return;
    fader->mode_by_hand = true;
    fader->strip.give_up(
        LiveEnd::theirs,
        {ErrorKind::conflict,
         fmt::format("Its automation was set to {} by hand meanwhile.", to_string(report.mode)),
         "Leave the modes alone while rides are written, and run the command again."});
}

void LiveWriter::strips_changed(const surface::StripsChanged& change) {
    unsettled_ = false;
    for (const StripId gone : change.removed)
        if (Fader* fader = find(gone))
            fader->strip.give_up(LiveEnd::partly,
                                 {ErrorKind::refused, "The strip was removed meanwhile.", {}});
}

void LiveWriter::heard_while_rolling(Desk& desk, const surface::Event& event) {
    roll_.event(desk, event);
    if (const auto* position = std::get_if<surface::PositionReported>(&event)) {
        heard_position(desk, position->at);
    } else if (const auto* report = std::get_if<surface::ControlReported>(&event)) {
        heard_control(desk, *report);
    } else if (const auto* mode = std::get_if<surface::AutomationReported>(&event)) {
        heard_mode(*mode);
    } else if (const auto* hand = std::get_if<surface::ControlTaken>(&event)) {
        Fader* fader = hand->control == Control::fader ? find(hand->strip) : nullptr;
        if (fader != nullptr) fader->strip.taken(desk, place(desk.now()));
    } else if (const auto* left = std::get_if<surface::ControlLetGo>(&event)) {
        Fader* fader = left->control == Control::fader ? find(left->strip) : nullptr;
        if (fader != nullptr) fader->strip.handed_back(desk, wire_);
    } else if (const auto* refusal = std::get_if<surface::ControlRefused>(&event)) {
        Fader* fader = refusal->control == Control::fader ? find(refusal->strip) : nullptr;
        if (fader != nullptr)
            fader->strip.stop(desk, true, {ErrorKind::refused, "The DAW refused a value of the ride.", {}});
    }
}

void LiveWriter::event(Desk& desk, const surface::Event& event) {
    if (phase_ == Phase::idle || phase_ == Phase::done) return;
    if (const auto* lost = std::get_if<surface::Lost>(&event)) {
        lose(desk, lost->why);
        return;
    }
    if (std::holds_alternative<surface::StripsUnsettled>(event)) unsettled_ = true;
    if (const auto* change = std::get_if<surface::StripsChanged>(&event)) strips_changed(*change);
    if (phase_ == Phase::reading) {
        if (const auto* report = std::get_if<surface::ControlReported>(&event); report && report->asked)
            wire_.answered(desk.now() - report->asked_at);
        reader_->event(desk, event);
    } else if (phase_ == Phase::arming) {
        modes_.look(desk);
    } else if (phase_ == Phase::rolling) {
        heard_while_rolling(desk, event);
    } else if (phase_ == Phase::returning) {
        roll_.event(desk, event);
    } else if (phase_ == Phase::restoring) {
        back_->event(desk, event);
    }
    go_on(desk);
}

void LiveWriter::wake(Desk& desk) {
    if (phase_ == Phase::reading) reader_->wake(desk);
    if (phase_ == Phase::arming) modes_.wake(desk);
    if (phase_ == Phase::rolling || phase_ == Phase::returning) roll_.wake(desk);
    if (phase_ == Phase::rolling && next_run_ && desk.now() >= *next_run_) run_all(desk);
    if (phase_ == Phase::restoring) back_->wake(desk);
    go_on(desk);
}

/// What follows once a phase has come to its end.
void LiveWriter::go_on(Desk& desk) {
    if (phase_ == Phase::reading && reader_->done()) {
        judge_readings(desk);
        arm(desk);
    }
    if (phase_ == Phase::arming && modes_.done()) roll(desk);
    if (phase_ == Phase::rolling && roll_.error()) end_pass(desk, *roll_.error());
    if (phase_ == Phase::rolling &&
        std::all_of(faders_.begin(), faders_.end(), [](const Fader& fader) { return fader.strip.done(); })) {
        phase_ = Phase::returning;
        roll_.end(desk, true);
    }
    if (phase_ == Phase::returning && roll_.done()) restore(desk);
    if (phase_ == Phase::restoring && back_->done()) finish(desk);
}

void LiveWriter::refused(Desk& desk, const surface::Command& command, const Error& error) {
    if (phase_ == Phase::done) return;
    const auto* set = std::get_if<surface::SetControl>(&command);
    const auto* touch = std::get_if<surface::TouchControl>(&command);
    const auto* mode = std::get_if<surface::SetAutomation>(&command);
    const bool transport = std::holds_alternative<surface::Play>(command) ||
                           std::holds_alternative<surface::Stop>(command) ||
                           std::holds_alternative<surface::Locate>(command);
    if (transport) roll_.refused(desk, error);
    if (phase_ == Phase::reading) reader_->refused(desk, command);
    if (phase_ == Phase::arming && mode != nullptr) modes_.refused(mode->strip);
    if (phase_ == Phase::restoring) back_->refused(desk, command);
    if (phase_ == Phase::rolling && !unsettled_ && (set != nullptr || touch != nullptr)) {
        Fader* fader = find(set != nullptr ? set->strip : touch->strip);
        if (fader != nullptr && !fader->strip.done()) fader->strip.give_up(LiveEnd::partly, error);
    }
    go_on(desk);
}

LiveWriter::Fader* LiveWriter::find(StripId strip) {
    const auto found = std::find_if(faders_.begin(), faders_.end(),
                                    [&](const Fader& fader) { return fader.strip.strip() == strip; });
    return found == faders_.end() ? nullptr : &*found;
}

Progress LiveWriter::progress() const {
    if (phase_ != Phase::rolling) return {phase_ == Phase::done ? "done" : "preparing the faders", 0.0};
    SongTime end;
    for (const Fader& fader : faders_) end = std::max(end, part_of(order_.rides[fader.place]).to);
    const SongTime at = roll_.last_position();
    const double share = end > SongTime() ? std::clamp(at.seconds() / end.seconds(), 0.0, 1.0) : 0.0;
    return {fmt::format("writing rides {} of {}", to_string(at), to_string(end)), share};
}

}  // namespace kedge::engine
