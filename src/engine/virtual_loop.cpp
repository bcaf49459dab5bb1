#include "engine/virtual_loop.hpp"

#include <algorithm>

namespace kedge::engine {

void VirtualLoop::carry_out(surface::Effects& effects) {
    VirtualDaw::Datagrams answers;
    for (auto& effect : effects) {
        if (auto* send = std::get_if<surface::SendBytes>(&effect)) {
            daw_.receive_at(now_, send->port, send->bytes, answers);
        } else if (const auto* wake = std::get_if<surface::WakeAt>(&effect)) {
            wakes_.insert(std::max(wake->when, now_));
        } else if (const auto* hand = std::get_if<surface::HandOver>(&effect)) {
            daw_.hand_over(hand->request);
            awaits_answer_ = hand->answered_by_file;
        }
    }
    effects.clear();
    deliver(answers);
}

void VirtualLoop::deliver(VirtualDaw::Datagrams& datagrams) {
    for (const auto& datagram : datagrams) {
        surface::Effects effects;
        engine_.receive(now_, datagram.port, datagram.bytes, effects);
        carry_out(effects);
    }
}

void VirtualLoop::look_for_answer() {
    if (!awaits_answer_) return;
    const auto answer = daw_.take_answer();
    if (!answer) return;
    surface::Effects effects;
    engine_.answered(now_, *answer, effects);
    carry_out(effects);
}

void VirtualLoop::step() {
    const Instant daw_next = std::max(daw_.next_wake(), now_);
    const Instant next = wakes_.empty() ? daw_next : std::min(daw_next, *wakes_.begin());
    now_ = next;
    VirtualDaw::Datagrams datagrams;
    if (daw_next <= now_) daw_.advance(now_, datagrams);
    deliver(datagrams);
    look_for_answer();
    if (!wakes_.empty() && *wakes_.begin() <= now_) {
        wakes_.erase(wakes_.begin(), wakes_.upper_bound(now_));
        surface::Effects effects;
        engine_.wake(now_, effects);
        carry_out(effects);
    }
    if (on_step) on_step(now_);
}

Result<void> VirtualLoop::run(Job& job, Duration patience) {
    const Instant end = now_ + patience;
    surface::Effects effects;
    if (!started_) {
        started_ = true;
        engine_.start(now_, effects);
        carry_out(effects);
        plug(true);
    }
    engine_.begin(job, now_, effects);
    carry_out(effects);
    while (engine_.busy()) {
        if (now_ >= end) return fail(ErrorKind::no_daw, "The work did not end within its patience.");
        step();
    }
    if (engine_.turned_away()) return tl::unexpected(*engine_.turned_away());
    return {};
}

void VirtualLoop::plug(bool plugged_in) {
    for (std::size_t port = 0; port < daw_.ports(); ++port) {
        surface::Effects effects;
        engine_.wire_changed(now_, port, plugged_in, effects);
        carry_out(effects);
    }
}

void VirtualLoop::act(EngineGuest& guest, const std::function<void(Desk&)>& what) {
    surface::Effects effects;
    engine_.act(guest, now_, what, effects);
    carry_out(effects);
}

void VirtualLoop::idle(Duration span) {
    const Instant end = now_ + span;
    while (now_ < end) step();
}

}  // namespace kedge::engine
