#include "engine/live_ride_job.hpp"

#include "engine/heard_pass.hpp"
#include "engine/strip_identity.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace kedge::engine {

LiveRideJob::LiveRideJob(LiveOrder order, std::string surface_name, WallTime created,
                         surface::PassRecorder& recorder)
    : order_(std::move(order)),
      surface_name_(std::move(surface_name)),
      created_(created),
      recorder_(recorder) {}

void LiveRideJob::start(Desk& desk) {
    for (const Ride& ride : order_.rides) asked_.push_back(ride.strip);
    if (asked_.empty()) {
        phase_ = Phase::done;
        return;
    }
    if (auto can = need_fader_lines(desk.surface().capabilities()); !can)
        return end_without_pass(can.error());
    if (auto known = refuse_twins(asked_, desk.mixer()); !known) return end_without_pass(known.error());
    ask(desk, Phase::reading);
}

void LiveRideJob::ask(Desk& desk, Phase phase) {
    phase_ = phase;
    reader_.emplace(desk, asked_);
}

bool LiveRideJob::is_reading() const {
    return phase_ == Phase::reading || phase_ == Phase::reading_again;
}

void LiveRideJob::event(Desk& desk, const surface::Event& event) {
    if (is_reading()) {
        reader_->event(event);
        read_on(desk);
    } else if (phase_ == Phase::writing) {
        writer_->event(desk, event);
        go_on(desk);
    }
}

void LiveRideJob::read_on(Desk& desk) {
    if (!reader_->done()) return;
    const bool first = phase_ == Phase::reading;
    if (const auto why = reader_->error()) return first ? end_without_pass(*why) : cut_off(*why);
    if (first) return begin(desk);
    for (std::size_t i = 0; i < pass_.lines.size(); ++i) pass_.lines[i].became = reader_->line(asked_[i]);
    settle();
}

/// Rides of faders without automation; the others are left alone, with the reason.
std::vector<Ride> LiveRideJob::free_rides(const MixerState& mixer) {
    std::vector<Ride> rides;
    for (Ride& ride : order_.rides) {
        const Strip* strip = mixer.find(ride.strip);
        const FaderLine& now = reader_->line(ride.strip);
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
        const FaderLine& before = reader_->line(ride.strip);
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
    if (is_reading()) {
        reader_->refused(command, error);
        return read_on(desk);
    }
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
    for (std::size_t i = 0; i < pass_.lines.size(); ++i) {
        PassLine& line = pass_.lines[i];
        line.verdict = verdict_of(report_.live->strips[i]);
        // An empty line that only got its mode's own points was not written, and yet is not what it was.
        if (line.verdict == Verdict::rolled_back && !same_line(*line.became, line.before))
            line.verdict = Verdict::failed;
    }
    settle_live(report_, std::move(pass_), report_.live->error, recorder_);
}

void LiveRideJob::end_without_pass(Error why) {
    phase_ = Phase::done;
    report_.error = std::move(why);
}

void LiveRideJob::cut_off(const Error& why) {
    phase_ = Phase::done;
    cut_off_live(report_, pass_, why);
}

Progress LiveRideJob::progress() const {
    if (phase_ == Phase::writing) return writer_->progress();
    return {"reading the faders' automation", phase_ == Phase::reading_again ? 1.0 : 0.0};
}

}  // namespace kedge::engine
