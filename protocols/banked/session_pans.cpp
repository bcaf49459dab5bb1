// How a BankedSession knows and sets pans: the text beneath a strip's name tells them, and a knob is turned.

#include "banked/banked_session.hpp"
#include "banked/pan_text.hpp"
#include "banked/session_limits.hpp"

#include <cmath>
#include <utility>

namespace kedge::banked {

using surface::Effects;

/// Of a pan, in its own units.
double BankedSession::tick() const {
    return 2.0 / setup_.pan_ticks.value();
}

bool BankedSession::knows_pans() const {
    return setup_.pan_ticks.has_value() && panel_->has_knobs();
}

/// A text may be off by half its step either way, and a place of the knob by half a tick.
double BankedSession::pan_tolerance() const {
    return (tick() + pan_text_step) / 2.0;
}

/// The DAW's own words, not an echo.
void BankedSession::on_pan(SlotNumber slot, Effects& out) {
    const auto strip = strip_at(slot);
    if (!knows_pans() || phase_ != Phase::ready || doubted_ || heading_ || aside_ || !strip) return;
    strips_[*strip].pan = panel_->slot(slot).pan;
    if (!strips_[*strip].unproven) report_if_changed(*strip, Control::pan, out);
}

/// From where it stands as far as is known: what is off by a tick after that is seen when the window is come
/// back to.
void BankedSession::turn(Instant now, SlotNumber slot, const Wish& wish, Effects& out) {
    Listed& strip = strips_[wish.strip];
    strip.requested_pan = std::get<Pan>(wish.value);
    if (wish.anew) strip.more_turns = most_turns_more;
    held_.push_back({slot, now + hold, false});
    const bool was_turned = std::exchange(strip.turned, true);
    if (!strip.pan) return;
    const double way = strip.requested_pan->position() - strip.pan->position();
    const auto ticks = static_cast<int>(std::lround(way / tick()));
    if (ticks == 0) return;
    panel_->turn_knob(slot, ticks, out);
    strip.pan = Pan(strip.pan->position() + ticks * tick());
    if (!was_turned && std::abs(ticks) * tick() > pan_text_step)
        sent_.back().turned_from = panel_->slot(slot).pan;
}

/// The place that was turned from was known to a percent: the knob may stand beside the place that is
/// nearest.
void BankedSession::take_pan(std::size_t strip, const SlotShown& shown) {
    Listed& at = strips_[strip];
    const bool was_turned = std::exchange(at.turned, false);
    at.pan = shown.pan;
    if (!was_turned || !at.pan || at.more_turns == 0) return;
    if (std::abs(at.pan->position() - at.requested_pan->position()) <= tick() / 2.0) return;
    --at.more_turns;
    at.unproven = true;
    wishes_.push_back({strip, Control::pan, *at.requested_pan, false});
}

/// Of strips whose pan was hidden by the text of another value when they were listed: what is off since then
/// is seen when their window is come back to.
void BankedSession::carry_pans(std::vector<Listed>& known, std::vector<Strip>& strips) const {
    for (std::size_t i = 0; i < known.size(); ++i) {
        const auto was = index_of_.find(known[i].id);
        if (known[i].pan || was == index_of_.end() || is_master(was->second)) continue;
        known[i].pan = strips_[was->second].pan;
        strips[i].pan = known[i].pan;
    }
}

/// Told as near to what was wished for as the knob comes, it is that.
Pan BankedSession::pan_of(const Listed& strip) const {
    const bool as_wished =
        strip.requested_pan &&
        std::abs(strip.pan->position() - strip.requested_pan->position()) <= pan_tolerance();
    return as_wished ? *strip.requested_pan : *strip.pan;
}

}  // namespace kedge::banked
