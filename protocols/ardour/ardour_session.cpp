#include "ardour/ardour_session.hpp"

#include "ardour/session_limits.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace kedge::ardour {

using surface::Effects;
using surface::Event;

namespace {

// strip_types: audio and MIDI tracks, audio and MIDI buses, VCAs, master, and the hidden ones.
constexpr std::int32_t wanted_types = 1 + 2 + 4 + 8 + 16 + 32 + 512;
// feedback: buttons, values, numbers in paths, heartbeat, master and transport, meters in dB, samples,
// /reply.
constexpr std::int32_t wanted_feedback = 1 + 2 + 4 + 8 + 16 + 128 + 1024 + 16384;

// Ardour's default meter fall-off, seen on a real one: 1.42 dB in 106.7 ms.
constexpr double fall_off_db_per_second = 13.3;
constexpr double fader_top_db = 6.02;
constexpr double trim_limit_db = 20.0;
// Feedback is float32; answers are brought back from Ardour's fast logarithm.
constexpr double level_tolerance_db = 0.02;
constexpr double pan_tolerance_of_unit = 0.002;

/// Ardour refuses a value by sending the path back with -200 for a gain and 0 (hard right) for a pan.
bool is_error_echo(Control control, const ControlValue& sent, const ControlValue& reported) {
    if (control == Control::fader) return reported == ControlValue(Decibels::silence()) && sent != reported;
    if (control == Control::pan) return reported == ControlValue(Pan::right()) && sent != reported;
    return false;
}

/// The value behind an answer to a question. What was fed back before is exact and stands when the answer
/// agrees with it.
ControlValue from_answer(const std::optional<ControlValue>& fed_back, const ControlValue& answer) {
    const auto* rough = std::get_if<Decibels>(&answer);
    if (!rough) return answer;
    const Decibels behind = level_from_answer(rough->db());
    const auto* exact = fed_back ? std::get_if<Decibels>(&*fed_back) : nullptr;
    constexpr double same_db = 0.005;
    const bool agrees = exact && (distance(*exact, behind) <= Decibels(same_db) ||
                                  distance(*exact, *rough) <= Decibels(same_db));
    return agrees ? *fed_back : ControlValue(behind);
}

std::optional<AutomationMode> mode_from_wire(double mode) {
    if (!(mode >= 0.0 && mode <= 4.0) || mode != std::floor(mode)) return std::nullopt;
    return static_cast<AutomationMode>(static_cast<int>(mode));
}

}  // namespace

ArdourSession::ArdourSession() {
    capabilities_.trim = true;
    capabilities_.trim_range = {Decibels(-trim_limit_db), Decibels(trim_limit_db)};
    capabilities_.fader_top = Decibels(fader_top_db);
    capabilities_.pan = true;
    capabilities_.meters = true;
    capabilities_.meter.fall_off_per_second = Decibels(fall_off_db_per_second);
    capabilities_.meter_point = MeterPoint::after_fader;
    capabilities_.session_end = true;
    capabilities_.markers = true;
    capabilities_.read_back = true;
    capabilities_.level_tolerance = Decibels(level_tolerance_db);
    capabilities_.pan_tolerance = pan_tolerance_of_unit;
}

void ArdourSession::send(std::vector<std::byte> bytes, Effects& out) {
    ++counters_.datagrams_out;
    out.emplace_back(surface::SendBytes{std::move(bytes)});
}

void ArdourSession::wake_in(Instant now, Duration span, Effects& out) {
    out.emplace_back(surface::WakeAt{now + span});
}

void ArdourSession::start(Instant now, Effects& out) {
    phase_since_ = now;
    last_heard_ = now;
    greet(now, out);
}

/// The whole handshake; also the way back after the DAW was lost: its surface records live in memory only.
void ArdourSession::greet(Instant now, Effects& out) {
    phase_ = Phase::greeting;
    asked_at_ = now;
    heard_since_ask_ = false;
    markers_.clear();
    send(set_surface(wanted_types, wanted_feedback), out);
    send_list_question(out);
    wake_in(now, greeting_period, out);
}

