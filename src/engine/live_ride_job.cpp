#include "engine/live_ride_job.hpp"

#include "engine/strip_identity.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace kedge::engine {

namespace {

/// What a fader's ride came to. What a person has of it is not ours to call confirmed.
Verdict verdict_of(const LiveStripReport& strip) {
    switch (strip.end) {
        case LiveEnd::written:
            return strip.missed.empty() ? Verdict::confirmed : Verdict::failed;
        case LiveEnd::untouched:
            return Verdict::rolled_back;
        case LiveEnd::partly:
        case LiveEnd::theirs:
            break;
    }
    return Verdict::failed;
}

}  // namespace

LiveRideJob::LiveRideJob(LiveOrder order, std::string surface_name, WallTime created,
                         surface::PassRecorder& recorder)
    : order_(std::move(order)),
      surface_name_(std::move(surface_name)),
      created_(created),
      recorder_(recorder) {}

void LiveRideJob::start(Desk& desk) {
    for (const Ride& ride : order_.rides) asked_.push_back(ride.strip);
    const Capabilities& can = desk.surface().capabilities();
    if (asked_.empty()) {
        phase_ = Phase::done;
        return;
    }
    if (!can.touch || !can.fader_lines)
        return end_without_pass(
            {ErrorKind::refused,
             "What the faders' automation holds cannot be read here, so nothing that is written "
             "could be taken back.",
             "Run 'kedge doctor': it says what is missing, and how to install the companion script."});
    if (auto known = refuse_twins(asked_, desk.mixer()); !known) return end_without_pass(known.error());
    ask(desk, Phase::reading);
}

void LiveRideJob::ask(Desk& desk, Phase phase) {
    phase_ = phase;
    read_.clear();
    desk.send(surface::ReadFaderLines{asked_});
}

void LiveRideJob::event(Desk& desk, const surface::Event& event) {
    if (phase_ == Phase::writing) {
        writer_->event(desk, event);
        return go_on(desk);
    }
    if (phase_ != Phase::reading && phase_ != Phase::reading_again) return;
    const auto* lost = std::get_if<surface::Lost>(&event);
    const auto* silent = std::get_if<surface::LinesRefused>(&event);
    if (const auto* read = std::get_if<surface::FaderLineRead>(&event)) {
        took(desk, *read);
    } else if (lost || silent) {
        const Error why = silent ? silent->why : Error{ErrorKind::no_daw, lost->why, "Nothing was changed."};
        phase_ == Phase::reading ? end_without_pass(why) : cut_off(why);
    }
}

void LiveRideJob::took(Desk& desk, const surface::FaderLineRead& read) {
    if (std::find(asked_.begin(), asked_.end(), read.strip) == asked_.end()) return;
    read_[read.strip] = read.line;
    if (read_.size() == asked_.size()) all_read(desk);
}

void LiveRideJob::all_read(Desk& desk) {
    if (phase_ == Phase::reading) return begin(desk);
    for (std::size_t i = 0; i < pass_.lines.size(); ++i) pass_.lines[i].became = read_.at(asked_[i]);
    settle();
}

/// Rides of faders without automation; the others are left alone, with the reason.
std::vector<Ride> LiveRideJob::free_rides(const MixerState& mixer) {
    std::vector<Ride> rides;
    for (Ride& ride : order_.rides) {
        const Strip* strip = mixer.find(ride.strip);
        const FaderLine& now = read_.at(ride.strip);
        if (strip && now.points.empty()) {
            rides.push_back(std::move(ride));
        } else if (strip) {
            report_.automated.push_back({strip->name, has_automation(now)});
        }
    }
    return rides;
}

