// What an ArdourSession asks of the companion script inside Ardour, and what it makes of the answers.

#include "ardour/ardour_session.hpp"
#include "ardour/session_limits.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace kedge::ardour {

using surface::Effects;
using surface::Event;

void ArdourSession::use_companion(std::optional<CompanionSetup> companion) {
    companion_ = std::move(companion);
    capabilities_.fader_lines = companion_.has_value();
}

Result<void> ArdourSession::companion_is_free() const {
    if (!companion_) {
        return fail(ErrorKind::refused, "Ardour has no companion script of kedge's.",
                    "Run 'kedge doctor --install-companion', then start Ardour again.");
    }
    if (exchange_.busy()) {
        return fail(ErrorKind::refused, "Ardour's companion script is at work for kedge already.",
                    "Run the command again in a moment.");
    }
    return {};
}

/// The script knows strips by nothing but their names.
Result<std::string> ArdourSession::name_for_companion(StripId id) const {
    const Strip* strip = mixer_.find(id);
    if (!strip)
        return fail(ErrorKind::refused, "The strip is not in the session any more.",
                    "Run the command again.");
    const auto& name = strip->name.name;
    const auto twins = std::count_if(mixer_.strips.begin(), mixer_.strips.end(),
                                     [&](const Strip& each) { return each.name.name == name; });
    if (twins > 1)
        return fail(ErrorKind::refused, fmt::format("Ardour has {} strips '{}'.", twins, name),
                    "Give each of them a name of its own.");
    return name;
}

Result<void> ArdourSession::read_lines(Instant now, const surface::ReadFaderLines& command, Effects& out) {
    if (auto free = companion_is_free(); !free) return free;
    std::vector<std::string> names;
    for (const StripId id : command.strips) {
        auto name = name_for_companion(id);
        if (!name) return tl::unexpected(name.error());
        names.push_back(std::move(*name));
    }
    if (names.empty()) return fail(ErrorKind::refused, "There is no strip to read the automation of.");
    exchange_.read(now, session_name_, mixer_.session.rate, command.strips, names);
    call_companion(now, out);
    return {};
}

Result<void> ArdourSession::write_lines(Instant now, const surface::WriteFaderLines& command, Effects& out) {
    if (auto free = companion_is_free(); !free) return free;
    std::vector<NamedLine> lines;
    for (const auto& [id, line] : command.lines) {
        auto name = name_for_companion(id);
        if (!name) return tl::unexpected(name.error());
        const bool again = std::any_of(lines.begin(), lines.end(),
                                       [&](const NamedLine& each) { return each.strip == *name; });
        if (again)
            return fail(ErrorKind::refused, fmt::format("The automation of '{}' is given twice.", *name));
        lines.push_back({std::move(*name), line});
        if (auto good = check_line(lines.back(), mixer_.session.rate); !good) return good;
    }
    if (lines.empty()) return fail(ErrorKind::refused, "There is no strip to write the automation of.");
    last_change_ = now;
    exchange_.write(now, session_name_, mixer_.session.rate, command.undo_name, lines);
    call_companion(now, out);
    return {};
}

/// The request names its session: whoever reads it carries it out in no other.
void ArdourSession::call_companion(Instant now, Effects& out) {
    garbled_ = false;
    out.emplace_back(surface::HandOver{exchange_.text()});
    send(osc::encode("/access_action", {std::string_view(companion_->action)}), out);
    wake_in(now, *exchange_.due() - now, out);
}

void ArdourSession::on_companion(Instant now, const osc::Message& message, Effects& out) {
    const auto answer = companion_answer(message, mixer_.session.rate);
    if (!answer) {
        if (answer.error() == AnswerFault::unknown_path) ++counters_.unknown_path;
        if (answer.error() == AnswerFault::wrong_type) ++counters_.wrong_type;
        if (answer.error() == AnswerFault::out_of_range) ++counters_.out_of_range;
        garbled_ = exchange_.busy();
        return;
    }
    std::vector<Event> events;
    if (!exchange_.hear(now, *answer, events)) ++counters_.out_of_range;
    for (Event& event : events) out.emplace_back(std::move(event));
    if (const auto due = exchange_.due()) wake_in(now, *due - now, out);
}

void ArdourSession::wake_companion(Instant now, Effects& out) {
    const auto due = exchange_.wake(now);
    if (due == CompanionExchange::Due::gave_up) {
        const Error silent = {
            ErrorKind::refused, "Ardour's companion script does not answer.",
            "Run 'kedge doctor': is the script installed, and was Ardour started since? It must be "
            "Ardour with its window, as headless Ardour runs no scripts."};
        const Error garbled = {
            ErrorKind::refused,
            "Ardour's companion script answers with automation that kedge cannot make sense of.",
            "Run 'kedge doctor --install-companion', then start Ardour again. If that does not help, please "
            "report "
            "it, with the session file."};
        const Error& why = garbled_ ? garbled : silent;
        out.emplace_back(surface::HandOver{});
        out.emplace_back(Event(surface::LinesRefused{why, /*unanswered=*/true}));
    } else if (due == CompanionExchange::Due::call_again && companion_) {
        call_companion(now, out);
    } else if (const auto next = exchange_.due()) {
        wake_in(now, std::max(*next - now, Duration{}), out);
    }
}

void ArdourSession::give_up_companion(Effects& out) {
    if (!exchange_.busy()) return;
    exchange_.forget();
    out.emplace_back(surface::HandOver{});
    const Error why = {ErrorKind::no_daw, "Ardour was lost before its companion script had answered.",
                       "Run the command again when Ardour is back."};
    out.emplace_back(Event(surface::LinesRefused{why, /*unanswered=*/true}));
}

}  // namespace kedge::ardour
