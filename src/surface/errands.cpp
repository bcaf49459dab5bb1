#include "surface/errands.hpp"

#include "surface/same_value.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace kedge::surface {

std::size_t Errands::add(const Errand& errand) {
    [[maybe_unused]] const auto [place, is_new] =
        by_control_.emplace(std::pair(errand.strip, errand.control), errands_.size());
    assert(is_new);
    errands_.push_back(errand);
    return place->second;
}

const Errand* Errands::find(StripId strip, Control control) const {
    const auto known = by_control_.find({strip, control});
    return known == by_control_.end() ? nullptr : &errands_[known->second];
}

void Errands::doubt(Instant now, StripId strip, Control control) {
    const auto known = by_control_.find({strip, control});
    if (known == by_control_.end()) return;
    auto& errand = errands_[known->second];
    errand.sent_at = now;
    if (errand.end != ErrandEnd::reached) return;
    errand.end = ErrandEnd::open;
    in_flight_.push_back({known->second, now, now, Awaits::quiet, true});
}

std::size_t Errands::under_way() const {
    return static_cast<std::size_t>(
        std::count_if(in_flight_.begin(), in_flight_.end(),
                      [](const InFlight& each) { return each.awaits != Awaits::quiet; }));
}

void Errands::pump(Instant now, RunnerOutbox& out) {
    std::size_t busy = under_way();
    for (auto& flight : in_flight_) {
        if (busy >= pace_->room()) break;
        if (flight.awaits != Awaits::quiet || flight.deadline > now) continue;
        ask(now, flight, out);
        ++busy;
    }
    for (; next_ < errands_.size() && busy < pace_->room(); ++next_) {
        if (errands_[next_].end != ErrandEnd::open) continue;
        start(now, next_, out);
        ++busy;
    }
    drop_ended();
    for (const auto& flight : in_flight_) {
        // One that waits for room goes when another comes back.
        if (flight.awaits == Awaits::quiet && flight.deadline <= now) continue;
        if (!out.wake_at || flight.deadline < *out.wake_at) out.wake_at = flight.deadline;
    }
}

void Errands::start(Instant now, std::size_t index, RunnerOutbox& out) {
    in_flight_.push_back({index, now, now});
    try_again(now, in_flight_.back(), out);
}

void Errands::ask(Instant now, InFlight& flight, RunnerOutbox& out) const {
    const auto& errand = errands_[flight.index];
    out.commands.emplace_back(QueryControl{errand.strip, errand.control});
    flight.awaits = Awaits::answer;
    flight.deadline = now + patience(flight.waits_in_vain);
}

void Errands::send(Instant now, InFlight& flight, RunnerOutbox& out) {
    auto& errand = errands_[flight.index];
    out.commands.emplace_back(SetControl{errand.strip, errand.control, errand.target});
    errand.sent_at = now;
    flight.seen = false;
    flight.awaits = Awaits::report;
    flight.deadline = now + patience(flight.waits_in_vain);
}

void Errands::try_again(Instant now, InFlight& flight, RunnerOutbox& out) {
    auto& errand = errands_[flight.index];
    if (errand.tries == 0) {
        errand.end = errand.answer ? ErrandEnd::other_value : ErrandEnd::silent;
        return;
    }
    --errand.tries;
    const bool first = !std::exchange(errand.started, true);
    const bool only_asks = errand.kind == Errand::Kind::read || !errand.may_send || flight.seen ||
                           (errand.kind == Errand::Kind::check && (first || !errand.answer));
    if (!only_asks) send(now, flight, out);
    // Once something was lost, report and answer are worth having both.
    if (only_asks || errand.kind != Errand::Kind::write || flight.waits_in_vain > 0) ask(now, flight, out);
}

void Errands::overdue(Instant now, InFlight& flight, RunnerOutbox& out) {
    if (flight.awaits == Awaits::quiet) return;  // pump asks, as soon as there is room
    if (flight.awaits == Awaits::turn) return try_again(now, flight, out);
    if (waits_for_turn(now, flight)) return;
    pace_->missed();
    if (flight.awaits == Awaits::report) return ask(now, flight, out);
    ++flight.waits_in_vain;
    try_again(now, flight, out);
}

Duration Errands::patience(int waits_in_vain) const {
    return std::max(pace_->answer_time(waits_in_vain), capabilities_.longest_turn);
}

bool Errands::waits_for_turn(Instant now, InFlight& flight) const {
    if (capabilities_.longest_turn <= Duration::zero() || !moved_on_) return false;
    const Instant at_last = *moved_on_ + capabilities_.longest_turn;
    if (at_last <= now) return false;
    flight.deadline = at_last;
    return true;
}

