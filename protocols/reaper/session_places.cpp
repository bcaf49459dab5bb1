// Markers and regions of a ReaperSession, and going to a marker.

#include "reaper/reaper_session.hpp"

#include <algorithm>
#include <utility>

namespace kedge::reaper {

using surface::Effects;
using surface::Event;

std::optional<SongPlaces> ReaperSession::places() const {
    if (!was_ready_ || !able_.capabilities.markers) return std::nullopt;
    return told_places_.all();
}

/// So many are told from now on: what REAPER has not told of them, it tells.
void ReaperSession::ask_places() {
    if (book_.has(Word::marker_count))
        say(number_message(book_.address(Word::marker_count, 0), Flag::integer, covered_places_));
    if (book_.has(Word::region_count))
        say(number_message(book_.address(Word::region_count, 0), Flag::integer, covered_places_));
}

void ReaperSession::on_place(const Meaning& meaning, const osc::Message& message, Effects& out) {
    const auto heard = told_places_.hear(meaning, message);
    if (heard == ToldPlaces::Heard::wrong_type) ++counters_.wrong_type;
    if (heard == ToldPlaces::Heard::out_of_range) ++counters_.out_of_range;
    show_mark(out);
    if (covered_places_ >= most_places || !told_places_.is_full()) return;
    covered_places_ = std::min(2 * covered_places_, most_places);
    told_places_.cover(static_cast<std::size_t>(covered_places_));
    book_.cover(bank_, covered_places_);
    ask_places();
}

/// What was lost on the way.
void ReaperSession::ask_places_when_due(Instant now) {
    if (now - places_asked_ < places_patience || places_tries_ >= most_places_tries) return;
    places_asked_ = now;
    const auto missing = told_places_.missing();
    if (missing.empty()) return;
    ++places_tries_;
    for (std::size_t i = 0; i < std::min(missing.size(), most_place_questions); ++i) {
        const auto [word, number] = missing[i];
        say(question_message(book_.address(word, number), book_.flag(word, number)));
    }
    ask_places();
}

/// The name of the marker that the playhead stands on.
void ReaperSession::show_mark(Effects& out) {
    if (!position_ || !was_ready_) return;
    std::string text = told_places_.marker_at(*position_);
    if (text == shown_mark_) return;
    shown_mark_ = text;
    out.emplace_back(Event(surface::MarkShown{std::move(text)}));
}

Result<void> ReaperSession::locate_mark(int number) {
    if (!able_.capabilities.markers)
        return fail(ErrorKind::refused, "REAPER's pattern file leaves no way to its markers.",
                    "Use kedge's own pattern file in REAPER.");
    if (number < 1) return fail(ErrorKind::refused, "Markers are counted from 1.");
    if (rolling_.value_or(false))
        if (auto stopped = transport(Word::stop, action_stop); !stopped) return stopped;
    say(number_message(book_.address(Word::goto_marker, 0), Flag::integer, number));
    return {};
}

}  // namespace kedge::reaper
