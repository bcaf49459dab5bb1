// The tracks of a LiveSession: what their list says, and which track is which.

#include "abletonosc/live_session.hpp"
#include "abletonosc/session_limits.hpp"
#include "core/strip_recognition.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace kedge::abletonosc {

using surface::Effects;
using surface::Event;

namespace {

constexpr int stereo = 2;

bool is_only_one(const std::vector<TrackFacts>& tracks, const TrackFacts& track) {
    return std::count(tracks.begin(), tracks.end(), track) == 1;
}

}  // namespace

std::optional<std::size_t> LiveSession::place_of(StripId id) const {
    const auto known = place_of_id_.find(id);
    if (known == place_of_id_.end()) return std::nullopt;
    return known->second;
}

void LiveSession::on_list(Instant now, const osc::Message& message, Effects& out) {
    auto tracks = read_track_list(message);
    if (!tracks) {
        ++counters_.wrong_type;
        return;
    }
    if (phase_ == Phase::idle || phase_ == Phase::greeting || phase_ == Phase::lost) return;
    ++counters_.heartbeats;
    if (phase_ != Phase::listing && is_known_list(*tracks)) {
        list_seen_ = now;
        if (phase_ == Phase::checking) {
            knows_bundles_ = asks_ == 0;
            settle(now, out);
        }
        if (phase_ == Phase::ready) let_answers_go(now, out);
        return;
    }
    if (phase_ == Phase::ready) out.emplace_back(Event(surface::StripsUnsettled{}));
    held_.clear();
    sets_waiting_.clear();
    take_list(std::move(*tracks));
    begin_filling(now, out);
}

bool LiveSession::is_known_list(const std::vector<TrackFacts>& tracks) const {
    return std::equal(tracks.begin(), tracks.end(), slots_.begin(), slots_.end(),
                      [](const TrackFacts& told, const Slot& slot) { return told == slot.facts; });
}

/// A track that stands where it stood is still subscribed to, unless it may be another one of the same name.
/// All others are subscribed to anew and under a new mark: a subscription goes along with its track, and
/// would go on to tell of it under a number that is another's now.
void LiveSession::take_list(std::vector<TrackFacts> tracks) {
    std::vector<TrackFacts> before;
    for (const Slot& slot : slots_) before.push_back(slot.facts);
    std::vector<Slot> slots(tracks.size());
    for (std::size_t i = 0; i < tracks.size(); ++i) {
        const bool stays = i < slots_.size() && before[i] == tracks[i] && is_only_one(before, tracks[i]) &&
                           is_only_one(tracks, tracks[i]);
        if (stays) {
            slots[i] = std::move(slots_[i]);
        } else {
            slots[i].subscription = next_mark();
            slots[i].facts = std::move(tracks[i]);
        }
    }
    slots_ = std::move(slots);
    place_of_id_.clear();
}

/// The strip that has the number now may have got the value.
std::vector<surface::StripControl> LiveSession::crossed() {
    std::vector<surface::StripControl> crossed;
    for (const RecentSet& set : std::exchange(recent_sets_, {}))
        if (set.track < slots_.size() && slots_[set.track].id != set.meant.strip)
            crossed.push_back({slots_[set.track].id, set.meant.control});
    return crossed;
}

void LiveSession::rebuild_mixer(std::vector<StripId>& added, std::vector<StripId>& removed) {
    std::map<std::pair<StripKind, std::string>, int> seen;
    std::vector<Strip> strips;
    for (const Slot& slot : slots_) {
        Strip strip;
        const StripKind kind = slot.facts.kind();
        strip.name = {kind, slot.facts.name, seen[{kind, slot.facts.name}]++};
        strip.inputs = slot.facts.audio ? stereo : 0;
        strip.outputs = slot.facts.audio ? stereo : 0;
        strip.soloed = slot.soloed;
        for (const Control control : all_controls)
            if (const auto& value = slot.values.at(index(control))) strip.set_control(control, *value);
        strips.push_back(std::move(strip));
    }
    // Nothing tells a renamed track from a moved one.
    const auto ids = recognise_strips(mixer_.strips, strips, SinceThen::anything);
    carry_ids(mixer_.strips, ids, strips, next_id_, added, removed);
    mixer_.strips = std::move(strips);
    place_of_id_.clear();
    for (std::size_t i = 0; i < slots_.size(); ++i) {
        if (slots_[i].id != mixer_.strips[i].id)
            for (ControlQuestions& questions : slots_[i].questions) questions.forget();
        slots_[i].id = mixer_.strips[i].id;
        place_of_id_.emplace(slots_[i].id, i);
    }
    capabilities_.session_end = song_length_.has_value();
    mixer_.session.end = std::nullopt;
    if (song_length_ && tempo_) mixer_.session.end = time_at(*song_length_, *tempo_);
}

}  // namespace kedge::abletonosc
