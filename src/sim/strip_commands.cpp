#include "sim/ardour_words.hpp"
#include "sim/fader_law.hpp"
#include "sim/simulated_ardour.hpp"
#include "sim/strip_voice.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace kedge::sim {

namespace {

constexpr double least_fader_db = -192.0;

/// A number, or a string that is one.
std::optional<double> number_of(const osc::Message& message, std::size_t argument) {
    if (const auto number = message.number(argument)) return number;
    const auto text = message.string(argument);
    if (!text || text->empty()) return std::nullopt;
    double value = 0.0;
    const auto [end, problem] = std::from_chars(text->data(), text->data() + text->size(), value);
    return problem == std::errc() && end == text->data() + text->size() ? std::optional(value) : std::nullopt;
}

bool is_level(std::string_view word) {
    constexpr std::array words = {std::string_view("gain"), std::string_view("fader"),
                                  std::string_view("db_delta"), std::string_view("trimdB"),
                                  std::string_view("pan_stereo_position")};
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool has_level(const SimStrip& strip, std::string_view word) {
    return strip.kind != StripKind::vca || (word != "trimdB" && word != "pan_stereo_position");
}

}  // namespace

/// "/strip/gain/3 v", "/strip/gain 3 v", "/strip/3/gain v". A number in the path that is none, or 0, is
/// looked for among the arguments.
SimulatedArdour::StripCall SimulatedArdour::taken_apart(const osc::Message& message) {
    StripCall call;
    auto rest = message.address().substr(1);
    rest = rest.substr(std::min(rest.find('/') + 1, rest.size()));
    call.word = rest;
    const auto first = rest.find('/');
    if (const auto number = number_in(rest.substr(0, first)); number && first != std::string_view::npos) {
        call.number = *number;
        call.word = rest.substr(first + 1);
    } else if (const auto last = rest.rfind('/'); last != std::string_view::npos) {
        call.number = number_in(rest.substr(last + 1)).value_or(0);
        call.word = rest.substr(0, last);
    }
    if (call.number != 0) return call;
    const auto argument = message.number(0);
    if (!argument || !(std::abs(*argument) < 1e6)) return call;
    call.number = static_cast<std::int32_t>(*argument);
    call.from_argument = true;
    call.value_at = 1;
    return call;
}

void SimulatedArdour::on_strip(Peer from, const osc::Message& message, std::vector<Datagram>& out) {
    const SurfaceRecord& record = surfaces_[from];
    const auto count = static_cast<std::int32_t>(record.shown.size());
    if (message.address() == "/strip") {
        const bool one = message.size() > 0;
        const auto wanted = static_cast<std::int32_t>(message.number(0).value_or(0.0));
        for (std::int32_t number = 1; number <= count; ++number)
            if ((!one || number == wanted) &&
                engine_.find(record.shown[static_cast<std::size_t>(number - 1)]))
                send_line(from, record, number, !one && record.wants(bit_numbers_in_paths), out);
        return;
    }
    const StripCall call = taken_apart(message);
    if (call.number < 1 || call.number > count) return;
    SimStrip* strip = engine_.find(record.shown[static_cast<std::size_t>(call.number - 1)]);
    if (strip) on_call(from, call, *strip, message, out);
}

void SimulatedArdour::on_master(Peer from, const osc::Message& message, std::vector<Datagram>& out) {
    StripCall call;
    call.word = message.address().substr(std::string_view("/master/").size());
    call.master = true;
    on_call(from, call, engine_.master(), message, out);
}

void SimulatedArdour::on_call(Peer from, const StripCall& call, SimStrip& strip, const osc::Message& message,
                              std::vector<Datagram>& out) {
    if (message.size() <= call.value_at) {
        answer(from, call, strip, message, out);
        return;
    }
    if (call.word == "name" || call.word == "group" || call.word == "vca") {
        set_text(from, call, strip, message, out);
        return;
    }
    const auto value = number_of(message, call.value_at);
    const bool whole = message.int32(call.value_at).has_value();
    if (!value || (whole && is_level(call.word)) || !set_number(call, strip, *value, out))
        refuse(from, call, message, out);
}

void SimulatedArdour::set_text(Peer from, const StripCall& call, SimStrip& strip, const osc::Message& message,
                               std::vector<Datagram>& out) {
    const auto text = message.string(call.value_at);
    if (text && call.word == "name" && strip.kind != StripKind::master) {
        strip.name = free_name(strip, *text);
        tell_word(strip, bit_buttons, "name", std::string_view(strip.name), out);
        return;
    }
    if (text && call.word == "group" && strip.kind != StripKind::vca) {
        const bool leave = *text == " " || *text == "none";
        join_group(strip, leave ? std::string_view() : *text, out);
        return;
    }
    // The in-line spelling of a VCA is refused, the other is not.
    const auto on = message.number(call.value_at + 1);
    SimStrip* vca = text && call.word == "vca" && call.from_argument ? vca_named(*text) : nullptr;
    if (vca && on) {
        assign(strip, *vca, *on != 0.0, out);
    } else {
        refuse(from, call, message, out);
    }
}

/// An empty name leaves the group, and the list of the groups is told last.
void SimulatedArdour::join_group(SimStrip& strip, std::string_view group, std::vector<Datagram>& out) {
    strip.group = group;
    if (!group.empty()) tell_groups(out);
    tell_word(strip, bit_buttons, "group", group.empty() ? std::string_view(" ") : group, out);
    if (group.empty()) tell_groups(out);
}

/// False for what is refused.
bool SimulatedArdour::set_number(const StripCall& call, SimStrip& strip, double value,
                                 std::vector<Datagram>& out) {
    if (is_level(call.word)) return has_level(strip, call.word) && set_level(strip, call.word, value, out);
    if (call.word == "mute") {
        set_mute(strip, value >= 0.5, out);
        return true;
    }
    if (call.word == "expand") {
        for (const auto& [peer, record] : surfaces_)
            for (std::size_t i = 0; i < record.shown.size(); ++i)
                StripVoice(peer, record, static_cast<std::int32_t>(i) + 1, out)
                    .flag("expand", record.shown[i] == strip.id && value != 0.0);
        return true;
    }
    return set_switch(call, strip, value != 0.0, out);
}

bool SimulatedArdour::set_switch(const StripCall& call, SimStrip& strip, bool on,
                                 std::vector<Datagram>& out) {
    const bool master = strip.kind == StripKind::master;
    if (call.word == "solo" && !master) {
        set_solo(strip, on, out);
    } else if (call.word == "recenable" && strip.is_track()) {
        if (strip.record_enabled == on) return true;
        strip.record_enabled = on;
        tell_word(strip, bit_buttons, "recenable", on ? 1.0F : 0.0F, out);
    } else if (call.word == "hide" && !master) {
        if (strip.hidden == on) return false;
        strip.hidden = on;
        tell_word(strip, bit_buttons, "hide", std::int32_t{on ? 1 : 0}, out);
        strips_changed_ = true;
    } else if (call.word == "select") {
        // Ardour acts when the button is let go, and then says everything again.
        if (on) return true;
        for (SimStrip& each : engine_.strips()) each.selected = false;
        strip.selected = true;
        tell_word(strip, bit_buttons, "select", 1.0F, out);
        strips_changed_ = true;
    } else {
        // Known to Ardour, and without a meaning here.
        constexpr std::array idle = {std::string_view("polarity"),      std::string_view("solo_iso"),
                                     std::string_view("solo_safe"),     std::string_view("record_safe"),
                                     std::string_view("monitor_input"), std::string_view("monitor_disk")};
        return std::find(idle.begin(), idle.end(), call.word) != idle.end();
    }
    return true;
}

bool SimulatedArdour::set_level(SimStrip& strip, std::string_view word, double value,
                                std::vector<Datagram>& out) {
    const auto level = [](double db) {
        return db >= least_fader_db ? Decibels(std::min(db, top_fader_db)) : Decibels::silence();
    };
    if (word == "gain") {
        set_fader(strip, level(value), out);
    } else if (word == "fader") {
        set_fader(strip, fader_level(value), out);
    } else if (std::isnan(value)) {
        return false;
    } else if (word == "db_delta") {
        const Decibels now = engine_.fader_of(strip);
        set_fader(strip, now.is_silence() ? now : level(now.db() + value), out);
    } else if (word == "trimdB") {
        if (!std::isfinite(value)) return false;
        // Ardour 7.3 takes any trim; only its automation list keeps to 20 dB.
        set_control(strip, Control::trim, Decibels(value), out);
    } else {
        set_control(strip, Control::pan, pan_from_wire(value), out);
    }
    return true;
}

/// Levels are set as they count, with the VCAs; what is left for the strip's own fader is no higher than it
/// goes.
void SimulatedArdour::set_fader(SimStrip& strip, Decibels as_it_counts, std::vector<Datagram>& out) {
    Decibels own = as_it_counts;
    for (const RouteId id : strip.vcas) {
        const SimStrip* vca = engine_.find(id);
        if (!vca || own.is_silence()) continue;
        const Decibels lead = engine_.fader_of(*vca);
        own = lead.is_silence() ? Decibels::silence() : own - lead;
    }
    set_control(strip, Control::fader, std::min(own, Decibels(top_fader_db)), out);
}

void SimulatedArdour::set_control(SimStrip& strip, Control control, const ControlValue& value,
                                  std::vector<Datagram>& out) {
    if (!strip.automation(control).writable()) return;
    begin_write(strip, control);
    const bool changed = strip.value(control) != value;
    strip.set_value(control, value);
    end_write(strip, control);
    if (!changed) return;
    std::erase_if(told_, [&](const Told& told) { return told.strip == strip.id && told.control == control; });
    tell_value(strip, control, out);
    if (control != Control::fader || strip.kind != StripKind::vca) return;
    for (const SimStrip* member : members_of(strip.id))
        if (!member->fader.is_silence()) tell_value(*member, control, out);
}

void SimulatedArdour::set_mute(SimStrip& strip, bool muted, std::vector<Datagram>& out) {
    if (strip.kind == StripKind::vca && strip.muted != muted) {
        strip.muted = muted;
        for (const SimStrip* member : members_of(strip.id))
            if (!member->muted) tell_value(*member, Control::mute, out);
        tell_value(strip, Control::mute, out);
        return;
    }
    set_control(strip, Control::mute, muted ? Mute::muted : Mute::open, out);
}

void SimulatedArdour::set_solo(SimStrip& strip, bool soloed, std::vector<Datagram>& out) {
    if (strip.soloed == soloed) return;
    const bool before = engine_.any_solo();
    strip.soloed = soloed;
    const auto told = [&](const SimStrip& each) {
        tell_word(each, bit_buttons, "solo", engine_.soloed(each) ? 1.0F : 0.0F, out);
    };
    for (const SimStrip* member : members_of(strip.id)) told(*member);
    told(strip);
    if (before != engine_.any_solo())
        tell_globally("/cancel_all_solos", engine_.any_solo() ? 1.0F : 0.0F, out);
}

std::vector<SimStrip*> SimulatedArdour::members_of(RouteId vca) {
    std::vector<SimStrip*> members;
    for (SimStrip& strip : engine_.strips())
        if (std::find(strip.vcas.begin(), strip.vcas.end(), vca) != strip.vcas.end())
            members.push_back(&strip);
    return members;
}

SimStrip* SimulatedArdour::vca_named(std::string_view name) {
    for (SimStrip& strip : engine_.strips())
        if (strip.kind == StripKind::vca && strip.name == name) return &strip;
    return nullptr;
}

/// No two strips of Ardour's have one name: the later one gets a number.
std::string SimulatedArdour::free_name(const SimStrip& strip, std::string_view wanted) const {
    const auto taken = [&](const std::string& name) {
        return name == engine_.master().name ||
               std::any_of(engine_.strips().begin(), engine_.strips().end(),
                           [&](const SimStrip& each) { return each.id != strip.id && each.name == name; });
    };
    std::string name(wanted);
    for (int number = 1; taken(name); ++number) name = std::string(wanted) + " " + std::to_string(number);
    return name;
}

}  // namespace kedge::sim
