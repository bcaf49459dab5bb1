// What a ReaperSession does when it is told to, and when it refuses.

#include "reaper/reaper_session.hpp"

#include <utility>

#include <fmt/format.h>

namespace kedge::reaper {

using surface::Effects;

namespace {

Word word_of_mode(AutomationMode mode) {
    switch (mode) {
        case AutomationMode::manual:
            return Word::auto_trim;
        case AutomationMode::play:
            return Word::auto_read;
        case AutomationMode::write:
            return Word::auto_write;
        case AutomationMode::touch:
            return Word::auto_touch;
        case AutomationMode::latch:
            break;
    }
    return Word::auto_latch;
}

Word word_of_touch(Control control) {
    return control == Control::pan ? Word::pan_touch : Word::volume_touch;
}

tl::unexpected<Error> not_in_the_file(std::string_view what, std::string_view key) {
    return fail(ErrorKind::refused, fmt::format("REAPER's pattern file leaves no way to {}.", what),
                fmt::format("Use kedge's own pattern file in REAPER, or add {} to yours.", key));
}

}  // namespace

Result<void> ReaperSession::command(Instant now, const surface::Command& command, Effects& out) {
    // The transport can always be stopped, but nobody is there before the start and after the end.
    const bool stops = std::holds_alternative<surface::Stop>(command);
    if (phase_ != Phase::ready && (!stops || phase_ == Phase::idle)) return tl::unexpected(not_now());

    Result<void> done;
    if (const auto* set_one = std::get_if<surface::SetControl>(&command)) {
        done = set(now, *set_one);
    } else if (const auto* ask = std::get_if<surface::QueryControl>(&command)) {
        done = query(now, *ask);
    } else if (const auto* mode = std::get_if<surface::SetAutomation>(&command)) {
        done = set_mode(now, *mode);
    } else if (const auto* hold = std::get_if<surface::TouchControl>(&command)) {
        done = touch(now, *hold);
    } else if (const auto* to = std::get_if<surface::Locate>(&command)) {
        done = locate(to->to);
    } else if (const auto* mark = std::get_if<surface::LocateMark>(&command)) {
        done = locate_mark(mark->number);
    } else if (const auto* loop = std::get_if<surface::SwitchLoop>(&command)) {
        done = switch_loop(now, loop->on);
    } else if (std::holds_alternative<surface::FindEnd>(command)) {
        done = find_end(now);
    } else if (std::holds_alternative<surface::Play>(command)) {
        done = transport(Word::play, action_play);
    } else if (stops) {
        done = transport(Word::stop, action_stop);
    } else if (std::holds_alternative<surface::SaveSession>(command)) {
        done = act(action_save, "save the project");
    } else {
        done = ask_lines(now, command, out);
    }
    if (done) plan_wake(now, out);
    return done;
}

Error ReaperSession::not_now() const {
    if (phase_ == Phase::idle)
        return {ErrorKind::refused, "REAPER is not connected.", "Connect, then run the command again."};
    const char* const why = phase_ == Phase::lost ? "REAPER does not answer."
                            : was_ready_          ? "REAPER's track list is changing just now."
                                                  : "REAPER has not told all its tracks yet.";
    return {ErrorKind::refused, why, "Run the command again in a moment."};
}

Result<int> ReaperSession::addressed(StripId id, Control control) const {
    const auto known = number_of_id_.find(id);
    if (known == number_of_id_.end())
        return fail(ErrorKind::refused, "The track is not in the project any more.",
                    "Run the command again.");
    const TrackPlace& at = slot(known->second);
    if (!at.talks[index(control)].value)
        return fail(ErrorKind::refused,
                    fmt::format("'{}' has no {}.", at.name.value_or("MASTER"), to_string(control)));
    return known->second;
}

PacketPacing::Message ReaperSession::set_message(int number, Control control,
                                                 const ControlValue& value) const {
    const Word word = word_of(control);
    const std::string address = book_.address(word, number);
    const Flag flag = book_.flag(word, number);
    if (control == Control::pan)
        return number_message(address, flag, (std::get<Pan>(value).position() + 1.0) / 2.0);
    if (control == Control::mute)
        return number_message(address, flag, std::get<Mute>(value) == Mute::muted ? 1.0 : 0.0);
    return level_message(address, flag, std::get<Decibels>(value));
}

Result<void> ReaperSession::set(Instant now, const surface::SetControl& command) {
    const auto number = addressed(command.strip, command.control);
    if (!number) return tl::unexpected(number.error());
    if (auto sent = send_alone(now, *number, set_message(*number, command.control, command.value)); !sent)
        return sent;
    remember_set(now, *number, command.control);
    Talk& talk = slot(*number).talks[index(command.control)];
    // What is still to be answered was asked before.
    if (std::exchange(talk.open, false)) {
        --batch_->unanswered;
        if (talk.open_asked) talk.asked = true;
    }
    if (!able_.capabilities.read_back) return {};
    talk.requested = command.value;
    talk.verifications = verifications;
    ask_in_next_batch(*number, command.control);
    return {};
}

Result<void> ReaperSession::set_mode(Instant now, const surface::SetAutomation& command) {
    const auto number = addressed(command.strip, command.control);
    if (!number) return tl::unexpected(number.error());
    if (*number == 0)
        return fail(ErrorKind::refused, "The automation of REAPER's master is left alone.",
                    "Set its mode by hand.");
    const Word word = word_of_mode(command.mode);
    if (!book_.has(word)) return not_in_the_file("set an automation mode", "the five TRACK_AUTO_ keys");
    auto sent = send_alone(now, *number,
                           number_message(book_.address(word, *number), book_.flag(word, *number), 1.0));
    if (sent) remember_set(now, *number, command.control);
    return sent;
}

Result<void> ReaperSession::touch(Instant now, const surface::TouchControl& command) {
    const auto held = touched_.find({command.strip, command.control});
    if (!command.held && held != touched_.end()) {
        say_touch(held->second, command.control, false);
        touched_.erase(held);
        return {};
    }
    const auto number = addressed(command.strip, command.control);
    if (!number) return tl::unexpected(number.error());
    const bool can_be = command.control == Control::fader || command.control == Control::pan;
    if (!can_be || *number == 0 || !book_.has(word_of_touch(command.control)))
        return fail(ErrorKind::refused,
                    fmt::format("REAPER takes no hold of the {} of '{}' over OSC.",
                                to_string(command.control), slot(*number).name.value_or("MASTER")),
                    "Use Write or Latch mode for it.");
    remember_set(now, *number, command.control);
    say_touch(*number, command.control, command.held);
    if (command.held) touched_.insert_or_assign({command.strip, command.control}, *number);
    return {};
}

/// A hold that an earlier connection left behind: REAPER keeps it until it is let go.
void ReaperSession::clear_touches() {
    for (int number = 1; number <= tracks_; ++number)
        for (const Control control : {Control::fader, Control::pan})
            if (book_.has(word_of_touch(control))) say_touch(number, control, false);
}

void ReaperSession::say_touch(int number, Control control, bool held) {
    const Word word = word_of_touch(control);
    say(number_message(book_.address(word, number), book_.flag(word, number), held ? 1.0 : 0.0));
}

}  // namespace kedge::reaper
