// How a BankedSession comes by the list of strips: from the first window to the last.

#include "banked/banked_session.hpp"
#include "banked/session_limits.hpp"
#include "core/strip_recognition.hpp"
#include "surface/same_value.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>

namespace kedge::banked {

using surface::Effects;

/// Every port is there.
void BankedSession::greet(Instant now, Effects& out) {
    phase_ = Phase::greeting;
    phase_since_ = now;
    greetings_ = 0;
    heard_in_greeting_ = false;
    written_in_greeting_ = false;
    last_greeting_ = now;
    gone_in_greeting_ = false;
    PanelOut said;
    panel_->announce(said);
    digest(now, said, out);
    // Who was unplugged with a hand on a fader still has it there, as far as the DAW knows.
    for (SlotNumber slot = 0; slot < panel_->slots(); ++slot) panel_->touch(slot, false, out);
}

/// Some DAWs write everything once they are greeted; others did it when kedge was there before, and write it
/// anew for who was gone, or only what changes: a bank button makes them.
void BankedSession::greet_again(Instant now, Effects& out) {
    if (written_in_greeting_) {
        if (std::exchange(gone_in_greeting_, false)) panel_->come_back(out);
        if (now - last_greeting_ >= greeting_rest) begin_scan(now, out);
        return;
    }
    const Duration patience =
        gone_in_greeting_ ? std::max(greeting_patience, panel_->absence()) : greeting_patience;
    if (now - phase_since_ < patience) return;
    phase_since_ = now;
    if (++greetings_ == greetings_before_lost && !lost_said_) {
        lost_said_ = true;
        out.emplace_back(surface::Lost{heard_in_greeting_
                                           ? "it is there, but writes no strip's name on the displays"
                                           : "it does not answer to a control surface"});
    }
    PanelOut said;
    // Who is only slow would begin anew.
    const bool leaves = greetings_ > 1 && !std::exchange(gone_in_greeting_, false);
    if (leaves) panel_->leave(said.effects);
    gone_in_greeting_ = leaves && panel_->absence() > Duration();
    if (!gone_in_greeting_) panel_->announce(said);
    digest(now, said, out);
    if (gone_in_greeting_) return;
    tap(PanelKey::bank_left, out);
    tap(PanelKey::bank_right, out);
    tap(PanelKey::bank_left, out);
}

void BankedSession::begin_scan(Instant now, Effects& out) {
    settling_.reset();
    // Who was here before left it so.
    if (panel_->flipped()) tap(PanelKey::flip, out);
    phase_ = Phase::homing;
    presses_ = 0;
    vain_presses_ = 0;
    windows_ = {capture(0)};
    press_and_wait(now, PanelKey::bank_left, out);
}

void BankedSession::settled(Instant now, Effects& out) {
    const Settling was = *std::exchange(settling_, std::nullopt);
    switch (phase_) {
        case Phase::homing:
            return homed_or_again(now, was.moved, out);
        case Phase::scanning:
            return scanned_or_again(now, was.moved, out);
        case Phase::stepping:
            return stepped_or_again(now, out);
        case Phase::turning:
            return aside_ ? aside_or_back(now, was, out) : turned_or_again(now, was, out);
        case Phase::clocking:
            return read_clock(now, out);
        case Phase::ready:
            return aside_ ? aside_or_back(now, was, out) : arrived_or_again(now, was, out);
        case Phase::idle:
        case Phase::unplugged:
        case Phase::greeting:
        case Phase::lost:
            return;
    }
}

BankedSession::Window BankedSession::capture(std::size_t first) const {
    Window window{first, {}};
    for (SlotNumber slot = 0; slot < panel_->slots(); ++slot) window.slots.push_back(panel_->slot(slot));
    return window;
}

bool BankedSession::shows_again(const Window& window) const {
    for (SlotNumber slot = 0; slot < window.slots.size(); ++slot)
        if (panel_->slot(slot).label != window.slots[slot].label) return false;
    return true;
}

/// At the first strip some DAWs write the same once more, others nothing; but one that says nothing at all
/// may only stand still.
void BankedSession::homed_or_again(Instant now, bool moved, Effects& out) {
    const bool went = moved && (bank_shown_ || windows_.back().slots != capture(0).slots);
    const bool is_silent = !moved && last_heard_ <= pressed_;
    vain_presses_ = is_silent ? vain_presses_ + 1 : 0;
    const bool may_be_late = is_silent && vain_presses_ < most_vain_presses;
    if ((went || may_be_late) && ++presses_ < most_windows) {
        windows_ = {capture(0)};
        return press_and_wait(now, PanelKey::bank_left, out);
    }
    phase_ = Phase::scanning;
    windows_.clear();
    scanned_or_again(now, true, out);
}

void BankedSession::scanned_or_again(Instant now, bool moved, Effects& out) {
    const bool is_new = moved && (windows_.empty() || !shows_again(windows_.back()) || bank_shown_);
    bank_shown_ = false;
    if (!is_new) return overlap_or_list(now, out);
    windows_.push_back(capture(next_first()));
    arrived_ = pressed_;
    const bool full = !panel_->slot(panel_->slots() - 1).label.empty();
    if (!full || windows_.size() >= most_windows) return turn_back(now, out);
    press_and_wait(now, PanelKey::bank_right, out);
}

/// Which strip stands on the first slot, one press after the last window. Where it is not known how far a
/// press goes, labels that moved by one unit tell.
std::size_t BankedSession::next_first() const {
    if (windows_.empty()) return 0;
    const Window& before = windows_.back();
    bool by_one_unit = setup_.bank_step == BankStep::one_unit;
    if (setup_.bank_step == BankStep::unknown && panel_->slots() > slots_a_unit) {
        by_one_unit = true;
        for (SlotNumber slot = slots_a_unit; slot < panel_->slots(); ++slot)
            if (panel_->slot(slot - slots_a_unit).label != before.slots[slot].label) by_one_unit = false;
    }
    return before.first + (by_one_unit ? slots_a_unit : panel_->slots());
}

/// The last window is full. Where it may hold strips of the one before, their number is found by going back
/// to that one, strip by strip.
void BankedSession::overlap_or_list(Instant now, Effects& out) {
    if (setup_.last_bank == LastBank::partial || windows_.size() < 2) return turn_back(now, out);
    phase_ = Phase::stepping;
    presses_ = 0;
    press_and_wait(now, PanelKey::channel_left, out);
}

void BankedSession::stepped_or_again(Instant now, Effects& out) {
    ++presses_;
    const Window& before = windows_[windows_.size() - 2];
    if (!shows_again(before) && presses_ < panel_->slots())
        return press_and_wait(now, PanelKey::channel_left, out);
    windows_.back().first = before.first + presses_;
    at_ = windows_.size() - 2;
    arrived_ = pressed_;
    read_clock(now, out);
}

/// That nothing more comes ends the list, but a DAW that stands still brings nothing either: who is there
/// goes back to the window before, or says something else.
void BankedSession::turn_back(Instant now, Effects& out) {
    at_ = windows_.size() - 1;
    if (windows_.size() < 2 && last_heard_ > pressed_) return read_clock(now, out);
    phase_ = Phase::turning;
    if (windows_.size() < 2) return begin_aside(now, out);
    press_and_wait(now, PanelKey::bank_left, out);
}

void BankedSession::turned_or_again(Instant now, const Settling& was, Effects& out) {
    if (!was.moved) return greet(now, out);
    if (!shows_again(windows_[windows_.size() - 2])) return begin_scan(now, out);
    --at_;
    arrived_ = was.since;
    read_clock(now, out);
}

/// Bars say nothing without the tempo: the display is asked to count hours.
void BankedSession::read_clock(Instant now, Effects& out) {
    if (std::exchange(phase_, Phase::clocking) != Phase::clocking) format_presses_ = 0;
    const bool may_change = panel_->has(PanelKey::time_format) && format_presses_ < most_format_presses;
    if (panel_->time() || !may_change) return list_strips(now, out);
    ++format_presses_;
    press_and_wait(now, PanelKey::time_format, out);
}

void BankedSession::list_strips(Instant now, Effects& out) {
    std::vector<Listed> known;
    for (const Window& window : windows_) {
        for (SlotNumber slot = 0; slot < window.slots.size(); ++slot) {
            const SlotShown& shown = window.slots[slot];
            if (window.first + slot != known.size()) continue;  // seen in the window before
            known.push_back({{}, shown.label, shown.fader, shown.muted, shown.soloed, {}, false});
            if (knows_pans()) known.back().pan = shown.pan;
        }
    }
    while (!known.empty() && known.back().label.empty()) known.pop_back();
    capabilities_.longest_turn =
        shortest_patience + 2 * panel_->absence() + patience_a_window * static_cast<int>(windows_.size());
    phase_since_ = now;
    phase_ = Phase::ready;
    doubted_.reset();
    away_since_.reset();
    name_strips(std::move(known), out);
    on_time(out);
}

/// Gives every strip the id it had, or a new one.
void BankedSession::name_strips(std::vector<Listed> known, Effects& out) {
    std::map<std::string, int> alike;
    for (const Listed& each : known) ++alike[each.label];
    std::map<std::string, int> seen;
    std::vector<Strip> strips;
    for (const Listed& each : known)
        strips.push_back(strip_from(each, ++seen[each.label], alike[each.label]));
    if (panel_->has_master() && panel_->master()) {
        master_.fader = panel_->master();
        Strip master;
        master.name = {StripKind::master, "Master", 0};
        master.fader = setup_.scale.level_at(*master_.fader);
        strips.push_back(std::move(master));
    }
    surface::StripsChanged change;
    carry_ids(mixer_.strips,
              recognise_strips(mixer_.strips, without_what_we_sent(strips), since_last_list(strips)), strips,
              next_id_, change.added, change.removed);
    for (std::size_t i = 0; i < known.size(); ++i) known[i].id = strips[i].id;
    if (strips.size() > known.size()) master_.id = strips.back().id;
    carry_pans(known, strips);
    index_of_.clear();
    for (std::size_t i = 0; i < strips.size(); ++i) index_of_.emplace(strips[i].id, i);
    const bool list_changed =
        !std::equal(strips_.begin(), strips_.end(), known.begin(), known.end(),
                    [](const Listed& before, const Listed& after) { return before.label == after.label; });
    strips_ = std::move(known);
    mixer_.strips = std::move(strips);
    wishes_.clear();
    asks_.clear();
    if (std::exchange(unsettled_said_, false)) {
        change.crossed = crossed(list_changed);
        out.emplace_back(std::move(change));
    } else {
        out.emplace_back(surface::Ready{});
    }
    sent_.clear();
    crossed_labels_.clear();
    ever_ready_ = true;
    lost_said_ = false;
}

/// Names that differ further on are one label: those strips are told apart by their places, "Kick 1/2". With
/// one more or one less all of them are others.
Strip BankedSession::strip_from(const Listed& known, int number, int alike) const {
    Strip strip;
    const bool is_alone = alike < 2;
    strip.name = {StripKind::audio_track,
                  is_alone ? known.label : fmt::format("{} {}/{}", known.label, number, alike), 0};
    // How many channels a strip has is not told.
    strip.inputs = 2;
    strip.outputs = 2;
    strip.soloed = known.soloed;
    if (known.fader) strip.fader = level_of(known);
    if (known.pan) strip.pan = pan_of(known);
    strip.mute = known.muted ? Mute::muted : Mute::open;
    return strip;
}

/// A strip that stands elsewhere may be another one under its name, but not where it stands as we sent it, or
/// as we sent another whose place it has taken.
std::vector<Strip> BankedSession::without_what_we_sent(std::vector<Strip> now) const {
    const auto was_sent = [&](Control control, const ControlValue& value) {
        return std::any_of(sent_.begin(), sent_.end(), [&](const Sent& sent) {
            return sent.meant.control == control && surface::same_value(sent.value, value, capabilities_);
        });
    };
    const bool turned = std::any_of(sent_.begin(), sent_.end(),
                                    [](const Sent& sent) { return sent.meant.control == Control::pan; });
    for (Strip& strip : now) {
        const auto then = std::find_if(mixer_.strips.begin(), mixer_.strips.end(),
                                       [&](const Strip& each) { return each.name == strip.name; });
        if (then == mixer_.strips.end()) continue;
        if (strip.fader && was_sent(Control::fader, *strip.fader)) strip.fader = then->fader;
        // A turn adds to whatever stood there; and the text of a value that has just moved hides a pan.
        if (turned || !strip.pan || !then->pan) strip.pan = then->pan;
        if (strip.mute && was_sent(Control::mute, *strip.mute)) strip.mute = then->mute;
    }
    return now;
}

/// The DAW does not say what happened. One name that changed in place is a strip renamed; anything else may
/// be strips that came, went or changed places.
SinceThen BankedSession::since_last_list(const std::vector<Strip>& strips) const {
    if (!ever_ready_ || strips.size() != mixer_.strips.size()) return SinceThen::anything;
    std::size_t renamed = 0;
    for (std::size_t i = 0; i < strips.size(); ++i)
        if (strips[i].name.name != mixer_.strips[i].name.name) ++renamed;
    return renamed <= 1 ? SinceThen::renames : SinceThen::anything;
}

/// Other strips stand on the slots than those that were expected, or may.
void BankedSession::doubt(Instant now, Effects& out) {
    for (const Held& each : std::exchange(held_, {})) panel_->touch(each.slot, false, out);
    end_trial(out);
    heading_.reset();
    settling_.reset();
    undo_aside(out);
    doubted_ = now;
    const Instant since = std::exchange(away_since_, std::nullopt).value_or(now);
    if (!doubted_since_) {
        doubted_since_ = since;
        doubted_first_ = windows_[at_].first;
    }
    if (!std::exchange(unsettled_said_, true)) out.emplace_back(surface::StripsUnsettled{});
}

/// The displays have come to rest. What they show now is what stood there when values of ours arrived late.
void BankedSession::rescan(Instant now, Effects& out) {
    doubted_.reset();
    crossed_labels_.clear();
    for (SlotNumber slot = 0; slot < panel_->slots(); ++slot)
        crossed_labels_.push_back(panel_->slot(slot).label);
    begin_scan(now, out);
}

}  // namespace kedge::banked
