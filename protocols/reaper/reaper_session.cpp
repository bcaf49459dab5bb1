#include "reaper/reaper_session.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

namespace kedge::reaper {

using surface::Effects;
using surface::Event;

namespace {

constexpr double same_level_db = 0.01;
constexpr double same_pan = 0.001;

/// Whether a value may be what was sent, said back.
bool may_be_the_request(const ControlValue& value, const ControlValue& request) {
    if (const auto* level = std::get_if<Decibels>(&value)) {
        const auto* sent = std::get_if<Decibels>(&request);
        return sent != nullptr && distance(*level, *sent) <= Decibels(same_level_db);
    }
    if (const auto* pan = std::get_if<Pan>(&value)) {
        const auto* sent = std::get_if<Pan>(&request);
        return sent != nullptr && std::abs(pan->position() - sent->position()) <= same_pan;
    }
    return value == request;
}

std::optional<AutomationMode> mode_of(Word word) {
    if (word == Word::auto_trim) return AutomationMode::manual;
    if (word == Word::auto_read) return AutomationMode::play;
    if (word == Word::auto_write) return AutomationMode::write;
    if (word == Word::auto_touch) return AutomationMode::touch;
    if (word == Word::auto_latch) return AutomationMode::latch;
    return std::nullopt;
}

}  // namespace

ReaperSession::ReaperSession(ReaperSetup setup)
    : setup_(std::move(setup)),
      book_(setup_.patterns),
      known_addresses_(setup_.patterns),
      able_(abilities_of(setup_.patterns, book_)),
      told_places_(book_) {
    told_places_.cover(first_places);
    able_.capabilities.longest_detour = setup_.longest_detour;
    able_.capabilities.meter.fall_off_per_second = setup_.meter_fall_a_second;
    mixer_.session.name = setup_.session_name;
}

std::optional<surface::BarReported> ReaperSession::bar() const {
    if (!bar_) return std::nullopt;
    return surface::BarReported{bar_->bar, bar_->beat};
}

std::optional<Decibels> ReaperSession::meter(StripId strip) const {
    const auto known = number_of_id_.find(strip);
    if (known == number_of_id_.end()) return std::nullopt;
    const TrackPlace& at = slot(known->second);
    if (at.vu_left && at.vu_right) return std::max(*at.vu_left, *at.vu_right);
    return at.vu_left ? at.vu_left : at.vu_right ? at.vu_right : at.vu;
}

Word ReaperSession::word_of(Control control) {
    switch (control) {
        case Control::pan:
            return Word::track_pan;
        case Control::mute:
            return Word::track_mute;
        case Control::trim:  // nothing in REAPER is one
        case Control::fader:
            break;
    }
    return Word::track_volume;
}

/// Places and strips are in the same order, the master first. nullptr for a place that is no track.
Strip* ReaperSession::strip_of(int number) {
    const auto at = static_cast<std::size_t>(number);
    return at < mixer_.strips.size() && number <= tracks_ ? &mixer_.strips[at] : nullptr;
}

void ReaperSession::receive(Instant now, std::span<const std::byte> bytes, Effects& out) {
    ++counters_.datagrams_in;
    if (phase_ == Phase::idle) return;
    const auto decoded = osc::decode(bytes);
    if (decoded.malformed) ++counters_.malformed;
    if (!decoded.messages.empty()) {
        last_heard_ = now;
        unanswered_since_.reset();
        heard_in_phase_ = true;
        if (bytes.size() >= full_packet) last_full_packet_ = now;
    }
    for (const auto& message : decoded.messages) on_message(now, message, out);
    plan_wake(now, out);
}

void ReaperSession::on_message(Instant now, const osc::Message& message, Effects& out) {
    ++counters_.messages_in;
    const Meaning* known = book_.find(message.address());
    if (known == nullptr) return on_unknown(message.address());
    // What follows may change the book.
    const Meaning meaning = *known;
    if (meaning.word <= Word::auto_write) {
        // Until the count is known, nobody knows what the bank's places are.
        const bool is_known = phase_ == Phase::collecting || phase_ == Phase::ready;
        if (is_known && (!meaning.of_current || is_of_master(meaning.word)))
            on_track(now, meaning, message, out);
    } else {
        on_global(now, meaning, message, out);
    }
}

void ReaperSession::on_unknown(std::string_view address) {
    if (known_addresses_.match(address).empty()) ++counters_.unknown_path;
}

void ReaperSession::on_track(Instant now, const Meaning& meaning, const osc::Message& message, Effects& out) {
    if (static_cast<std::size_t>(meaning.number) >= slots_.size()) return;
    switch (meaning.word) {
        case Word::track_name:
            return on_name(now, meaning.number, message, out);
        case Word::track_vu:
        case Word::track_vu_left:
        case Word::track_vu_right:
            return on_meter(meaning, message, out);
        case Word::track_number:
            return;
        case Word::track_volume:
        case Word::track_pan:
            break;
        default:
            return on_switch(now, meaning, message, out);
    }
    const bool right_type =
        meaning.flag == Flag::text ? message.string(0).has_value() : message.number(0).has_value();
    if (!right_type) {
        ++counters_.wrong_type;
        return;
    }
    std::optional<ControlValue> value;
    if (meaning.word == Word::track_pan) {
        if (const auto pan = pan_from_wire(message)) value = *pan;
    } else if (const auto level = level_from_wire(meaning.flag, message)) {
        value = *level;
    }
    if (!value) {
        ++counters_.out_of_range;
        return;
    }
    on_control(now, meaning.number, meaning.word == Word::track_pan ? Control::pan : Control::fader, *value,
               out);
}

void ReaperSession::on_control(Instant now, int number, Control control, const ControlValue& value,
                               Effects& out) {
    Talk& talk = slot(number).talks[index(control)];
    // The master's answer has a beginning of its own.
    const bool is_answer = talk.open && batch_ && (batch_->fenced || is_master_mute(number, control));
    if (phase_ == Phase::ready && is_answer) return hear_value(now, number, control, value, out);
    if (phase_ == Phase::ready && talk.requested && may_be_the_request(value, *talk.requested)) return;
    const bool is_news = !talk.value;
    const bool changed = is_news || *talk.value != value;
    talk.value = value;
    if (is_news) last_fill_ = now;
    if (phase_ != Phase::ready) return;
    if (number > tracks_) {
        if (changed) on_place_behind(now, number, out);
        return;
    }
    report(number, control, false, {}, out);
    const auto* level = std::get_if<Decibels>(&value);
    // A place that is silent and has no name of its own may be one that is no track any more.
    if (level != nullptr && level->is_silence() && number > 0 && looks_absent(number)) ask_sign(now);
}

/// Something was said of a place behind the last track.
void ReaperSession::on_place_behind(Instant now, int number, Effects& out) {
    if (!unheard_count_) {
        ask_sign(now);
    } else if (!looks_absent(number)) {
        unsettle(now, out);
    }
}

void ReaperSession::report(int number, Control control, bool asked, Instant asked_at, Effects& out) {
    Strip* strip = strip_of(number);
    if (strip == nullptr) return;
    const ControlValue& value = *slot(number).talks[index(control)].value;
    strip->set_control(control, value);
    out.emplace_back(std::in_place_type<Event>,
                     surface::ControlReported{strip->id, control, value, asked, asked_at});
}

void ReaperSession::on_name(Instant now, int number, const osc::Message& message, Effects& out) {
    const auto text = message.string(0);
    if (!text) {
        ++counters_.wrong_type;
        return;
    }
    auto& name = slot(number).name;
    const bool same = name && *name == *text;
    const bool news = !name;
    name = std::string(*text);
    if (news) last_fill_ = now;
    if (phase_ == Phase::collecting) {
        if (!news && !same) changed_while_collecting_ = true;
        return;
    }
    if (same) {
        // Names are told when they change, and by a surface that was set up anew: that has another bank.
        const bool expected =
            now - refreshed_at_ < refresh_time() || (number == 1 && now - sign_asked_ < silence_means_lost);
        if (!expected) bank_doubted_ = true;
    } else if (number > tracks_) {
        on_place_behind(now, number, out);
    } else {
        unsettle(now, out);
    }
}

void ReaperSession::on_switch(Instant now, const Meaning& meaning, const osc::Message& message,
                              Effects& out) {
    const auto value = message.number(0);
    if (!value) {
        ++counters_.wrong_type;
        return;
    }
    if (*value != 0.0 && *value != 1.0) {
        ++counters_.out_of_range;
        return;
    }
    const bool on = *value == 1.0;
    TrackPlace& at = slot(meaning.number);
    Strip* strip = phase_ == Phase::ready ? strip_of(meaning.number) : nullptr;
    if (meaning.word == Word::track_mute) {
        on_control(now, meaning.number, Control::mute, on ? Mute::muted : Mute::open, out);
    } else if (meaning.word == Word::track_select) {
        if (!at.selected) last_fill_ = now;
        at.selected = on;
    } else if (meaning.word == Word::track_solo) {
        at.soloed = on;
        if (strip != nullptr) strip->soloed = on;
    } else if (const auto mode = mode_of(meaning.word); mode && on) {
        // The master's is told each time that it is asked for.
        if (std::exchange(at.mode, *mode) == *mode && meaning.number == 0) return;
        if (strip == nullptr) return;
        // REAPER has one mode for a track.
        for (const Control control : all_controls) {
            if (!strip->control(control)) continue;
            strip->set_automation(control, *mode);
            out.emplace_back(Event(surface::AutomationReported{strip->id, control, *mode}));
        }
    }
}

void ReaperSession::on_meter(const Meaning& meaning, const osc::Message& message, Effects& out) {
    if (!message.number(0)) {
        ++counters_.wrong_type;
        return;
    }
    const auto level = meter_from_wire(message, setup_.meters);
    if (!level) {
        ++counters_.out_of_range;
        return;
    }
    TrackPlace& at = slot(meaning.number);
    (meaning.word == Word::track_vu        ? at.vu
     : meaning.word == Word::track_vu_left ? at.vu_left
                                           : at.vu_right) = *level;
    const Strip* strip = phase_ == Phase::ready ? strip_of(meaning.number) : nullptr;
    // Where both channels are told, the mean of their amplitudes says less.
    if (strip == nullptr || (meaning.word == Word::track_vu && at.vu_left)) return;
    out.emplace_back(std::in_place_type<Event>, surface::MeterRead{strip->id, *meter(strip->id)});
}

}  // namespace kedge::reaper
