#include "reaper/companion_exchange.hpp"

#include "reaper/session_limits.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

#include <fmt/format.h>

namespace kedge::reaper {

/// Another one than an earlier run of kedge had: the clock goes on between them.
RequestId CompanionExchange::next_id(Instant now) {
    return {fmt::format("k{}-{}", now.time_since_epoch().count(), ++requests_)};
}

void CompanionExchange::begin(Instant now, Request request) {
    assert(!busy());
    request.due = last_call_ ? std::max(now, *last_call_ + between_script_calls) : now;
    garbled_ = false;
    request_ = std::move(request);
}

void CompanionExchange::ask_identity(Instant now, Patience patience) {
    const RequestId id = next_id(now);
    begin(now, {id, Asked::identity, identity_request(id), {}, patience});
}

void CompanionExchange::ask_strips(Instant now, const ProjectKey& project, Patience patience) {
    const RequestId id = next_id(now);
    begin(now, {id, Asked::strips, strips_request(id, project), {}, patience});
}

void CompanionExchange::read(Instant now, const ProjectKey& project, const std::vector<TrackGuid>& tracks) {
    const RequestId id = next_id(now);
    begin(
        now,
        {id, Asked::faders, read_request(id, project, tracks), tracks, {script_patience, most_script_calls}});
}

void CompanionExchange::write(Instant now, const ProjectKey& project, std::string_view undo_name,
                              const std::vector<GuidLine>& lines) {
    const RequestId id = next_id(now);
    Request request{id,
                    Asked::write,
                    write_request(id, project, undo_name, lines),
                    {},
                    {script_patience, most_script_calls}};
    std::size_t points = 0;
    for (const GuidLine& line : lines) {
        request.tracks.push_back(line.track);
        points += line.fader.envelope.points.size();
    }
    request.patience.each += std::min<Duration>(patience_for_each_point * points, longest_script_patience);
    begin(now, std::move(request));
}

bool CompanionExchange::fits(const CompanionAnswer& answer) const {
    if (std::holds_alternative<ToldRefusal>(answer.what)) return true;
    if (request_->asked == Asked::identity) return std::holds_alternative<ToldProject>(answer.what);
    if (request_->asked == Asked::strips) return std::holds_alternative<ToldStrips>(answer.what);
    const auto* faders = std::get_if<ToldFaders>(&answer.what);
    return faders != nullptr &&
           std::equal(faders->begin(), faders->end(), request_->tracks.begin(), request_->tracks.end(),
                      [](const ToldFader& told, const TrackGuid& asked) { return told.guid == asked; });
}

CompanionExchange::Heard CompanionExchange::hear(std::string_view text, CompanionAnswer& answer) {
    if (!busy()) return Heard::nothing_of_ours;
    auto read = read_answer(text);
    // A script that could not read the request says so without its id.
    const bool to_nobody = read && read->id.text == "-" && std::holds_alternative<ToldRefusal>(read->what);
    if (read && !to_nobody && read->id != request_->id) return Heard::nothing_of_ours;
    if (!read || !fits(*read)) {
        garbled_ = true;
        return Heard::garbled;
    }
    answer = std::move(*read);
    forget();
    return Heard::answered;
}

std::optional<Instant> CompanionExchange::due() const {
    return busy() ? std::optional(request_->due) : std::nullopt;
}

CompanionExchange::Due CompanionExchange::wake(Instant now) {
    if (!busy() || now < request_->due) return Due::nothing;
    if (request_->calls >= request_->patience.calls) {
        forget();
        return Due::gave_up;
    }
    ++request_->calls;
    request_->due = now + request_->patience.each;
    last_call_ = now;
    return Due::call;
}

}  // namespace kedge::reaper
