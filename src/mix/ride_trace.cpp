#include "mix/ride_trace.hpp"

#include "mix/ride_levels.hpp"

#include <algorithm>

namespace kedge::mix {

using measure::Tape;

RideTrace ride_trace(const RideQuestion& question, StripId strip, const std::vector<SongSection>& sections,
                     std::optional<SongRange> part) {
    RideTrace trace;
    trace.sections = sections;
    if (const Strip* known = question.mixer.find(strip)) trace.strip = known->name.name;
    const auto strips = heard_strips(question);
    const auto heard = std::find_if(strips.begin(), strips.end(),
                                    [&](const HeardStrip& one) { return one.strip->id == strip; });
    if (heard == strips.end()) return trace;
    const std::size_t size = heard->cells.size();
    const measure::CellRange cells = part ? cells_of(*part, size) : measure::CellRange{0, size};
    const auto start = [](std::size_t cell) {
        return SongTime(Tape::cell_length * static_cast<std::int64_t>(cell));
    };
    trace.range = {start(cells.from), start(cells.to)};
    const Backing backing(strips, *heard, question.profile);
    for (std::size_t i = cells.from; i < cells.to; ++i) {
        trace.level.push_back(heard->sounds[i] ? heard->cells[i].level() : Decibels::silence());
        trace.backing.push_back(backing.level({i, i + 1}));
    }
    return trace;
}

}  // namespace kedge::mix
