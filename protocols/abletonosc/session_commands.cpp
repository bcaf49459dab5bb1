// What a LiveSession does when it is told to, and when it refuses.

#include "abletonosc/live_session.hpp"
#include "abletonosc/session_limits.hpp"

#include <fmt/format.h>

namespace kedge::abletonosc {

using surface::Effects;

Result<void> LiveSession::command(Instant now, const surface::Command& command, Effects& out) {
    // The transport can always be stopped, but nobody is there before the start and after the end.
    const bool stops = std::holds_alternative<surface::Stop>(command);
    if (phase_ != Phase::ready && (!stops || phase_ == Phase::idle)) return tl::unexpected(not_now());

    if (const auto* set_one = std::get_if<surface::SetControl>(&command)) return set(now, *set_one, out);
    if (const auto* one = std::get_if<surface::QueryControl>(&command)) return query(now, *one, out);
    if (const auto* to = std::get_if<surface::Locate>(&command)) return locate(to->to, out);
    if (const auto* loop = std::get_if<surface::SwitchLoop>(&command)) {
        send(switch_loop(loop->on), out);
        return {};
    }
    if (std::holds_alternative<surface::Play>(command)) {
        // From where the playhead is; start_playing goes back to where it last began.
        send(osc::encode("/live/song/continue_playing"), out);
        return {};
    }
    if (stops) {
        send(osc::encode("/live/song/stop_playing"), out);
        return {};
    }
    if (std::holds_alternative<surface::SaveSession>(command))
        return fail(ErrorKind::refused, "AbletonOSC has no way to save.", "Save the song in Live.");
    return fail(ErrorKind::refused, "AbletonOSC has no automation, no markers by number and no end to find.",
                "Use what needs none of them.");
}

Error LiveSession::not_now() const {
    if (phase_ == Phase::idle)
        return {ErrorKind::refused, "Ableton Live is not connected.", "Connect, then run the command again."};
    const char* const why = phase_ == Phase::lost ? "Ableton Live does not answer."
                            : was_ready_          ? "Live's tracks are changing just now."
                                                  : "Live has not told all its tracks yet.";
    return {ErrorKind::refused, why, "Run the command again in a moment."};
}

Result<std::size_t> LiveSession::addressed(StripId id, Control control) const {
    const auto place = place_of(id);
    if (!place)
        return fail(ErrorKind::refused, "The track is not in the song any more.", "Run the command again.");
    const Slot& slot = slots_[*place];
    if (!slot.values.at(index(control)))
        return fail(ErrorKind::refused, fmt::format("'{}' has no {}.", slot.facts.name, to_string(control)));
    return *place;
}

/// Whether a track's number is sure to be still its own. If not, nothing is sent, and it counts as lost on
/// the way.
bool LiveSession::sure_of_list(Instant now, Effects& out) {
    const Duration age = now - list_seen_;
    if (age >= list_wears_thin && now - list_asked_ >= script_tick) ask_list(now, out);
    return age < list_is_good_for;
}

Result<void> LiveSession::set(Instant now, const surface::SetControl& command, Effects& out) {
    const auto place = addressed(command.strip, command.control);
    if (!place) return tl::unexpected(place.error());
    if (!sure_of_list(now, out)) return {};
    while (!recent_sets_.empty() &&
           (recent_sets_.size() >= most_recent_sets ||
            now - recent_sets_.front().at > capabilities_.longest_detour + set_memory))
        recent_sets_.pop_front();
    recent_sets_.push_back({now, *place, {command.strip, command.control}});
    const auto track = static_cast<std::int32_t>(*place);
    if (!knows_bundles_) {
        send(set_control(track, command.control, command.value), out);
        return {};
    }
    sets_waiting_.push_back({track, slots_[*place].subscription, command.control, command.value});
    if (sets_waiting_.size() >= most_sets_together)
        send_sets(out);
    else
        wake_in(now, sets_gather, out);
    return {};
}

/// A bundle that the script breaks off costs it a tick: one for each value would keep it from all else.
void LiveSession::send_sets(Effects& out) {
    if (sets_waiting_.empty()) return;
    send(set_guarded(sets_waiting_), out);
    sets_waiting_.clear();
}

Result<void> LiveSession::query(Instant now, const surface::QueryControl& command, Effects& out) {
    const auto place = addressed(command.strip, command.control);
    if (!place) return tl::unexpected(place.error());
    const auto property = property_of(command.control);
    if (!property || !sure_of_list(now, out)) return {};
    send_sets(out);  // first what it shall confirm
    const Mark question = next_mark();
    slots_[*place].questions.at(index(command.control)).asked(question, now, memory());
    send(ask(static_cast<std::int32_t>(*place), *property, question), out);
    return {};
}

Result<void> LiveSession::locate(SongTime to, Effects& out) {
    const Beats place = beats_at(to, tempo_.value_or(Tempo{}));
    if (place.count < 0.0 || place.count > most_beats)
        return fail(ErrorKind::refused, fmt::format("{} is no place in a song.", to_string(to)),
                    "Give a range within the song.");
    send(go_to(place), out);
    return {};
}

}  // namespace kedge::abletonosc
