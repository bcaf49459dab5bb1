// How a BankedSession goes from window to window, and has a window told anew.

#include "banked/banked_session.hpp"
#include "banked/session_limits.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace kedge::banked {

using surface::Effects;

std::size_t BankedSession::meter_windows() const {
    const auto has_strips = [this](const Window& window) { return window.first < strips_.size(); };
    const auto count = std::count_if(windows_.begin(), windows_.end(), has_strips);
    return std::max<std::size_t>(static_cast<std::size_t>(count), 1);
}

std::optional<SlotNumber> BankedSession::slot_of(std::size_t strip) const {
    if (windows_.empty() || is_master(strip)) return std::nullopt;
    const std::size_t first = windows_[at_].first;
    if (strip < first || strip >= first + panel_->slots()) return std::nullopt;
    return strip - first;
}

std::optional<std::size_t> BankedSession::strip_at(SlotNumber slot) const {
    if (windows_.empty()) return std::nullopt;
    const std::size_t strip = windows_[at_].first + slot;
    return strip < strips_.size() ? std::optional(strip) : std::nullopt;
}

/// Where it stands in several, the one that stands there, else the first.
std::size_t BankedSession::window_of(std::size_t strip) const {
    if (slot_of(strip)) return at_;
    const auto after = std::find_if(windows_.begin(), windows_.end(), [&](const Window& window) {
        return strip < window.first + panel_->slots();
    });
    assert(after != windows_.end());
    return static_cast<std::size_t>(after - windows_.begin());
}

bool BankedSession::shows_expected() const {
    for (SlotNumber slot = 0; slot < panel_->slots(); ++slot) {
        const auto strip = strip_at(slot);
        if (panel_->slot(slot).label != (strip ? strips_[*strip].label : "")) return false;
    }
    return true;
}

void BankedSession::press_and_wait(Instant now, PanelKey key, Effects& out) {
    bank_shown_ = false;
    settling_ = Settling{now, now, false, false};
    tap(key, out);
}

/// The window has moved once something was written and nothing more is; it will not once nothing was for
/// long.
void BankedSession::watch_settling(Instant now, Effects& out) {
    const bool begun = settling_->moved || settling_->stirred;
    const bool rests = now - settling_->last_news >= setup_.until_bank_rests;
    if ((begun && rests) || (!begun && now - settling_->since >= setup_.until_bank_moves)) settled(now, out);
}

void BankedSession::go_to(Instant now, std::size_t window, Effects& out) {
    heading_ = window;
    presses_ = 0;
    press_and_wait(now, window < at_ ? PanelKey::bank_left : PanelKey::bank_right, out);
}

/// A press that brought nothing may not have arrived, or not brought anything yet.
void BankedSession::arrived_or_again(Instant now, const Settling& was, Effects& out) {
    if (!heading_) return;
    const PanelKey key = *heading_ < at_ ? PanelKey::bank_left : PanelKey::bank_right;
    if (!was.moved) {
        if (++presses_ < most_vain_presses) return press_and_wait(now, key, out);
        return doubt(now, out);
    }
    presses_ = 0;
    at_ += *heading_ < at_ ? std::size_t(-1) : 1;
    if (!shows_expected()) return doubt(now, out);
    arrived_ = was.since;
    std::fill(meters_.begin(), meters_.end(), std::nullopt);
    if (at_ != *heading_) {
        take_values(out);
        return press_and_wait(now, key, out);
    }
    heading_.reset();
    take_values(out);
}

/// A window that was left and come back to is told anew. Where there is but one, its faders are made to show
/// something else for a moment: pans, or their neighbours' levels.
void BankedSession::refresh(Instant now, Effects& out) {
    if (windows_.size() > 1) return go_to(now, at_ == 0 ? 1 : at_ - 1, out);
    aside_ = Aside::away;
    aside_since_ = now;
    stirred_aside_ = false;
    press_and_wait(now, panel_->has(PanelKey::flip) ? PanelKey::flip : PanelKey::channel_right, out);
}

PanelKey BankedSession::key_back() const {
    return panel_->has(PanelKey::flip) ? PanelKey::flip : PanelKey::channel_left;
}

void BankedSession::aside_or_back(Instant now, const Settling& was, Effects& out) {
    stirred_aside_ = stirred_aside_ || was.stirred || was.moved;
    if (aside_ == Aside::away) {
        aside_ = Aside::back;
        return press_and_wait(now, key_back(), out);
    }
    aside_.reset();
    if (!shows_expected()) return doubt(now, out);
    arrived_ = aside_since_;
    if (stirred_aside_) return take_values(out);
    // A DAW that showed nothing else has told nothing anew: what is asked stays unanswered.
    asks_.clear();
}

/// What stands on the slots was told since we came here.
void BankedSession::take_values(Effects& out) {
    for (SlotNumber slot = 0; slot < panel_->slots(); ++slot) {
        const auto strip = strip_at(slot);
        if (!strip) continue;
        const SlotShown& shown = panel_->slot(slot);
        Listed& at = strips_[*strip];
        at.fader = shown.fader;
        at.muted = shown.muted;
        at.soloed = shown.soloed;
        at.unproven = false;
        mixer_.strips[*strip].soloed = at.soloed;
        report_if_changed(*strip, Control::fader, out);
        report_if_changed(*strip, Control::mute, out);
    }
}

}  // namespace kedge::banked
