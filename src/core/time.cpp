#include "core/time.hpp"

#include <cmath>
#include <cstdio>

namespace kedge {

namespace {
constexpr std::int64_t nanos = 1'000'000'000;
}

SongTime SongTime::from_samples(std::int64_t samples, SampleRate rate) {
    const std::int64_t whole = samples / rate.hertz;
    const std::int64_t rest = samples % rate.hertz;
    return SongTime(Duration(whole * nanos + (rest * nanos + rate.hertz / 2) / rate.hertz));
}

SongTime SongTime::from_seconds(double seconds) {
    return SongTime(Duration(std::llround(seconds * static_cast<double>(nanos))));
}

std::int64_t SongTime::samples(SampleRate rate) const {
    const std::int64_t whole = at_.count() / nanos;
    const std::int64_t rest = at_.count() % nanos;
    return whole * rate.hertz + (rest * rate.hertz + nanos / 2) / nanos;
}

std::string to_string(SongTime at) {
    const auto tenths = std::llround(at.seconds() * 10.0);
    char text[48];
    std::snprintf(text, sizeof text, "%lld:%02lld.%lld", tenths / 600, tenths / 10 % 60, tenths % 10);
    return text;
}

}  // namespace kedge