/// Every question begins a new list: lines of an older one are forgotten.
void ArdourSession::send_list_question(Effects& out) {
    listed_count_ = 0;
    highest_listed_ = 0;
    for (Slot& slot : slots_) slot.listed = false;
    send(osc::encode("/strip/list"), out);
}

void ArdourSession::ask_list(Instant now, Effects& out) {
    phase_ = Phase::listing;
    phase_since_ = now;
    asked_at_ = now;
    asks_ = 1;
    send_list_question(out);
    wake_in(now, quiet, out);
}

void ArdourSession::lose(Instant now, std::string why, Effects& out) {
    phase_ = Phase::lost;
    phase_since_ = now;
    asked_at_ = now;
    out.emplace_back(Event(surface::Lost{std::move(why)}));
    wake_in(now, retry_period, out);
}

void ArdourSession::close(Instant now, Effects& out) {
    (void)now;
    if (phase_ == Phase::idle || close_said_) return;
    close_said_ = true;
    send(set_surface(wanted_types, 0), out);
}

std::optional<Decibels> ArdourSession::meter(StripId strip) const {
    for (const Slot& slot : slots_)
        if (slot.id == strip) return slot.meter;
    return std::nullopt;
}

void ArdourSession::receive(Instant now, std::span<const std::byte> bytes, Effects& out) {
    ++counters_.datagrams_in;
    last_heard_ = now;
    heard_since_ask_ = true;
    if (const auto message = osc::decode_message(bytes)) {
        ++counters_.messages_in;
        on_message(now, *message, out);
        return;
    }
    // Ardour never sends bundles, but a bridge may.
    const auto decoded = osc::decode(bytes);
    if (decoded.malformed) ++counters_.malformed;
    for (const auto& message : decoded.messages) {
        ++counters_.messages_in;
        on_message(now, message, out);
    }
}

