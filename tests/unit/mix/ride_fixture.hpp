#pragma once

#include "mix/ride_plan.hpp"
#include "support/catch.hpp"
#include "support/shipped_rules.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

/// A song of known levels, as a tape of a fall-off meter would have it.
namespace kedge::test {

inline mix::RideProfile shipped_rides() {
    auto profile = mix::load_rides("rides/default.toml", shipped_text("rides/default.toml"));
    if (!profile) throw std::runtime_error(profile.error().message);
    return std::move(*profile);
}

inline constexpr double no_sound = -400.0;

/// The level of a strip's sound in every cell, dBFS after the fader; `nothing` for none.
using TrueLevels = std::vector<double>;

struct RideSong {
    MixerState mixer;
    std::vector<mix::RoledStrip> roles;
    std::vector<TrueLevels> levels;  ///< of the mixer's strips
    mix::RideProfile profile = shipped_rides();
    Capabilities can;
    std::vector<SongMarker> marks;
    std::optional<mix::BusLimit> bus;
    mix::RideWishes wishes;
    std::vector<Ride> in_force;
    measure::Tape tape;

    RideSong() {
        can.fader_top = Decibels(6.0);
        can.meter_point = MeterPoint::after_fader;
        can.meter.fall_off_per_second = Decibels(13.3);
    }

    StripId add(const std::string& name, Role role, TrueLevels sound) {
        Strip strip;
        strip.id = StripId{static_cast<std::uint32_t>(mixer.strips.size() + 1)};
        strip.name.name = name;
        strip.fader = Decibels();
        strip.mute = Mute::open;
        mixer.strips.push_back(strip);
        roles.push_back({strip.id, role, "test"});
        levels.push_back(std::move(sound));
        return strip.id;
    }
    [[nodiscard]] Strip& strip(StripId id) { return *mixer.find(id); }
    [[nodiscard]] const TrueLevels& truth(StripId id) const { return levels[id.value - 1]; }

    /// What the meters show, with these rides sounding.
    void record(const std::vector<Ride>& rides = {}) {
        tape = measure::Tape();
        for (std::size_t i = 0; i < mixer.strips.size(); ++i) {
            const Strip& strip = mixer.strips[i];
            const std::size_t track = tape.add_track(strip);
            const Ride* ride = nullptr;
            for (const Ride& one : rides)
                if (one.strip == strip.id) ride = &one;
            double shown = no_sound;
            for (std::size_t cell = 0; cell < levels[i].size(); ++cell) {
                const SongTime at(measure::Tape::cell_length * static_cast<std::int64_t>(cell));
                const double offset = ride ? offset_at(ride->points, at).db() : 0.0;
                shown = std::max(levels[i][cell] + offset, shown - can.meter.fall_off_per_second.db() / 10.0);
                tape.record(track, at, shown < -120.0 ? Decibels::silence() : Decibels(shown), *strip.fader,
                            strip.trim.value_or(Decibels()));
            }
        }
    }
    [[nodiscard]] mix::RideQuestion question() const {
        return {mixer, roles, tape, profile, can, marks, {}, bus, wishes, in_force};
    }
    /// The plan of a song that can be planned.
    [[nodiscard]] mix::RidePlan planned() const {
        auto plan = mix::plan_rides(question());
        if (!plan) FAIL(plan.error().message);
        return std::move(*plan);
    }
};

/// `seconds` of one level.
inline TrueLevels steady(double seconds, double level) {
    return TrueLevels(static_cast<std::size_t>(std::lround(seconds * 10.0)), level);
}

/// A phrase of one level in a song.
inline void sing(TrueLevels& song, double from_s, double to_s, double level) {
    for (auto i = std::lround(from_s * 10.0); i < std::lround(to_s * 10.0) && i < std::ssize(song); ++i)
        song[static_cast<std::size_t>(i)] = level;
}

inline const Ride* ride_of(const mix::RidePlan& plan, StripId strip) {
    for (const Ride& ride : plan.rides)
        if (ride.strip == strip) return &ride;
    return nullptr;
}

inline std::string why_not_ridden(const mix::RidePlan& plan, StripId strip) {
    for (const LeftAlone& left : plan.left_alone)
        if (left.strip == strip) return left.why;
    return {};
}

inline double offset(const Ride& ride, double seconds) {
    return offset_at(ride.points, SongTime::from_seconds(seconds)).db();
}

/// What must hold for every ride, whatever the song.
inline void check_ride(const RideSong& song, const Ride& ride, std::optional<Decibels> depth = {}) {
    const double most = depth.value_or(song.profile.most).db() + 0.01;
    REQUIRE(ride.points.size() >= 3);
    CHECK(ride.points.front().offset == Decibels());
    CHECK(ride.points.back().offset == Decibels());
    for (std::size_t i = 0; i < ride.points.size(); ++i) {
        const RidePoint& point = ride.points[i];
        INFO("point " << i << " at " << point.at.seconds() << " " << point.offset.db());
        CHECK(std::abs(point.offset.db()) <= most);
        CHECK((ride.base + point.offset).db() <= std::max(ride.base, song.can.fader_top).db() + 0.01);
        if (i > 0) CHECK(point.at > ride.points[i - 1].at);
        if (i >= 4) CHECK(point.at - ride.points[i - 4].at >= std::chrono::seconds(1));
    }
    CHECK(ride.thinning_error <= song.profile.thinning.most_error);
    for (const RideCue& cue : ride.cues) CHECK(cue.reason.find_first_of("0123456789b") != std::string::npos);
}

/// Where a ride stands in a cell.
inline double lift_in(const Ride& ride, std::size_t cell) {
    return offset_at(ride.points, SongTime(measure::Tape::cell_length * static_cast<std::int64_t>(cell)))
        .db();
}

/// What the tracks sum up to in a cell, with the rides of a plan.
inline double sum_in(const RideSong& song, const std::vector<Ride>& rides, std::size_t cell) {
    double sum = 0.0;
    for (std::size_t i = 0; i < song.levels.size(); ++i) {
        const Strip& strip = song.mixer.strips[i];
        if (strip.name.kind != StripKind::audio_track) continue;
        double level = song.levels[i][cell];
        for (const Ride& ride : rides)
            if (ride.strip == strip.id) level += lift_in(ride, cell);
        sum += std::pow(10.0, level / 10.0);
    }
    return 10.0 * std::log10(sum);
}

/// No sound is lifted past its headroom: not the strip's, and not the bus's with all rides together.
inline void check_headroom(const RideSong& song, const std::vector<Ride>& rides) {
    for (const Ride& ride : rides) {
        const TrueLevels& sound = song.truth(ride.strip);
        const bool track = song.mixer.find(ride.strip)->name.kind == StripKind::audio_track;
        for (std::size_t cell = 0; cell < sound.size(); ++cell) {
            const double lift = lift_in(ride, cell);
            if (sound[cell] <= no_sound || lift <= 0.02) continue;
            INFO("strip " << ride.strip.value << " cell " << cell << " sounds at " << sound[cell]
                          << " and is lifted by " << lift);
            CHECK(sound[cell] + lift <= song.profile.strip_peak.db() + 0.02);
            if (song.bus && track)
                CHECK(sum_in(song, rides, cell) <= (song.bus->highest - song.bus->over_sum).db() + 0.03);
        }
    }
}

}  // namespace kedge::test
