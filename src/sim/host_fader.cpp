#include "sim/host_fader.hpp"

#include "reaper/fader_law.hpp"
#include "sim/fader_law.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace kedge::sim {

namespace {

constexpr double highest = 16'383.0;
constexpr double highest_of_ten_bits = 1'023.0;
constexpr int bits_dropped = 4;

/// A fader on its way, from 0 at the bottom to 1 at the top.
struct OnItsWay {
    double share = 0.0;
};

struct Mark {
    double position;
    double db;
};
constexpr std::array marks = {Mark{0, -150},   Mark{2768, -50}, Mark{3568, -40}, Mark{5168, -30},
                              Mark{6768, -20}, Mark{8368, -15}, Mark{9968, -10}, Mark{11568, -5},
                              Mark{13168, 0},  Mark{14768, 5},  Mark{16383, 10}};

double between(double at, double from, double to, double low, double high) {
    return low + (at - from) / (to - from) * (high - low);
}

Decibels console_level(OnItsWay at) {
    const double position = at.share * highest;
    if (position <= 0.0) return Decibels::silence();
    std::size_t above = 1;
    while (above + 1 < marks.size() && marks[above].position < position) ++above;
    return Decibels(between(position, marks[above - 1].position, marks[above].position, marks[above - 1].db,
                            marks[above].db));
}

OnItsWay console_place(Decibels level) {
    if (level.is_silence() || level.db() <= marks.front().db) return {};
    const double db = std::min(level.db(), marks.back().db);
    std::size_t above = 1;
    while (above + 1 < marks.size() && marks[above].db < db) ++above;
    return {
        between(db, marks[above - 1].db, marks[above].db, marks[above - 1].position, marks[above].position) /
        highest};
}

Decibels level_of(OnItsWay at, FaderTravel travel) {
    switch (travel) {
        case FaderTravel::ardour:
            return fader_level(at.share);
        case FaderTravel::reaper:
            return reaper::level_at(FaderShare(at.share));
        case FaderTravel::console:
            break;
    }
    return console_level(at);
}

OnItsWay place_of(Decibels level, FaderTravel travel) {
    switch (travel) {
        case FaderTravel::ardour:
            return {fader_position(level)};
        case FaderTravel::reaper:
            return {reaper::share_of(level).normalised()};
        case FaderTravel::console:
            break;
    }
    return console_place(level);
}

OnItsWay read(FaderPosition position, int bits) {
    if (bits == 14) return {position.value() / highest};
    return {(position.value() >> bits_dropped) / highest_of_ten_bits};
}

FaderPosition written(OnItsWay at, bool cuts_off) {
    const double share = std::clamp(at.share, 0.0, 1.0);
    if (cuts_off)
        return FaderPosition(static_cast<int>(static_cast<float>(highest) * static_cast<float>(share)));
    return FaderPosition(static_cast<int>(std::lround(highest * share)));
}

}  // namespace

Decibels HostFader::level_at(FaderPosition position) const {
    return level_of(read(position, bits_read), travel);
}

FaderPosition HostFader::position_of(Decibels level) const {
    return written(place_of(level, travel), cuts_off);
}

FaderPosition HostFader::echo_of(FaderPosition position) const {
    return written(read(position, bits_read), cuts_off);
}

}  // namespace kedge::sim
