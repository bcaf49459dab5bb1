// What a BankedSession hears.

#include "banked/banked_session.hpp"

#include "banked/session_limits.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

#include <fmt/format.h>

namespace kedge::banked {

using surface::Effects;

namespace {

/// On the nominal scale: what a DAW of 10 bits leaves of a position, and less than from one of those to the
/// next.
const Decibels nominal_tolerance(0.155);

MeterLaw law_of_the_meters(const BankedSetup& setup) {
    MeterLaw law = setup.meter;
    law.steps.clear();
    for (int step = 1; setup.meter_steps && step <= setup.meter_steps->top(); ++step)
        law.steps.push_back(setup.meter_steps->lowest_at(step));
    return law;
}

}  // namespace

BankedSession::BankedSession(std::unique_ptr<Panel> panel, BankedSetup setup)
    : panel_(std::move(panel)), setup_(std::move(setup)) {
    assert(panel_ != nullptr);
    capabilities_.fader_top = setup_.fader_top;
    capabilities_.meters = setup_.meter_steps.has_value() && !setup_.nominal_scale;
    capabilities_.meter = law_of_the_meters(setup_);
    capabilities_.meter_point = MeterPoint::after_fader;
    if (setup_.labels.width > 0) capabilities_.labels = setup_.labels;
    capabilities_.read_back = true;
    capabilities_.locates = false;
    capabilities_.level_tolerance = setup_.nominal_scale ? nominal_tolerance : Decibels(0.05);
    capabilities_.nominal_levels = setup_.nominal_scale;
    capabilities_.fader_texts = true;
    capabilities_.pan = knows_pans();
    capabilities_.turns_pans = true;
    capabilities_.counts_channels = false;
    if (capabilities_.pan) capabilities_.pan_tolerance = pan_tolerance();
    capabilities_.longest_turn = shortest_patience + 2 * panel_->absence();
    mixer_.session.name = setup_.session_name;
    plugged_.assign(panel_->ports(), false);
    meters_.assign(panel_->slots(), std::nullopt);
}

void BankedSession::start(Instant now, Effects& out) {
    phase_ = Phase::unplugged;
    phase_since_ = now;
    plan_wake(now, out);
}

void BankedSession::receive(Instant now, std::span<const std::byte> bytes, Effects& out) {
    receive_from(now, 0, bytes, out);
}

void BankedSession::receive_from(Instant now, std::size_t port, std::span<const std::byte> bytes,
                                 Effects& out) {
    if (phase_ == Phase::idle || port >= plugged_.size()) return;
    ++counters_.datagrams_in;
    PanelOut heard;
    panel_->receive(now, port, bytes, heard);
    digest(now, heard, out);
    panel_->count(counters_);
    work(now, out);
    plan_wake(now, out);
}

void BankedSession::digest(Instant now, PanelOut& heard, Effects& out) {
    now_ = now;
    std::move(heard.effects.begin(), heard.effects.end(), std::back_inserter(out));
    for (const PanelNews& news : heard.news) on_news(now, news, out);
}

void BankedSession::wire_changed(Instant now, std::size_t port, bool plugged_in, Effects& out) {
    if (phase_ == Phase::idle || port >= plugged_.size()) return;
    plugged_[port] = plugged_in;
    if (!plugged_in) {
        panel_->unplugged(port);
        lose("the MIDI port was unplugged", out);
        phase_ = Phase::unplugged;
    } else {
        PanelOut heard;
        panel_->plugged(port, heard);
        digest(now, heard, out);
        if (std::all_of(plugged_.begin(), plugged_.end(), [](bool is) { return is; })) greet(now, out);
    }
    plan_wake(now, out);
}

void BankedSession::on_news(Instant now, const PanelNews& news, Effects& out) {
    const bool stirs = std::holds_alternative<FaderSent>(news) || std::holds_alternative<SlotWritten>(news);
    const bool moves = std::holds_alternative<LabelWritten>(news) || std::holds_alternative<BankShown>(news);
    if (std::holds_alternative<HostHeard>(news)) last_heard_ = now;
    if (std::holds_alternative<BankShown>(news)) bank_shown_ = true;
    if (const auto* flip = std::get_if<FlipShown>(&news)) return on_flip(now, flip->flipped, out);
    if (settling_ && (stirs || moves)) {
        settling_->last_news = now;
        settling_->labelled = settling_->labelled || std::holds_alternative<LabelWritten>(news);
        settling_->moved = settling_->moved || moves;
        settling_->stirred = settling_->stirred || stirs;
        return;
    }
    if (phase_ == Phase::greeting) {
        heard_in_greeting_ = true;
        if (stirs || moves) last_greeting_ = now;
        written_in_greeting_ = written_in_greeting_ || moves;
    }
    if (const auto* label = std::get_if<LabelWritten>(&news)) return on_label(now, label->slot, out);
    if (const auto* value = std::get_if<ValueWritten>(&news)) return on_value(now, value->slot);
    if (const auto* fader = std::get_if<FaderSent>(&news)) return on_fader(fader->slot, out);
    if (const auto* pan = std::get_if<PanWritten>(&news)) return on_pan(pan->slot, out);
    if (const auto* written = std::get_if<SlotWritten>(&news)) return on_slot(written->slot, out);
    if (const auto* shown = std::get_if<MeterShown>(&news)) return on_meter(*shown, out);
    if (const auto* play = std::get_if<RollingShown>(&news)) return on_rolling(play->rolling, out);
    if (std::holds_alternative<MasterFaderSent>(news)) return on_master(out);
    if (std::holds_alternative<ClockShown>(news)) clock_news_ = now;
}

/// The strips of the window are known by their labels: another label is another strip.
void BankedSession::on_label(Instant now, SlotNumber slot, Effects& out) {
    if (phase_ != Phase::ready) return;
    const auto strip = strip_at(slot);
    const std::string& label = panel_->slot(slot).label;
    if (strip ? label == strips_[*strip].label : label.empty()) {
        if (doubted_) doubted_ = now;
        return;
    }
    doubt(now, out);
}

/// While we hold a fader the DAW only says what we said. What it makes of that, it tells when the strip is
/// shown anew.
void BankedSession::on_fader(SlotNumber slot, Effects& out) {
    const auto strip = strip_at(slot);
    if (phase_ != Phase::ready || doubted_ || heading_ || aside_ || !strip) return;
    if (strips_[*strip].unproven) return;
    strips_[*strip].fader = panel_->slot(slot).fader;
    report_if_changed(*strip, Control::fader, out);
}

/// Levels would be taken and sent for pans: the faders are flipped back before anything is believed.
void BankedSession::on_flip(Instant now, bool flipped, Effects& out) {
    if (!flipped || aside_) return;
    if (phase_ == Phase::ready) return doubt(now, out);
    if (phase_ >= Phase::homing && phase_ <= Phase::clocking) begin_scan(now, out);
}

void BankedSession::on_master(Effects& out) {
    master_.fader = panel_->master();
    if (phase_ == Phase::ready && mixer_.master() != nullptr)
        report_if_changed(strips_.size(), Control::fader, out);
}

void BankedSession::on_slot(SlotNumber slot, Effects& out) {
    const auto strip = strip_at(slot);
    if (phase_ != Phase::ready || doubted_ || heading_ || aside_ || !strip) return;
    Listed& at = strips_[*strip];
    at.muted = panel_->slot(slot).muted;
    at.soloed = panel_->slot(slot).soloed;
    mixer_.strips[*strip].soloed = at.soloed;
    report_if_changed(*strip, Control::mute, out);
}

void BankedSession::on_meter(const MeterShown& shown, Effects& out) {
    meters_[shown.slot] = Shown{shown.step, now_};
    const auto strip = strip_at(shown.slot);
    if (phase_ != Phase::ready || doubted_ || heading_ || settling_ || !strip) return;
    out.emplace_back(surface::MeterRead{strips_[*strip].id, level_of_step(shown.step)});
}

std::optional<Decibels> BankedSession::meter(StripId strip) const {
    if (!shows_meter(strip)) return std::nullopt;
    const auto& shown = meters_[*slot_of(index_of_.at(strip))];
    if (!shown) return std::nullopt;
    const Decibels level = level_of_step(shown->step);
    if (!setup_.meters_fall_here || level.is_silence()) return level;
    const double seconds = std::chrono::duration<double>(now_ - shown->at).count();
    return capabilities_.meter.told(level - Decibels(setup_.meter.fall_off_per_second.db() * seconds));
}

bool BankedSession::shows_meter(StripId strip) const {
    const auto known = index_of_.find(strip);
    return phase_ == Phase::ready && !doubted_ && !heading_ && known != index_of_.end() &&
           slot_of(known->second).has_value();
}

Decibels BankedSession::level_of_step(std::uint8_t shown) const {
    if (shown == 0 || !setup_.meter_steps) return Decibels::silence();
    const MeterSteps& steps = *setup_.meter_steps;
    return capabilities_.meter.told(steps.lowest_at(std::min<int>(shown, steps.top())));
}

void BankedSession::lose(std::string why, Effects& out) {
    const bool was_there = phase_ == Phase::ready || unsettled_said_;
    settling_.reset();
    heading_.reset();
    aside_.reset();
    doubted_.reset();
    unsettled_said_ = false;
    held_.clear();
    trial_.reset();
    held_for_trials_.reset();
    wishes_.clear();
    asks_.clear();
    meters_wanted_.reset();
    if (was_there || (!ever_ready_ && !lost_said_)) {
        out.emplace_back(surface::Lost{std::move(why)});
        lost_said_ = true;
    }
    phase_ = Phase::lost;
}

void BankedSession::close(Instant, Effects& out) {
    for (const Held& each : std::exchange(held_, {})) panel_->touch(each.slot, false, out);
    end_trial(out);
    undo_aside(out);
    phase_ = Phase::idle;
}

void BankedSession::wake(Instant now, Effects& out) {
    if (phase_ == Phase::idle) return;
    if (phase_ == Phase::greeting) greet_again(now, out);
    if (settling_) watch_settling(now, out);
    on_clock_news(now, out);
    if (doubted_ && now - *doubted_ >= setup_.until_bank_rests) rescan(now, out);
    if (const auto lost = panel_->lost_at(); lost && now >= *lost && phase_ == Phase::ready) {
        lose("it does not say any more that it is there", out);
        greet(now, out);
    }
    work(now, out);
    plan_wake(now, out);
}

/// As often as anything here may become due: waits are tens of milliseconds.
void BankedSession::plan_wake(Instant now, Effects& out) {
    const bool waits = settling_ || doubted_ || clock_news_ || trial_ || !held_.empty();
    std::optional<Instant> due;
    if (waits) {
        due = now + look_soon;
    } else if (phase_ == Phase::greeting || panel_->lost_at()) {
        due = now + look_later;
    }
    if (!due || (next_wake_ && *next_wake_ > now && *next_wake_ <= *due)) return;
    next_wake_ = due;
    out.emplace_back(surface::WakeAt{*due});
}

}  // namespace kedge::banked
