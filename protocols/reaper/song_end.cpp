// Where the song ends: REAPER's OSC does not tell it, but its playhead can be sent there and says where it
// is.

#include "reaper/reaper_session.hpp"

namespace kedge::reaper {

using surface::Effects;
using surface::Event;

namespace {

/// Another place for each try, as only a change is told; not 0, which REAPER takes for told where it told
/// nothing yet.
SongTime near_the_start(int tries) {
    return SongTime(std::chrono::milliseconds(10) * (tries + 1));
}

constexpr Duration same_place = std::chrono::milliseconds(1);

}  // namespace

Result<void> ReaperSession::find_end(Instant now) {
    if (!able_.capabilities.finds_end)
        return fail(ErrorKind::refused, "REAPER's pattern file leaves no way to find the end of the song.",
                    "Use kedge's own pattern file in REAPER, or add f/time to TIME and i/action to ACTION.");
    if (rolling_.value_or(false))
        return fail(ErrorKind::refused, "The end of the song is not looked for while REAPER plays.",
                    "Stop it first.");
    // The script tells it, and the playhead stays where it is.
    end_of_script_ = knows_project() && !exchange_.busy();
    if (end_of_script_) {
        exchange_.ask_strips(now, *project_, {greeting_script_patience, 1});
    } else {
        begin_end_search(now);
    }
    return {};
}

void ReaperSession::begin_end_search(Instant now) {
    end_search_ = EndSearch{};
    go_to_start(now);
}

void ReaperSession::go_to_start(Instant now) {
    end_search_->since = now;
    end_search_->from_start = false;
    say(number_message(book_.address(Word::time, 0), Flag::raw,
                       near_the_start(end_search_->tries).seconds()));
}

void ReaperSession::on_time_in_search(Instant now, Effects& out) {
    if (!end_search_) return;
    const SongTime start = near_the_start(end_search_->tries);
    const bool at_start = std::chrono::abs(*position_ - start) <= same_place;
    if (end_search_->from_start && !at_start)
        return end_search(*position_ > start ? position_ : std::nullopt, out);
    if (end_search_->from_start || !at_start) return;
    end_search_->from_start = true;
    end_search_->since = now;
    say(number_message(book_.address(Word::action, 0), Flag::integer, action_go_to_end));
}

void ReaperSession::search_when_due(Instant now, Effects& out) {
    if (!end_search_) return;
    if (rolling_.value_or(false)) return end_search(std::nullopt, out);
    if (now - end_search_->since < end_search_patience) return;
    if (++end_search_->tries >= end_search_tries) return end_search(std::nullopt, out);
    go_to_start(now);
}

void ReaperSession::end_search(std::optional<SongTime> found, Effects& out) {
    end_search_.reset();
    mixer_.session.end = found;
    out.emplace_back(Event(surface::EndFound{found}));
}

}  // namespace kedge::reaper
