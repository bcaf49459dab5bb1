#include "cli/json_words.hpp"

#include "cli/line_words.hpp"
#include "cli/pass_words.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

#include <fmt/chrono.h>
#include <fmt/format.h>

namespace kedge::cli {

namespace json = boost::json;

namespace {

double rounded(double value) {
    return std::round(value * 1000.0) / 1000.0 + 0.0;
}

json::value range_of(const std::optional<LevelRange>& range) {
    if (!range) return nullptr;
    return json::array{json_of(range->low), json_of(range->high)};
}

const PassEntry* entry_of(const engine::MixReport& report, const Move& move) {
    const Strip* strip = report.after.find(move.strip);
    if (!strip) return nullptr;
    const PassEntry* found = nullptr;
    for (const Pass& pass : report.passes)
        for (const PassEntry& entry : pass.entries)
            if (entry.strip == strip->name && entry.control == move.control && entry.after == move.to)
                found = &entry;
    return found;
}

json::object move_of(const engine::MixReport& report, const Move& move) {
    json::object words = {{"control", to_string(move.control)},
                          {"from", json_of(move.from)},
                          {"to", json_of(move.to)},
                          {"rule", move.rule},
                          {"reason", move.reason}};
    if (const PassEntry* entry = entry_of(report, move)) words["verdict"] = to_string(entry->verdict);
    return words;
}

/// How exactly a level is known, where that is not told by itself.
void add_known(json::object& words, const Exactness& known) {
    if (known.within > Decibels()) words["within_db"] = json_of(known.within);
    if (known.open_above) words["or_higher"] = true;
}

json::object strip_of(const engine::MixReport& report, const StripTarget& target) {
    const Strip* before = report.before.find(target.strip);
    const Strip* strip = before ? before : report.after.find(target.strip);
    json::object words = {{"strip", strip ? strip->name.name : ""},
                          {"role", to_string(target.role)},
                          {"role_rule", target.role_rule}};
    if (const auto* statistics = report.statistics_of(target.strip);
        statistics && !statistics->never_active) {
        const Decibels trim = strip ? strip->trim.value_or(Decibels()) : Decibels();
        words["measured"] = {{"peak_db", json_of(statistics->robust_peak + trim)},
                             {"active_db", json_of(statistics->active_level + trim)},
                             {"active_share", rounded(statistics->active_share.of_one)}};
        if (report.meter_of_steps)
            add_known(words["measured"].as_object(), {statistics->uncertainty, statistics->open_above});
    } else {
        words["measured"] = nullptr;
    }
    json::array moves;
    for (const Move& move : report.plan.moves)
        if (move.strip == target.strip) moves.push_back(move_of(report, move));
    words["moves"] = std::move(moves);
    const Decibels after =
        report.passes.empty()
            ? target.predicted_peak
            : (report.outcome_of(target.strip) ? report.outcome_of(target.strip)->peak : Decibels::silence());
    const auto* outcome = report.passes.empty() ? nullptr : report.outcome_of(target.strip);
    const Exactness known = outcome ? outcome->known : target.known;
    json::object result = {{"peak_db", json_of(after)}};
    add_known(result, known);
    words[report.passes.empty() ? "planned" : "after"] = std::move(result);
    words["range_db"] = range_of(target.range);
    if (target.range) words["in_range"] = may_be_in(*target.range, after, known, Decibels(0.5));
    if (!target.shortfall.empty()) words["shortfall"] = target.shortfall;
    return words;
}

json::object bus_of(const engine::BusOutcome& bus) {
    json::object words = {{"peak_db", bus.after ? json_of(*bus.after) : json::value(nullptr)},
                          {"before_db", bus.before ? json_of(*bus.before) : json::value(nullptr)},
                          {"uncertainty_db", json_of(bus.uncertainty)},
                          {"range_db", range_of(bus.range)}};
    if (bus.reckoned) words["reckoned"] = true;
    if (bus.after && bus.range) words["in_range"] = bus.range->holds(*bus.after);
    return words;
}

}  // namespace

json::value json_of(Decibels level) {
    if (level.is_silence()) return nullptr;
    return rounded(level.db());
}

json::value json_of(const ControlValue& value) {
    if (const auto* level = std::get_if<Decibels>(&value)) return json_of(*level);
    if (const auto* pan = std::get_if<Pan>(&value)) return rounded(pan->position());
    return std::get<Mute>(value) == Mute::muted;
}

std::string iso_time(WallTime time) {
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(static_cast<std::time_t>(time.unix_seconds)));
}

