// What a BankedSession sets and asks: window by window, all that is to be done in each.

#include "banked/banked_session.hpp"
#include "banked/session_limits.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

namespace kedge::banked {

using surface::Effects;

Result<std::size_t> BankedSession::addressed(StripId id, Control control) const {
    if (phase_ != Phase::ready || doubted_)
        return fail(ErrorKind::refused,
                    phase_ == Phase::ready || unsettled_said_ ? "The DAW's strips are changing just now."
                                                              : "The DAW is not connected.",
                    "Run the command again in a moment.");
    const auto found = index_of_.find(id);
    if (found == index_of_.end())
        return fail(ErrorKind::refused, "The strip is not in the session any more.",
                    "Run the command again.");
    if (!mixer_.strips[found->second].control(control))
        return fail(ErrorKind::refused, fmt::format("'{}' has no {}.", mixer_.strips[found->second].name.name,
                                                    to_string(control)));
    return found->second;
}

/// A newer wish for the same control takes the older one's place. What left already is not sent again before
/// the DAW has told what it made of it: the wire loses nothing, and who waits long for an answer waits for
/// other windows.
Result<void> BankedSession::set(Instant now, const surface::SetControl& command) {
    const auto strip = addressed(command.strip, command.control);
    if (!strip) return tl::unexpected(strip.error());
    if (is_master(*strip))
        return fail(ErrorKind::refused,
                    "The master's fader cannot be read back through a control surface: it is left alone.");
    std::erase_if(wishes_,
                  [&](const Wish& wish) { return wish.strip == *strip && wish.control == command.control; });
    if (is_on_its_way(*strip, command)) {
        ask(*strip, command.control, now, false);
    } else {
        wishes_.push_back({*strip, command.control, command.value, true});
    }
    return {};
}

bool BankedSession::is_on_its_way(std::size_t strip, const surface::SetControl& command) const {
    const auto last = std::find_if(sent_.rbegin(), sent_.rend(), [&](const Sent& sent) {
        return sent.place == strip && sent.meant.control == command.control;
    });
    return last != sent_.rend() && last->unproven && last->value == command.value;
}

Result<void> BankedSession::query(Instant now, const surface::QueryControl& command) {
    const auto strip = addressed(command.strip, command.control);
    if (!strip) return tl::unexpected(strip.error());
    ask(*strip, command.control, now, true);
    return {};
}

void BankedSession::ask(std::size_t strip, Control control, Instant now, bool asked) {
    const auto known = std::find_if(asks_.begin(), asks_.end(), [&](const Ask& each) {
        return each.strip == strip && each.control == control;
    });
    if (known == asks_.end()) {
        asks_.push_back({strip, control, now, asked});
    } else {
        known->at = now;
        known->asked = known->asked || asked;
    }
}

/// One thing at a time: what a press brings is awaited, and a fader let go, before anything else.
void BankedSession::work(Instant now, Effects& out) {
    if (phase_ != Phase::ready || doubted_ || settling_) return;
    let_go(now, out);
    if (!held_.empty() || work_on_trial(now, out) || set_here(now, out)) return;
    if (doubted_) return;
    answer_here(out);
    if (const auto next = next_window()) {
        if (*next == at_) return refresh(now, out);
        return go_to(now, *next, out);
    }
    if (meters_wanted_ && *meters_wanted_ == at_) {
        out.emplace_back(surface::MetersShown{meters_wished_});
        meters_wanted_.reset();
    }
}

/// Values first, as they are asked for once they were sent; the nearest window first.
std::optional<std::size_t> BankedSession::next_window() const {
    const auto nearest = [this](const auto& all) {
        std::optional<std::size_t> best;
        const auto far = [this](std::size_t window) { return window > at_ ? window - at_ : at_ - window; };
        for (const auto& each : all) {
            if (is_master(each.strip)) continue;
            const std::size_t window = window_of(each.strip);
            if (!best || far(window) < far(*best)) best = window;
        }
        return best;
    };
    if (const auto window = nearest(wishes_)) return window;
    // Those of this window wait until it was left and come back to.
    std::vector<Ask> elsewhere;
    std::copy_if(asks_.begin(), asks_.end(), std::back_inserter(elsewhere),
                 [this](const Ask& each) { return !is_master(each.strip) && window_of(each.strip) != at_; });
    if (const auto window = nearest(elsewhere)) return window;
    if (const auto window = nearest(asks_)) return window;
    if (meters_wanted_ && *meters_wanted_ != at_) return meters_wanted_;
    return std::nullopt;
}

/// Everything that is wished for in this window, at once. False when there is nothing.
bool BankedSession::set_here(Instant now, Effects& out) {
    std::vector<Wish> here;
    std::erase_if(wishes_, [&](const Wish& wish) {
        const bool is_here = slot_of(wish.strip).has_value();
        if (is_here) here.push_back(wish);
        return is_here;
    });
    if (here.empty()) return false;
    if (!shows_expected()) {
        doubt(now, out);
        return true;
    }
    for (const Wish& wish : here) carry_out(now, wish, out);
    return true;
}

void BankedSession::carry_out(Instant now, const Wish& wish, Effects& out) {
    Listed& strip = strips_[wish.strip];
    const SlotNumber slot = *slot_of(wish.strip);
    note_sent(now, wish);
    if (wish.control == Control::mute) {
        const bool wanted = std::get<Mute>(wish.value) == Mute::muted;
        if (panel_->slot(slot).muted != wanted) panel_->press_mute(slot, out);
    } else if (wish.control == Control::pan) {
        turn(now, slot, wish, out);
    } else {
        const Decibels level = std::get<Decibels>(wish.value);
        strip.requested = level;
        panel_->touch(slot, true, out);
        panel_->move(slot, position_for(level), out);
        held_.push_back({slot, now + hold, true});
    }
    // The DAW is asked what it made of it without anybody's asking.
    ask(wish.strip, wish.control, now + hold, false);
}

void BankedSession::let_go(Instant now, Effects& out) {
    std::erase_if(held_, [&](const Held& each) {
        if (now < each.until) return false;
        if (each.touched) panel_->touch(each.slot, false, out);
        return true;
    });
}

/// What is asked of this window and was told since. The master's fader is told when it moves, wherever the
/// window stands.
void BankedSession::answer_here(Effects& out) {
    std::vector<Ask> answered;
    std::erase_if(asks_, [&](const Ask& each) {
        // What was sent since we came here was told before that.
        const bool is_told = is_master(each.strip) ||
                             (slot_of(each.strip) && each.at <= arrived_ && !strips_[each.strip].unproven);
        if (is_told) answered.push_back(each);
        return is_told;
    });
    for (const Ask& each : answered) {
        // Where another value stands beneath the name the pan was not told: it may be asked again.
        if (each.control == Control::pan && !known(each.strip).pan) continue;
        report(each.strip, each.control,
               each.asked ? std::optional(std::max(arrived_, each.at)) : std::nullopt, out);
    }
}

/// The place on the DAW's own grid that is nearest.
FaderPosition BankedSession::position_for(Decibels level) const {
    const int grid = (1 << setup_.fader_bits) - 1;
    const int coarser = 14 - setup_.fader_bits;
    const double wanted = setup_.scale.position_of(level).value() / 16383.0;
    return FaderPosition(static_cast<int>(std::lround(wanted * grid)) << coarser);
}

/// What the DAW tells back of such a position.
FaderPosition BankedSession::told_for(FaderPosition sent) const {
    const int grid = (1 << setup_.fader_bits) - 1;
    const int coarser = 14 - setup_.fader_bits;
    return FaderPosition(static_cast<int>(std::lround((sent.value() >> coarser) * 16383.0 / grid)));
}

/// A position that is told back as what was sent is the level that was sent: the surface can say it no more
/// exactly.
Decibels BankedSession::level_of(const Listed& strip) const {
    if (strip.requested) {
        const FaderPosition told = told_for(position_for(*strip.requested));
        if (std::abs(told.value() - strip.fader->value()) <= position_rounding) return *strip.requested;
    }
    return setup_.scale.level_at(*strip.fader);
}

void BankedSession::report(std::size_t strip, Control control, std::optional<Instant> asked, Effects& out) {
    Strip& in_mixer = mixer_.strips[strip];
    const Listed& at = known(strip);
    if (control == Control::fader && at.fader) in_mixer.fader = level_of(at);
    if (control == Control::pan && at.pan) in_mixer.pan = pan_of(at);
    if (control == Control::mute) in_mixer.mute = at.muted ? Mute::muted : Mute::open;
    const auto value = in_mixer.control(control);
    if (!value) return;
    out.emplace_back(
        surface::ControlReported{in_mixer.id, control, *value, asked.has_value(), asked.value_or(Instant{})});
}

void BankedSession::report_if_changed(std::size_t strip, Control control, Effects& out) {
    const auto before = mixer_.strips[strip].control(control);
    const Listed& at = known(strip);
    if (control == Control::fader && (!at.fader || before == ControlValue(level_of(at)))) return;
    if (control == Control::mute && before == ControlValue(at.muted ? Mute::muted : Mute::open)) return;
    if (control == Control::pan && (!at.pan || before == ControlValue(pan_of(at)))) return;
    report(strip, control, std::nullopt, out);
}

}  // namespace kedge::banked
