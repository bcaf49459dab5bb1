// Fader lines that a ReaperSession is to read or write, on their way to the companion script.

#include "reaper/reaper_session.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace kedge::reaper {

using surface::Effects;
using surface::Event;

Result<int> ReaperSession::scripted_track(StripId id) const {
    auto number = addressed(id, Control::fader);
    if (number && *number == 0)
        return fail(ErrorKind::refused, "The automation of REAPER's master is left alone.",
                    "Name tracks only.");
    return number;
}

Result<void> ReaperSession::check_lines(const surface::Command& command) const {
    if (!companion_)
        return fail(ErrorKind::refused, "REAPER has no companion script of kedge's.", how_to_install_script);
    if (!can_call_script())
        return fail(ErrorKind::refused, "REAPER's pattern file leaves no way to call the companion script.",
                    "Use kedge's own pattern file in REAPER, or add s/action/str to ACTION in yours.");
    if (exchange_.busy())
        return fail(ErrorKind::refused, "REAPER's companion script is at work for kedge already.",
                    "Run the command again in a moment.");
    std::vector<StripId> strips;
    if (const auto* read = std::get_if<surface::ReadFaderLines>(&command)) strips = read->strips;
    if (const auto* write = std::get_if<surface::WriteFaderLines>(&command)) {
        for (const auto& [strip, line] : write->lines) {
            strips.push_back(strip);
            const auto number = scripted_track(strip);
            if (!number) return tl::unexpected(number.error());
            if (const auto words = words_for(line); !words)
                return fail(ErrorKind::refused,
                            fmt::format("'{}': {}", slot(*number).name.value_or(""), words.error().message),
                            words.error().next);
        }
    }
    if (strips.empty()) return fail(ErrorKind::refused, "No track is named whose automation is meant.");
    for (const StripId id : strips) {
        if (const auto number = scripted_track(id); !number) return tl::unexpected(number.error());
        if (std::count(strips.begin(), strips.end(), id) > 1)
            return fail(ErrorKind::refused, "The automation of one track is named twice.");
    }
    return {};
}

/// The script finds tracks by their GUIDs: without them it is asked for these first.
Result<void> ReaperSession::ask_lines(Instant now, const surface::Command& command, Effects& out) {
    if (auto good = check_lines(command); !good) return good;
    asked_lines_ = command;
    if (knows_project()) {
        carry_out_asked_lines(now, out);
    } else {
        exchange_.ask_identity(now, {script_patience, most_script_calls});
        wake_companion(now, out);
    }
    return {};
}

void ReaperSession::carry_out_asked_lines(Instant now, Effects& out) {
    const auto command = std::exchange(asked_lines_, std::nullopt);
    if (!command) return;
    const auto* read = std::get_if<surface::ReadFaderLines>(&*command);
    const auto done =
        read ? read_lines(now, *read) : write_lines(now, std::get<surface::WriteFaderLines>(*command));
    if (!done) {
        out.emplace_back(Event(surface::LinesRefused{done.error(), /*unanswered=*/false}));
    } else {
        wake_companion(now, out);
    }
}

Result<void> ReaperSession::read_lines(Instant now, const surface::ReadFaderLines& command) {
    std::vector<TrackGuid> tracks;
    for (const StripId id : command.strips) {
        const auto number = scripted_track(id);
        if (!number) return tl::unexpected(number.error());
        tracks.push_back(guids_[static_cast<std::size_t>(*number) - 1]);
    }
    lines_of_ = command.strips;
    exchange_.read(now, *project_, tracks);
    return {};
}

Result<void> ReaperSession::write_lines(Instant now, const surface::WriteFaderLines& command) {
    std::vector<GuidLine> lines;
    for (const auto& [strip, line] : command.lines) {
        const auto number = scripted_track(strip);
        if (!number) return tl::unexpected(number.error());
        auto words = words_for(line);
        if (!words) return tl::unexpected(words.error());
        lines.push_back({guids_[static_cast<std::size_t>(*number) - 1], std::move(*words)});
    }
    exchange_.write(now, *project_, command.undo_name, lines);
    return {};
}

}  // namespace kedge::reaper
