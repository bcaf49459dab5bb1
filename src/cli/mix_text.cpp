#include "cli/mix_text.hpp"

#include "cli/json_words.hpp"
#include "cli/line_words.hpp"
#include "cli/pass_words.hpp"
#include "cli/text_table.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <fmt/format.h>

namespace kedge::cli {

namespace {

std::string level(Decibels level) {
    return level.is_silence() ? "-inf" : fmt::format("{:+.1f}", level.db() + 0.0);
}

std::string percent(measure::Share share) {
    return fmt::format("{:.0f} %", share.of_one * 100.0);
}

std::string range(const LevelRange& range) {
    return fmt::format("{:.0f}..{:.0f}", range.low.db(), range.high.db());
}

/// The last value a control was moved to, with where it came from at first.
std::string moves_of(const engine::MixReport& report, StripId strip) {
    std::string text;
    for (const Control control : {Control::trim, Control::fader, Control::pan, Control::mute}) {
        const Move* last = nullptr;
        for (const Move& move : report.plan.moves)
            if (move.strip == strip && move.control == control) last = &move;
        if (!last) continue;
        if (!text.empty()) text += ", ";
        const std::string to = std::holds_alternative<Decibels>(last->to)
                                   ? level(std::get<Decibels>(last->to))
                                   : to_string(last->to);
        text += fmt::format("{} {}", to_string(control), to);
    }
    return text.empty() ? "stays" : text;
}

/// Of its balance, else of its first move. The bus rule, which is the same for all, is said in a note.
std::string reason_of(const engine::MixReport& report, StripId strip) {
    std::string reason;
    for (const Move& move : report.plan.moves) {
        if (move.strip != strip || move.rule == "headroom") continue;
        if (reason.empty() || move.control == Control::fader) reason = move.reason;
    }
    return reason;
}

/// " within 2 dB" behind a level or a verdict; nothing where it is exact.
std::string known_words(const Exactness& known) {
    if (known.exact()) return {};
    return known.open_above ? " or higher" : " " + to_string(known);
}

std::string result_of(const engine::MixReport& report, const StripTarget& target) {
    Decibels peak = target.predicted_peak;
    Exactness known = target.known;
    if (!report.passes.empty()) {
        if (const auto* outcome = report.outcome_of(target.strip)) {
            peak = outcome->peak;
            known = outcome->known;
        }
    }
    if (!target.range) return level(peak) + known_words(known);
    const bool may_be = may_be_in(*target.range, peak, known, Decibels(0.5));
    const std::string verdict = fmt::format("{} {}", may_be ? "in" : "NOT in", range(*target.range));
    if (known.open_above) return level(peak) + known_words(known) + " " + verdict;
    return level(peak) + " " + verdict + known_words(known);
}

std::string measured_of(const engine::MixReport& report, StripId strip) {
    const auto* statistics = report.statistics_of(strip);
    if (!statistics || statistics->never_active) return "silent";
    const Strip* before = report.before.find(strip);
    const Decibels trim = before ? before->trim.value_or(Decibels()) : Decibels();
    return fmt::format("{}, {}", level(statistics->robust_peak + trim), percent(statistics->active_share));
}

std::string name_of(const MixerState& mixer, StripId id) {
    const Strip* strip = mixer.find(id);
    return strip ? strip->name.name : "?";
}

std::string heard_line(const engine::MixReport& report) {
    return fmt::format("Session '{}': heard {} to {}{}{}.\n", report.before.session.name,
                       to_string(report.heard.from), to_string(report.heard.to),
                       report.song_length ? fmt::format(", {} of the song", percent(report.share_heard)) : "",
                       report.tape_reused ? " (the stored tape, tried and still true)" : "");
}

std::string bus_line(const engine::MixReport& report) {
    const auto& bus = report.bus;
    if (!bus.after) return "";
    std::string verdict;
    if (bus.range) {
        const bool hot = *bus.after > bus.range->high;
        const bool cold = *bus.after < bus.range->low;
        verdict = hot ? fmt::format(", above its range {}", range(*bus.range))
                  : cold
                      ? fmt::format(", below its range {}: nothing is wrong, few strips", range(*bus.range))
                      : fmt::format(", in its range {}", range(*bus.range));
    }
    if (bus.reckoned)
        return fmt::format(
            "Bus: about {} dBFS, reckoned from its strips, as this surface has no meter of the master{}{}.\n",
            level(*bus.after), verdict,
            bus.before ? fmt::format("; it was about {}", level(*bus.before)) : "");
    return fmt::format("Bus: peak {} dBFS in the loudest part{}{}.\n", level(*bus.after), verdict,
                       bus.before ? fmt::format("; it was {}", level(*bus.before)) : "");
}

}  // namespace

std::string listen_text(const engine::MixReport& report) {
    std::string text = heard_line(report);
    TextTable table({"STRIP", "PEAK", "LOUDEST", "ACTIVE LEVEL", "ACTIVE", "HEARD"});
    for (const auto& statistics : report.statistics) {
        const Strip* strip = report.before.find(statistics.strip);
        if (!strip) continue;
        const Decibels trim = strip->trim.value_or(Decibels());
        if (statistics.never_active) {
            table.add({strip->name.name, "silent", "", "", "", ""});
            continue;
        }
        const Exactness known =
            report.meter_of_steps ? Exactness{statistics.uncertainty, statistics.open_above} : Exactness{};
        table.add({strip->name.name, level(statistics.robust_peak + trim) + known_words(known),
                   level(statistics.absolute_peak + trim), level(statistics.active_level + trim),
                   percent(statistics.active_share),
                   fmt::format("{:.0f} s", std::chrono::duration<double>(statistics.heard).count())});
    }
    text += "Levels in dBFS before the fader.\n\n" + table.text();
    return text;
}

std::string mix_text(const engine::MixReport& report) {
    std::string text = heard_line(report);
    if (report.plan.anchor) {
        text += fmt::format("Anchor: {} at {} dBFS.\n", name_of(report.before, *report.plan.anchor),
                            level(report.plan.kick_level));
    }
    TextTable table({"STRIP", "ROLE", "MEASURED", "MOVE", "RESULT", "REASON"});
    for (const StripTarget& target : report.plan.targets) {
        table.add({name_of(report.before, target.strip), std::string(to_string(target.role)),
                   measured_of(report, target.strip), moves_of(report, target.strip),
                   result_of(report, target), reason_of(report, target.strip)});
    }
    if (!table.empty()) text += "\n" + table.text();
    if (!report.plan.left_alone.empty()) {
        text += "\nLeft alone:\n";
        for (const LeftAlone& left : report.plan.left_alone)
            text += fmt::format("  {}: {}\n", name_of(report.before, left.strip), left.why);
    }
    text += "\n" + bus_line(report);
    for (const auto& note : report.plan.notes) text += "Note: " + note + "\n";
    for (const auto& note : report.notes) text += "Note: " + note + "\n";
    if (!report.passes.empty()) {
        const Pass& pass = report.passes.front();
        const auto confirmed =
            std::count_if(pass.entries.begin(), pass.entries.end(),
                          [](const PassEntry& entry) { return entry.verdict == Verdict::confirmed; });
        text += fmt::format(
            "Pass {}: {}, {} of {} moves confirmed by the DAW. Take it back with `kedge revert {}`.\n",
            pass.id.value, to_string(pass.state), confirmed, pass.entries.size(), pass.id.value);
    }
    return text;
}

std::string pass_text(const Pass& pass) {
    std::string text =
        fmt::format("Pass {}: {}, {}, {}\nSurface {}, session '{}'\n", pass.id.value, to_string(pass.kind),
                    to_string(pass.state), iso_time(pass.created), pass.surface, pass.session);
    if (pass.reverts) text += fmt::format("Takes back pass {}\n", pass.reverts->value);
    if (pass.continues)
        text += fmt::format("Corrects pass {} and is reverted with it\n", pass.continues->value);
    if (pass.reapplies) text += fmt::format("Takes its values from pass {}\n", pass.reapplies->value);
    if (!pass.recalls.empty()) text += fmt::format("Takes its values from snapshot '{}'\n", pass.recalls);
    if (!pass.lines.empty()) return text + "\n" + lines_text(pass);
    TextTable table({"STRIP", "CONTROL", "FROM", "TO", "VERDICT", "REASON"});
    for (const PassEntry& entry : pass.entries)
        table.add({entry.strip.name, std::string(to_string(entry.control)), to_string(entry.before),
                   to_string(entry.after), std::string(to_string(entry.verdict)),
                   entry.rule.empty() ? entry.reason : entry.rule + ": " + entry.reason});
    return text + "\n" + table.text();
}

std::string revert_text(const engine::RevertReport& report) {
    if (!report.pass) return "";
    std::string text;
    if (report.pass->state == PassState::applied) {
        const auto back =
            std::count_if(report.pass->entries.begin(), report.pass->entries.end(),
                          [](const PassEntry& entry) { return entry.verdict == Verdict::confirmed; });
        const auto covered = static_cast<std::ptrdiff_t>(report.covered.size());
        text += fmt::format("{} of {} controls confirmed back where they stood (pass {}).\n", back - covered,
                            report.pass->entries.size() - report.covered.size(), report.pass->id.value);
    } else {
        text += pass_text(*report.pass);
    }
    for (const auto& entry : report.covered)
        text += fmt::format("  {} {} {}\n", entry.strip.name, to_string(entry.control), entry.reason);
    text += left_text(report);
    return text;
}

}  // namespace kedge::cli
