#include "reaper/fader_words.hpp"

#include "core/enum_words.hpp"
#include "core/text_fields.hpp"
#include "reaper/session_limits.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

namespace kedge::reaper {

namespace {

// In the order of AutomationMode's values.
constexpr std::array<std::string_view, 5> mode_words = {"trim", "read", "write", "touch", "latch"};
// A mode that only REAPER has: told as latch.
constexpr std::string_view latch_preview = "latch-preview";
constexpr std::string_view shaped_line = "shaped";
constexpr double highest_raw = 1e6;
constexpr int highest_shape = 5;

std::optional<double> within(std::string_view word, double from, double to) {
    const auto number = number_in_whole<double>(word);
    return number && *number >= from && *number <= to ? number : std::nullopt;
}

std::optional<Gain> gain_in(std::string_view word) {
    const auto ratio = within(word, 0.0, highest_gain);
    return ratio ? std::optional(Gain(*ratio)) : std::nullopt;
}

bool is_point(const PointWords& point) {
    const auto shape = number_in_whole<int>(point.shape);
    return shape && *shape >= 0 && *shape <= highest_shape && within(point.tension, -1.0, 1.0) &&
           (point.raw == "-" || within(point.raw, -highest_raw, highest_raw));
}

std::optional<std::vector<LinePoint>> points_from(const std::vector<PointWords>& words) {
    std::vector<LinePoint> points;
    double before = -most_seconds;
    for (const PointWords& each : words) {
        const auto seconds = within(each.time, before, most_seconds);
        const auto gain = gain_in(each.gain);
        if (!seconds || !gain || !is_point(each)) return std::nullopt;
        before = *seconds;
        SongTime at = SongTime::from_seconds(*seconds);
        if (!points.empty()) at = std::max(at, points.back().at + Duration(1));
        points.push_back({at, *gain});
    }
    return points;
}

/// One time is not two points' in the line that kedge has of it.
bool has_jump(const std::vector<PointWords>& points) {
    return std::adjacent_find(points.begin(), points.end(), [](const PointWords& a, const PointWords& b) {
               return a.time == b.time;
           }) != points.end();
}

/// Whether mode, level and points say all that is heard of it, and all that is worth bringing back.
bool says_all(const FaderWords& words) {
    const EnvelopeWords& envelope = words.envelope;
    if (words.mode == latch_preview || envelope.items > 0) return false;
    if (!envelope.active) return !envelope.visible && !envelope.armed && envelope.points.size() <= 1;
    const bool straight = std::all_of(envelope.points.begin(), envelope.points.end(),
                                      [](const PointWords& point) { return point.shape == "0"; });
    // In trim mode the fader works on top of what plays.
    const bool follows = words.mode != mode_words.front() || envelope.points.empty();
    return straight && follows && !has_jump(envelope.points);
}

std::string native_of(const FaderWords& words) {
    const EnvelopeWords& envelope = words.envelope;
    const auto flag = [](bool on) { return on ? '1' : '0'; };
    std::string text =
        fmt::format("{} {} {} {} {} {}", says_all(words) ? plain_line : shaped_line, flag(envelope.active),
                    flag(envelope.visible), flag(envelope.armed), envelope.scaling, envelope.items);
    if (words.mode == latch_preview) text += fmt::format(" {}", latch_preview);
    for (const PointWords& point : envelope.points)
        text += fmt::format(";{} {} {} {} {}", point.time, point.gain, point.shape, point.tension, point.raw);
    return text;
}

PointWords point_in(std::string_view text) {
    PointWords point;
    for (std::string* word : {&point.time, &point.gain, &point.shape, &point.tension, &point.raw})
        *word = take_up_to(' ', text);
    return point;
}

/// The words that a line was read with; nullopt where it has none, or has become another line since.
std::optional<FaderWords> words_read(const FaderLine& line) {
    if (line.native.empty()) return std::nullopt;
    std::string_view text = line.native;
    std::string_view head = take_up_to(';', text);
    const auto next = [&] { return take_up_to(' ', head); };
    (void)next();
    FaderWords words;
    words.gain = fmt::format("{:.17g}", line.rest.ratio());
    EnvelopeWords& envelope = words.envelope;
    envelope.active = next() == "1";
    envelope.visible = next() == "1";
    envelope.armed = next() == "1";
    envelope.scaling = next();
    envelope.exists = envelope.scaling != "-";
    envelope.items = number_in_whole<int>(next()).value_or(-1);
    const bool previews = line.mode == AutomationMode::latch && next() == latch_preview;
    words.mode = previews ? latch_preview : mode_words[static_cast<std::size_t>(line.mode)];
    while (!text.empty()) envelope.points.push_back(point_in(take_up_to(';', text)));
    return line_from(words) == line ? std::optional(words) : std::nullopt;
}

}  // namespace

std::optional<FaderLine> line_from(const FaderWords& words) {
    const EnvelopeWords& envelope = words.envelope;
    const bool previews = words.mode == latch_preview;
    const auto mode =
        previews ? AutomationMode::latch : enum_from_word<AutomationMode>(mode_words, words.mode);
    const auto rest = gain_in(words.gain);
    auto points = points_from(envelope.points);
    const bool scaling_fits =
        envelope.scaling == "0" || envelope.scaling == "1" || (envelope.scaling == "-" && !envelope.exists);
    if (!mode || !rest || !points || !scaling_fits || envelope.items < 0) return std::nullopt;
    if (!envelope.exists) {
        if (envelope != EnvelopeWords{}) return std::nullopt;
        return FaderLine{*mode, *rest, {}, previews ? native_of(words) : std::string()};
    }
    // What does not play is no automation of the fader.
    if (!envelope.active) points->clear();
    return FaderLine{*mode, *rest, std::move(*points), native_of(words)};
}

Result<FaderWords> words_for(const FaderLine& line) {
    if (auto words = words_read(line)) return std::move(*words);
    FaderWords words;
    words.mode = mode_words[static_cast<std::size_t>(line.mode)];
    words.gain = fmt::format("{:.17g}", line.rest.ratio());
    if (!line.points.empty()) {
        if (line.mode == AutomationMode::manual)
            return fail(ErrorKind::refused, "REAPER plays the points of a fader in trim mode too.",
                        "Take them away, or have the fader play them.");
        EnvelopeWords& envelope = words.envelope;
        envelope.exists = envelope.active = envelope.visible = envelope.armed = true;
    }
    SongTime before(Duration(-1));
    for (const LinePoint& point : line.points) {
        if (point.at <= before || point.at.seconds() > most_seconds)
            return fail(ErrorKind::refused, "The automation has points that are not in order of time.");
        before = point.at;
        const auto ns = point.at.since_start().count();
        words.envelope.points.push_back({fmt::format("{}.{:09}", ns / 1'000'000'000, ns % 1'000'000'000),
                                         fmt::format("{:.17g}", point.gain.ratio()), "0", "0", "-"});
    }
    FaderWords complete = words;
    if (complete.envelope.exists) complete.envelope.scaling = "0";
    if (!line_from(complete))
        return fail(ErrorKind::refused, "The automation has a level that no fader has.");
    return words;
}

}  // namespace kedge::reaper
