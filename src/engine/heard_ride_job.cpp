#include "engine/heard_ride_job.hpp"

#include "engine/heard_settlement.hpp"
#include "engine/strip_identity.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace kedge::engine {

namespace {

/// From the first stretch's beginning to the last one's end.
SongRange all_stretches(const std::vector<Ride>& rides) {
    SongRange range = stretch_of(rides.front().points);
    for (const Ride& ride : rides) {
        const SongRange own = stretch_of(ride.points);
        range = {std::min(range.from, own.from), std::max(range.to, own.to)};
    }
    return range;
}

/// Where all the rides are listened to: a DAW may stop at the song's end.
SongRange listened(const std::vector<Ride>& rides, const SessionInfo& session) {
    SongRange range = all_stretches(rides);
    SongTime last = rides.front().points.back().at;
    for (const Ride& ride : rides) last = std::max(last, ride.points.back().at);
    if (session.end) range.to = std::max(last, std::min(range.to, *session.end));
    return range;
}

/// The ride held at its first and last level over all that `ours` may have left: it is written over.
Ride over_all_of(Ride ride, const FaderLine& ours) {
    if (ours.points.empty()) return ride;
    const RidePoint first{ours.points.front().at, ride.points.front().offset};
    const RidePoint last{ours.points.back().at, ride.points.back().offset};
    if (first.at < ride.points.front().at) ride.points.insert(ride.points.begin(), first);
    if (last.at > ride.points.back().at) ride.points.push_back(last);
    return ride;
}

}  // namespace

std::vector<std::string> cannot_restore(const LiveOrder& order) {
    std::vector<std::string> sentences = {
        "The points that are written stay in the fader's list: `kedge revert` puts mode and fader back, and "
        "proves it, so that they do not play, but without the companion script it cannot take them away.",
        "What a fader's automation does now is heard while the song plays, ten times a second; a fader that "
        "has any is left alone."};
    if (order.rides.empty()) return sentences;
    const SongRange range = all_stretches(order.rides);
    sentences.push_back(
        fmt::format("It is heard from {} to {} only: points that a fader in manual mode has elsewhere, and "
                    "that do not play now, play as long as the ride stands.",
                    to_string(range.from), to_string(range.to)));
    sentences.emplace_back(
        "Where a fader has no point at all, the DAW adds one at either end of the song; they stay.");
    sentences.emplace_back(
        "Where it is not known yet how the DAW writes, one of the rides' faders is dipped by 0.3 dB for two "
        "seconds to find out. Its ride goes over it; if the ride is refused then, spikes of that size may "
        "stay in the fader's list, and do not play.");
    return sentences;
}

Result<HeardRideOrder> heard_order(LiveOrder live, Pass header, const journal::Journal& journal,
                                   const MixerState& mixer) {
    const auto history = journal.history(mixer.session.name);
    if (!history) return tl::unexpected(history.error());
    HeardRideOrder order{std::move(live), std::move(header), {}, {}};
    for (const Ride& ride : order.live.rides)
        if (const Strip* strip = mixer.find(ride.strip))
            if (const PassLine* left = left_behind(*history, strip->name))
                order.ours[ride.strip] = left->left();
    return order;
}

Result<HeardRideOrder> heard_order(const LineReturn& again, const journal::Journal& journal,
                                   const MixerState& mixer, const Capabilities& capabilities) {
    const auto recorded = lines_to_return(again, journal, mixer, capabilities);
    if (!recorded) return tl::unexpected(recorded.error());
    HeardRideOrder order;
    order.header = again.header(mixer.session.name);
    for (const PassLine& line : recorded->lines) {
        const Strip* strip = recorded->strip(line, mixer);
        if (!strip) {
            order.gone.push_back({line.strip, "it is not in the session any more"});
            continue;
        }
        order.live.rides.push_back(ride_of(line, strip->id));
        order.live.after = line.after.mode;
        order.ours[strip->id] = line.left();
    }
    return order;
}

HeardRideJob::HeardRideJob(HeardRideOrder order, KnownStyle& known, surface::PassRecorder& recorder)
    : order_(std::move(order)), known_(known), recorder_(recorder) {
    report_.gone = order_.gone;
    for (Ride& ride : order_.live.rides) {
        const auto ours = order_.ours.find(ride.strip);
        ride = ours == order_.ours.end() ? with_room_for_probe(std::move(ride))
                                         : with_room_around(over_all_of(std::move(ride), ours->second));
    }
}