void ArdourSession::on_message(Instant now, const osc::Message& message, Effects& out) {
    const auto address = message.address();
    if (address.starts_with("/strip/") || address.starts_with("/master/")) {
        on_strip(now, message, out);
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

ArdourSession::Slot* ArdourSession::slot_of(std::int32_t ssid) {
    if (ssid < 1 || ssid > most_strips) return nullptr;
    const auto at = static_cast<std::size_t>(ssid - 1);
    if (at >= slots_.size()) {
        // Once the list is known, a number beyond it is nobody's.
        if (phase_ == Phase::ready) return nullptr;
        slots_.resize(at + 1);
    }
    return &slots_[at];
}

ArdourSession::Slot* ArdourSession::slot_of(StripId id) {
    const auto at =
        std::find_if(slots_.begin(), slots_.end(), [&](const Slot& slot) { return slot.id == id; });
    return at == slots_.end() || id.value == 0 ? nullptr : &*at;
}

std::int32_t ArdourSession::ssid_of(const Slot& slot) const {
    return static_cast<std::int32_t>(&slot - slots_.data()) + 1;
}

void ArdourSession::on_strip(Instant now, const osc::Message& message, Effects& out) {
    const StripAddress parsed = parse_strip_address(message.address());
    if (parsed.word == StripWord::known || parsed.word == StripWord::unknown) {
        if (parsed.word == StripWord::unknown) ++counters_.unknown_path;
        return;
    }
    // The master is in the list under a number of its own, which reports everything that "/master/…" does.
    if (parsed.master) return;
    if (parsed.word == StripWord::list) {
        if (message.size() == 0 && (phase_ == Phase::ready || phase_ == Phase::filling)) ask_list(now, out);
        return;
    }
    std::size_t argument = 0;
    std::int32_t ssid = parsed.ssid;
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
    on_strip_value(now, *slot, parsed.word, message, argument, out);
}

void ArdourSession::on_strip_value(Instant now, Slot& slot, StripWord word, const osc::Message& message,
                                   std::size_t argument, Effects& out) {
    if (word == StripWord::name || word == StripWord::group) {
        const auto text = message.string(argument);
        if (!text) {
            ++counters_.wrong_type;
            return;
        }
        if (word == StripWord::group) {
            slot.group = *text == " " || *text == "none" ? "" : std::string(*text);
            if (phase_ == Phase::ready) mixer_.strips[slot.in_mixer].group = slot.group;
            return;
        }
        slot.wire_name = *text;
        // A name that is not the list's: a rename, or the numbers mean other strips now. Only a new list
        // tells.
        if (phase_ == Phase::ready && slot.wire_name != slot.name.name) ask_list(now, out);
        return;
    }
    const auto value = message.number(argument);
    if (!value) {
        ++counters_.wrong_type;
        return;
    }
    on_number(now, slot, word, *value, out);
}

void ArdourSession::on_number(Instant now, Slot& slot, StripWord word, double value, Effects& out) {
    // Meters come all the time while the song rolls or fades: they do not belong to the burst.
    if (word != StripWord::meter) last_value_ = now;
    const bool minus_infinity = std::isinf(value) && value < 0.0;
    const bool level = word == StripWord::gain || word == StripWord::meter;
    if (!std::isfinite(value) && !(minus_infinity && level)) {
        ++counters_.out_of_range;
        return;
    }
    switch (word) {
        case StripWord::meter:
            slot.meter = level_from_wire(value);
            if (phase_ == Phase::ready) out.emplace_back(Event(surface::MeterRead{slot.id, *slot.meter}));
            return;
        case StripWord::gain:
            report(now, slot, Control::fader, level_from_wire(value), out);
            return;
        case StripWord::trim:
            report(now, slot, Control::trim, Decibels(value), out);
            return;
        case StripWord::pan:
            if (value < -0.001 || value > 1.001) {
                ++counters_.out_of_range;
                return;
            }
            report(now, slot, Control::pan, pan_from_wire(value), out);
            return;
        case StripWord::mute:
            report(now, slot, Control::mute, value != 0.0 ? Mute::muted : Mute::open, out);
            return;
        case StripWord::solo:
            slot.soloed = value != 0.0;
            if (phase_ == Phase::ready) mixer_.strips[slot.in_mixer].soloed = slot.soloed;
            return;
        case StripWord::hide:
            slot.hidden = value != 0.0;
            if (phase_ == Phase::ready) mixer_.strips[slot.in_mixer].hidden = slot.hidden;
            return;
        case StripWord::mute_automation:
            report_mode(slot, Control::mute, value);
            return;
        case StripWord::gain_automation:
            report_mode(slot, Control::fader, value);
            return;
        case StripWord::trim_automation:
            report_mode(slot, Control::trim, value);
            return;
        case StripWord::pan_automation:
            report_mode(slot, Control::pan, value);
            return;
        default:
            return;
    }
}

void ArdourSession::report(Instant now, Slot& slot, Control control, const ControlValue& value,
                           Effects& out) {
    (void)now;
    auto& known = slot.values[index(control)];
    auto& sent = slot.sent[index(control)];
    if (sent && is_error_echo(control, *sent, value)) {
        sent.reset();
        if (phase_ == Phase::ready) out.emplace_back(Event(surface::ControlRefused{slot.id, control}));
        return;
    }
    sent.reset();
    const bool asked = slot.open_queries[index(control)] > 0;
    if (asked) --slot.open_queries[index(control)];
    known = asked ? from_answer(known, value) : value;
    if (phase_ != Phase::ready) return;
    mixer_.strips[slot.in_mixer].set_control(control, *known);
    out.emplace_back(Event(surface::ControlReported{slot.id, control, *known, asked}));
}

void ArdourSession::report_mode(Slot& slot, Control control, double wire) {
    const auto mode = mode_from_wire(wire);
    if (!mode) {
        ++counters_.out_of_range;
        return;
    }
    slot.modes[index(control)] = *mode;
    if (phase_ != Phase::ready) return;
    Strip& strip = mixer_.strips[slot.in_mixer];
    switch (control) {
        case Control::trim:
            strip.trim_automation = *mode;
            break;
        case Control::fader:
            strip.fader_automation = *mode;
            break;
        case Control::pan:
            strip.pan_automation = *mode;
            break;
        case Control::mute:
            strip.mute_automation = *mode;
            break;
    }
}

void ArdourSession::on_global(Instant now, const osc::Message& message, Effects& out) {
    (void)now;
    const auto address = message.address();
    if (address == "/position/samples") {
        const auto text = message.string(0);
        if (!text || text->empty() || text->size() > 15 ||
            !std::all_of(text->begin(), text->end(), [](char c) { return c >= '0' && c <= '9'; })) {
            ++counters_.wrong_type;
            return;
        }
        position_ = SongTime::from_samples(std::stoll(std::string(*text)), mixer_.session.rate);
        if (was_ready_) out.emplace_back(Event(surface::PositionReported{*position_}));
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
        ++counters_.heartbeats;
    } else if (address == "/session_name") {
        if (const auto name = message.string(0)) {
            session_name_ = *name;
            if (phase_ == Phase::ready) mixer_.session.name = session_name_;
        } else {
            ++counters_.wrong_type;
        }
    } else if (address == "/marker") {
        if (const auto text = message.string(0)) on_marker(*text);
    } else {
        constexpr std::array<std::string_view, 20> not_needed = {
            "/loop_toggle",  "/transport_play",    "/toggle_roll",     "/rewind",
            "/ffwd",         "/rec_enable_toggle", "/record_tally",    "/cancel_all_solos",
            "/click/level",  "/group/list",        "/toggle_punch_in", "/toggle_punch_out",
            "/toggle_click", "/jog/mode",          "/jog/mode/name",   "/bank_up",
            "/bank_down",    "/set_surface",       "/monitor/name",    "/position/time"};
        const bool known = std::find(not_needed.begin(), not_needed.end(), address) != not_needed.end() ||
                           address.starts_with("/monitor/") || address.starts_with("/select/");
        if (!known) ++counters_.unknown_path;
    }
}

/// "Verse", "Intro <-> Verse", "-> Intro", "Outro <-": the names in it are markers that exist.
void ArdourSession::on_marker(std::string_view text) {
    constexpr std::string_view between = " <-> ";
    const auto remember = [&](std::string_view name) {
        if (!name.empty() && name != "No Marks") markers_.emplace(name);
    };
    if (const auto at = text.find(between); at != std::string_view::npos) {
        remember(text.substr(0, at));
        remember(text.substr(at + between.size()));
    } else if (text.starts_with("-> ")) {
        remember(text.substr(3));
    } else if (text.ends_with(" <-")) {
        remember(text.substr(0, text.size() - 3));
    } else {
        remember(text);
    }
}

void ArdourSession::wake(Instant now, Effects& out) {
    switch (phase_) {
        case Phase::idle:
            return;
        case Phase::greeting:
            if (!heard_since_ask_ && now - phase_since_ >= greeting_patience) {
                lose(now, "it does not answer", out);
            } else if (!heard_since_ask_ && now - asked_at_ >= greeting_period) {
                greet(now, out);
            } else if (heard_since_ask_ && now - last_value_ >= quiet && now - asked_at_ >= list_patience) {
                ask_list(now, out);  // values came, the list did not
            } else {
                wake_in(now, quiet, out);
            }
            return;
        case Phase::listing:
            if (now - last_value_ >= quiet && now - asked_at_ >= list_patience) {
                if (asks_++ >= most_asks) {
                    lose(now, "the strip list never arrived whole", out);
                    return;
                }
                asked_at_ = now;
                send_list_question(out);
            }
            wake_in(now, quiet, out);
            return;
        case Phase::filling:
            if (asks_ == 0 ? now - last_value_ >= quiet || now - phase_since_ >= std::chrono::seconds(4)
                           : now - asked_at_ >= query_patience) {
                fill(now, out);
            } else {
                wake_in(now, quiet / 2, out);
            }
            return;
        case Phase::ready:
            if (now - last_heard_ >= silence_means_lost) {
                lose(now, "no sign of life for three seconds", out);
            } else {
                wake_in(now, silence_means_lost - (now - last_heard_), out);
            }
            return;
        case Phase::lost:
            if (now - asked_at_ < retry_period) return;
            if (was_ready_) ++counters_.reconnects;
            was_ready_ = false;
            phase_since_ = now;
            greet(now, out);
            return;
    }
}

Result<void> ArdourSession::command(Instant now, const surface::Command& command, Effects& out) {
    (void)now;
    const auto not_now = [&]() -> Result<void> {
        return fail(
            ErrorKind::refused,
            phase_ == Phase::lost ? "Ardour does not answer." : "Ardour's strip list is changing just now.",
            "Run the command again in a moment.");
    };
    if (phase_ != Phase::ready) {
        // The transport can always be stopped.
        if (!std::holds_alternative<surface::Stop>(command)) return not_now();
    }
    const auto slot_for = [&](StripId id, Control control) -> Result<Slot*> {
        Slot* slot = slot_of(id);
        if (!slot)
            return fail(ErrorKind::refused, "The strip is not in the session any more.",
                        "Run the command again.");
        if (!slot->values[index(control)]) {
            return fail(ErrorKind::refused,
                        fmt::format("'{}' has no {}.", slot->name.name, to_string(control)));
        }
        return slot;
    };
    if (const auto* set = std::get_if<surface::SetControl>(&command)) {
        const auto slot = slot_for(set->strip, set->control);
        if (!slot) return tl::unexpected(slot.error());
        if ((*slot)->modes[index(set->control)] == AutomationMode::play) {
            return fail(ErrorKind::refused,
                        fmt::format("The {} of '{}' plays automation: Ardour ignores what is written to it.",
                                    to_string(set->control), (*slot)->name.name),
                        "Set its automation mode to Manual.");
        }
        (*slot)->sent[index(set->control)] = set->value;
        send(set_control(ssid_of(**slot), set->control, set->value), out);
    } else if (const auto* query = std::get_if<surface::QueryControl>(&command)) {
        const auto slot = slot_for(query->strip, query->control);
        if (!slot) return tl::unexpected(slot.error());
        ++(*slot)->open_queries[index(query->control)];
        send(query_control(ssid_of(**slot), query->control), out);
    } else if (std::holds_alternative<surface::Play>(command)) {
        send(osc::encode("/transport_play"), out);
    } else if (std::holds_alternative<surface::Stop>(command)) {
        send(osc::encode("/transport_stop"), out);
    } else if (const auto* locate = std::get_if<surface::Locate>(&command)) {
        const auto samples = locate->to.samples(mixer_.session.rate);
        if (samples < 0 || samples > INT32_MAX) {
            return fail(ErrorKind::refused,
                        fmt::format("{} is further than Ardour can locate over OSC.", to_string(locate->to)),
                        "Give a range within the first twelve hours.");
        }
        send(osc::encode("/locate", {static_cast<std::int32_t>(samples), std::int32_t{0}}), out);
    } else if (const auto* marker = std::get_if<surface::LocateMarker>(&command)) {
        // Ardour renames the marker at the playhead when it does not know the name: only names it told us are
        // sent.
        if (!markers_.contains(marker->name)) {
            std::string known;
            for (const auto& name : markers_) known += (known.empty() ? "'" : ", '") + name + "'";
            return fail(
                ErrorKind::usage, fmt::format("Ardour has not mentioned a marker '{}'.", marker->name),
                known.empty()
                    ? "It mentions markers as the song passes them; use --from and --to instead."
                    : fmt::format("Mentioned so far: {}. It mentions markers as the song passes them.",
                                  known));
        }
        send(osc::encode("/marker", {std::string_view(marker->name)}), out);
    } else {
        send(osc::encode("/save_state"), out);
    }
    return {};
}

}  // namespace kedge::ardour
