#include "cli/ride_words.hpp"

#include "cli/json_words.hpp"
#include "cli/text_table.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <set>
#include <string_view>

#include <fmt/format.h>

namespace kedge::cli {

namespace json = boost::json;

namespace {

std::string strip_name(const engine::RidePlanReport& report, StripId id) {
    const Strip* strip = report.facts.mixer.find(id);
    return strip ? strip->name.name : "?";
}

Role role_in(const engine::RidePlanReport& report, StripId id) {
    for (const mix::RoledStrip& roled : report.facts.roles)
        if (roled.strip == id) return roled.role;
    return Role::other;
}

std::string count_of(std::size_t count, std::string_view what) {
    return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

std::string heard_words(const engine::RidePlanReport& report) {
    return fmt::format("Session '{}': heard {} to {}{}.\n", report.facts.mixer.session.name,
                       to_string(report.heard.from), to_string(report.heard.to),
                       report.tape_reused ? " (the stored tape, tried and still true)" : "");
}

std::string sections_words(const mix::RidePlan& plan) {
    std::string text;
    for (const mix::SongSection& section : plan.sections)
        text += fmt::format("{}{} from {}", text.empty() ? "Sections: " : ", ", section.name,
                            to_string(section.range.from));
    return text.empty() ? text : text + ".\n";
}

bool rides_phrases(const Ride& ride) {
    return std::any_of(ride.cues.begin(), ride.cues.end(),
                       [](const RideCue& cue) { return cue.kind == CueKind::phrase; });
}

std::string cues_table(const Ride& ride) {
    TextTable table({"FROM", "TO", "WHAT", "AS IT WAS", "RIDE", "REASON"});
    for (const RideCue& cue : ride.cues)
        table.add({to_string(cue.range.from), to_string(cue.range.to), std::string(to_string(cue.kind)),
                   to_string(cue.against_rest), to_string(cue.offset), cue.reason});
    return table.text();
}

std::string ride_text(const engine::RidePlanReport& report, std::size_t which,
                      const mix::RideProfile& profile, Columns columns) {
    const Ride& ride = report.plan.rides[which];
    const mix::RideForecast& forecast = report.forecasts[which];
    const auto trace = mix::ride_trace(report.facts.question(profile), ride.strip, report.plan.sections,
                                       report.facts.wishes.range);
    std::string text = "\n" + ride_picture(trace, ride.points, columns) + "\n";
    text += fmt::format("{} ({}): {}, from {} to {}, {} at most from the curve that was meant.\n",
                        strip_name(report, ride.strip), to_string(role_in(report, ride.strip)),
                        count_of(ride.points.size(), "point"), to_string(ride.points.front().at),
                        to_string(ride.points.back().at), to_string(ride.thinning_error));
    if (rides_phrases(ride))
        text += fmt::format("{} against the rest: a spread of {:.1f} dB, {:.1f} dB with the ride.\n",
                            count_of(forecast.phrases.size(), "phrase"), forecast.spread_before.db(),
                            forecast.spread_after.db());
    for (const std::string& note : ride.notes)
        text += fmt::format("Note: '{}': {}.\n", strip_name(report, ride.strip), note);
    return text + "\n" + cues_table(ride);
}

/// To the microsecond.
double exact_seconds(SongTime at) {
    return std::round(at.seconds() * 1e6) / 1e6;
}

json::object range_words(SongRange range) {
    return {{"from_s", exact_seconds(range.from)}, {"to_s", exact_seconds(range.to)}};
}

json::array json_of_points(const Ride& ride) {
    json::array points;
    for (const RidePoint& point : ride.points)
        points.push_back(json::object{{"at_s", exact_seconds(point.at)},
                                      {"offset_db", json_of(point.offset)},
                                      {"fader_db", json_of(ride.base + point.offset)}});
    return points;
}

json::array json_of_cues(const Ride& ride) {
    json::array cues;
    for (const RideCue& cue : ride.cues) {
        json::object words = range_words(cue.range);
        words["kind"] = to_string(cue.kind);
        words["against_rest_db"] = json_of(cue.against_rest);
        words["wanted_db"] = json_of(cue.wanted);
        words["offset_db"] = json_of(cue.offset);
        words["reason"] = cue.reason;
        cues.push_back(std::move(words));
    }
    return cues;
}

json::object json_of_forecast(const mix::RideForecast& forecast) {
    json::array phrases;
    for (const mix::PhraseForecast& phrase : forecast.phrases) {
        json::object words = range_words(phrase.range);
        words["before_db"] = json_of(phrase.before);
        words["after_db"] = json_of(phrase.after);
        phrases.push_back(std::move(words));
    }
    return {{"before_db", json_of(forecast.spread_before)},
            {"after_db", json_of(forecast.spread_after)},
            {"phrases", std::move(phrases)}};
}

json::array json_of_texts(const std::vector<std::string>& texts) {
    json::array list;
    for (const std::string& text : texts) list.push_back(json::value(text));
    return list;
}

json::object json_of_ride(const engine::RidePlanReport& report, std::size_t which) {
    const Ride& ride = report.plan.rides[which];
    return {{"strip", strip_name(report, ride.strip)},
            {"role", to_string(role_in(report, ride.strip))},
            {"control", to_string(ride.control)},
            {"base_db", json_of(ride.base)},
            {"points", json_of_points(ride)},
            {"thinning_error_db", json_of(ride.thinning_error)},
            {"spread", json_of_forecast(report.forecasts[which])},
            {"cues", json_of_cues(ride)},
            {"notes", json_of_texts(ride.notes)}};
}

/// A strip's name as a part of a file's.
std::string in_file_name(std::string name) {
    for (char& letter : name) {
        const auto code = static_cast<unsigned char>(letter);
        if (code < 0x20 || letter == '/' || letter == '\\') letter = '_';
    }
    return name;
}

}  // namespace

Result<Decibels> parse_depth(const std::string& text, Decibels most) {
    double depth = 0.0;
    const auto [end, problem] =
        std::from_chars(text.data(), text.data() + text.size(), depth, std::chars_format::fixed);
    const std::string_view rest(end, static_cast<std::size_t>(text.data() + text.size() - end));
    const bool number =
        problem == std::errc() && std::isfinite(depth) && (rest.empty() || rest == "dB" || rest == " dB");
    const std::string next = fmt::format("Give --depth a number of dB above 0 and up to {:g}.", most.db());
    if (!number) return fail(ErrorKind::usage, fmt::format("'{}' is not a depth.", text), next);
    if (depth <= 0.0) return fail(ErrorKind::usage, "The depth of a ride must be above 0 dB.", next);
    if (depth > most.db())
        return fail(ErrorKind::usage,
                    fmt::format("A ride goes no further than {:g} dB from the static mix.", most.db()), next);
    return Decibels(depth);
}

std::string rides_text(const engine::RidePlanReport& report, const mix::RideProfile& profile,
                       Columns columns) {
    std::string text = heard_words(report) + sections_words(report.plan);
    for (std::size_t i = 0; i < report.plan.rides.size(); ++i) text += ride_text(report, i, profile, columns);
    if (report.plan.rides.empty()) text += "\nNo strip needs a ride, or can have one.\n";
    if (!report.plan.left_alone.empty()) {
        text += "\nLeft alone:\n";
        for (const LeftAlone& left : report.plan.left_alone)
            text += fmt::format("  {}: {}\n", strip_name(report, left.strip), left.why);
    }
    text += "\n";
    for (const auto* notes : {&report.plan.notes, &report.notes})
        for (const std::string& note : *notes) text += "Note: " + note + "\n";
    return text;
}

json::object json_of(const engine::RidePlanReport& report, const std::string& surface_name) {
    json::object heard = range_words(report.heard);
    heard["tape_reused"] = report.tape_reused;
    json::object words = {
        {"surface", surface_name}, {"session", report.facts.mixer.session.name}, {"heard", std::move(heard)}};
    json::array sections;
    for (const mix::SongSection& section : report.plan.sections) {
        json::object one = range_words(section.range);
        one["name"] = section.name;
        one["guessed"] = section.guessed;
        sections.push_back(std::move(one));
    }
    words["sections"] = std::move(sections);
    json::array rides;
    for (std::size_t i = 0; i < report.plan.rides.size(); ++i) rides.push_back(json_of_ride(report, i));
    words["rides"] = std::move(rides);
    json::array left_alone;
    for (const LeftAlone& left : report.plan.left_alone)
        left_alone.push_back(json::object{{"strip", strip_name(report, left.strip)}, {"why", left.why}});
    words["left_alone"] = std::move(left_alone);
    json::array notes = json_of_texts(report.plan.notes);
    for (const std::string& note : report.notes) notes.push_back(json::value(note));
    words["notes"] = std::move(notes);
    return words;
}

std::vector<std::string> picture_files(const std::string& file, const std::vector<std::string>& strips) {
    if (strips.size() == 1) return {file};
    const std::filesystem::path path(file);
    std::vector<std::string> files;
    std::set<std::string> taken;
    for (const std::string& strip : strips) {
        const std::string stem = path.stem().string() + "-" + in_file_name(strip);
        std::string name = stem + path.extension().string();
        for (int next = 2; !taken.insert(name).second; ++next)
            name = fmt::format("{}-{}{}", stem, next, path.extension().string());
        files.push_back((path.parent_path() / name).string());
    }
    return files;
}

}  // namespace kedge::cli
