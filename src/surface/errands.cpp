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

void Errands::pump(Instant now, RunnerOutbox& out) {
    while (next_ < errands_.size() && in_flight_.size() < pacing_.most_in_flight) {
        start(now, next_, out);
        ++next_;
        drop_ended();
    }
    for (const auto& flight : in_flight_)
        if (!out.wake_at || flight.deadline < *out.wake_at) out.wake_at = flight.deadline;
}

void Errands::start(Instant now, std::size_t index, RunnerOutbox& out) {
    if (errands_[index].end != ErrandEnd::open) return;
    in_flight_.push_back({index, now, false});
    try_again(now, in_flight_.back(), out);
}

void Errands::ask(Instant now, InFlight& flight, RunnerOutbox& out) const {
    const auto& errand = errands_[flight.index];
    out.commands.emplace_back(QueryControl{errand.strip, errand.control});
    flight.asked = true;
    flight.deadline = now + pacing_.answer_time;
}

void Errands::send(Instant now, InFlight& flight, RunnerOutbox& out) {
    const auto& errand = errands_[flight.index];
    out.commands.emplace_back(SetControl{errand.strip, errand.control, errand.target});
    flight.asked = false;
    flight.deadline = now + pacing_.answer_time;
}

void Errands::try_again(Instant now, InFlight& flight, RunnerOutbox& out) {
    auto& errand = errands_[flight.index];
    if (errand.tries == 0) {
        errand.end = errand.answer ? ErrandEnd::other_value : ErrandEnd::silent;
        return;
    }
    --errand.tries;
    errand.started = true;
    const bool sends = errand.kind != Errand::Kind::read && errand.may_send;
    if (sends) send(now, flight, out);
    if (!sends || errand.kind == Errand::Kind::restore) ask(now, flight, out);
}

void Errands::overdue(Instant now, InFlight& flight, RunnerOutbox& out) {
    if (flight.asked)
        try_again(now, flight, out);
    else
        ask(now, flight, out);
}

Errands::InFlight* Errands::flight_of(StripId strip, Control control) {
    const auto known = by_control_.find({strip, control});
    if (known == by_control_.end()) return nullptr;
    const auto flight = std::find_if(in_flight_.begin(), in_flight_.end(),
                                     [&](const InFlight& each) { return each.index == known->second; });
    return flight == in_flight_.end() ? nullptr : &*flight;
}

void Errands::reported(Instant now, const ControlReported& report, RunnerOutbox& out) {
    auto* flight = flight_of(report.strip, report.control);
    if (flight == nullptr) return;
    auto& errand = errands_[flight->index];
    if (report.asked) errand.answer = report.value;
    if (errand.kind == Errand::Kind::read) {
        if (report.asked) errand.end = ErrandEnd::reached;
    } else if (errand.kind == Errand::Kind::restore && !report.asked) {
        return;
    } else if (same_value(report.value, errand.target, capabilities_)) {
        errand.end = ErrandEnd::reached;
    } else if (report.asked && flight->asked) {
        try_again(now, *flight, out);
    }
    drop_ended();
}

void Errands::refused(Instant now, const ControlRefused& refusal, RunnerOutbox& out) {
    auto* flight = flight_of(refusal.strip, refusal.control);
    if (flight == nullptr) return;
    auto& errand = errands_[flight->index];
    if (errand.kind == Errand::Kind::restore) {
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

void Errands::wake(Instant now, RunnerOutbox& out) {
    for (auto& flight : in_flight_)
        if (flight.deadline <= now) overdue(now, flight, out);
    drop_ended();
}

void Errands::drop_ended() {
    std::erase_if(in_flight_,
                  [&](const InFlight& flight) { return errands_[flight.index].end != ErrandEnd::open; });
}

}  // namespace kedge::surface
