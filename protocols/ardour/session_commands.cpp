// What an ArdourSession does when it is told to, and when it refuses.

#include "ardour/ardour_session.hpp"
#include "ardour/session_limits.hpp"

#include <fmt/format.h>

namespace kedge::ardour {

using surface::Effects;

Result<void> ArdourSession::command(Instant now, const surface::Command& command, Effects& out) {
    // The transport can always be stopped, but nobody is there before the start and after the end.
    const bool stops = std::holds_alternative<surface::Stop>(command);
    if (phase_ != Phase::ready && (!stops || phase_ == Phase::idle)) return tl::unexpected(not_now());

    if (const auto* set_one = std::get_if<surface::SetControl>(&command)) return set(now, *set_one, out);
    if (const auto* ask = std::get_if<surface::QueryControl>(&command)) return query(now, *ask, out);
    if (const auto* mode = std::get_if<surface::SetAutomation>(&command)) return set_mode(now, *mode, out);
    if (const auto* hold = std::get_if<surface::TouchControl>(&command)) return touch(now, *hold, out);
    if (const auto* to = std::get_if<surface::Locate>(&command)) return locate(to->to, out);
    if (const auto* mark = std::get_if<surface::LocateMark>(&command)) {
        // By number alone: Ardour renames the marker at the playhead when it does not know a name.
        send(osc::encode("/marker", {std::int32_t{mark->number}}), out);
        return {};
    }
    if (const auto* lines = std::get_if<surface::ReadFaderLines>(&command))
        return read_lines(now, *lines, out);
    if (const auto* lines = std::get_if<surface::WriteFaderLines>(&command))
        return write_lines(now, *lines, out);
    if (const auto* solo = std::get_if<surface::SwitchSolo>(&command)) return switch_solo(now, *solo, out);
    if (const auto* mark = std::get_if<surface::StepMark>(&command)) {
        send(osc::encode(mark->by < 0 ? "/prev_marker" : "/next_marker"), out);
        return {};
    }
    if (std::holds_alternative<surface::SwitchLoop>(command))
        return fail(ErrorKind::refused, "Ardour's OSC tells of no loop, and turns it only over.",
                    "Turn it on or off in Ardour.");
    if (std::holds_alternative<surface::Play>(command)) send(osc::encode("/transport_play"), out);
    if (stops) send(osc::encode("/transport_stop"), out);
    if (std::holds_alternative<surface::SaveSession>(command)) send(osc::encode("/save_state"), out);
    return {};
}

Error ArdourSession::not_now() const {
    if (phase_ == Phase::idle)
        return {ErrorKind::refused, "Ardour is not connected.", "Connect, then run the command again."};
    const char* const why = phase_ == Phase::lost ? "Ardour does not answer."
                            : was_ready_          ? "Ardour's strip list is changing just now."
                                                  : "Ardour has not told all its strips yet.";
    return {ErrorKind::refused, why, "Run the command again in a moment."};
}

Result<ArdourSession::Slot*> ArdourSession::addressed(StripId id, Control control) {
    const auto place = place_of(id);
    if (!place)
        return fail(ErrorKind::refused, "The strip is not in the session any more.",
                    "Run the command again.");
    Slot& slot = slots_[*place];
    if (!slot.controls[index(control)].value())
        return fail(ErrorKind::refused, fmt::format("'{}' has no {}.", slot.name.name, to_string(control)));
    return &slot;
}

Result<void> ArdourSession::set(Instant now, const surface::SetControl& command, Effects& out) {
    const auto found = addressed(command.strip, command.control);
    if (!found) return tl::unexpected(found.error());
    Slot& slot = **found;
    if (slot.modes[index(command.control)] == AutomationMode::play) {
        return fail(ErrorKind::refused,
                    fmt::format("The {} of '{}' plays automation: Ardour ignores what is written to it.",
                                to_string(command.control), slot.name.name),
                    "Set its automation mode to Manual.");
    }
    if (!sure_of_listener(now, out)) return {};
    remember_set(now, slot, command.control);
    last_change_ = now;
    send(set_control(ssid_of(slot), command.control, command.value), out);
    return {};
}

Result<void> ArdourSession::query(Instant now, const surface::QueryControl& command, Effects& out) {
    const auto found = addressed(command.strip, command.control);
    if (!found) return tl::unexpected(found.error());
    if (!sure_of_listener(now, out)) return {};
    const Spelling spelling = (*found)->controls[index(command.control)].asked(now);
    send(query_control(ssid_of(**found), command.control, spelling), out);
    return {};
}

Result<void> ArdourSession::set_mode(Instant now, const surface::SetAutomation& command, Effects& out) {
    const auto found = addressed(command.strip, command.control);
    if (!found) return tl::unexpected(found.error());
    if (!sure_of_listener(now, out)) return {};
    remember_set(now, **found, command.control);
    last_change_ = now;
    send(set_automation(ssid_of(**found), command.control, command.mode), out);
    return {};
}

Result<void> ArdourSession::touch(Instant now, const surface::TouchControl& command, Effects& out) {
    const auto found = addressed(command.strip, command.control);
    if (!found) return tl::unexpected(found.error());
    if (command.control == Control::pan) {
        return fail(ErrorKind::refused,
                    fmt::format("Ardour takes no hold of a pan over OSC: that of '{}' cannot be touched.",
                                (*found)->name.name),
                    "Use Write or Latch mode for pans.");
    }
    if (!sure_of_listener(now, out)) return {};
    remember_set(now, **found, command.control);
    last_change_ = now;
    send(touch_control(ssid_of(**found), command.control, command.held), out);
    return {};
}

Result<void> ArdourSession::switch_solo(Instant now, const surface::SwitchSolo& command, Effects& out) {
    const auto place = place_of(command.strip);
    if (!place) return fail(ErrorKind::refused, "The strip is not in the session any more.");
    if (!sure_of_listener(now, out)) return {};
    send(osc::encode("/strip/solo", {ssid_of(slots_[*place]), std::int32_t{command.on ? 1 : 0}}), out);
    return {};
}

Result<void> ArdourSession::locate(SongTime to, Effects& out) {
    const auto samples = to.samples(mixer_.session.rate);
    if (samples < 0 || samples > INT32_MAX) {
        return fail(ErrorKind::refused,
                    fmt::format("{} is further than Ardour can locate over OSC.", to_string(to)),
                    "Give a range within the first twelve hours.");
    }
    send(osc::encode("/locate", {static_cast<std::int32_t>(samples), std::int32_t{0}}), out);
    return {};
}

}  // namespace kedge::ardour