void LiveRideJob::begin(Desk& desk) {
    const MixerState& mixer = desk.mixer();
    order_.rides = free_rides(mixer);
    if (order_.rides.empty()) return end_without_pass(nothing_free(report_.automated));
    pass_.kind = PassKind::ride;
    pass_.surface = surface_name_;
    pass_.session = mixer.session.name;
    pass_.created = created_;
    asked_.clear();
    for (const Ride& ride : order_.rides) {
        const FaderLine& before = read_.at(ride.strip);
        FaderLine after = with_ride(before, ride.points, mixer.session.rate);
        after.mode = order_.after;
        pass_.lines.push_back({mixer.find(ride.strip)->name, before, std::move(after), Verdict::pending,
                               std::string(live_ride_rule), "written while the song plays"});
        asked_.push_back(ride.strip);
    }
    const auto id = recorder_.record_prepared(pass_);
    if (!id) return end_without_pass(id.error());
    pass_.id = *id;
    phase_ = Phase::writing;
    writer_ = std::make_unique<LiveWriter>(order_);
    writer_->start(desk);
    go_on(desk);
}

void LiveRideJob::wake(Desk& desk) {
    if (phase_ != Phase::writing) return;
    writer_->wake(desk);
    go_on(desk);
}

void LiveRideJob::refused(Desk& desk, const surface::Command& command, const Error& error) {
    if (phase_ == Phase::reading) return end_without_pass(error);
    if (phase_ == Phase::reading_again) return cut_off(error);
    if (phase_ != Phase::writing) return;
    writer_->refused(desk, command, error);
    go_on(desk);
}

void LiveRideJob::interrupt(Desk& desk) {
    if (phase_ == Phase::reading)
        return end_without_pass({ErrorKind::interrupted, "Stopped: nothing was changed.", {}});
    if (phase_ != Phase::writing) return;
    writer_->interrupt(desk);
    go_on(desk);
}

void LiveRideJob::go_on(Desk& desk) {
    if (!writer_->done()) return;
    report_.live = writer_->report();
    if (report_.live->error && report_.live->error->kind == ErrorKind::no_daw)
        return cut_off(*report_.live->error);
    ask(desk, Phase::reading_again);
}

void LiveRideJob::settle() {
    phase_ = Phase::done;
    bool whole = true;
    bool untouched = true;
    for (std::size_t i = 0; i < pass_.lines.size(); ++i) {
        PassLine& line = pass_.lines[i];
        line.verdict = verdict_of(report_.live->strips[i]);
        // An empty line that only got its mode's own points was not written, and yet is not what it was.
        if (line.verdict == Verdict::rolled_back && !same_line(*line.became, line.before))
            line.verdict = Verdict::failed;
        whole = whole && line.verdict == Verdict::confirmed;
        untouched = untouched && line.verdict == Verdict::rolled_back;
    }
    pass_.state = whole ? PassState::applied : untouched ? PassState::rolled_back : PassState::broken;
    report_.pass = pass_;
    if (auto recorded = recorder_.record_outcome(pass_); !recorded) {
        report_.error = recorded.error();
        return;
    }
    if (whole) return;
    const Error why = report_.live->error.value_or(
        Error{ErrorKind::conflict, "Not every ride was written from its first point to its last.", {}});
    report_.error = Error{
        why.kind, why.message,
        untouched ? why.next : fmt::format("`kedge revert {}` takes back what was written.", pass_.id.value)};
}

void LiveRideJob::end_without_pass(Error why) {
    phase_ = Phase::done;
    report_.error = std::move(why);
}

void LiveRideJob::cut_off(const Error& why) {
    phase_ = Phase::done;
    report_.pass = pass_;
    report_.error = Error{ErrorKind::no_daw,
                          fmt::format("The DAW fell silent in the middle of the ride (pass {}): {}",
                                      pass_.id.value, why.message),
                          "`kedge recover` says where the pass stands, once the DAW is back."};
}

Progress LiveRideJob::progress() const {
    if (phase_ == Phase::writing) return writer_->progress();
    return {"reading the faders' automation", phase_ == Phase::reading_again ? 1.0 : 0.0};
}

}  // namespace kedge::engine
