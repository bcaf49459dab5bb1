// The strip list of an ArdourSession: collecting its lines, filling in what the burst lost, and telling which
// strip is which.

#include "ardour/ardour_session.hpp"
#include "ardour/session_limits.hpp"

#include <algorithm>
#include <map>

namespace kedge::ardour {

using surface::Effects;
using surface::Event;

void ArdourSession::on_list_line(Instant now, const osc::Message& message, Effects& out) {
    (void)now;
    (void)out;
    const auto type = message.string(0);
    const auto name = message.string(1);
    const auto inputs = message.number(2);
    const auto outputs = message.number(3);
    const auto ssid = message.number(6);
    if (!type || !name || !inputs || !outputs || !ssid) {
        ++counters_.wrong_type;
        return;
    }
    const auto kind = kind_from_wire(*type);
    const bool number_fits = *ssid >= 1.0 && *ssid <= most_strips;
    if (!kind || !number_fits) {
        ++counters_.out_of_range;
        return;
    }
    if (phase_ == Phase::ready || phase_ == Phase::lost) return;  // an answer to somebody else's question
    if (phase_ == Phase::greeting) {
        phase_ = Phase::listing;
        phase_since_ = now;
        asks_ = 1;
        wake_in(now, quiet, out);
    }
    Slot* slot = slot_of(static_cast<std::int32_t>(*ssid));
    if (!slot->listed) ++listed_count_;
    highest_listed_ = std::max(highest_listed_, static_cast<std::int32_t>(*ssid));
    slot->listed = true;
    // The slot's old name stays in `wire_name` until identities are settled.
    slot->name = {*kind, std::string(*name), 0};
    slot->inputs = static_cast<int>(*inputs);
    slot->outputs = static_cast<int>(*outputs);
}

void ArdourSession::on_list_end(Instant now, const osc::Message& message, Effects& out) {
    if (phase_ == Phase::ready || phase_ == Phase::lost || phase_ == Phase::filling) return;
    if (listed_count_ != highest_listed_) {
        // A line was lost on the way: ask again rather than work with a hole.
        if (asks_++ < most_asks) {
            asked_at_ = now;
            send_list_question(out);
            wake_in(now, quiet, out);
        } else {
            lose(now, "the strip list never arrived whole", out);
        }
        return;
    }
    if (const auto rate = message.number(1); rate && *rate >= 8'000.0 && *rate <= 1'000'000.0)
        mixer_.session.rate = SampleRate{static_cast<std::int64_t>(*rate)};
    if (const auto end = message.number(2); end && *end > 0.0 && *end < 1e13)
        mixer_.session.end = SongTime::from_samples(static_cast<std::int64_t>(*end), mixer_.session.rate);
    slots_.resize(static_cast<std::size_t>(highest_listed_));
    // Ardour sends everything again after the list: what was reported before it may have meant other strips.
    for (Slot& slot : slots_) {
        slot.values = {};
        slot.modes = {};
        slot.open_queries = {};
        slot.sent = {};
        slot.meter.reset();
        slot.group.clear();
        slot.hidden = false;
        slot.soloed = false;
    }
    phase_ = Phase::filling;
    phase_since_ = now;
    last_value_ = now;
    asks_ = 0;
    wake_in(now, quiet, out);
}

bool ArdourSession::expects(const Slot& slot, Control control) const {
    const bool vca = slot.name.kind == StripKind::vca;
    switch (control) {
        case Control::fader:
        case Control::mute:
            return true;
        case Control::trim:
            return !vca && slot.outputs > 0;
        case Control::pan:
            return !vca && slot.outputs >= 2;
    }
    return false;
}

/// Asks for what the burst did not bring; gives up after a few rounds, because some strips have no such
/// control.
void ArdourSession::fill(Instant now, Effects& out) {
    bool missing = false;
    for (Slot& slot : slots_) {
        for (const Control control : all_controls) {
            if (slot.values[index(control)] || !expects(slot, control)) continue;
            missing = true;
            if (asks_ >= most_asks) continue;
            ++slot.open_queries[index(control)];
            send(query_control(ssid_of(slot), control), out);
        }
    }
    if (missing && asks_ < most_asks) {
        ++asks_;
        asked_at_ = now;
        wake_in(now, query_patience, out);
        return;
    }
    settle(now, out);
}

void ArdourSession::settle(Instant now, Effects& out) {
    std::vector<StripId> added;
    std::vector<StripId> removed;
    rebuild_mixer(out, added, removed);
    phase_ = Phase::ready;
    phase_since_ = now;
    if (was_ready_ && !close_said_) {
        out.emplace_back(Event(surface::StripsChanged{std::move(added), std::move(removed)}));
    }
    const bool first = !was_ready_;
    was_ready_ = true;
    if (first) {
        out.emplace_back(Event(surface::Ready{}));
        if (position_) out.emplace_back(Event(surface::PositionReported{*position_}));
        if (rolling_) out.emplace_back(Event(surface::TransportReported{*rolling_}));
    }
    wake_in(now, silence_means_lost, out);
}

/// The one strip whose name changed while everything else stayed in its place; nullopt when more, or nothing,
/// changed.
std::optional<std::size_t> ArdourSession::renamed_in_place() const {
    if (slots_.size() != mixer_.strips.size()) return std::nullopt;
    std::optional<std::size_t> renamed;
    for (std::size_t i = 0; i < slots_.size(); ++i) {
        const StripName& old = mixer_.strips[i].name;
        if (old.kind != slots_[i].name.kind) return std::nullopt;
        if (old.name == slots_[i].name.name) continue;
        if (renamed) return std::nullopt;
        renamed = i;
    }
    return renamed;
}

/// Strips that keep kind and name keep their id. One strip renamed in place (same number, same kind,
/// everything else as it was) keeps it too; when more than that changed, a new name is a new strip.
void ArdourSession::give_ids(std::vector<StripId>& added, std::vector<StripId>& removed) {
    std::map<std::pair<StripKind, std::string>, int> seen;
    for (Slot& slot : slots_) slot.name.twin = seen[{slot.name.kind, slot.name.name}]++;

    if (renamed_in_place()) {
        for (std::size_t i = 0; i < slots_.size(); ++i) slots_[i].id = mixer_.strips[i].id;
        return;
    }
    std::map<StripName, StripId> old;
    for (const Strip& strip : mixer_.strips) old.emplace(strip.name, strip.id);
    std::vector<Slot*> unmatched;
    for (Slot& slot : slots_) {
        const auto known = old.find(slot.name);
        if (known == old.end()) {
            unmatched.push_back(&slot);
            continue;
        }
        slot.id = known->second;
        old.erase(known);
    }
    for (const auto& [name, id] : old) removed.push_back(id);
    for (Slot* slot : unmatched) {
        slot->id = StripId{next_id_++};
        added.push_back(slot->id);
    }
}

void ArdourSession::rebuild_mixer(Effects& out, std::vector<StripId>& added, std::vector<StripId>& removed) {
    (void)out;
    give_ids(added, removed);
    mixer_.session.name = session_name_;
    mixer_.strips.clear();
    for (Slot& slot : slots_) {
        Strip strip;
        strip.id = slot.id;
        strip.name = slot.name;
        strip.group = slot.group;
        strip.inputs = slot.inputs;
        strip.outputs = slot.outputs;
        strip.hidden = slot.hidden;
        strip.soloed = slot.soloed;
        for (const Control control : all_controls)
            if (const auto& value = slot.values[index(control)]) strip.set_control(control, *value);
        strip.trim_automation = slot.modes[index(Control::trim)].value_or(AutomationMode::manual);
        strip.fader_automation = slot.modes[index(Control::fader)].value_or(AutomationMode::manual);
        strip.pan_automation = slot.modes[index(Control::pan)].value_or(AutomationMode::manual);
        strip.mute_automation = slot.modes[index(Control::mute)].value_or(AutomationMode::manual);
        slot.wire_name = slot.name.name;
        slot.in_mixer = mixer_.strips.size();
        mixer_.strips.push_back(std::move(strip));
    }
}

}  // namespace kedge::ardour
