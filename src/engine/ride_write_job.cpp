#include "engine/ride_write_job.hpp"

#include "engine/strip_identity.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace kedge::engine {

FaderLine with_ride(const FaderLine& resting, const std::vector<RidePoint>& points, SampleRate rate) {
    FaderLine line{AutomationMode::play, resting.rest, {}};
    for (const RidePoint& point : points) {
        const SongTime at = SongTime::from_samples(point.at.samples(rate), rate);
        const Gain gain(resting.rest.ratio() * point.offset.gain().ratio());
        if (!line.points.empty() && line.points.back().at == at) {
            line.points.back().gain = gain;
        } else {
            line.points.push_back({at, gain});
        }
    }
    return line;
}

std::string has_automation(const FaderLine& line) {
    return fmt::format("its fader has automation already ({} points)", line.points.size());
}

Error nothing_free(const std::vector<LeftLine>& automated) {
    if (automated.empty())
        return {ErrorKind::refused, "No ride was written: the strips are not in the session any more.",
                "Run the command again."};
    return {ErrorKind::refused,
            fmt::format("No ride was written: \"{}\" is left alone, as {}.", automated.front().strip.name,
                        automated.front().reason),
            "Take an earlier ride back with `kedge revert`, or clear the fader's automation."};
}

RideWriteJob::RideWriteJob(std::vector<Ride> rides, std::string surface_name, WallTime created,
                           surface::PassRecorder& recorder)
    : LinePassJob("writing rides", recorder),
      rides_(std::move(rides)),
      surface_name_(std::move(surface_name)),
      created_(created) {}

void RideWriteJob::start(Desk& desk) {
    std::vector<StripId> strips;
    for (const Ride& ride : rides_) strips.push_back(ride.strip);
    if (strips.empty()) return finish();
    if (auto can = need_fader_lines(desk.surface().capabilities()); !can) return refuse(can.error());
    if (auto known = refuse_twins(strips, desk.mixer()); !known) return refuse(known.error());
    read(desk, std::move(strips));
}

void RideWriteJob::lines_read(Desk& desk) {
    const MixerState& mixer = desk.mixer();
    LineOrder order;
    order.header.kind = PassKind::ride;
    order.header.surface = surface_name_;
    order.header.session = mixer.session.name;
    order.header.created = created_;
    for (const Ride& ride : rides_) {
        const Strip* strip = mixer.find(ride.strip);
        if (!strip) {
            report_.gone.push_back({{}, "The strip is not in the session any more."});
            continue;
        }
        const FaderLine& before = line(ride.strip);
        if (!before.points.empty()) {
            report_.automated.push_back({strip->name, has_automation(before)});
            continue;
        }
        std::string reason =
            fmt::format("{} points for {} stretches of the song", ride.points.size(), ride.cues.size());
        order.writes.push_back({ride.strip,
                                {strip->name, before, with_ride(before, ride.points, mixer.session.rate),
                                 Verdict::pending, "ride", std::move(reason)}});
    }
    if (order.writes.empty()) return refuse(nothing_free(report_.automated));
    order.undo_name = order.writes.size() == 1
                          ? fmt::format("kedge: ride of {}", order.writes.front().line.strip.name)
                          : fmt::format("kedge: {} rides", order.writes.size());
    write(desk, std::move(order));
}

void RideWriteJob::ended(LineEnd end) {
    settle_line_report(report_, std::move(end), "ride", "`kedge strips` lists what is there.");
}

}  // namespace kedge::engine
