#include "ardour/ardour_session.hpp"

#include "ardour/session_limits.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include <fmt/format.h>

namespace kedge::ardour {

using surface::Effects;
using surface::Event;

namespace {

// Ardour's default meter fall-off, seen on a real one: 1.42 dB in 106.7 ms.
constexpr double fall_off_db_per_second = 13.3;
constexpr double fader_top_db = 6.02;
constexpr double trim_limit_db = 20.0;
// Feedback is float32; answers are brought back from Ardour's fast logarithm.
constexpr double level_tolerance_db = 0.02;
constexpr double pan_tolerance_of_unit = 0.002;

}  // namespace

ArdourSession::ArdourSession(Duration longest_detour, std::optional<CompanionSetup> companion) {
    use_companion(std::move(companion));
    capabilities_.longest_detour = longest_detour;
    capabilities_.trim = true;
    capabilities_.trim_range = {Decibels(-trim_limit_db), Decibels(trim_limit_db)};
    capabilities_.fader_top = Decibels(fader_top_db);
    capabilities_.pan = true;
    capabilities_.meters = true;
    capabilities_.meter.fall_off_per_second = Decibels(fall_off_db_per_second);
    capabilities_.meter_point = MeterPoint::after_fader;
    capabilities_.session_end = true;
    capabilities_.markers = true;
    capabilities_.bars = true;
    capabilities_.read_back = true;
    capabilities_.touch = true;
    capabilities_.level_tolerance = Decibels(level_tolerance_db);
    capabilities_.pan_tolerance = pan_tolerance_of_unit;
}

std::optional<surface::BarReported> ArdourSession::bar() const {
    if (!bar_) return std::nullopt;
    return surface::BarReported{bar_->bar, bar_->beat};
}

std::optional<Decibels> ArdourSession::meter(StripId strip) const {
    const auto place = place_of(strip);
    return place ? slots_[*place].meter : std::nullopt;
}

void ArdourSession::receive(Instant now, std::span<const std::byte> bytes, Effects& out) {
    ++counters_.datagrams_in;
    last_heard_ = now;
    heard_since_ask_ = true;
    if (phase_ == Phase::idle) return;
    if (const auto message = osc::decode_message(bytes)) {
        on_message(now, *message, out);
    } else {
        receive_bundle(now, bytes, out);
    }
}

/// Ardour never sends bundles, but a bridge may.
void ArdourSession::receive_bundle(Instant now, std::span<const std::byte> bytes, Effects& out) {
    const auto decoded = osc::decode(bytes);
    if (decoded.malformed) ++counters_.malformed;
    for (const auto& message : decoded.messages) on_message(now, message, out);
}

void ArdourSession::on_message(Instant now, const osc::Message& message, Effects& out) {
    ++counters_.messages_in;
    const auto address = message.address();
    constexpr std::string_view strip = "/strip/";
    constexpr std::string_view meter = "/strip/meter/";
    constexpr std::string_view master = "/master/";
    const auto metered = address.starts_with(meter) ? strip_number(address.substr(meter.size())) : 0;
    if (metered != 0 && message.types() == "f") {
        last_sign_ = now;
        on_meter(metered, *message.number(0), out);
    } else if (address.starts_with(strip)) {
        on_strip(now, parse_strip_path(address.substr(strip.size())), message, out);
    } else if (address.starts_with(master)) {
        on_master(address.substr(master.size()));
    } else if (address == "/reply" || address == "#reply") {
        if (message.string(0) == "end_route_list") {
            on_list_end(now, message, out);
        } else {
            on_list_line(now, message, out);
        }
    } else {
        on_global(now, message, out);
    }
}

std::optional<std::size_t> ArdourSession::place_of(StripId id) const {
    const auto known = place_of_id_.find(id);
    if (known == place_of_id_.end()) return std::nullopt;
    return known->second;
}

std::int32_t ArdourSession::ssid_of(const Slot& slot) const {
    return static_cast<std::int32_t>(&slot - slots_.data()) + 1;
}

Strip& ArdourSession::strip_of(const Slot& slot) {
    return mixer_.strips[static_cast<std::size_t>(ssid_of(slot) - 1)];
}

/// The master is in the list under a number of its own, which reports everything that "/master/…" does.
void ArdourSession::on_master(std::string_view path) {
    feedback_came_ = true;
    if (parse_strip_path(path).word == StripWord::unknown) ++counters_.unknown_path;
}

void ArdourSession::on_strip(Instant now, StripPath path, const osc::Message& message, Effects& out) {
    if (path.word != StripWord::list) feedback_came_ = true;
    if (path.word == StripWord::known || path.word == StripWord::unknown) {
        if (path.word == StripWord::unknown) ++counters_.unknown_path;
        return;
    }
    if (path.word == StripWord::list) {
        // The strips changed, and with them what the numbers mean: what is under way is out of date.
        if (message.size() > 0 || phase_ == Phase::lost) return;
        change_said_ = true;
        ask_list(now, out);
        return;
    }
    std::size_t argument = 0;
    std::int32_t ssid = path.ssid;
    if (ssid == 0) {
        const auto first = message.number(0);
        if (!first || message.size() < 2) {
            ++counters_.wrong_type;
            return;
        }
        ssid = *first >= 1.0 && *first <= most_strips ? static_cast<std::int32_t>(*first) : -1;
        argument = 1;
    }
    Slot* slot = slot_of(ssid);
    if (!slot) {
        ++counters_.out_of_range;
        return;
    }
    on_strip_value(now, *slot, path, message, argument, out);
}

void ArdourSession::on_strip_value(Instant now, Slot& slot, StripPath path, const osc::Message& message,
                                   std::size_t argument, Effects& out) {
    const StripWord word = path.word;
    if (word == StripWord::name || word == StripWord::group) {
        const auto text = message.string(argument);
        if (!text) {
            ++counters_.wrong_type;
            return;
        }
        if (word == StripWord::group) {
            slot.group = *text == " " || *text == "none" ? "" : std::string(*text);
            if (phase_ == Phase::ready) strip_of(slot).group = slot.group;
            return;
        }
        slot.wire_name = *text;
        // A name that is not the list's: a rename, or the numbers mean other strips now. Only a new list
        // tells.
        if (slot.wire_name == slot.name.name) return;
        if (phase_ == Phase::ready || phase_ == Phase::filling) ask_list_in_doubt(now, out);
        return;
    }
    // Levels and pans are floats. Ardour sends a whole number back when it was given one, which it does not
    // take.
    const bool is_float = word == StripWord::gain || word == StripWord::trim || word == StripWord::pan;
    const auto value = message.number(argument);
    if (!value || (is_float && message.types()[argument] == 'i')) {
        ++counters_.wrong_type;
        return;
    }
    on_number(now, slot, path, *value, out);
}

/// NaN and plus infinity are no levels.
void ArdourSession::on_meter(std::int32_t ssid, double value, Effects& out) {
    if (Slot* slot = slot_of(ssid)) {
        on_meter(*slot, value, out);
    } else {
        ++counters_.out_of_range;
    }
}

void ArdourSession::on_meter(Slot& slot, double value, Effects& out) {
    if (!(value < std::numeric_limits<double>::infinity())) {
        ++counters_.out_of_range;
        return;
    }
    const Decibels level = level_from_wire(value);
    slot.meter = level;
    if (phase_ == Phase::ready)
        out.emplace_back(std::in_place_type<Event>, surface::MeterRead{slot.id, level});
}

void ArdourSession::on_number(Instant now, Slot& slot, StripPath path, double value, Effects& out) {
    const StripWord word = path.word;
    const bool minus_infinity = std::isinf(value) && value < 0.0;
    const bool level = word == StripWord::gain || word == StripWord::meter;
    if ((!std::isfinite(value) || value > most_db) && !(minus_infinity && level)) {
        ++counters_.out_of_range;
        return;
    }
    switch (word) {
        case StripWord::meter:
            on_meter(slot, value, out);
            return;
        case StripWord::gain:
            report(now, slot, Control::fader, path.spelling, level_from_wire(value), out);
            return;
        case StripWord::trim:
            if (value < -most_db) {
                ++counters_.out_of_range;
                return;
            }
            report(now, slot, Control::trim, path.spelling, Decibels(value), out);
            return;
        case StripWord::pan:
            if (value < -0.001 || value > 1.001) {
                ++counters_.out_of_range;
                return;
            }
            report(now, slot, Control::pan, path.spelling, pan_from_wire(value), out);
            return;
        case StripWord::mute:
            report(now, slot, Control::mute, path.spelling, value != 0.0 ? Mute::muted : Mute::open, out);
            return;
        case StripWord::solo:
            slot.soloed = value != 0.0;
            if (phase_ == Phase::ready) {
                strip_of(slot).soloed = slot.soloed;
                out.emplace_back(surface::SoloReported{strip_of(slot).id, slot.soloed});
            }
            return;
        case StripWord::hide:
            slot.hidden = value != 0.0;
            if (phase_ == Phase::ready) strip_of(slot).hidden = slot.hidden;
            return;
        case StripWord::mute_automation:
            report_mode(now, slot, Control::mute, value, out);
            return;
        case StripWord::gain_automation:
            report_mode(now, slot, Control::fader, value, out);
            return;
        case StripWord::trim_automation:
            report_mode(now, slot, Control::trim, value, out);
            return;
        case StripWord::pan_automation:
            report_mode(now, slot, Control::pan, value, out);
            return;
        default:
            return;
    }
}

void ArdourSession::report(Instant now, Slot& slot, Control control, Spelling spelling,
                           const ControlValue& value, Effects& out) {
    using Meaning = ControlExchange::Meaning;
    ControlExchange& exchange = slot.controls[index(control)];
    // Only what is new belongs to the burst: automation that plays reports all the time.
    (exchange.value() ? last_change_ : last_value_) = now;
    const auto heard = exchange.hear(spelling, value);
    if (phase_ != Phase::ready || heard.meaning == Meaning::stale) return;
    if (heard.meaning == Meaning::refusal) {
        out.emplace_back(Event(surface::ControlRefused{slot.id, control}));
        return;
    }
    const bool asked = heard.meaning == Meaning::answer;
    strip_of(slot).set_control(control, *exchange.value());
    out.emplace_back(std::in_place_type<Event>,
                     surface::ControlReported{slot.id, control, heard.value, asked, heard.asked_at});
}

void ArdourSession::report_mode(Instant now, Slot& slot, Control control, double wire, Effects& out) {
    const auto mode = mode_from_wire(wire);
    if (!mode) {
        ++counters_.out_of_range;
        return;
    }
    slot.modes[index(control)] = *mode;
    if (phase_ != Phase::ready) return;
    last_change_ = now;
    strip_of(slot).set_automation(control, *mode);
    out.emplace_back(Event(surface::AutomationReported{slot.id, control, *mode}));
}

void ArdourSession::on_global(Instant now, const osc::Message& message, Effects& out) {
    const auto address = message.address();
    if (address == "/set_surface") {
        on_settings(now, message, out);
        return;
    }
    if (address.starts_with(companion_path)) {
        on_companion(now, message, out);
        return;
    }
    feedback_came_ = true;
    if (address == "/position/samples") {
        last_sign_ = now;
        on_position(message, out);
    } else if (address == "/position/bbt") {
        on_bar(message, out);
    } else if (address == "/transport_stop") {
        const auto stopped = message.number(0);
        if (!stopped) {
            ++counters_.wrong_type;
            return;
        }
        const bool now_rolling = *stopped == 0.0;
        if (rolling_ == now_rolling) return;
        rolling_ = now_rolling;
        if (was_ready_) out.emplace_back(Event(surface::TransportReported{now_rolling}));
    } else if (address == "/heartbeat") {
        last_sign_ = now;
        ++counters_.heartbeats;
    } else if (address == "/session_name") {
        on_session_name(now, message, out);
    } else if (address == "/marker") {
        if (const auto text = message.string(0)) {
            if (was_ready_) out.emplace_back(Event(surface::MarkShown{std::string(*text)}));
        } else {
            ++counters_.wrong_type;
        }
    } else {
        constexpr std::array<std::string_view, 19> not_needed = {
            "/loop_toggle",       "/transport_play",   "/toggle_roll",      "/rewind",       "/ffwd",
            "/rec_enable_toggle", "/record_tally",     "/cancel_all_solos", "/click/level",  "/group/list",
            "/toggle_punch_in",   "/toggle_punch_out", "/toggle_click",     "/jog/mode",     "/jog/mode/name",
            "/bank_up",           "/bank_down",        "/monitor/name",     "/position/time"};
        const bool known = std::find(not_needed.begin(), not_needed.end(), address) != not_needed.end() ||
                           address.starts_with("/monitor/") || address.starts_with("/select/");
        if (!known) ++counters_.unknown_path;
    }
}

void ArdourSession::on_position(const osc::Message& message, Effects& out) {
    const auto text = message.string(0);
    std::int64_t samples = 0;
    const auto digits = text.value_or("");
    const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), samples);
    if (digits.empty() || problem == std::errc::invalid_argument || end != digits.data() + digits.size()) {
        ++counters_.wrong_type;
        return;
    }
    if (problem != std::errc() || samples < 0 || static_cast<double>(samples) > most_samples) {
        ++counters_.out_of_range;
        return;
    }
    position_samples_ = samples;
    position_ = SongTime::from_samples(samples, mixer_.session.rate);
    if (was_ready_) out.emplace_back(Event(surface::PositionReported{*position_}));
}

/// Ardour tells it at every tick; only another beat is news.
void ArdourSession::on_bar(const osc::Message& message, Effects& out) {
    const auto text = message.string(0);
    if (!text) {
        ++counters_.wrong_type;
        return;
    }
    const auto bar = bar_from_wire(*text);
    if (!bar) {
        ++counters_.out_of_range;
        return;
    }
    if (bar_ == bar) return;
    bar_ = bar;
    if (was_ready_) out.emplace_back(Event(surface::BarReported{bar->bar, bar->beat}));
}

/// Another name is another session, or this one saved as another: the wire does not tell which, so everything
/// is read anew.
void ArdourSession::on_session_name(Instant now, const osc::Message& message, Effects& out) {
    const auto name = message.string(0);
    if (!name) {
        ++counters_.wrong_type;
        return;
    }
    if (session_name_ == *name) return;
    if (!session_name_.empty() && was_ready_) {
        lose_and_greet(now, fmt::format("it has the session '{}' open now", *name), out);
        return;
    }
    session_name_ = *name;
    if (phase_ == Phase::ready) mixer_.session.name = session_name_;
}

}  // namespace kedge::ardour
