#include "cli/pass_words.hpp"

#include "cli/json_words.hpp"
#include "cli/mix_text.hpp"
#include "cli/text_table.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

namespace kedge::cli {

namespace json = boost::json;

namespace {

json::array names_of(const std::vector<PassEntry>& entries) {
    json::array list;
    for (const PassEntry& entry : entries)
        list.push_back(json::object{{"strip", entry.strip.name}, {"control", to_string(entry.control)}});
    return list;
}

json::value value_or_null(const std::optional<ControlValue>& value) {
    return value ? json_of(*value) : json::value(nullptr);
}

std::string value_text(const std::optional<ControlValue>& value) {
    return value ? to_string(*value) : "-";
}

std::size_t confirmed_of(const Pass& pass) {
    return static_cast<std::size_t>(
        std::count_if(pass.entries.begin(), pass.entries.end(),
                      [](const PassEntry& entry) { return entry.verdict == Verdict::confirmed; }));
}

/// A name as a shell takes it for one word.
std::string as_typed(const std::string& name) {
    const bool plain = std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
               c == '_' || c == '.';
    });
    if (plain && !name.empty()) return name;
    std::string typed = "'";
    for (const char c : name) typed += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return typed + "'";
}

std::string counted(std::size_t controls) {
    return controls == 1 ? "1 control is" : fmt::format("{} controls are", controls);
}

std::string difference(const engine::Compared& control) {
    if (!control.differ) return "";
    const auto* a = std::get_if<Decibels>(&*control.a);
    const auto* b = std::get_if<Decibels>(&*control.b);
    if (a == nullptr || b == nullptr || a->is_silence() || b->is_silence()) return "differs";
    return to_string(*b - *a);
}

}  // namespace

std::string kind_text(const journal::PassSummary& summary) {
    std::string kind(to_string(summary.kind));
    for (const auto& named : {summary.reverts, summary.continues, summary.reapplies})
        if (named) kind += fmt::format(" of {}", named->value);
    if (!summary.recalls.empty()) kind += fmt::format(" of '{}'", summary.recalls);
    return kind;
}

json::object json_of(const engine::PassReport& report) {
    json::array conflicts;
    for (const PassEntry& entry : report.conflicts)
        conflicts.push_back(json::object{{"strip", entry.strip.name},
                                         {"control", to_string(entry.control)},
                                         {"stands_at", json_of(entry.before)},
                                         {"would_be", json_of(entry.after)}});
    json::object words;
    words["pass"] = report.pass ? json::value(json_of(*report.pass)) : json::value(nullptr);
    words["conflicts"] = std::move(conflicts);
    words["gone"] = names_of(report.gone);
    words["automated"] = names_of(report.automated);
    words["unread"] = names_of(report.unread);
    return words;
}

json::object json_of(const engine::RecallReport& report) {
    json::object words = json_of(static_cast<const engine::PassReport&>(report));
    json::array added;
    for (const StripName& strip : report.added) added.push_back(json::value(strip.name));
    words["added"] = std::move(added);
    return words;
}

json::object json_of(const engine::ComparisonReport& report) {
    json::object words = json_of(static_cast<const engine::PassReport&>(report));
    words["to"] = report.to ? json::value(*report.to == engine::Side::a ? "a" : "b") : json::value(nullptr);
    words["now"] =
        report.now ? json::value(*report.now == engine::Side::a ? "a" : "b") : json::value(nullptr);
    words["differing"] = report.differing;
    return words;
}

json::object json_of(const engine::RecoverReport& report) {
    json::object words = json_of(static_cast<const engine::PassReport&>(report));
    words["cut_off"] = report.cut_off ? json::value(report.cut_off->id.value) : json::value(nullptr);
    json::array controls;
    for (const auto& control : report.controls)
        controls.push_back(json::object{{"strip", control.entry.strip.name},
                                        {"control", to_string(control.entry.control)},
                                        {"before", json_of(control.entry.before)},
                                        {"after", json_of(control.entry.after)},
                                        {"now", value_or_null(control.now)},
                                        {"stands_at", to_string(control.stands_at)}});
    words["controls"] = std::move(controls);
    words["others"] = report.others;
    return words;
}

json::object json_of(const journal::SnapshotSummary& summary) {
    return {{"name", summary.name},
            {"session", summary.session},
            {"surface", summary.surface},
            {"created", iso_time(summary.created)},
            {"values", summary.values}};
}

json::object json_of(const engine::SnapshotReport& taken) {
    const Snapshot& snapshot = *taken.snapshot;
    json::object words = json_of(journal::SnapshotSummary{snapshot.name, snapshot.surface, snapshot.session,
                                                          snapshot.created, snapshot.values.size()});
    json::array left_out;
    for (const StripName& strip : taken.twins) left_out.push_back(json::value(strip.name));
    words["left_out"] = std::move(left_out);
    return words;
}

json::object json_of(const engine::Compared& compared) {
    return {{"strip", compared.strip.name},
            {"control", to_string(compared.control)},
            {"a", value_or_null(compared.a)},
            {"b", value_or_null(compared.b)},
            {"differ", compared.differ}};
}

std::string left_text(const engine::PassReport& report) {
    std::string text;
    for (const PassEntry& entry : report.conflicts)
        text += fmt::format("  left alone: {} {} stands at {}, moved by hand since\n", entry.strip.name,
                            to_string(entry.control), to_string(entry.before));
    for (const PassEntry& entry : report.gone)
        text += fmt::format("  left alone: {} {} is not in the session any more\n", entry.strip.name,
                            to_string(entry.control));
    for (const PassEntry& entry : report.automated)
        text += fmt::format("  left alone: {} {} follows automation now\n", entry.strip.name,
                            to_string(entry.control));
    for (const PassEntry& entry : report.unread)
        text += fmt::format("  left alone: {} {} could not be read\n", entry.strip.name,
                            to_string(entry.control));
    return text;
}

