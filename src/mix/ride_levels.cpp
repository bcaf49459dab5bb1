#include "mix/ride_levels.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace kedge::mix {

using measure::Cell;
using measure::CellRange;
using measure::Tape;

namespace {

/// The powers of all readings from the softest that matters to the loudest that a cell holds: a backing adds
/// up millions of them.
class PowerTable {
  public:
    PowerTable() : powers_(static_cast<std::size_t>(INT16_MAX - softest) + 1) {
        for (std::size_t i = 0; i < powers_.size(); ++i)
            powers_[i] = static_cast<float>(std::pow(10.0, (softest + static_cast<double>(i)) / 1000.0));
    }
    [[nodiscard]] float operator[](Cell cell) const {
        return cell.raw() < softest ? 0.0F : powers_[static_cast<std::size_t>(cell.raw() - softest)];
    }

  private:
    static constexpr int softest = -20000;  // hundredths of a decibel
    std::vector<float> powers_;
};

Decibels level_of(double power) {
    return power > 0.0 ? Decibels(10.0 * std::log10(power)) : Decibels::silence();
}

bool is_track(const Strip& strip) {
    return strip.name.kind == StripKind::audio_track || strip.name.kind == StripKind::midi_track;
}
bool is_bus(const Strip& strip) {
    return strip.name.kind == StripKind::audio_bus || strip.name.kind == StripKind::midi_bus;
}

bool audible(const Strip& strip, const measure::TapeTrack& track, bool after_fader) {
    if (strip.mute == Mute::muted || track.muted) return false;
    if (!strip.fader || strip.fader->is_silence()) return false;
    return !after_fader || !track.fader.is_silence();
}

std::span<const RidePoint> points_for(StripId strip, std::span<const Ride> rides) {
    for (const Ride& ride : rides)
        if (ride.strip == strip && ride.control == Control::fader) return ride.points;
    return {};
}

}  // namespace

Role role_of(const RideQuestion& question, StripId strip) {
    for (const RoledStrip& roled : question.roles)
        if (roled.strip == strip) return roled.role;
    return Role::other;
}

std::vector<HeardStrip> heard_strips(const RideQuestion& question) {
    const bool after_fader = question.capabilities.meter_point != MeterPoint::before_fader;
    std::vector<HeardStrip> heard;
    for (const Strip& strip : question.mixer.strips) {
        const measure::TapeTrack* track = question.tape.find(strip.id);
        if (!track || !(is_track(strip) || is_bus(strip)) || !audible(strip, *track, after_fader)) continue;
        HeardStrip one{&strip, role_of(question, strip.id), {}, {}};
        one.cells.resize(track->cells.size());
        track->cells.read(0, one.cells);
        one.sounds = measure::sounding(one.cells, question.capabilities.meter);
        const Decibels now = strip.trim.value_or(Decibels()) + *strip.fader;
        const Decibels to_output = now - track->trim - (after_fader ? track->fader : Decibels());
        const auto ridden = points_for(strip.id, question.in_force);
        for (std::size_t i = 0; i < one.cells.size(); ++i) {
            Cell& cell = one.cells[i];
            if (cell.heard()) cell = Cell::reading(cell.level() + to_output - offset_in_cell(ridden, i));
        }
        heard.push_back(std::move(one));
    }
    return heard;
}

namespace {

/// The most a ride lifts in a cell, as a factor of power; 1 for no lift.
float lift_around(std::span<const RidePoint> points, std::size_t cell) {
    if (points.empty()) return 1.0F;
    const Decibels most =
        std::max({Decibels(), offset_in_cell(points, cell), offset_in_cell(points, cell + 1)});
    if (most == Decibels()) return 1.0F;
    return static_cast<float>(std::pow(10.0, most.db() / 10.0));
}

bool is_click(const HeardStrip& one, const RideProfile& profile) {
    return std::find(profile.not_backing.begin(), profile.not_backing.end(), one.role) !=
           profile.not_backing.end();
}

}  // namespace

bool is_backing(const HeardStrip& one, const HeardStrip& of, const RideProfile& profile) {
    if (&one == &of || !is_track(*one.strip)) return false;
    if (one.role == of.role && one.role != Role::other) return false;
    return !is_click(one, profile);
}

Backing::Backing(std::span<const HeardStrip> strips, const HeardStrip& of, const RideProfile& profile,
                 std::span<const Ride> rides)
    : sounding_(of.cells.size(), 0.0F), shown_(of.cells.size(), 0.0F) {
    static const PowerTable power_of;
    for (const HeardStrip& one : strips) {
        if (&one == &of || !is_track(*one.strip) || is_click(one, profile)) continue;
        const bool backs = is_backing(one, of, profile);
        const std::size_t size = std::min(of.cells.size(), one.cells.size());
        const auto ridden = points_for(one.strip->id, rides);
        for (std::size_t i = 0; i < size; ++i) {
            const float power = power_of[one.cells[i]];
            shown_[i] += power * lift_around(ridden, i);
            if (backs && one.sounds[i]) sounding_[i] += power;
        }
    }
}

Decibels Backing::level(CellRange range) const {
    double sum = 0.0;
    for (std::size_t i = range.from; i < range.to; ++i) sum += static_cast<double>(sounding_[i]);
    return range.to > range.from ? level_of(sum / static_cast<double>(range.to - range.from))
                                 : Decibels::silence();
}

Decibels Backing::peaks(std::size_t cell) const {
    return level_of(static_cast<double>(shown_[cell]));
}

std::optional<Decibels> against(const HeardStrip& strip, const Backing& backing, CellRange range) {
    const Decibels level = measure::sounding_level(strip.cells, strip.sounds, range);
    const Decibels rest = backing.level(range);
    if (level.is_silence() || rest.is_silence()) return std::nullopt;
    return level - rest;
}

Decibels offset_in_cell(std::span<const RidePoint> points, std::size_t cell) {
    if (points.empty()) return {};
    return offset_at(points, SongTime(Tape::cell_length * static_cast<std::int64_t>(cell)));
}

CellRange cells_of(SongRange range, std::size_t size) {
    const auto cell = [&](Duration at) {
        const auto index = std::max<std::int64_t>(0, at / Tape::cell_length);
        return std::min(size, static_cast<std::size_t>(index));
    };
    const std::size_t from = cell(range.from.since_start());
    return {from, std::max(from, cell(range.to.since_start() + Tape::cell_length - Duration(1)))};
}

std::optional<Decibels> weighted_median(std::vector<WeighedLevel> levels) {
    std::erase_if(levels, [](const WeighedLevel& one) { return one.weight <= Duration(); });
    if (levels.empty()) return std::nullopt;
    std::sort(levels.begin(), levels.end(), [](const auto& a, const auto& b) { return a.level < b.level; });
    Duration total{};
    for (const WeighedLevel& one : levels) total += one.weight;
    Duration below{};
    for (std::size_t i = 0; i < levels.size(); ++i) {
        below += levels[i].weight;
        if (below * 2 == total && i + 1 < levels.size())
            return Decibels((levels[i].level.db() + levels[i + 1].level.db()) / 2.0);
        if (below * 2 > total) return levels[i].level;
    }
    return levels.back().level;
}

}  // namespace kedge::mix
