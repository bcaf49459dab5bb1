// The strip list of an ArdourSession: collecting its lines, and telling which strip is which.

#include "ardour/ardour_session.hpp"
#include "ardour/session_limits.hpp"
#include "core/strip_recognition.hpp"

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
    if (message.address() == "#reply" && lost_greetings_ < most_asks) {
        // It does not know us: its numbers may be those of another selection of strips.
        repeat_lost_greeting(now, out);
        return;
    }
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
    // Ardour sends everything after the list: what was reported before it may have meant other strips.
    for (Slot& slot : slots_) {
        for (ControlExchange& exchange : slot.controls) exchange.forget();
        slot.modes = {};
        slot.meter.reset();
        slot.group.clear();
        slot.hidden = false;
        slot.soloed = false;
    }
    if (!feedback_asked_) send(set_feedback(wanted_feedback), out);
    feedback_asked_ = true;
    phase_ = Phase::filling;
    phase_since_ = now;
    last_value_ = now;
    asks_ = 0;
    wake_in(now, quiet, out);
}

Strip ArdourSession::strip_from(const Slot& slot) {
    Strip strip;
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
    return strip;
}

/// Gives every strip the id it had, or a new one.
void ArdourSession::give_ids(std::vector<Strip>& strips, std::vector<StripId>& added,
                             std::vector<StripId>& removed) {
    // Strips of another session are other strips, whatever they are called; whose they are must be known.
    const bool same_session = was_ready_ || (!session_name_.empty() && session_name_ == mixer_.session.name);
    if (!same_session) mixer_.strips.clear();
    const auto since = was_ready_ && !change_said_ ? SinceThen::renames : SinceThen::anything;
    const auto ids = recognise_strips(mixer_.strips, strips, since);
    carry_ids(mixer_.strips, ids, strips, next_id_, added, removed);
}

void ArdourSession::remember_set(Instant now, const Slot& slot, Control control) {
    while (!recent_sets_.empty() &&
           (recent_sets_.size() >= most_recent_sets ||
            now - recent_sets_.front().at > capabilities_.longest_detour + set_memory))
        recent_sets_.pop_front();
    recent_sets_.push_back({now, ssid_of(slot), {slot.id, control}});
}

/// The strip that has the number now may have got the value.
std::vector<surface::StripControl> ArdourSession::crossed() {
    std::vector<surface::StripControl> crossed;
    for (const RecentSet& set : std::exchange(recent_sets_, {})) {
        const auto at = static_cast<std::size_t>(set.ssid) - 1;
        if (at < slots_.size() && slots_[at].id != set.meant.strip)
            crossed.push_back({slots_[at].id, set.meant.control});
    }
    return crossed;
}

void ArdourSession::rebuild_mixer(std::vector<StripId>& added, std::vector<StripId>& removed) {
    std::map<std::pair<StripKind, std::string>, int> seen;
    std::vector<Strip> strips;
    for (Slot& slot : slots_) {
        slot.name.twin = seen[{slot.name.kind, slot.name.name}]++;
        strips.push_back(strip_from(slot));
    }
    give_ids(strips, added, removed);
    mixer_.session.name = session_name_;
    mixer_.strips = std::move(strips);
    place_of_id_.clear();
    for (std::size_t i = 0; i < slots_.size(); ++i) {
        slots_[i].id = mixer_.strips[i].id;
        slots_[i].wire_name = slots_[i].name.name;
        place_of_id_.emplace(slots_[i].id, i);
    }
    change_said_ = false;
}

}  // namespace kedge::ardour
