// Answers of a LiveSession. They come under a track's number, as the values that they shall prove went out:
// tracks that moved in between, unnoticed yet, would make another track's value a proof. So answers wait
// until the list of tracks was seen unchanged after them.

#include "abletonosc/live_session.hpp"
#include "abletonosc/session_limits.hpp"

namespace kedge::abletonosc {

using surface::Effects;
using surface::Event;

/// Only controls are asked for, and only while ready.
void LiveSession::on_answer(Instant now, Slot& slot, TrackProperty property, const TrackValue& value,
                            Effects& out) {
    if (phase_ != Phase::ready) return;
    for (const Control control : all_controls) {
        if (property_of(control) != property) continue;
        const auto known = value_from_wire(control, value.value);
        if (!known) {
            ++counters_.out_of_range;
            return;
        }
        const auto answered = slot.questions.at(index(control)).answered(value.question, now, memory());
        if (!answered) return;
        hold(now, static_cast<std::size_t>(&slot - slots_.data()), control, *known, *answered, out);
    }
}

void LiveSession::hold(Instant now, std::size_t track, Control control, const ControlValue& value,
                       const ControlQuestions::Answered& of, Effects& out) {
    if (!of.overtaken) overtake(slots_[track], control);
    held_.push_back({now, track, control, value, of, of.overtaken});
    // The answers of one tick come together: one list is enough for all of them.
    wake_in(now, answers_gather, out);
}

/// What is held of this control is not the newest word of it any more.
void LiveSession::overtake(const Slot& slot, Control control) {
    const auto track = static_cast<std::size_t>(&slot - slots_.data());
    for (HeldAnswer& held : held_)
        if (held.track == track && held.control == control) held.overtaken = true;
}

/// A list that was asked for after the last answer came was put together after it, too.
bool LiveSession::wants_list_for_answers(Instant now) const {
    if (held_.empty() || now - held_.back().came < answers_gather) return false;
    return list_asked_ < held_.back().came || now - list_asked_ >= answer_patience;
}

/// The list was seen, and the tracks stand where they stood.
void LiveSession::let_answers_go(Instant now, Effects& out) {
    while (!held_.empty() && held_.front().came <= list_asked_) {
        const HeldAnswer held = held_.front();
        held_.pop_front();
        Slot& slot = slots_[held.track];
        if (!held.overtaken) keep(slot, held.control, held.value);
        out.emplace_back(
            Event(surface::ControlReported{slot.id, held.control, held.value, true, held.of.asked_at}));
    }
    if (!held_.empty()) wake_in(now, answers_gather, out);
}

}  // namespace kedge::abletonosc
