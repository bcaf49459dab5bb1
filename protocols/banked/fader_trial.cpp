// How a BankedSession comes by what the display says of a fader.

#include "banked/banked_session.hpp"
#include "banked/session_limits.hpp"

#include <utility>

namespace kedge::banked {

using surface::Effects;

Result<void> BankedSession::try_fader(const surface::TryFader& command) {
    const auto strip = addressed(command.strip, Control::fader);
    if (!strip) return tl::unexpected(strip.error());
    if (is_master(*strip))
        return fail(ErrorKind::refused, "No display shows the master's level.", "Name another strip.");
    trial_ = Trial{*strip, command.to};
    return {};
}

/// True while a fader is tried. One that was is held for the next trial, until there is something else to be
/// done.
bool BankedSession::work_on_trial(Instant now, Effects& out) {
    if (!trial_) {
        if (!wishes_.empty() || !asks_.empty() || meters_wanted_) end_trial(out);
        return false;
    }
    const auto slot = slot_of(trial_->strip);
    if (held_for_trials_ && held_for_trials_ != slot)
        panel_->touch(*std::exchange(held_for_trials_, std::nullopt), false, out);
    if (!slot) {
        go_to(now, window_of(trial_->strip), out);
        return true;
    }
    if (!trial_->moved) {
        move_for_trial(now, *slot, out);
        return true;
    }
    const std::string& text = panel_->slot(*slot).value;
    const bool rests = trial_->written && now - *trial_->written >= text_rest && text != trial_->text_before;
    if (!rests && now - *trial_->moved < text_patience) return true;
    const Trial done = *std::exchange(trial_, std::nullopt);
    // Where it is known to stand, though only the display has said so: what is sent next and changes nothing
    // of that has not arrived.
    if (done.written) strips_[done.strip].fader = done.to;
    out.emplace_back(surface::FaderTried{strips_[done.strip].id,
                                         {done.to, done.written ? std::optional(text) : std::nullopt}});
    return true;
}

void BankedSession::move_for_trial(Instant now, SlotNumber slot, Effects& out) {
    if (!shows_expected()) return doubt(now, out);
    Listed& strip = strips_[trial_->strip];
    if (sent_.size() >= most_remembered) sent_.pop_front();
    sent_.push_back({now, slot, {strip.id, Control::fader}, setup_.scale.level_at(trial_->to)});
    strip.unproven = true;
    strip.requested.reset();
    trial_->moved = now;
    trial_->text_before = panel_->slot(slot).value;
    if (held_for_trials_ != slot) panel_->touch(slot, true, out);
    held_for_trials_ = slot;
    panel_->move(slot, trial_->to, out);
}

void BankedSession::on_value(Instant now, SlotNumber slot) {
    if (phase_ == Phase::ready && trial_ && trial_->moved && slot_of(trial_->strip) == slot)
        trial_->written = now;
}

void BankedSession::end_trial(Effects& out) {
    trial_.reset();
    if (const auto slot = std::exchange(held_for_trials_, std::nullopt)) panel_->touch(*slot, false, out);
}

}  // namespace kedge::banked
