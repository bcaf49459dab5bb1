#include "engine/saw_tooth_probe.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

#include <fmt/format.h>

namespace kedge::engine {

namespace {

// Far over the exactness of a surface, and not to be heard for a second.
constexpr double dip_db = -0.3;
constexpr Duration dip_from = std::chrono::milliseconds(200);
constexpr Duration dip_ramp = std::chrono::milliseconds(100);
constexpr Duration dip_to = std::chrono::milliseconds(1500);
// What is heard of an old line begins and ends a tick or more beside it.
constexpr Duration probe_room = probe_length + std::chrono::milliseconds(500);
constexpr Duration let_go_after = std::chrono::seconds(1);
// Where both ramps are over, by any delay that a pass makes up for.
constexpr Duration judged_from = std::chrono::milliseconds(500);
constexpr Duration judged_to = std::chrono::milliseconds(1300);
constexpr Duration judged_step = std::chrono::milliseconds(100);

Decibels heard_level(const FaderLine& line, SongTime at) {
    const auto& points = line.points;
    const auto next = std::upper_bound(points.begin(), points.end(), at,
                                       [](SongTime time, const LinePoint& point) { return time < point.at; });
    return Decibels::from_gain(next == points.begin() ? line.rest : (next - 1)->gain);
}

/// Whether the old curve is level over the stretch, and at which level.
std::optional<Decibels> old_level(std::span<const HeardLine> lines, const Ride& ride, SongRange stretch) {
    const auto known = std::find_if(lines.begin(), lines.end(),
                                    [&](const HeardLine& each) { return each.strip == ride.strip; });
    if (known == lines.end()) return ride.base;
    const Decibels level = heard_level(known->line, stretch.from);
    for (const LinePoint& point : known->line.points) {
        const bool within = point.at > stretch.from && point.at <= stretch.to;
        if (within && distance(Decibels::from_gain(point.gain), level) > Decibels(-dip_db / 6.0))
            return std::nullopt;
    }
    const auto& points = known->line.points;
    const auto next = std::upper_bound(points.begin(), points.end(), stretch.to,
                                       [](SongTime time, const LinePoint& point) { return time < point.at; });
    const bool on_its_way = next != points.begin() && next != points.end() && (next - 1)->gain != next->gain;
    return on_its_way ? std::nullopt : std::optional(level);
}

}  // namespace

std::optional<ProbeSpot> choose_probe_spot(std::span<const Ride> rides,
                                           std::span<const HeardLine> old_lines) {
    for (const Ride& ride : rides) {
        for (std::size_t i = 0; i + 1 < ride.points.size(); ++i) {
            const RidePoint& from = ride.points[i];
            const RidePoint& to = ride.points[i + 1];
            if (from.offset != to.offset || to.at - from.at < probe_length) continue;
            const SongRange stretch{from.at, from.at + probe_length};
            const auto level = old_level(old_lines, ride, stretch);
            // In manual mode a fader stands at its base, and must be found there.
            if (level && distance(*level, ride.base) <= Decibels(-dip_db / 6.0))
                return ProbeSpot{ride.strip, ride.base, stretch};
        }
    }
    return std::nullopt;
}

Ride with_room_for_probe(Ride ride) {
    return choose_probe_spot({&ride, 1}, {}) ? ride : with_room_around(std::move(ride));
}

Ride with_room_around(Ride ride) {
    const RidePoint first = ride.points.front();
    if (first.at - SongTime() >= probe_room) {
        ride.points.insert(ride.points.begin(), {first.at - probe_room, first.offset});
    } else {
        const RidePoint last = ride.points.back();
        // It is let go only after its last point.
        ride.points.push_back({last.at + let_go_after, last.offset});
        ride.points.push_back({last.at + let_go_after + probe_room, last.offset});
    }
    return ride;
}

Error saw_tooth_refusal() {
    return {
        ErrorKind::refused,
        "Automation that is written live falls back to the old curve between two values in this DAW: a ride "
        "would become a saw-tooth. (Ardour does so when it runs without its window.)",
        "Open the session in Ardour with its window and run the command again. With the companion script "
        "there rides are written exactly: quit Ardour, run 'kedge doctor --install-companion', start it."};
}

void KnownStyle::keep(WritingStyle style, const surface::Surface& surface) {
    style_ = style;
    reconnects_ = surface.counters().reconnects;
}

WritingStyle KnownStyle::of(const surface::Surface& surface) const {
    return surface.counters().reconnects == reconnects_ ? style_ : WritingStyle::unknown;
}

SawToothProbe::SawToothProbe(ProbeSpot spot) : spot_(spot) {
    assert(spot.range.length() >= probe_length);
    report_.strip = spot_.strip;
    report_.stretch = {spot_.range.from, spot_.range.from + probe_length};
}

/// A dip within the stretch; of 0 dB it is the old level.
LiveOrder SawToothProbe::order(Decibels dip) const {
    const SongTime from = spot_.range.from;
    LiveOrder order;
    Ride ride;
    ride.strip = spot_.strip;
    ride.base = spot_.base;
    ride.points = {
        {from, Decibels()},   {from + dip_from, Decibels()},          {from + dip_from + dip_ramp, dip},
        {from + dip_to, dip}, {from + dip_to + dip_ramp, Decibels()}, {from + probe_length, Decibels()}};
    order.rides = {std::move(ride)};
    order.after = mode_before_;
    return order;
}

Job* SawToothProbe::at_work() {
    if (step_ == Step::dipping) return &*dip_;
    if (step_ == Step::hearing) return &*ear_;
    return step_ == Step::levelling ? &*level_ : nullptr;
}

void SawToothProbe::start(Desk& desk) {
    if (const Strip* strip = desk.mixer().find(spot_.strip)) mode_before_ = strip->fader_automation;
    dip_.emplace(order(Decibels(dip_db)));
    dip_->start(desk);
    go_on(desk);
}

bool SawToothProbe::wrote(const LiveReport& report) const {
    return !report.error && report.strips[0].end == LiveEnd::written;
}

void SawToothProbe::note_what_stays(const LiveReport& written) {
    const LiveStripReport& strip = written.strips[0];
    report_.not_restored.insert(report_.not_restored.end(), strip.not_restored.begin(),
                                strip.not_restored.end());
    if (!report_.error && !wrote(written)) report_.error = written.error ? written.error : strip.why;
    if (!report_.error && !wrote(written)) {
        report_.error = Error{ErrorKind::conflict, "The fader was moved by hand while writing was tried out.",
                              "Leave it alone for a few seconds and run the command again."};
    }
}

void SawToothProbe::judge() {
    const HeardLine& heard = ear_->lines()[0];
    report_.not_restored.insert(report_.not_restored.end(), heard.not_restored.begin(),
                                heard.not_restored.end());
    if (ear_->error()) {
        report_.error = ear_->error();
        return;
    }
    int dipped = 0;
    int all = 0;
    for (Duration at = judged_from; at <= judged_to; at += judged_step) {
        const Decibels off = distance(heard_level(heard.line, spot_.range.from + at), spot_.base);
        ++all;
        if (off > Decibels(-dip_db / 2.0)) ++dipped;
    }
    report_.style = 2 * dipped > all ? WritingStyle::staircase : WritingStyle::saw_tooth;
    if (report_.style == WritingStyle::staircase) return;
    report_.error = saw_tooth_refusal();
}

void SawToothProbe::go_on(Desk& desk) {
    if (step_ == Step::dipping && dip_->done()) {
        note_what_stays(dip_->report());
        const bool anything = dip_->report().strips[0].end != LiveEnd::untouched;
        const bool gone = report_.error && report_.error->kind == ErrorKind::no_daw;
        if (report_.error) {
            step_ = anything && !gone ? Step::levelling : Step::done;
            if (step_ == Step::levelling) level_.emplace(order(Decibels())).start(desk);
        } else {
            step_ = Step::hearing;
            ear_.emplace(std::vector{spot_.strip}, report_.stretch).start(desk);
        }
    }
    if (step_ == Step::hearing && ear_->done()) {
        judge();
        const bool gone = report_.error && report_.error->kind == ErrorKind::no_daw;
        step_ = gone ? Step::done : Step::levelling;
        if (!gone) level_.emplace(order(Decibels())).start(desk);
    }
    if (step_ != Step::levelling || !level_->done()) return;
    step_ = Step::done;
    const bool levelled = wrote(level_->report()) && report_.style != WritingStyle::saw_tooth;
    note_what_stays(level_->report());
    if (levelled) return;
    report_.not_restored.push_back(
        fmt::format("Its automation may be {} dB off its old level between {} and {}.", -dip_db,
                    to_string(report_.stretch.from), to_string(report_.stretch.to)));
}

void SawToothProbe::event(Desk& desk, const surface::Event& event) {
    if (Job* job = at_work()) job->event(desk, event);
    go_on(desk);
}

void SawToothProbe::wake(Desk& desk) {
    if (Job* job = at_work()) job->wake(desk);
    go_on(desk);
}

void SawToothProbe::refused(Desk& desk, const surface::Command& command, const Error& error) {
    if (Job* job = at_work()) job->refused(desk, command, error);
    go_on(desk);
}

/// What it wrote is taken away all the same: a few seconds.
void SawToothProbe::interrupt(Desk& desk) {
    if (step_ != Step::levelling)
        if (Job* job = at_work()) job->interrupt(desk);
    go_on(desk);
}

Progress SawToothProbe::progress() const {
    const double share = step_ == Step::dipping ? 0.0 : step_ == Step::hearing ? 0.33 : 0.66;
    return {"trying out how the DAW writes automation", share};
}

}  // namespace kedge::engine