std::string report_text(const engine::PassReport& report, const std::string& done) {
    if (!report.pass) return "";
    if (report.pass->state != PassState::applied) return pass_text(*report.pass) + left_text(report);
    return fmt::format("{} of {} controls confirmed to {} (pass {}). Take it back with `kedge revert {}`.\n",
                       confirmed_of(*report.pass), report.pass->entries.size(), done, report.pass->id.value,
                       report.pass->id.value) +
           left_text(report);
}

std::string snapshot_text(const engine::SnapshotReport& taken) {
    const Snapshot& snapshot = *taken.snapshot;
    std::string text =
        fmt::format("Snapshot '{}' of session '{}': {} controls. Bring it back with `kedge recall {}`.\n",
                    snapshot.name, snapshot.session, snapshot.values.size(), as_typed(snapshot.name));
    std::map<std::pair<StripKind, std::string>, std::size_t> twins;
    for (const StripName& strip : taken.twins) ++twins[{strip.kind, strip.name}];
    for (const auto& [strip, count] : twins)
        text += fmt::format("  left out: {} {}s are called '{}', which no recall could tell apart\n", count,
                            to_string(strip.first), strip.second);
    return text;
}

std::string recall_text(const engine::RecallReport& report, const std::string& snapshot) {
    std::string text = report_text(report, fmt::format("stand as in snapshot '{}'", snapshot));
    if (!report.pass) text += left_text(report);
    if (!report.pass && !report.error)
        text += fmt::format("Everything stands as in snapshot '{}' already.\n", snapshot);
    for (const StripName& strip : report.added)
        text += fmt::format("  as it is: {} is not in the snapshot\n", strip.name);
    return text;
}

std::string switch_text(const engine::ComparisonReport& report, const std::string& a, const std::string& b) {
    if (!report.to) return left_text(report);
    const std::string side = *report.to == engine::Side::a ? "A: " + a : "B: " + b;
    if (!report.pass)
        return (report.now ? fmt::format("{} already: nothing was to be moved.\n", side) : std::string()) +
               left_text(report);
    return (report.now ? fmt::format("Now {}. ", side) : std::string()) +
           report_text(report, fmt::format("stand as in {}", side));
}

std::string comparison_text(const std::vector<engine::Compared>& controls, const std::string& a,
                            const std::string& b) {
    TextTable table({"STRIP", "CONTROL", "A: " + a, "B: " + b, "B AGAINST A"});
    std::size_t same = 0;
    std::size_t in_a_alone = 0;
    std::size_t in_b_alone = 0;
    for (const auto& control : controls) {
        if (control.differ)
            table.add({control.strip.name, std::string(to_string(control.control)), value_text(control.a),
                       value_text(control.b), difference(control)});
        else if (control.a && control.b)
            ++same;
        else
            ++(control.a ? in_a_alone : in_b_alone);
    }
    std::string text = table.empty() ? std::string() : table.text() + "\n";
    text += counted(same) + " the same in both.\n";
    for (const auto& [count, name] : {std::pair(in_a_alone, a), std::pair(in_b_alone, b)})
        if (count > 0)
            text += fmt::format("{} known in '{}' alone and cannot be compared.\n", counted(count), name);
    if (!table.empty())
        text += fmt::format("Listen to both in turn with `kedge ab {} {}`.\n", as_typed(a), as_typed(b));
    return text;
}

std::string recover_text(const engine::RecoverReport& report) {
    if (!report.cut_off) return "Nothing to recover: no pass of this session was cut off.\n";
    const auto id = report.cut_off->id.value;
    std::string text = fmt::format("Pass {} ({}, {}) was cut off.\n\n", id, to_string(report.cut_off->kind),
                                   iso_time(report.cut_off->created));
    TextTable table({"STRIP", "CONTROL", "BEFORE", "AFTER", "NOW", "STANDS AT"});
    for (const auto& control : report.controls)
        table.add({control.entry.strip.name, std::string(to_string(control.entry.control)),
                   to_string(control.entry.before), to_string(control.entry.after), value_text(control.now),
                   std::string(to_string(control.stands_at))});
    if (!table.empty()) text += table.text() + "\n";
    if (table.empty() && !report.error) text += "It had nothing to send.\n";
    if (report.pass && report.left() > 0) {
        text += fmt::format("Pass {} is settled but for this:\n{}", id, left_text(report));
    } else if (report.pass) {
        text += fmt::format("Pass {} is {}.\n", id, to_string(report.pass->state));
    } else if (!report.error && report.cut_off->kind == PassKind::rebuild) {
        text += "`kedge recover --roll-back` opens what it muted.\n";
    } else if (!report.error && report.cut_off->kind == PassKind::fader_law) {
        text += "`kedge recover --roll-back` puts the fader back, wherever it was left.\n";
    } else if (!report.error) {
        text +=
            "`kedge recover --finish` brings every control to AFTER, `kedge recover --roll-back` to BEFORE; "
            "what stands at neither was moved by hand, and is left alone without --force.\n";
    }
    if (report.others > 0)
        text += fmt::format("{} more of this session: run the command again.\n", report.others);
    return text;
}

}  // namespace kedge::cli
