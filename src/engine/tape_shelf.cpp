#include "engine/tape_shelf.hpp"

#include <algorithm>

namespace kedge::engine {

bool fits(measure::StoredTape& stored, const MixerState& mixer) {
    SessionInfo session = mixer.session;
    if (!session.end) session.end = stored.session.end;  // not told, or not looked for yet
    if (stored.session != session) return false;
    const auto tracks = stored.tape.tracks();
    for (std::size_t i = 0; i < tracks.size(); ++i) {
        const Strip* strip = mixer.find(tracks[i].name);
        if (!strip) return false;
        stored.tape.rebind(i, strip->id);
    }
    return std::all_of(mixer.strips.begin(), mixer.strips.end(), [&](const Strip& strip) {
        const bool metered = strip.name.kind != StripKind::vca && strip.name.kind != StripKind::monitor;
        return !metered || stored.tape.find(strip.id) != nullptr;
    });
}

}  // namespace kedge::engine
