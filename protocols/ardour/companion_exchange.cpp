#include "ardour/companion_exchange.hpp"

#include "ardour/session_limits.hpp"

#include <algorithm>
#include <cassert>

namespace kedge::ardour {

namespace {

constexpr std::int32_t highest_number = 1'000'000'000;

/// Ardour draws a line anew for each point that it gets: 2,000 points were seen to take it 2.3 s.
Duration time_to_write(std::size_t points) {
    const auto by_square = std::chrono::microseconds(1) * static_cast<std::int64_t>(points * points);
    return std::min<Duration>(by_square, longest_write);
}

}  // namespace

/// Another one than an earlier run of kedge had: the clock goes on between them.
RequestNumber CompanionExchange::next_number(Instant now) {
    if (last_number_ == 0) {
        const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count();
        last_number_ = static_cast<std::int32_t>(ms % highest_number);
    }
    last_number_ = last_number_ % highest_number + 1;
    return {last_number_};
}

void CompanionExchange::read(Instant now, std::string_view session, SampleRate rate, std::vector<StripId> ids,
                             const std::vector<std::string>& names) {
    assert(!busy() && ids.size() == names.size());
    Request request;
    request.number = next_number(now);
    request.text = read_request(request.number, session, names);
    request.strips = ids.size();
    request.parts.resize(ids.size());
    request.ids = std::move(ids);
    request.rate = rate;
    request.since = now;
    request.patience = companion_patience;
    request_ = std::move(request);
}

void CompanionExchange::write(Instant now, std::string_view session, SampleRate rate,
                              std::string_view undo_name, const std::vector<NamedLine>& lines) {
    assert(!busy());
    Request request;
    request.number = next_number(now);
    request.text = write_request(request.number, session, rate, undo_name, lines);
    request.writes = true;
    request.strips = lines.size();
    request.since = now;
    request.patience = companion_patience;
    for (const NamedLine& each : lines) request.patience += time_to_write(each.line.points.size());
    request_ = std::move(request);
}

bool CompanionExchange::hear(Instant now, const CompanionAnswer& answer, std::vector<surface::Event>& out) {
    if (!busy()) return false;
    Request& request = *request_;
    if (number_of(answer) != request.number) return false;
    if (const auto* refused = std::get_if<RefusedAnswer>(&answer)) {
        out.emplace_back(
            surface::LinesRefused{{ErrorKind::refused, refused->why, refused->next}, /*unanswered=*/false});
        forget();
        return true;
    }
    bool taken = false;
    if (const auto* fader = std::get_if<FaderAnswer>(&answer)) taken = take(*fader);
    if (const auto* points = std::get_if<PointsAnswer>(&answer)) taken = take(*points);
    if (const auto* done = std::get_if<DoneAnswer>(&answer)) {
        taken = done->strips == request.strips;
        request.done_said = request.done_said || taken;
    }
    if (!taken) return false;
    request.since = now;
    finish_if_whole(out);
    return true;
}

bool CompanionExchange::take(const FaderAnswer& answer) {
    if (answer.place >= request_->parts.size()) return false;
    Part& part = request_->parts[answer.place];
    // A request that was handed over twice may be answered twice, and the fader be another one by then.
    if (part.fader && (part.fader->mode != answer.mode || part.fader->points != answer.points))
        part.points.clear();
    part.fader = answer;
    // What came before this may have been of a longer line.
    part.points.erase(part.points.lower_bound(answer.points), part.points.end());
    return true;
}

bool CompanionExchange::take(const PointsAnswer& answer) {
    if (answer.place >= request_->parts.size()) return false;
    Part& part = request_->parts[answer.place];
    if (part.fader && answer.first + answer.points.size() > part.fader->points) return false;
    for (std::size_t i = 0; i < answer.points.size(); ++i)
        part.points.insert_or_assign(answer.first + i, answer.points[i]);
    return true;
}

bool CompanionExchange::Part::whole() const {
    return fader && points.size() == fader->points;
}

/// Parts of two answers may not fit together.
bool CompanionExchange::Part::in_order() const {
    const auto later = [](const auto& a, const auto& b) { return a.second.at > b.second.at; };
    return std::adjacent_find(points.begin(), points.end(), later) == points.end();
}

/// Ardour keeps a jump as two points of one time, and takes none such: read, and written back, the second one
/// is a sample later.
std::vector<LinePoint> CompanionExchange::Part::in_steps(SampleRate rate) const {
    std::vector<LinePoint> line;
    std::int64_t before = -1;
    for (const auto& [place, point] : points) {
        before = std::max(point.at.samples(rate), before + 1);
        line.push_back({SongTime::from_samples(before, rate), point.gain});
    }
    return line;
}

void CompanionExchange::finish_if_whole(std::vector<surface::Event>& out) {
    Request& request = *request_;
    for (Part& part : request.parts) {
        if (!request.done_said || !part.whole()) return;
        if (!part.in_order()) {
            part = {};
            return;
        }
    }
    if (!request.done_said) return;
    if (request.writes) out.emplace_back(surface::FaderLinesWritten{});
    for (std::size_t i = 0; i < request.parts.size(); ++i) {
        const Part& part = request.parts[i];
        FaderLine line{part.fader->mode, part.fader->rest, part.in_steps(request.rate)};
        out.emplace_back(surface::FaderLineRead{request.ids[i], std::move(line)});
    }
    forget();
}

std::optional<Instant> CompanionExchange::due() const {
    return busy() ? std::optional(request_->since + request_->patience) : std::nullopt;
}

CompanionExchange::Due CompanionExchange::wake(Instant now) {
    if (!busy() || now < *due()) return Due::nothing;
    if (request_->times >= most_companion_calls) {
        forget();
        return Due::gave_up;
    }
    ++request_->times;
    request_->since = now;
    return Due::call_again;
}

}  // namespace kedge::ardour
