#include "engine/engine.hpp"

#include <algorithm>
#include <cassert>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace kedge::engine {

using surface::Effect;
using surface::Effects;
using surface::Event;

void Engine::start(Instant now, Effects& out) {
    Effects fresh;
    surface_.start(now, fresh);
    digest(now, std::move(fresh), out);
}

void Engine::receive(Instant now, std::size_t port, std::span<const std::byte> bytes, Effects& out) {
    Effects fresh;
    surface_.receive_from(now, port, bytes, fresh);
    digest(now, std::move(fresh), out);
}

void Engine::wire_changed(Instant now, std::size_t port, bool plugged_in, Effects& out) {
    Effects fresh;
    surface_.wire_changed(now, port, plugged_in, fresh);
    digest(now, std::move(fresh), out);
}

void Engine::answered(Instant now, std::string_view answer, Effects& out) {
    Effects fresh;
    surface_.answered(now, answer, fresh);
    digest(now, std::move(fresh), out);
}

void Engine::wake(Instant now, Effects& out) {
    Effects fresh;
    surface_.wake(now, fresh);
    std::deque<Effect> queue(std::make_move_iterator(fresh.begin()), std::make_move_iterator(fresh.end()));
    for (Guest& guest : guests_) {
        const auto due = guest.wakes.upper_bound(now);
        if (due == guest.wakes.begin()) continue;
        guest.wakes.erase(guest.wakes.begin(), due);
        Desk desk(now, surface_);
        guest.guest->wake(desk);
        after_guest(now, guest, desk, queue);
    }
    watch_hands(now, queue);
    const auto due = job_wakes_.upper_bound(now);
    if (job_started_ && due != job_wakes_.begin()) {
        job_wakes_.erase(job_wakes_.begin(), due);
        Desk desk(now, surface_);
        job_->wake(desk);
        after_job(now, desk, queue);
    }
    digest(now, Effects(std::make_move_iterator(queue.begin()), std::make_move_iterator(queue.end())), out);
}

void Engine::act(EngineGuest& guest, Instant now, const std::function<void(Desk&)>& what, Effects& out) {
    const auto invited =
        std::find_if(guests_.begin(), guests_.end(), [&](const Guest& each) { return each.guest == &guest; });
    assert(invited != guests_.end());
    std::deque<Effect> queue;
    Desk desk(now, surface_);
    what(desk);
    after_guest(now, *invited, desk, queue);
    digest(now, Effects(std::make_move_iterator(queue.begin()), std::make_move_iterator(queue.end())), out);
}

void Engine::close(Instant now, Effects& out) {
    Effects fresh;
    surface_.close(now, fresh);
    digest(now, std::move(fresh), out);
}

void Engine::begin(Job& job, Instant now, Effects& out) {
    assert(!busy());
    job_ = &job;
    job_started_ = false;
    job_wakes_.clear();
    turned_away_.reset();
    if (loss_) {
        turn_away(now);
        return;
    }
    std::deque<Effect> queue;
    if (surface_.ready()) start_job(now, queue);
    digest(now, Effects(std::make_move_iterator(queue.begin()), std::make_move_iterator(queue.end())), out);
}

void Engine::interrupt(Instant now, Effects& out) {
    if (!busy()) return;
    if (!job_started_) {
        job_ = nullptr;
        return;
    }
    std::deque<Effect> queue;
    Desk desk(now, surface_);
    job_->interrupt(desk);
    after_job(now, desk, queue);
    digest(now, Effects(std::make_move_iterator(queue.begin()), std::make_move_iterator(queue.end())), out);
}

std::optional<Progress> Engine::progress() const {
    if (!job_) return std::nullopt;
    if (!job_started_) return Progress{"connecting", 0.0};
    return job_->progress();
}

std::optional<Error> Engine::lost(Instant now) const {
    if (!loss_) return std::nullopt;
    const auto ago = std::chrono::duration_cast<std::chrono::seconds>(now - loss_->since).count();
    return Error{
        ErrorKind::no_daw,
        ago < 1 ? fmt::format("The DAW was lost just now: {}.", loss_->why)
                : fmt::format("The DAW was lost {} s ago: {}.", ago, loss_->why),
        "Bring it back, with its control surface turned on as it was: kedge finds it again by itself, and "
        "then run the command again."};
}