Result<void> HeardRideJob::check(const Desk& desk) const {
    const Capabilities& can = desk.surface().capabilities();
    if (auto touch = need_touch(can); !touch) return touch;
    if (auto back = need_way_back(can); !back) return back;
    if (known_.of(desk.surface()) == WritingStyle::saw_tooth) return tl::unexpected(saw_tooth_refusal());
    std::vector<StripId> strips;
    for (const Ride& ride : order_.live.rides) strips.push_back(ride.strip);
    return refuse_twins(strips, desk.mixer());
}

void HeardRideJob::start(Desk& desk) {
    if (order_.live.rides.empty()) {
        phase_ = Phase::done;
        return;
    }
    if (auto can = check(desk); !can) return end_without_pass(can.error());
    choose_faders(desk.mixer());
    if (order_.live.rides.empty()) return end_without_pass(nothing_free(report_.automated));
    phase_ = Phase::reading;
    std::vector<StripId> faders;
    for (const Ride& ride : order_.live.rides) faders.push_back(ride.strip);
    levels_.emplace(desk, faders);
    go_on(desk);
}

/// Those in manual mode; the others are left alone, with the reason.
void HeardRideJob::choose_faders(const MixerState& mixer) {
    std::vector<Ride> rides;
    for (Ride& ride : order_.live.rides) {
        const Strip* strip = mixer.find(ride.strip);
        if (!strip) continue;
        if (strip->fader_automation == AutomationMode::manual) {
            rides.push_back(std::move(ride));
        } else {
            report_.automated.push_back(
                {strip->name,
                 fmt::format("its fader is in {} mode: what it has there cannot be read, and is not "
                             "drawn over",
                             to_string(strip->fader_automation))});
        }
    }
    order_.live.rides = std::move(rides);
}

void HeardRideJob::begin(Desk& desk) {
    const MixerState& mixer = desk.mixer();
    pass_ = order_.header;
    pass_.session = mixer.session.name;
    std::vector<Ride> rides;
    for (Ride& ride : order_.live.rides) {
        const Strip* strip = mixer.find(ride.strip);
        const auto level = levels_->level(ride.strip);
        if (!strip) continue;
        if (!level) {
            report_.automated.push_back({strip->name, "the DAW did not tell where its fader stands"});
            continue;
        }
        const FaderLine before{AutomationMode::manual, level->gain(), {}};
        FaderLine after = with_ride(before, ride.points, mixer.session.rate);
        after.mode = order_.live.after;
        // Left alone, until it is heard that it has no automation.
        pass_.lines.push_back({strip->name, before, std::move(after), Verdict::conflict,
                               std::string(heard_ride_rule),
                               "written while the song plays, as it was heard"});
        strips_.push_back(ride.strip);
        rides.push_back(std::move(ride));
    }
    order_.live.rides = std::move(rides);
    if (strips_.empty()) return end_without_pass(nothing_free(report_.automated));
    const auto id = recorder_.record_prepared(pass_);
    if (!id) return end_without_pass(id.error());
    pass_.id = *id;
    listen(desk);
}

void HeardRideJob::listen(Desk& desk) {
    phase_ = Phase::listening;
    ear_.emplace(strips_, listened(order_.live.rides, desk.mixer().session));
    ear_->start(desk);
    go_on(desk);
}

/// Why the fader is left alone as it was heard; nullopt when it is free.
std::optional<std::string> HeardRideJob::not_free(const HeardLine& heard) const {
    if (!heard.followed) return "its automation could not be heard";
    if (plays_level(heard.line)) return std::nullopt;
    const auto ours = order_.ours.find(heard.strip);
    const auto ride = std::find_if(order_.live.rides.begin(), order_.live.rides.end(),
                                   [&](const Ride& each) { return each.strip == heard.strip; });
    if (ours != order_.ours.end() && plays_as(heard.line, ours->second, stretch_of(ride->points)))
        return std::nullopt;
    return has_automation(heard.line) + ", as it was heard";
}

