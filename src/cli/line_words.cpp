#include "cli/line_words.hpp"

#include "cli/json_words.hpp"
#include "cli/text_table.hpp"
#include "engine/heard_pass.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace kedge::cli {

namespace json = boost::json;

namespace {

json::array lines_left(const std::vector<engine::LeftLine>& left) {
    json::array words;
    for (const engine::LeftLine& each : left)
        words.push_back(json::object{{"strip", each.strip.name}, {"reason", each.reason}});
    return words;
}

std::string text_of_left(const std::vector<engine::LeftLine>& left) {
    std::string text;
    for (const engine::LeftLine& each : left)
        text += fmt::format("  {} left alone: {}\n", each.strip.name, each.reason);
    return text;
}

std::string text_of_stays(const std::vector<engine::LeftLine>& stays) {
    std::string text;
    for (const engine::LeftLine& each : stays)
        text += fmt::format("  {}: {}\n", each.strip.name, each.reason);
    return text;
}

}  // namespace

json::object json_of(const FaderLine& line) {
    json::array points;
    for (const LinePoint& point : line.points)
        points.push_back(json::array{point.at.seconds(), json_of(Decibels::from_gain(point.gain))});
    return {{"mode", to_string(line.mode)},
            {"rest", json_of(Decibels::from_gain(line.rest))},
            {"points", std::move(points)}};
}

json::object json_of(const PassLine& line) {
    return {{"strip", line.strip.name},  {"kind", to_string(line.strip.kind)}, {"from", json_of(line.before)},
            {"to", json_of(line.after)}, {"verdict", to_string(line.verdict)}, {"rule", line.rule},
            {"reason", line.reason}};
}

json::object json_of(const engine::LineReport& report) {
    json::object words;
    words["pass"] = report.pass ? json::value(json_of(*report.pass)) : json::value(nullptr);
    words["conflicts"] = lines_left(report.conflicts);
    words["gone"] = lines_left(report.gone);
    words["stays"] = lines_left(report.stays);
    return words;
}

json::object json_of(const engine::RideReport& report) {
    json::object words = json_of(static_cast<const engine::LineReport&>(report));
    words["automated"] = lines_left(report.automated);
    return words;
}

json::object json_of(const engine::LiveRideReport& report) {
    json::object words = json_of(static_cast<const engine::RideReport&>(report));
    json::array strips;
    if (report.live)
        for (const engine::LiveStripReport& each : report.live->strips) {
            json::object strip{{"strip", each.name.name},
                               {"end", to_string(each.end)},
                               {"from", nullptr},
                               {"to", nullptr},
                               {"values", each.values},
                               {"repeated", each.repeated},
                               {"mode", to_string(each.mode_after)},
                               {"not_restored", json::value_from(each.not_restored)}};
            if (each.written) {
                strip["from"] = each.written->from.seconds();
                strip["to"] = each.written->to.seconds();
            }
            strip["why"] = each.why ? json::value(each.why->message) : json::value(nullptr);
            strips.push_back(std::move(strip));
        }
    words["strips"] = std::move(strips);
    return words;
}

json::object json_of(const engine::LineRecoverReport& report) {
    json::object words = json_of(static_cast<const engine::LineReport&>(report));
    words["cut_off"] = report.cut_off ? json::value(report.cut_off->id.value) : json::value(nullptr);
    json::array lines;
    for (const engine::CutOffLine& each : report.lines) {
        json::object line = json_of(each.line);
        line["stands_at"] = to_string(each.stands_at);
        lines.push_back(std::move(line));
    }
    words["lines"] = std::move(lines);
    return words;
}

std::string cannot_restore_text(const std::vector<std::string>& sentences) {
    if (sentences.empty()) return {};
    std::string text =
        "There is no companion script in the DAW ('kedge doctor' says how to have it). Without it this "
        "cannot be taken back exactly:";
    for (const std::string& sentence : sentences) text += "\n  - " + sentence;
    return text;
}

std::string line_text(const FaderLine& line) {
    return fmt::format("{}, {} point{}", to_string(line.mode), line.points.size(),
                       line.points.size() == 1 ? "" : "s");
}

std::string lines_text(const Pass& pass) {
    if (pass.lines.empty()) return {};
    TextTable table({"STRIP", "AUTOMATION FROM", "TO", "VERDICT", "REASON"});
    for (const PassLine& line : pass.lines)
        table.add({line.strip.name, line_text(line.before), line_text(line.after),
                   std::string(to_string(line.verdict)), line.reason});
    return table.text();
}

std::string line_report_text(const engine::LineReport& report, const std::string& done) {
    std::string text;
    if (report.pass && report.pass->state == PassState::applied) {
        const auto& lines = report.pass->lines;
        const auto confirmed = std::count_if(lines.begin(), lines.end(), [](const PassLine& line) {
            return line.verdict == Verdict::confirmed;
        });
        text += fmt::format("{} fader{} confirmed: {} (pass {}).\n", confirmed, confirmed == 1 ? "" : "s",
                            done, report.pass->id.value);
    } else if (report.pass) {
        text += lines_text(*report.pass);
    }
    return text + text_of_left(report.conflicts) + text_of_left(report.gone) + text_of_stays(report.stays);
}

std::string ride_text(const engine::RideReport& report) {
    const bool heard = report.pass && engine::is_heard(*report.pass);
    std::string text =
        line_report_text(report, heard ? "value by value while the song played" : "read back as planned");
    if (report.pass && report.pass->state == PassState::applied)
        text += fmt::format("`kedge revert {}` {}.\n", report.pass->id.value,
                            heard ? "puts mode and fader back" : "takes the automation back");
    return text + text_of_left(report.automated);
}

std::string live_ride_text(const engine::LiveRideReport& report) {
    std::string text;
    if (report.live)
        for (const engine::LiveStripReport& each : report.live->strips) {
            text += fmt::format("  {} {}", each.name.name, to_string(each.end));
            if (each.written)
                text += fmt::format(" {} to {}, {} values", to_string(each.written->from),
                                    to_string(each.written->to), each.values);
            text += each.why ? ": " + each.why->message + "\n" : std::string("\n");
            for (const std::string& sentence : each.not_restored) text += "    " + sentence + "\n";
        }
    return text + ride_text(report);
}

std::string line_recover_text(const engine::LineRecoverReport& report) {
    if (!report.cut_off) return "Nothing to recover: no pass of this session was cut off.\n";
    const auto id = report.cut_off->id.value;
    std::string text = fmt::format("Pass {} ({}, {}) was cut off.\n\n", id, to_string(report.cut_off->kind),
                                   iso_time(report.cut_off->created));
    TextTable table({"STRIP", "BEFORE", "AFTER", "STANDS AT"});
    for (const engine::CutOffLine& each : report.lines)
        table.add({each.line.strip.name, line_text(each.line.before), line_text(each.line.after),
                   std::string(to_string(each.stands_at))});
    text += table.text() + "\n";
    if (report.pass) {
        text += fmt::format("Pass {} is {}.\n", id, to_string(report.pass->state));
    } else if (!report.error) {
        text +=
            "`kedge recover --finish` brings every fader's automation to AFTER, `kedge recover --roll-back` "
            "to "
            "BEFORE. What stands at neither was changed by hand, and is left alone without --force; but of a "
            "ride "
            "that was cut off while the song played it is what was written of it.\n";
    }
    return text + text_of_left(report.conflicts) + text_of_left(report.gone) + text_of_stays(report.stays);
}

}  // namespace kedge::cli
