#include "engine/song_ticks.hpp"

namespace kedge::engine {

namespace {

constexpr double tail_margin_db = 0.5;

std::int64_t cell_of(SongTime at) {
    return at.since_start() / measure::Tape::cell_length;
}

}  // namespace

bool has_meter(const Strip& strip) {
    return strip.name.kind != StripKind::vca && strip.name.kind != StripKind::monitor;
}

Decibels fallen(Decibels level, Duration later, const MeterLaw& law) {
    if (level.is_silence()) return level;
    const double seconds = std::chrono::duration<double>(later).count();
    return Decibels(level.db() - law.fall_off_per_second.db() * seconds + tail_margin_db);
}

bool may_have_fallen(Decibels from, Duration later, Decibels shown, const MeterLaw& law) {
    if (from.is_silence() || shown.is_silence()) return shown.is_silence();
    return shown - law.off_by(shown) <= fallen(from + law.off_by(from), later, law);
}

void record_stretch(measure::Tape& tape, std::size_t track, SongRange stretch, Decibels reading,
                    const Strip& strip) {
    for (SongTime at = stretch.from; at == stretch.from || cell_of(at) < cell_of(stretch.to);
         at = at + measure::Tape::cell_length)
        tape.record(track, at, reading, strip.fader.value_or(Decibels()), strip.trim.value_or(Decibels()));
}

}  // namespace kedge::engine
