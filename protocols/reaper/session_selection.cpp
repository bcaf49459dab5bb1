// Keeping selected tracks out of what a ReaperSession sets: REAPER moves all selected tracks with one of
// them.

#include "reaper/reaper_session.hpp"

#include <utility>

namespace kedge::reaper {

/// The track is taken out of the selection in the same datagram, whatever is known of it: somebody may have
/// selected it just now. One that is not selected REAPER leaves as it is, without a word.
Result<void> ReaperSession::send_alone(Instant now, int number, PacketPacing::Message message) {
    std::vector<PacketPacing::Message> together;
    if (able_.unselects_one) {
        together.push_back(number_message(book_.address(Word::track_select, number), Flag::boolean, 0.0));
        if (slot(number).selected.value_or(false)) unselected_.insert(slot(number).id);
    } else if (able_.unselects_all) {
        together.push_back(
            number_message(book_.address(Word::action, 0), Flag::integer, action_unselect_tracks));
    } else {
        return fail(
            ErrorKind::refused,
            "REAPER would move all selected tracks with this one, and its pattern file leaves no way to "
            "unselect it.",
            "Use kedge's own pattern file in REAPER.");
    }
    together.push_back(std::move(message));
    packets_.add(std::move(together));
    last_set_ = now;
    return {};
}

bool ReaperSession::selection_is_due(Instant now) const {
    return !unselected_.empty() && touched_.empty() && now - last_set_ >= selection_rest;
}

void ReaperSession::select_again() {
    for (const StripId id : std::exchange(unselected_, {})) {
        const auto known = number_of_id_.find(id);
        if (known == number_of_id_.end()) continue;
        say(number_message(book_.address(Word::track_select, known->second), Flag::boolean, 1.0));
    }
}

}  // namespace kedge::reaper
