// The strip list of an ArdourSession: collecting its lines, and telling which strip is which.

#include "ardour/ardour_session.hpp"
#include "ardour/session_limits.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace kedge::ardour {

using surface::Effects;

ArdourSession::Slot* ArdourSession::new_slot(std::int32_t ssid) {
    // Once the list is known, a number beyond it is nobody's.
    const bool list_is_known = phase_ == Phase::ready || phase_ == Phase::lost;
    if (ssid < 1 || ssid > most_strips || list_is_known) return nullptr;
    slots_.resize(static_cast<std::size_t>(ssid));
    return &slots_.back();
}

void ArdourSession::forget_list() {
    listed_count_ = 0;
    highest_listed_ = 0;
    for (Slot& slot : slots_) slot.listed = false;
}

/// Whether a line cannot belong to the list whose lines came before: another strip under the same number, or
/// a second master.
bool ArdourSession::contradicts_list(std::int32_t ssid, StripKind kind, std::string_view name) {
    const Slot& same = *slot_of(ssid);
    if (same.listed) return same.name.kind != kind || same.name.name != name;
    return kind == StripKind::master && std::any_of(slots_.begin(), slots_.end(), [](const Slot& slot) {
               return slot.listed && slot.name.kind == StripKind::master;
           });
}

void ArdourSession::on_list_line(Instant now, const osc::Message& message, Effects& out) {
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
    const auto within = [](double value, double least, double most) {
        return value >= least && value <= most;
    };
    if (!kind || !within(*ssid, 1, most_strips) || !within(*inputs, 0, most_channels) ||
        !within(*outputs, 0, most_channels)) {
        ++counters_.out_of_range;
        return;
    }
    const auto number = static_cast<std::int32_t>(*ssid);
    if (phase_ == Phase::filling) {
        // The rest of a list asked for twice: harmless when it says the same.
        const auto at = static_cast<std::size_t>(number) - 1;
        const bool same =
            at < slots_.size() && slots_[at].name.kind == *kind && slots_[at].name.name == *name;
        if (!same) ask_list_in_doubt(now, out);
        return;
    }
    if (phase_ == Phase::greeting) {
        phase_ = Phase::listing;
        phase_since_ = now;
        wake_in(now, quiet, out);
    }
    if (phase_ != Phase::listing) return;  // an answer to somebody else's question
    if (contradicts_list(number, *kind, *name)) forget_list();
    Slot& slot = *slot_of(number);
    if (!slot.listed) ++listed_count_;
    highest_listed_ = std::max(highest_listed_, number);
    slot.listed = true;
    // The slot's old name stays in `wire_name` until identities are settled.
    slot.name = {*kind, std::string(*name), 0};
    slot.inputs = static_cast<int>(*inputs);
    slot.outputs = static_cast<int>(*outputs);
}

/// Whether every line of the list arrived. Ardour puts the master last: a list without one has lost its end,
/// or is of a session that has none and says the same when it is asked again.
bool ArdourSession::list_is_whole() {
    if (listed_count_ != highest_listed_) return false;
    const auto end = slots_.begin() + listed_count_;
    const bool has_master = std::any_of(slots_.begin(), end,
                                        [](const Slot& slot) { return slot.name.kind == StripKind::master; });
    if (has_master) return true;
    return std::exchange(without_master_, listed_count_) == listed_count_ && listed_count_ > 0;
}

void ArdourSession::on_list_end(Instant now, const osc::Message& message, Effects& out) {
    if (phase_ != Phase::listing && phase_ != Phase::greeting) return;
    if (!list_is_whole()) {
        // A line was lost on the way: ask again rather than work with a hole. After a few times not at once:
        // maybe it is the burst after each list that has no room.
        if (asks_ < most_asks) ask_list_again(now, out);
        return;
    }
    if (const auto rate = message.number(1); rate && *rate >= 8'000.0 && *rate <= 1'000'000.0)
        mixer_.session.rate = SampleRate{static_cast<std::int64_t>(*rate)};
    if (const auto end = message.number(2); end && *end > 0.0 && *end < most_samples)
        mixer_.session.end = SongTime::from_samples(static_cast<std::int64_t>(*end), mixer_.session.rate);
    if (position_samples_) position_ = SongTime::from_samples(*position_samples_, mixer_.session.rate);
    slots_.resize(static_cast<std::size_t>(highest_listed_));
    place_of_id_.clear();
    // Ardour sends everything again after the list: what was reported before it may have meant other strips.
    for (Slot& slot : slots_) {
        slot.controls = {};
        slot.modes = {};
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

/// The one strip whose name changed while everything else stayed in its place; nullopt when more, or nothing,
/// changed.
std::optional<std::size_t> ArdourSession::renamed_in_place() const {
    // A DAW that comes back may have another session open.
    if (!was_ready_ || slots_.size() != mixer_.strips.size()) return std::nullopt;
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

void ArdourSession::rebuild_mixer(std::vector<StripId>& added, std::vector<StripId>& removed) {
    give_ids(added, removed);
    mixer_.session.name = session_name_;
    mixer_.strips.clear();
    place_of_id_.clear();
    for (Slot& slot : slots_) {
        Strip strip;
        strip.id = slot.id;
        strip.name = slot.name;
        strip.group = slot.group;
        strip.inputs = slot.inputs;
        strip.outputs = slot.outputs;
        strip.hidden = slot.hidden;
        strip.soloed = slot.soloed;
        for (const Control control : all_controls) {
            if (const auto& value = slot.controls[index(control)].value()) strip.set_control(control, *value);
            strip.set_automation(control, slot.modes[index(control)]);
        }
        slot.wire_name = slot.name.name;
        place_of_id_.emplace(slot.id, mixer_.strips.size());
        mixer_.strips.push_back(std::move(strip));
    }
}

}  // namespace kedge::ardour
