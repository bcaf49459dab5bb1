#pragma once

#include "mix/ride_curve.hpp"
#include "mix/ride_plan.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kedge::mix {

/// What every ride of one plan shares.
struct RideDesk {
    const RideQuestion& question;
    std::vector<HeardStrip> strips;
    std::vector<SongSection> sections;
    /// The lead vocal against its backing, song wide; what a solo is held against. Absent without a vocal.
    std::optional<Decibels> vocal_level;
    /// Cells in which a vocal sings.
    std::vector<char> sung;
    std::vector<Ride> planned;  ///< so far: two lifts at once must leave the bus its headroom

    [[nodiscard]] const RideProfile& profile() const { return question.profile; }
    [[nodiscard]] SongRange within() const;
};

/// A ride, or why there is none.
struct StripRide {
    std::optional<Ride> ride;
    std::string why_not;
};

/// One strip with what is needed to ride it.
struct RideSubject {
    RideSubject(const RideDesk& all, const HeardStrip& heard);

    const RideDesk& desk;
    const HeardStrip& strip;
    Backing backing;

    [[nodiscard]] std::optional<Decibels> against(measure::CellRange range) const;
    /// The cells of a part of the song.
    [[nodiscard]] measure::CellRange cells(SongRange range) const;
    [[nodiscard]] Decibels depth() const { return desk.question.depth(strip.strip->id); }
    /// How far the strip may be lifted there: by the depth, the fader's way, the strip's and the bus's
    /// headroom. 0 dB at least: what is too hot already is not made colder by a ride.
    [[nodiscard]] Decibels most_lift(measure::CellRange range) const;
    /// A ride through holds; none when the curve is flat.
    [[nodiscard]] std::optional<Ride> ride_through(std::vector<RideHold> holds,
                                                   std::vector<RideCue> cues) const;
};

/// The step that brings a deviation to within `within` of nothing, or nearer where one does not suffice; 0 dB
/// when it lies there already or a step would overshoot.
[[nodiscard]] Decibels step_for(Decibels deviation, Decibels within, Decibels step);

/// Phrases and sections of a voice.
[[nodiscard]] StripRide plan_voice(const RideSubject& subject);
/// The level of a voice against its backing, song wide; nullopt when it never sings over a backing.
[[nodiscard]] std::optional<Decibels> voice_level(const RideSubject& subject);
/// A solo in the vocal's place, in sections where nobody sings.
[[nodiscard]] StripRide plan_solo(const RideSubject& subject);
/// Fills that are lost among the strip's own.
[[nodiscard]] StripRide plan_fills(const RideSubject& subject);
/// A return that is lost where one section leads to the next.
[[nodiscard]] StripRide plan_transitions(const RideSubject& subject);

}  // namespace kedge::mix
