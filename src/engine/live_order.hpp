#pragma once

#include "core/capabilities.hpp"
#include "core/result.hpp"
#include "core/ride.hpp"
#include "core/strip.hpp"
#include "core/time.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace kedge::engine {

/// What becomes of a strip's ride once a person moved its fader in mid-pass. In no case is a value sent to it
/// while the person moves it.
enum class TakenOver {
    stays,    ///< it is the person's until the end of the ride: held, so that no automation moves it away
    let_go,   ///< it is let go at once: in touch mode the DAW returns to the old curve
    resumes,  ///< once the fader was still for a while, a ramp leads back to the planned curve
};

struct LiveHands {
    TakenOver then = TakenOver::stays;
    Duration still = std::chrono::seconds(2);  ///< for so long before a ride resumes
    Duration ramp = std::chrono::seconds(1);   ///< from where the person left it to the planned curve
};

/// Rides to be written while the song plays, all in one pass of it.
struct LiveOrder {
    /// Of faders, one for each strip (asserted); points in the order of time, two at least. The first and the
    /// last need not stand at 0 dB: so an old curve is put back.
    std::vector<Ride> rides;
    AutomationMode mode = AutomationMode::touch;  ///< to write in: touch, or latch (held until the stop)
    AutomationMode after = AutomationMode::play;  ///< of faders that were written whole
    std::optional<SongTime> from;                 ///< only the part of the song from here …
    std::optional<SongTime> to;                   ///< … to here is played and written
    LiveHands hands;
};

/// Refused without Capabilities::touch and ::read_back: nothing can be written live there. One text for all
/// who need them.
[[nodiscard]] Result<void> need_touch(const Capabilities& capabilities);

/// Refused where automation can be neither read nor turned off by a mode (Capabilities::fader_lines,
/// ::manual_plays): what is written live could not be taken back.
[[nodiscard]] Result<void> need_way_back(const Capabilities& capabilities);

enum class LiveEnd {
    untouched,  ///< nothing was written
    partly,     ///< it was cut off: `written` says how far it came
    theirs,     ///< a person took the fader over, and it stayed so
    written,    ///< from the first point to the last
};
[[nodiscard]] std::string_view to_string(LiveEnd end);

/// What became of one fader.
struct LiveStripReport {
    StripId strip;
    StripName name;
    LiveEnd end = LiveEnd::untouched;
    std::optional<SongRange> written;  ///< from the first value to the release
    std::vector<SongRange> missed;     ///< in between: where no value could be sent and the ride moved
    std::vector<SongRange> theirs;     ///< in between: where a person had the fader
    AutomationMode mode_before = AutomationMode::manual;
    std::optional<Decibels> fader_before;  ///< read just before, never assumed; nullopt: it did not answer
    AutomationMode mode_after = AutomationMode::manual;  ///< as the DAW reported it last
    std::size_t values = 0;                              ///< sent
    std::size_t repeated = 0;  ///< of those: sent again, as the DAW did not confirm them
    std::optional<Error> why;  ///< why it is not written whole
    std::vector<std::string>
        not_restored;  ///< sentences: what stands otherwise than before and was not meant
};

struct LiveReport {
    std::vector<LiveStripReport> strips;  ///< in the order of the rides
    std::optional<Error> error;           ///< why the pass of the song ended early, or never began
    /// The song jumped: what was under way then may have been written here.
    std::optional<SongRange> strayed;
    Duration latency{};          ///< there and back, as measured
    bool transport_back = true;  ///< it stands where it stood; not after a stop by hand
};

}  // namespace kedge::engine
