// How a BankedSession goes from window to window, and has a window told anew.

#include "banked/banked_session.hpp"
#include "banked/session_limits.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace kedge::banked {

using surface::Effects;

/// As few windows as show every strip.
std::vector<std::size_t> BankedSession::covering() const {
    std::vector<std::size_t> chosen;
    std::size_t shown = 0;
    for (std::size_t i = 0; i < windows_.size() && shown < strips_.size(); ++i) {
        if (i + 1 < windows_.size() && windows_[i + 1].first <= shown) continue;
        chosen.push_back(i);
        shown = windows_[i].first + panel_->slots();
    }
    return chosen;
}

std::size_t BankedSession::meter_windows() const {
    return std::max<std::size_t>(covering().size(), 1);
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

/// The strips that should stand there, and levels on their faders.
bool BankedSession::shows_expected() const {
    if (panel_->flipped()) return false;
    for (SlotNumber slot = 0; slot < panel_->slots(); ++slot) {
        const auto strip = strip_at(slot);
        if (panel_->slot(slot).label != (strip ? strips_[*strip].label : "")) return false;
    }
    return true;
}

void BankedSession::press_and_wait(Instant now, PanelKey key, Effects& out) {
    wait_for_news(now, setup_.until_bank_moves);
    settling_->faders_alone = key == PanelKey::flip;
    if (key != PanelKey::flip && key != PanelKey::time_format) settling_->stood = capture(0);
    tap(key, out);
}

void BankedSession::wait_for_news(Instant now, Duration patience) {
    bank_shown_ = false;
    pressed_ = now;
    settling_ = Settling{now, patience, now};
}

/// The window has moved once something was written and nothing more is; it will not once nothing was for
/// long. Some DAWs write the same labels time and again: where nothing else was written than what stood
/// there, the new window may still come.
void BankedSession::watch_settling(Instant now, Effects& out) {
    const bool begun = settling_->stirred || (settling_->moved && !settling_->faders_alone);
    const bool rests = now - settling_->last_news >= setup_.until_bank_rests;
    const bool is_new =
        !settling_->stood || !shows_again(*settling_->stood) || (bank_shown_ && settling_->labelled);
    const bool had_time = now - settling_->since >= settling_->patience;
    if (begun ? rests && (is_new || had_time) : had_time) settled(now, out);
}

/// By how many strips the window stands to the right of the one before.
std::size_t BankedSession::across(std::size_t window) const {
    return windows_[window].first - windows_[window - 1].first;
}

void BankedSession::go_to(Instant now, std::size_t window, Effects& out) {
    heading_ = window;
    step_to_next(now, out);
}

void BankedSession::step_to_next(Instant now, Effects& out) {
    presses_ = 0;
    away_since_ = now;
    const bool left = *heading_ < at_;
    // A press of Bank on a last window that overlaps would shift all others.
    const bool overlaps =
        left && at_ + 1 == windows_.size() && windows_.size() > 2 && across(at_) != across(at_ - 1);
    steps_left_ = overlaps ? across(at_) : 1;
    key_on_the_way_ = overlaps ? PanelKey::channel_left : left ? PanelKey::bank_left : PanelKey::bank_right;
    press_and_wait(now, key_on_the_way_, out);
}

/// A press that brought nothing may not have arrived, or not brought anything yet.
void BankedSession::arrived_or_again(Instant now, const Settling& was, Effects& out) {
    if (!heading_) return;
    if (!was.moved && !was.came) {
        if (++presses_ < most_vain_presses) return press_and_wait(now, key_on_the_way_, out);
        return doubt(now, out);
    }
    // The DAW may only have been late, and take the press that seemed to be in vain as well.
    if (std::exchange(presses_, 0) > 0) {
        wait_for_news(now, setup_.until_bank_moves);
        settling_->came = was.since;
        return;
    }
    if (--steps_left_ > 0) return press_and_wait(now, key_on_the_way_, out);
    at_ += *heading_ < at_ ? std::size_t(-1) : 1;
    if (!shows_expected()) return doubt(now, out);
    away_since_.reset();
    arrived_ = was.came.value_or(was.since);
    std::fill(meters_.begin(), meters_.end(), std::nullopt);
    take_values(out);
    if (at_ != *heading_) return step_to_next(now, out);
    heading_.reset();
}

/// A window that was left and come back to is told anew. Where there is but one, its faders are made to show
/// something else for a moment.
void BankedSession::refresh(Instant now, Effects& out) {
    if (windows_.size() > 1) return go_to(now, at_ == 0 ? 1 : at_ - 1, out);
    begin_aside(now, out);
}

void BankedSession::begin_aside(Instant now, Effects& out) {
    away_since_ = now;
    const AsideWay first = panel_->has(PanelKey::flip) ? AsideWay::flip : AsideWay::neighbours;
    aside_ = Aside{way_aside_.value_or(first), true, now, false};
    step_aside(now, aside_->way, out);
}

void BankedSession::step_aside(Instant now, AsideWay way, Effects& out) {
    switch (way) {
        case AsideWay::flip:
            return press_and_wait(now, PanelKey::flip, out);
        case AsideWay::neighbours:
            return press_and_wait(now, PanelKey::channel_right, out);
        case AsideWay::absence:
            panel_->leave(out);
            return wait_for_news(now, std::max(panel_->absence(), setup_.until_bank_rests));
    }
}

void BankedSession::step_back(Instant now, Effects& out) {
    wait_for_news(now, std::max(setup_.until_bank_moves, panel_->absence()));
    settling_->faders_alone = aside_->way == AsideWay::flip;
    undo_aside_by(aside_->way, out);
}

void BankedSession::aside_or_back(Instant now, const Settling& was, Effects& out) {
    const bool came = was.stirred || (was.moved && !was.faders_alone);
    if (std::exchange(aside_->away, false)) {
        aside_->stirred = came;
        return step_back(now, out);
    }
    // Pans that were not taken back from the faders are no levels.
    aside_->stirred = (aside_->stirred || came) && (came || !was.faders_alone) && !panel_->flipped();
    const Aside done = *std::exchange(aside_, std::nullopt);
    if (done.stirred) way_aside_ = done.way;
    if (done.stirred || done.way == AsideWay::absence) return was_aside(now, done, out);
    aside_ = Aside{AsideWay::absence, true, now, false};
    step_aside(now, aside_->way, out);
}

void BankedSession::was_aside(Instant now, const Aside& done, Effects& out) {
    if (phase_ == Phase::turning) return done.stirred ? read_clock(now, out) : greet(now, out);
    if (!shows_expected()) return doubt(now, out);
    away_since_.reset();
    arrived_ = done.since;
    if (done.stirred) return take_values(out);
    // A DAW that showed nothing else has told nothing anew: what is asked stays unanswered.
    asks_.clear();
}

void BankedSession::undo_aside(Effects& out) {
    const auto was = std::exchange(aside_, std::nullopt);
    if (was && was->away) undo_aside_by(was->way, out);
}

void BankedSession::undo_aside_by(AsideWay way, Effects& out) {
    switch (way) {
        case AsideWay::flip:
            return tap(PanelKey::flip, out);
        case AsideWay::neighbours:
            return tap(PanelKey::channel_left, out);
        case AsideWay::absence:
            return panel_->come_back(out);
    }
}

/// What stands on the slots was told since we came here.
void BankedSession::take_values(Effects& out) {
    if (auto crossed = missed(); !crossed.empty())
        out.emplace_back(surface::StripsChanged{{}, {}, std::move(crossed)});
    for (SlotNumber slot = 0; slot < panel_->slots(); ++slot) {
        const auto strip = strip_at(slot);
        if (!strip) continue;
        const SlotShown& shown = panel_->slot(slot);
        Listed& at = strips_[*strip];
        at.fader = shown.fader;
        at.muted = shown.muted;
        at.soloed = shown.soloed;
        at.unproven = false;
        if (knows_pans()) take_pan(*strip, shown);
        mixer_.strips[*strip].soloed = at.soloed;
        report_if_changed(*strip, Control::fader, out);
        report_if_changed(*strip, Control::mute, out);
        if (!at.unproven) report_if_changed(*strip, Control::pan, out);
    }
}

}  // namespace kedge::banked
