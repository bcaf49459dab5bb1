#include "sim/mackie_clock_digits.hpp"

#include "sim/song_clock.hpp"

#include <cstddef>

#include <fmt/format.h>

namespace kedge::sim {

namespace {

constexpr std::size_t digits_in_all = 10;
constexpr int ardour_ticks_a_beat = 1920;
constexpr char reaper_dark = '@';

using Clock = MackieHostSettings::Clock;

std::string at_the_right(const std::string& text) {
    if (text.size() >= digits_in_all) return text.substr(text.size() - digits_in_all);
    return std::string(digits_in_all - text.size(), reaper_dark) + text;
}

std::string ardour_digits(SongTime at, const Song& song, const MackieHostSettings& settings) {
    if (settings.clock == Clock::beats) {
        const BeatTime time = beat_time(at, song.tempo, ardour_ticks_a_beat);
        return fmt::format("{:03}{:02} {:04}", time.bar, time.beat, time.parts);
    }
    const ClockTime time = clock_time(at, settings.frames_a_second);
    return fmt::format("{:02} {:02}{:02} {:02}", time.hours, time.minutes, time.seconds, time.frames);
}

/// Only the leading digits of a bar are left dark, each for itself.
std::string reaper_beats(SongTime at, const Song& song) {
    const BeatTime time = beat_time(at, song.tempo, 1000);
    const char hundreds = time.bar >= 100 ? static_cast<char>('0' + time.bar / 100 % 10) : reaper_dark;
    const char tens = time.bar >= 10 ? static_cast<char>('0' + time.bar / 10 % 10) : reaper_dark;
    const char beat_tens = time.beat >= 10 ? static_cast<char>('0' + time.beat / 10 % 10) : reaper_dark;
    return fmt::format("{}{}{}{}{}{}{}{:03}", hundreds, tens, time.bar % 10, beat_tens, time.beat % 10,
                       reaper_dark, reaper_dark, time.parts);
}

std::string reaper_minutes(const ClockTime& time) {
    const std::string hours = time.hours > 0 ? fmt::format("{}", time.hours) : std::string();
    return at_the_right(
        fmt::format("{}{:02}{:02}{:03}", hours, time.minutes, time.seconds, time.milliseconds));
}

std::string reaper_digits(SongTime at, const Song& song, const MackieHostSettings& settings) {
    const ClockTime time = clock_time(at, settings.frames_a_second);
    switch (settings.clock) {
        case Clock::beats:
            return reaper_beats(at, song);
        case Clock::smpte:
            return at_the_right(
                fmt::format("{:02}{:02}{:02} {:02}", time.hours, time.minutes, time.seconds, time.frames));
        case Clock::seconds: {
            const int seconds = (time.hours * 60 + time.minutes) * 60 + time.seconds;
            return at_the_right(fmt::format("{} {:02}", seconds, time.milliseconds / 10));
        }
        case Clock::samples:
            return at_the_right(fmt::format("{}", at.samples(song.rate)));
        case Clock::minutes:
            break;
    }
    return reaper_minutes(time);
}

}  // namespace

std::string mackie_clock_digits(SongTime at, const Song& song, const MackieHostSettings& settings) {
    if (settings.digits == MackieHostSettings::Digits::ardour) return ardour_digits(at, song, settings);
    return reaper_digits(at, song, settings);
}

MackieHostSettings::Clock clock_after(MackieHostSettings::Clock shown, MackieHostSettings::Digits digits) {
    if (digits == MackieHostSettings::Digits::ardour)
        return shown == Clock::beats ? Clock::smpte : Clock::beats;
    switch (shown) {
        case Clock::minutes:
            return Clock::beats;
        case Clock::beats:
            return Clock::seconds;
        case Clock::seconds:
            return Clock::samples;
        case Clock::samples:
            return Clock::smpte;
        case Clock::smpte:
            break;
    }
    return Clock::minutes;
}

}  // namespace kedge::sim
