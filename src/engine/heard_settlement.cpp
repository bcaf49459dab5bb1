#include "engine/heard_settlement.hpp"

#include "engine/live_ride_report.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace kedge::engine {

namespace {

const LiveStripReport* report_of(StripId strip, const ProbedReport& done) {
    if (!done.live) return nullptr;
    const auto& strips = done.live->strips;
    const auto found = std::find_if(strips.begin(), strips.end(),
                                    [&](const LiveStripReport& each) { return each.strip == strip; });
    return found == strips.end() ? nullptr : &*found;
}

/// As far as the ride came: what was confirmed of it.
FaderLine written_part(const PassLine& line, const LiveStripReport& report) {
    FaderLine part{report.mode_after, line.before.rest, {}};
    if (!report.written) return part;
    const SongRange written = *report.written;
    const Ride ride = ride_of(line, report.strip);
    const auto add = [&](SongTime at) { part.points.push_back({at, ride.value_at(at).gain()}); };
    for (const LinePoint& point : line.after.points) {
        if (point.at > written.to) break;
        if (point.at >= written.from) part.points.push_back(point);
    }
    if (part.points.empty() || part.points.back().at < written.to) add(written.to);
    // Let go there: back to where there was no automation.
    if (written.to < line.after.points.back().at)
        part.points.push_back({written.to + std::chrono::milliseconds(1), line.before.rest});
    return part;
}

}  // namespace

bool FoundFader::stands_as(const FaderLine& line, const Capabilities& capabilities) const {
    if (strip == nullptr) return false;
    // A level is looked at in manual mode only.
    if (!level && line.mode == AutomationMode::manual) return false;
    return engine::stands_as(strip->fader_automation, level.value_or(Decibels()), line, capabilities);
}

bool settle_written(PassLine& line, StripId strip, const ProbedReport& done) {
    const LiveStripReport* report = report_of(strip, done);
    if (report == nullptr || report->end == LiveEnd::untouched) return false;
    const bool plays = report->mode_after == line.after.mode;
    line.verdict = plays ? verdict_of(*report) : Verdict::failed;
    if (report->end != LiveEnd::written || !plays) line.became = written_part(line, *report);
    return true;
}

void settle_heard_line(PassLine& line, StripId strip, const FoundFader& found, const ProbedReport* done,
                       const Capabilities& capabilities) {
    if (done != nullptr && settle_written(line, strip, *done)) return;
    if (found.stands_as(line.before, capabilities)) {
        if (line.verdict != Verdict::conflict) line.verdict = Verdict::rolled_back;
        return;
    }
    line.verdict = Verdict::failed;
    line.became = FaderLine{found.strip ? found.strip->fader_automation : line.before.mode,
                            found.level.value_or(Decibels::from_gain(line.before.rest)).gain(),
                            {}};
}

LeftLine stays_in_list(const PassLine& line) {
    const auto& points = line.left().points;
    if (points.empty()) return {line.strip, "what was tried out or written of the ride is still in its list"};
    return {line.strip,
            fmt::format("the points from {} to {} are still in its list, and do not play in manual mode",
                        to_string(points.front().at), to_string(points.back().at))};
}

std::vector<LeftLine> left_in_lists(const Pass& pass, std::span<const StripId> strips,
                                    const ProbedReport* done) {
    std::vector<LeftLine> left;
    if (done == nullptr) return left;
    for (std::size_t i = 0; i < pass.lines.size(); ++i) {
        const LiveStripReport* report = report_of(strips[i], *done);
        if (report != nullptr && report->end == LiveEnd::partly) left.push_back(stays_in_list(pass.lines[i]));
        const bool probed = done->probe && done->probe->strip == strips[i];
        if (!probed || report != nullptr) continue;
        for (const std::string& sentence : done->probe->not_restored)
            left.push_back({pass.lines[i].strip, sentence});
    }
    return left;
}

}  // namespace kedge::engine