json::object json_of(const Pass& pass) {
    json::array entries;
    for (const PassEntry& entry : pass.entries) {
        entries.push_back(json::object{{"strip", entry.strip.name},
                                       {"kind", to_string(entry.strip.kind)},
                                       {"control", to_string(entry.control)},
                                       {"from", json_of(entry.before)},
                                       {"to", json_of(entry.after)},
                                       {"verdict", to_string(entry.verdict)},
                                       {"rule", entry.rule},
                                       {"reason", entry.reason}});
    }
    json::object words = {{"id", pass.id.value},
                          {"kind", to_string(pass.kind)},
                          {"state", to_string(pass.state)},
                          {"created", iso_time(pass.created)},
                          {"surface", pass.surface},
                          {"session", pass.session}};
    if (pass.reverts) words["reverts"] = pass.reverts->value;
    if (pass.continues) words["continues"] = pass.continues->value;
    if (pass.reapplies) words["reapplies"] = pass.reapplies->value;
    if (!pass.recalls.empty()) words["recalls"] = pass.recalls;
    words["moves"] = std::move(entries);
    if (!pass.lines.empty()) {
        json::array lines;
        for (const PassLine& line : pass.lines) lines.push_back(json_of(line));
        words["lines"] = std::move(lines);
    }
    return words;
}

json::object json_of(const journal::PassSummary& summary) {
    json::object words = {{"id", summary.id.value},
                          {"kind", to_string(summary.kind)},
                          {"state", to_string(summary.state)},
                          {"created", iso_time(summary.created)},
                          {"surface", summary.surface},
                          {"session", summary.session},
                          {"moves", summary.moves}};
    if (summary.reverts) words["reverts"] = summary.reverts->value;
    if (summary.continues) words["continues"] = summary.continues->value;
    if (summary.reapplies) words["reapplies"] = summary.reapplies->value;
    if (!summary.recalls.empty()) words["recalls"] = summary.recalls;
    return words;
}

json::object json_of(const Strip& strip) {
    json::object words = {{"strip", strip.name.name}, {"kind", to_string(strip.name.kind)}};
    if (!strip.group.empty()) words["group"] = strip.group;
    words["inputs"] = strip.inputs;
    words["outputs"] = strip.outputs;
    words["hidden"] = strip.hidden;
    words["soloed"] = strip.soloed;
    for (const Control control : {Control::trim, Control::fader, Control::pan, Control::mute}) {
        const auto value = strip.control(control);
        if (value) words[to_string(control)] = json_of(*value);
    }
    words["fader_automation"] = to_string(strip.fader_automation);
    return words;
}

json::object json_of(const surface::Counters& counters) {
    return {{"datagrams_in", counters.datagrams_in},   {"messages_in", counters.messages_in},
            {"datagrams_out", counters.datagrams_out}, {"malformed", counters.malformed},
            {"wrong_type", counters.wrong_type},       {"out_of_range", counters.out_of_range},
            {"unknown_path", counters.unknown_path},   {"heartbeats", counters.heartbeats},
            {"reconnects", counters.reconnects}};
}

json::object json_of(const engine::RevertReport& report) {
    json::object words = json_of(static_cast<const engine::PassReport&>(report));
    json::array reverted;
    for (const PassId id : report.reverted) reverted.push_back(json::value(id.value));
    words["reverted"] = std::move(reverted);
    json::array covered;
    for (const PassEntry& entry : report.covered)
        covered.push_back(json::object{{"strip", entry.strip.name},
                                       {"control", to_string(entry.control)},
                                       {"stands_at", json_of(entry.after)},
                                       {"why", entry.reason}});
    words["covered"] = std::move(covered);
    return words;
}

json::object json_of(const engine::MixReport& report, const std::string& surface_name) {
    json::object words = {{"surface", surface_name},
                          {"session", report.before.session.name},
                          {"heard",
                           {{"from_s", rounded(report.heard.from.seconds())},
                            {"to_s", rounded(report.heard.to.seconds())},
                            {"share", rounded(report.share_heard.of_one)},
                            {"tape_reused", report.tape_reused}}}};
    const Strip* anchor = report.plan.anchor ? report.before.find(*report.plan.anchor) : nullptr;
    words["anchor"] = anchor ? json::value(anchor->name.name) : json::value(nullptr);
    if (!report.passes.empty()) {
        words["pass"] = {{"id", report.passes.front().id.value},
                         {"state", to_string(report.passes.front().state)}};
        json::array corrections;
        for (std::size_t i = 1; i < report.passes.size(); ++i)
            corrections.push_back(json::object{{"id", report.passes[i].id.value},
                                               {"state", to_string(report.passes[i].state)}});
        if (!corrections.empty()) words["corrections"] = std::move(corrections);
    } else {
        words["pass"] = nullptr;
    }
    json::array strips;
    for (const StripTarget& target : report.plan.targets) strips.push_back(strip_of(report, target));
    words["strips"] = std::move(strips);
    words["bus"] = bus_of(report.bus);
    json::array left_alone;
    for (const LeftAlone& left : report.plan.left_alone) {
        const Strip* strip = report.before.find(left.strip);
        left_alone.push_back(json::object{{"strip", strip ? strip->name.name : ""}, {"why", left.why}});
    }
    words["left_alone"] = std::move(left_alone);
    json::array notes;
    for (const auto& note : report.plan.notes) notes.push_back(json::value(note));
    for (const auto& note : report.notes) notes.push_back(json::value(note));
    words["notes"] = std::move(notes);
    return words;
}

}  // namespace kedge::cli