void Engine::turn_away(Instant now) {
    turned_away_ = lost(now);
    job_ = nullptr;
    job_started_ = false;
}

void Engine::start_job(Instant now, std::deque<Effect>& queue) {
    job_started_ = true;
    for (EngineObserver* observer : observers_) observer->job_began();
    Desk desk(now, surface_);
    job_->start(desk);
    after_job(now, desk, queue);
}

void Engine::after_guest(Instant now, Guest& guest, Desk& desk, std::deque<Effect>& queue) {
    for (const Instant when : desk.wakes()) {
        guest.wakes.insert(when);
        queue.emplace_back(surface::WakeAt{when});
    }
    Refusals refusals;
    for (const auto& command : desk.commands()) {
        if (const auto* touch = std::get_if<surface::TouchControl>(&command)) {
            hand_touches(now, *touch, queue);
            continue;
        }
        if (const auto* set = std::get_if<surface::SetControl>(&command))
            hand_moves(now, {set->strip, set->control}, queue);
        carry_out(now, command, queue, refusals);
    }
    for (const auto& [command, error] : refusals) {
        Desk again(now, surface_);
        guest.guest->refused(again, command, error);
        after_guest(now, guest, again, queue);
    }
}

/// What the surface answers goes to the end of the queue.
void Engine::carry_out(Instant now, const surface::Command& command, std::deque<Effect>& queue,
                       Refusals& refusals) {
    Effects answer;
    const auto done = surface_.command(now, command, answer);
    for (auto& effect : answer) queue.push_back(std::move(effect));
    if (!done) refusals.emplace_back(command, done.error());
}

void Engine::after_job(Instant now, Desk& desk, std::deque<Effect>& queue) {
    for (const Instant when : desk.wakes()) {
        job_wakes_.insert(when);
        queue.emplace_back(surface::WakeAt{when});
    }
    Refusals refusals;
    for (const auto& command : desk.commands())
        if (job_may(command, queue)) carry_out(now, command, queue, refusals);
    // Only now: what the job does about a refusal must not overtake what it asked for before.
    for (const auto& [command, error] : refusals) {
        if (!job_) break;
        Desk again(now, surface_);
        job_->refused(again, command, error);
        after_job(now, again, queue);
    }
    if (job_ && job_->done()) end_job();
}

void Engine::end_job() {
    job_ = nullptr;
    job_started_ = false;
    job_wakes_.clear();
    arbiter_.job_ended();
    told_taken_.clear();
    for (EngineObserver* observer : observers_) observer->job_ended();
}

void Engine::handle(Instant now, const Event& event, std::deque<Effect>& queue) {
    for (EngineObserver* observer : observers_) observer->event(now, surface_, event);
    for (Guest& guest : guests_) {
        Desk desk(now, surface_);
        guest.guest->event(desk, event);
        after_guest(now, guest, desk, queue);
    }
    if (std::holds_alternative<surface::Ready>(event)) {
        loss_.reset();
        if (job_ && !job_started_) {
            start_job(now, queue);
            return;
        }
    }
    if (const auto* lost = std::get_if<surface::Lost>(&event)) {
        loss_ = Loss{lost->why, now};
        arbiter_.forget();
        touched_in_daw_.clear();
        if (job_ && !job_started_) turn_away(now);
    }
    if (job_started_) {
        Desk desk(now, surface_);
        job_->event(desk, event);
        after_job(now, desk, queue);
    }
    if (const auto* left = std::get_if<surface::ControlLetGo>(&event)) job_knows_left(now, *left, queue);
}

void Engine::digest(Instant now, Effects fresh, Effects& out) {
    std::deque<Effect> queue(std::make_move_iterator(fresh.begin()), std::make_move_iterator(fresh.end()));
    while (!queue.empty()) {
        Effect effect = std::move(queue.front());
        queue.pop_front();
        if (const auto* event = std::get_if<Event>(&effect)) {
            handle(now, *event, queue);
        } else {
            out.push_back(std::move(effect));
        }
    }
}

}  // namespace kedge::engine
