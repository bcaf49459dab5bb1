#include "ardour/companion_words.hpp"

#include "ardour/session_limits.hpp"
#include "core/enum_words.hpp"
#include "core/text_fields.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

namespace kedge::ardour {

namespace {

// Ardour's faders end at +6 dB, some at +20.
constexpr double highest_gain = 100.0;
constexpr std::size_t most_points = 2'000'000;
constexpr std::size_t most_points_a_message = 100;

// In the order of AutomationMode's values.
constexpr std::array<std::string_view, 5> mode_words = {"manual", "play", "write", "touch", "latch"};

std::string head_of(RequestNumber number, std::string_view session) {
    return fmt::format("kedge-companion\t1\nrequest\t{}\nsession\t{}\n", number.value, in_a_field(session));
}

bool is_gain(double gain) {
    return gain >= 0.0 && gain <= highest_gain;
}

std::optional<Gain> gain_from(std::string_view text) {
    const auto gain = number_in_whole<double>(text);
    return gain && is_gain(*gain) ? std::optional(Gain(*gain)) : std::nullopt;
}

/// "SAMPLE GAIN"
std::optional<LinePoint> point_from(std::string_view text, SampleRate rate) {
    const auto space = text.find(' ');
    if (space == std::string_view::npos) return std::nullopt;
    const auto sample = number_in_whole<std::int64_t>(text.substr(0, space));
    const auto gain = gain_from(text.substr(space + 1));
    if (!sample || *sample < 0 || static_cast<double>(*sample) > most_samples || !gain) return std::nullopt;
    return LinePoint{SongTime::from_samples(*sample, rate), *gain};
}

/// "SAMPLE GAIN;SAMPLE GAIN", in order of time, some of one time; nullopt for anything else.
std::optional<std::vector<LinePoint>> points_from(std::string_view text, SampleRate rate) {
    std::vector<LinePoint> points;
    while (true) {
        const auto end = std::min(text.find(';'), text.size());
        const auto point = point_from(text.substr(0, end), rate);
        const bool in_order = point && (points.empty() || points.back().at <= point->at);
        if (!in_order || points.size() == most_points_a_message) return std::nullopt;
        points.push_back(*point);
        if (end == text.size()) return points;
        text.remove_prefix(end + 1);
    }
}

std::optional<std::size_t> size_in(const osc::Message& message, std::size_t argument, std::size_t most) {
    const auto number = message.int32(argument);
    if (!number || *number < 0 || static_cast<std::size_t>(*number) > most) return std::nullopt;
    return static_cast<std::size_t>(*number);
}

using Answer = tl::expected<CompanionAnswer, AnswerFault>;

Answer fader_answer(const osc::Message& message, RequestNumber number) {
    const auto place = size_in(message, 1, most_strips);
    const auto mode = enum_from_word<AutomationMode>(mode_words, *message.string(2));
    const auto rest = gain_from(*message.string(3));
    const auto points = size_in(message, 4, most_points);
    if (!place || !mode || !rest || !points) return tl::unexpected(AnswerFault::out_of_range);
    return FaderAnswer{number, *place, *mode, *rest, *points};
}

Answer points_answer(const osc::Message& message, RequestNumber number, SampleRate rate) {
    const auto place = size_in(message, 1, most_strips);
    const auto first = size_in(message, 2, most_points);
    auto points = points_from(*message.string(3), rate);
    if (!place || !first || !points) return tl::unexpected(AnswerFault::out_of_range);
    return PointsAnswer{number, *place, *first, std::move(*points)};
}

Answer done_answer(const osc::Message& message, RequestNumber number) {
    const auto strips = size_in(message, 1, most_strips);
    if (!strips) return tl::unexpected(AnswerFault::out_of_range);
    return DoneAnswer{number, *strips};
}

}  // namespace

std::string read_request(RequestNumber number, std::string_view session,
                         std::span<const std::string> strips) {
    std::string text = head_of(number, session);
    for (const auto& strip : strips) text += fmt::format("read\t{}\n", in_a_field(strip));
    return text + "end\n";
}

std::string write_request(RequestNumber number, std::string_view session, SampleRate rate,
                          std::string_view undo_name, std::span<const NamedLine> lines) {
    std::string text = head_of(number, session);
    text += fmt::format("write\t{}\n", in_a_field(undo_name));
    for (const NamedLine& each : lines) {
        text += fmt::format("fader\t{}\t{}\t{:.17g}\n", in_a_field(each.strip),
                            mode_words[static_cast<std::size_t>(each.line.mode)], each.line.rest.ratio());
        for (const LinePoint& point : each.line.points)
            text += fmt::format("point\t{}\t{:.17g}\n", point.at.samples(rate), point.gain.ratio());
    }
    return text + "end\n";
}

Result<void> check_line(const NamedLine& line, SampleRate rate) {
    const auto refuse = [&](std::string_view what) {
        return fail(ErrorKind::refused, fmt::format("The automation for '{}' has {}.", line.strip, what));
    };
    if (!is_gain(line.line.rest.ratio())) return refuse("a level that no fader has");
    if (line.line.points.size() > most_points) return refuse("too many points");
    std::int64_t before = -1;
    for (const LinePoint& point : line.line.points) {
        if (!is_gain(point.gain.ratio())) return refuse("a level that no fader has");
        const auto at = point.at.samples(rate);
        if (at <= before) return refuse("points that are not in order of time");
        before = at;
    }
    return {};
}

RequestNumber number_of(const CompanionAnswer& answer) {
    return std::visit([](const auto& each) { return each.number; }, answer);
}

Answer companion_answer(const osc::Message& message, SampleRate rate) {
    const auto address = message.address();
    if (!address.starts_with(companion_path)) return tl::unexpected(AnswerFault::unknown_path);
    const auto word = address.substr(companion_path.size());
    const auto types = message.types();
    const auto number = RequestNumber{message.int32(0).value_or(0)};
    const auto is = [&](std::string_view wanted) { return types == wanted; };
    if (word == "fader")
        return is("iissi") ? fader_answer(message, number) : tl::unexpected(AnswerFault::wrong_type);
    if (word == "points")
        return is("iiis") ? points_answer(message, number, rate) : tl::unexpected(AnswerFault::wrong_type);
    if (word == "done")
        return is("ii") ? done_answer(message, number) : tl::unexpected(AnswerFault::wrong_type);
    if (word != "refused") return tl::unexpected(AnswerFault::unknown_path);
    if (!is("iss")) return tl::unexpected(AnswerFault::wrong_type);
    return RefusedAnswer{number, std::string(*message.string(1)), std::string(*message.string(2))};
}

}  // namespace kedge::ardour
