// Which places of a ReaperSession's bank are tracks, what is still to be told of them, and which track is
// which.

#include "reaper/reaper_session.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>

namespace kedge::reaper {

namespace {

constexpr std::size_t most_questions_a_round = 600;

std::string name_of_nobody(int number) {
    return fmt::format("Track {}", number);
}

}  // namespace

/// So many tracks, and some places behind them, as far as the bank can be made to reach.
void ReaperSession::cover(int tracks) {
    bank_ = able_.grows ? std::min(tracks + spare_places, most_tracks)
                        : std::clamp(setup_.patterns.settings().track_count, 1, most_tracks);
    tracks_ = std::min(unheard_count_ ? bank_ : tracks, bank_);
    book_.cover(bank_, covered_places_);
    slots_.assign(static_cast<std::size_t>(bank_) + 1, {});
    waiting_.clear();
    batch_.reset();
}

bool ReaperSession::expects(int number, Control control) const {
    if (control == Control::trim) return false;
    if (is_master_mute(number, control)) return able_.tells_master_mute && !unheard_count_;
    return book_.has_for(word_of(control), number);
}

bool ReaperSession::is_complete(int number) const {
    const TrackPlace& at = slot(number);
    if (number > 0 && !at.name) return false;
    if (number > 0 && able_.unselects_one && !at.selected) return false;
    return std::all_of(all_controls.begin(), all_controls.end(), [&](Control control) {
        // The master's mute is told by itself, later if need be.
        const bool can_wait = is_master_mute(number, control);
        return can_wait || !expects(number, control) || at.talks[index(control)].value;
    });
}

std::size_t ReaperSession::count_missing() const {
    std::size_t missing = 0;
    for (int number = 0; number <= tracks_; ++number)
        if (!is_complete(number)) ++missing;
    return missing;
}

int ReaperSession::first_incomplete() const {
    int number = 0;
    while (number < tracks_ && is_complete(number)) ++number;
    return number;
}

void ReaperSession::ask_missing(Instant now) {
    asked_at_ = now;
    std::size_t asked = 0;
    const auto ask = [&](Word word, int number) {
        say(question_message(book_.address(word, number), book_.flag(word, number)));
        ++asked;
    };
    for (int number = 0; number <= tracks_ && asked < most_questions_a_round; ++number) {
        const TrackPlace& at = slot(number);
        if (number > 0 && !at.name) ask(Word::track_name, number);
        if (number > 0 && able_.unselects_one && !at.selected) ask(Word::track_select, number);
        for (const Control control : all_controls)
            if (expects(number, control) && !is_master_mute(number, control) &&
                !at.talks[index(control)].value)
                ask(word_of(control), number);
    }
    tell_again(now);
}

/// REAPER says of a place behind its last track what it says of a track without a name that is silent and in
/// the middle.
bool ReaperSession::looks_absent(int number) const {
    const TrackPlace& at = slot(number);
    const auto& fader = at.talks[index(Control::fader)].value;
    const auto& pan = at.talks[index(Control::pan)].value;
    const auto& mute = at.talks[index(Control::mute)].value;
    return (!at.name || *at.name == name_of_nobody(number)) && !at.selected.value_or(false) && !at.soloed &&
           at.mode == AutomationMode::manual && (!fader || std::get<Decibels>(*fader).is_silence()) &&
           (!pan || std::get<Pan>(*pan) == Pan::centre()) && (!mute || std::get<Mute>(*mute) == Mute::open);
}

int ReaperSession::scanned_end() const {
    int end = bank_;
    while (end > 0 && looks_absent(end)) --end;
    return end;
}

Strip ReaperSession::strip_from(int number) const {
    const TrackPlace& at = slot(number);
    Strip strip;
    strip.name = {number == 0 ? StripKind::master : StripKind::audio_track,
                  number == 0 ? "MASTER" : at.name.value_or(name_of_nobody(number)), 0};
    // REAPER's tracks have two channels unless somebody gave them more, which is not told.
    strip.inputs = 2;
    strip.outputs = 2;
    strip.soloed = at.soloed;
    for (const Control control : all_controls) {
        const auto& value = at.talks[index(control)].value;
        if (!value || !expects(number, control)) continue;
        strip.set_control(control, *value);
        strip.set_automation(control, at.mode);
    }
    return strip;
}

/// REAPER does not say what happened. One name that changed in place is a track renamed; anything else may
/// be tracks that came, went or changed places.
SinceThen ReaperSession::since_last_list(const std::vector<Strip>& strips) const {
    if (!was_ready_ || strips.size() != mixer_.strips.size()) return SinceThen::anything;
    std::size_t renamed = 0;
    for (std::size_t i = 0; i < strips.size(); ++i)
        if (strips[i].name.name != mixer_.strips[i].name.name) ++renamed;
    return renamed <= 1 ? SinceThen::renames : SinceThen::anything;
}

/// By what REAPER itself tells tracks by, where the script has told it of this list and of the last; else by
/// their names.
std::vector<std::optional<StripId>> ReaperSession::ids_for(const std::vector<Strip>& strips) const {
    const Strip* master = mixer_.master();
    if (id_of_guid_.empty() || !master || !project_asked_ || guids_.size() + 1 != strips.size())
        return recognise_strips(mixer_.strips, strips, since_last_list(strips));
    std::vector<std::optional<StripId>> ids = {master->id};
    for (const TrackGuid& guid : guids_) {
        const auto known = id_of_guid_.find(guid);
        ids.push_back(known == id_of_guid_.end() ? std::nullopt : std::optional(known->second));
    }
    return ids;
}

/// Gives every strip the id it had, or a new one.
void ReaperSession::give_ids(std::vector<Strip>& strips, std::vector<StripId>& added,
                             std::vector<StripId>& removed) {
    carry_ids(mixer_.strips, ids_for(strips), strips, next_id_, added, removed);
}

void ReaperSession::rebuild_mixer(std::vector<StripId>& added, std::vector<StripId>& removed) {
    std::map<std::pair<StripKind, std::string>, int> seen;
    std::vector<Strip> strips;
    for (int number = 0; number <= tracks_; ++number) {
        strips.push_back(strip_from(number));
        StripName& name = strips.back().name;
        name.twin = seen[{name.kind, name.name}]++;
    }
    give_ids(strips, added, removed);
    mixer_.strips = std::move(strips);
    number_of_id_.clear();
    for (int number = 0; number <= tracks_; ++number) {
        const StripId id = mixer_.strips[static_cast<std::size_t>(number)].id;
        slot(number).id = id;
        number_of_id_.emplace(id, number);
    }
    id_of_guid_.clear();
    for (std::size_t i = 0; i < guids_.size() && i + 1 < mixer_.strips.size(); ++i)
        id_of_guid_.emplace(guids_[i], mixer_.strips[i + 1].id);
}

void ReaperSession::remember_set(Instant now, int number, Control control) {
    while (!recent_sets_.empty() &&
           (recent_sets_.size() >= most_recent_sets ||
            now - recent_sets_.front().at > able_.capabilities.longest_detour + set_memory))
        recent_sets_.pop_front();
    recent_sets_.push_back({now, number, {slot(number).id, control}});
}

/// The track that has the number now may have got the value.
std::vector<surface::StripControl> ReaperSession::crossed() {
    std::vector<surface::StripControl> crossed;
    for (const RecentSet& set : std::exchange(recent_sets_, {}))
        if (set.number <= tracks_ && slot(set.number).id != set.meant.strip)
            crossed.push_back({slot(set.number).id, set.meant.control});
    return crossed;
}

}  // namespace kedge::reaper
