// The transport of a ReaperSession: what is told of it, and what it is told to do.

#include "reaper/reaper_session.hpp"

#include <fmt/format.h>

namespace kedge::reaper {

using surface::Effects;
using surface::Event;

void ReaperSession::on_global(Instant now, const Meaning& meaning, const osc::Message& message,
                              Effects& out) {
    switch (meaning.word) {
        case Word::current_track_number:
            return on_count(now, message, out);
        case Word::time:
            return on_time(now, message, out);
        case Word::beat:
            return on_beat(message, out);
        case Word::marker_name:
        case Word::marker_number:
        case Word::marker_time:
        case Word::region_name:
        case Word::region_number:
        case Word::region_time:
        case Word::region_length:
            return on_place(meaning, message, out);
        default:
            break;
    }
    const auto value = message.number(0);
    if (!value) {
        ++counters_.wrong_type;
    } else if (meaning.word == Word::play) {
        on_playing(*value != 0.0, out);
    } else if (meaning.word != Word::stop) {
        on_loop(meaning.word, *value);
    } else if (!book_.has(Word::play)) {
        on_playing(*value == 0.0, out);
    }
}

void ReaperSession::on_playing(bool playing, Effects& out) {
    if (rolling_ == playing) return;
    rolling_ = playing;
    if (was_ready_) out.emplace_back(Event(surface::TransportReported{playing}));
}

void ReaperSession::on_time(Instant now, const osc::Message& message, Effects& out) {
    const auto seconds = message.number(0);
    if (!seconds) {
        ++counters_.wrong_type;
        return;
    }
    if (!(*seconds >= -most_seconds && *seconds <= most_seconds)) {
        ++counters_.out_of_range;
        return;
    }
    position_ = SongTime::from_seconds(*seconds);
    if (!was_ready_) return;
    out.emplace_back(Event(surface::PositionReported{*position_}));
    show_mark(out);
    on_time_in_search(now, out);
}

/// REAPER tells it at every tick; only another beat is news.
void ReaperSession::on_beat(const osc::Message& message, Effects& out) {
    const auto text = message.string(0);
    if (!text) {
        ++counters_.wrong_type;
        return;
    }
    const auto bar = bar_from_wire(*text);
    if (!bar) {
        ++counters_.out_of_range;
        return;
    }
    if (bar_ == bar) return;
    bar_ = bar;
    if (was_ready_) out.emplace_back(Event(surface::BarReported{bar->bar, bar->beat}));
}

Result<void> ReaperSession::act(std::int32_t action, std::string_view what) {
    if (!book_.has(Word::action))
        return fail(ErrorKind::refused, fmt::format("REAPER's pattern file leaves no way to {}.", what),
                    "Use kedge's own pattern file in REAPER, or add i/action to ACTION in yours.");
    say(number_message(book_.address(Word::action, 0), Flag::integer, action));
    return {};
}

Result<void> ReaperSession::transport(Word word, std::int32_t action) {
    if (!book_.has(word)) return act(action, word == Word::play ? "play" : "stop");
    say(number_message(book_.address(word, 0), book_.flag(word, 0), 1.0));
    return {};
}

Result<void> ReaperSession::locate(SongTime to) {
    if (!book_.has(Word::time))
        return fail(ErrorKind::refused, "REAPER's pattern file leaves no way to locate.",
                    "Use kedge's own pattern file in REAPER, or add f/time to TIME in yours.");
    if (to < SongTime() || to.seconds() > most_seconds)
        return fail(ErrorKind::refused, fmt::format("{} is nowhere in a project.", to_string(to)),
                    "Give a range within the song.");
    say(number_message(book_.address(Word::time, 0), Flag::raw, to.seconds()));
    return {};
}

}  // namespace kedge::reaper