void HeardRideJob::judge_heard(Desk& desk) {
    if (const auto& why = ear_->error())
        return why->kind == ErrorKind::no_daw ? cut_off(*why) : prove(desk, *why);
    std::vector<Ride> rides;
    std::vector<HeardLine> heard;
    for (std::size_t i = 0; i < pass_.lines.size(); ++i) {
        const HeardLine& each = ear_->lines()[i];
        if (auto why = not_free(each)) {
            report_.automated.push_back({pass_.lines[i].strip, std::move(*why)});
            continue;
        }
        pass_.lines[i].verdict = Verdict::pending;
        rides.push_back(order_.live.rides[i]);
        heard.push_back(each);
    }
    if (rides.empty()) return prove(desk, nothing_free(report_.automated));
    // From here on the stretch of these faders is ours, also for a recovery.
    if (auto noted = recorder_.record_outcome(pass_); !noted) return prove(desk, noted.error());
    order_.live.rides = std::move(rides);
    write(desk, std::move(heard));
}

void HeardRideJob::write(Desk& desk, std::vector<HeardLine> heard) {
    phase_ = Phase::writing;
    writer_.emplace(order_.live, std::move(heard), known_);
    writer_->start(desk);
    go_on(desk);
}

void HeardRideJob::written(Desk& desk) {
    const ProbedReport& done = writer_->report();
    report_.live = done.live;
    if (done.error && done.error->kind == ErrorKind::no_daw) return cut_off(*done.error);
    prove(desk, done.error);
}

/// However it went: modes and faders are read once more.
void HeardRideJob::prove(Desk& desk, std::optional<Error> why) {
    why_ = std::move(why);
    phase_ = Phase::proving;
    levels_.emplace(desk, strips_);
    go_on(desk);
}

void HeardRideJob::settle(const Desk& desk) {
    phase_ = Phase::done;
    const ProbedReport* done = writer_ ? &writer_->report() : nullptr;
    for (std::size_t i = 0; i < pass_.lines.size(); ++i) {
        const FoundFader found{desk.mixer().find(strips_[i]), levels_->level(strips_[i])};
        settle_heard_line(pass_.lines[i], strips_[i], found, done, desk.surface().capabilities());
    }
    report_.stays = left_in_lists(pass_, strips_, done);
    settle_live(report_, std::move(pass_), why_, recorder_);
}

void HeardRideJob::go_on(Desk& desk) {
    if (phase_ == Phase::reading && levels_->done())
        levels_->lost() ? end_without_pass({ErrorKind::no_daw, *levels_->lost(), "Nothing was changed."})
                        : begin(desk);
    if (phase_ == Phase::listening && ear_->done()) judge_heard(desk);
    if (phase_ == Phase::writing && writer_->done()) written(desk);
    if (phase_ == Phase::proving && levels_->done())
        levels_->lost() ? cut_off({ErrorKind::no_daw, *levels_->lost(), {}}) : settle(desk);
}

void HeardRideJob::event(Desk& desk, const surface::Event& event) {
    if (phase_ == Phase::reading || phase_ == Phase::proving)
        levels_->event(desk, event);
    else if (phase_ == Phase::listening)
        ear_->event(desk, event);
    else if (phase_ == Phase::writing)
        writer_->event(desk, event);
    go_on(desk);
}

void HeardRideJob::wake(Desk& desk) {
    if (phase_ == Phase::reading || phase_ == Phase::proving)
        levels_->wake(desk);
    else if (phase_ == Phase::listening)
        ear_->wake(desk);
    else if (phase_ == Phase::writing)
        writer_->wake(desk);
    go_on(desk);
}

void HeardRideJob::refused(Desk& desk, const surface::Command& command, const Error& error) {
    if (phase_ == Phase::reading || phase_ == Phase::proving)
        levels_->refused(desk, command);
    else if (phase_ == Phase::listening)
        ear_->refused(desk, command, error);
    else if (phase_ == Phase::writing)
        writer_->refused(desk, command, error);
    go_on(desk);
}

void HeardRideJob::interrupt(Desk& desk) {
    if (phase_ == Phase::reading)
        return end_without_pass({ErrorKind::interrupted, "Stopped: nothing was changed.", {}});
    if (phase_ == Phase::listening) ear_->interrupt(desk);
    if (phase_ == Phase::writing) writer_->interrupt(desk);
    go_on(desk);
}

void HeardRideJob::end_without_pass(Error why) {
    phase_ = Phase::done;
    report_.error = std::move(why);
}

void HeardRideJob::cut_off(const Error& why) {
    phase_ = Phase::done;
    cut_off_live(report_, pass_, why);
}

Progress HeardRideJob::progress() const {
    if (phase_ == Phase::listening) return ear_->progress();
    if (phase_ == Phase::writing) return writer_->progress();
    return {"reading the faders", phase_ == Phase::proving ? 1.0 : 0.0};
}

}  // namespace kedge::engine
