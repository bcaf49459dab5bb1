#include "sim/reaper_words.hpp"

#include "reaper/fader_law.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

namespace kedge::sim {

namespace {

constexpr double two_decimals_below_db = 10.0;
constexpr double frames_a_second = 30.0;
/// No project is as long.
constexpr double longest_seconds = 1e6;
const double least_written_gain = std::ldexp(1.0, -25);

/// What is no number is the beginning.
SongTime within_project(double seconds) {
    return seconds > 0.0 ? SongTime::from_seconds(std::min(seconds, longest_seconds)) : SongTime();
}

}  // namespace

std::string volume_text(Decibels level) {
    const double gain = level.gain().ratio();
    if (gain < least_written_gain) return "-inf dB";
    if (level.db() == 0.0) return "0.00dB";
    const int digits = std::abs(level.db()) < two_decimals_below_db ? 2 : 1;
    return fmt::format("{}{:.{}f}dB", level.db() < 0.0 ? '-' : '+', std::abs(level.db()), digits);
}

std::string pan_text(Pan pan) {
    if (pan.position() == 0.0) return "C";
    const char side = pan.position() < 0.0 ? 'L' : 'R';
    const double percent = std::abs(pan.position()) * 100.0;
    const std::string tenth = fmt::format("{:.1f}", percent);
    if (percent < 1.0 && tenth != "0.0") return fmt::format("{}%{}", tenth, side);
    return fmt::format("{}%{}", static_cast<int>(percent + 1e-9), side);
}

std::string time_text(SongTime at) {
    using namespace std::chrono;
    const auto all = duration_cast<milliseconds>(at.since_start()).count();
    const auto hours = all / 3'600'000;
    const auto minutes = all / 60'000 % 60;
    const auto seconds = all / 1000 % 60;
    if (hours > 0) return fmt::format("{}:{:02}:{:02}.{:03}", hours, minutes, seconds, all % 1000);
    return fmt::format("{}:{:02}.{:03}", minutes, seconds, all % 1000);
}

std::string beat_text(SongTime at, Tempo tempo) {
    const auto hundredths = std::llround(at.seconds() * tempo.beats_a_minute / 60.0 * 100.0);
    const auto beats = hundredths / 100;
    return fmt::format("{}.{}.{:02}", beats / tempo.beats_a_bar + 1, beats % tempo.beats_a_bar + 1,
                       hundredths % 100);
}

std::string frame_text(SongTime at) {
    constexpr auto rate = static_cast<std::int64_t>(frames_a_second);
    const auto frames = static_cast<std::int64_t>(std::floor(at.seconds() * frames_a_second + 1e-6));
    const auto seconds = frames / rate;
    return fmt::format("{:02}:{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60,
                       frames % rate);
}

ReaperValue volume_value(Decibels level) {
    const Decibels told = std::max(level, Decibels(reaper::fader_floor_db));
    return {told.db(), reaper::share_of(told).normalised(), volume_text(level)};
}

ReaperValue pan_value(Pan pan) {
    return {std::nullopt, 0.5 * (pan.position() + 1.0), pan_text(pan)};
}

ReaperValue width_value(double width) {
    return {std::nullopt, 0.5 * (width + 1.0), fmt::format("{}W", std::lround(width * 100.0))};
}

double leading_number(std::string_view text) {
    text.remove_prefix(std::min(text.find_first_not_of(" \t\n"), text.size()));
    if (text.starts_with('+')) text.remove_prefix(1);
    double value = 0.0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    return problem == std::errc() ? value : 0.0;
}

SongTime time_from_text(std::string_view text) {
    double seconds = 0.0;
    for (auto colon = text.find(':'); colon != std::string_view::npos; colon = text.find(':')) {
        seconds = (seconds + leading_number(text.substr(0, colon))) * 60.0;
        text.remove_prefix(colon + 1);
    }
    return within_project(seconds + leading_number(text));
}

SongTime time_from_beats(std::string_view text, Tempo tempo) {
    const double bar = std::floor(leading_number(text));
    double beats = (bar - 1.0) * tempo.beats_a_bar;
    if (const auto point = text.find('.'); point != std::string_view::npos)
        beats += leading_number(text.substr(point + 1)) - 1.0;
    return within_project(beats * 60.0 / tempo.beats_a_minute);
}

SongTime time_from_frames(std::string_view text) {
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos) return within_project(leading_number(text) / frames_a_second);
    return within_project(time_from_text(text.substr(0, colon)).seconds() +
                          leading_number(text.substr(colon + 1)) / frames_a_second);
}

}  // namespace kedge::sim
