#include "engine/live_order.hpp"

namespace kedge::engine {

Result<void> need_touch(const Capabilities& capabilities) {
    if (!capabilities.locates)
        return fail(
            ErrorKind::refused,
            "This surface sends the playhead to the start of the song and nowhere else: a ride cannot "
            "be written where it belongs.",
            "Connect to this DAW another way to write rides.");
    if (capabilities.touch && capabilities.read_back) return {};
    return fail(ErrorKind::refused, "This DAW's faders cannot be touched over its control surface.",
                "Rides can be written live only where automation modes can be set and faders touched.");
}

Result<void> need_way_back(const Capabilities& capabilities) {
    if (capabilities.fader_lines || !capabilities.manual_plays) return {};
    return fail(
        ErrorKind::refused,
        "Without the companion script a ride could not be taken back: in this DAW automation plays in "
        "every mode, and only the script can turn it off.",
        "Run 'kedge doctor': it says what is missing, and how to install the companion script.");
}

std::string_view to_string(LiveEnd end) {
    switch (end) {
        case LiveEnd::untouched:
            return "untouched";
        case LiveEnd::partly:
            return "partly written";
        case LiveEnd::theirs:
            return "taken over by hand";
        case LiveEnd::written:
            return "written";
    }
    return {};
}

}  // namespace kedge::engine