Errands::InFlight* Errands::flight_of(StripId strip, Control control) {
    const auto known = by_control_.find({strip, control});
    if (known == by_control_.end()) return nullptr;
    const auto flight = std::find_if(in_flight_.begin(), in_flight_.end(),
                                     [&](const InFlight& each) { return each.index == known->second; });
    return flight == in_flight_.end() ? nullptr : &*flight;
}

/// Whether all that was sent had arrived before a question that left at `by`.
bool Errands::everything_arrived(const Errand& errand, Instant by) const {
    return !errand.sent_at || by >= *errand.sent_at + capabilities_.longest_detour;
}

void Errands::reported(Instant now, const ControlReported& report, RunnerOutbox& out) {
    auto* flight = flight_of(report.strip, report.control);
    if (flight == nullptr) return;
    auto& errand = errands_[flight->index];
    // An answer to a question of somebody else's, or of an earlier pass, says nothing about this one.
    const bool answers = report.asked && report.asked_at >= flight->since;
    if (answers) pace_->answered(now - report.asked_at);
    if (errand.kind == Errand::Kind::read) {
        if (!answers) return;
        errand.answer = report.value;
        errand.end = ErrandEnd::reached;
    } else if (same_value(report.value, errand.target, capabilities_)) {
        hear_target(now, *flight, report);
    } else if (answers) {
        hear_other(now, *flight, report, out);
    }
    if (errand.end != ErrandEnd::open) moved_on_ = now;
    drop_ended();
}

void Errands::hear_target(Instant now, InFlight& flight, const ControlReported& report) {
    auto& errand = errands_[flight.index];
    const bool keeps_order = capabilities_.longest_detour == Duration{};
    const bool answers = report.asked && report.asked_at >= flight.since;
    if ((answers && everything_arrived(errand, report.asked_at)) ||
        (keeps_order && errand.kind == Errand::Kind::write)) {
        errand.end = ErrandEnd::reached;
        return;
    }
    // It is there, or was: asked again once nothing else can arrive. Only a write believes a report that may
    // be older than what was sent.
    if (!errand.sent_at || (errand.kind != Errand::Kind::write && !answers)) return;
    if (flight.awaits == Awaits::quiet) return;
    flight.seen = true;
    flight.awaits = Awaits::quiet;
    flight.deadline = std::max(now, *errand.sent_at + capabilities_.longest_detour);
}

void Errands::hear_other(Instant now, InFlight& flight, const ControlReported& report, RunnerOutbox& out) {
    auto& errand = errands_[flight.index];
    // A question that left before the value says nothing of it.
    if (errand.sent_at && report.asked_at < *errand.sent_at) return;
    if (flight.awaits == Awaits::turn) return;
    errand.answer = report.value;
    flight.seen = false;
    if (flight.waits_in_vain++ == 0) return try_again(now, flight, out);
    // At the pace of the wire all tries would be gone before a DAW that is busy has come round.
    flight.awaits = Awaits::turn;
    flight.deadline = now + pace_->answer_time(flight.waits_in_vain);
}

void Errands::refused(Instant now, const ControlRefused& refusal, RunnerOutbox& out) {
    auto* flight = flight_of(refusal.strip, refusal.control);
    if (flight == nullptr) return;
    auto& errand = errands_[flight->index];
    if (errand.kind == Errand::Kind::read) return;
    if (errand.kind != Errand::Kind::write) {
        // A control that takes no value may well hold the one it should: its answer decides.
        if (std::exchange(errand.may_send, false)) ask(now, *flight, out);
        return;
    }
    errand.end = ErrandEnd::refused;
    drop_ended();
}

void Errands::removed(std::span<const StripId> strips) {
    for (auto& errand : errands_)
        if (errand.end == ErrandEnd::open &&
            std::find(strips.begin(), strips.end(), errand.strip) != strips.end())
            errand.end = ErrandEnd::gone;
    drop_ended();
}

void Errands::leave(StripId strip, Control control) {
    const auto known = by_control_.find({strip, control});
    if (known == by_control_.end()) return;
    errands_[known->second].end = ErrandEnd::left;
    drop_ended();
}

void Errands::wake(Instant now, RunnerOutbox& out) {
    for (auto& flight : in_flight_)
        if (flight.deadline <= now) overdue(now, flight, out);
    drop_ended();
}

void Errands::resume(Instant now, RunnerOutbox& out) {
    for (auto& flight : in_flight_) {
        flight.waits_in_vain = 0;
        ask(now, flight, out);
    }
}

void Errands::drop_ended() {
    std::erase_if(in_flight_,
                  [&](const InFlight& flight) { return errands_[flight.index].end != ErrandEnd::open; });
}

}  // namespace kedge::surface
