#include "engine/line_reader.hpp"

#include <algorithm>
#include <cassert>
#include <string>
#include <utility>

namespace kedge::engine {

Result<void> need_rides(const Capabilities& capabilities) {
    if (capabilities.fader_lines || capabilities.touch || capabilities.manual_plays) return {};
    return fail(ErrorKind::refused,
                "Automation is out of reach in this DAW: over its control surface it can be neither read nor "
                "written.",
                "`kedge ride --plan` shows the rides, to be drawn by hand.");
}

Result<void> need_fader_lines(const Capabilities& capabilities) {
    if (capabilities.fader_lines) return {};
    if (auto can = need_rides(capabilities); !can) return can;
    std::string next =
        "Run 'kedge doctor': it says what is missing, and how to install the companion script.";
    if (capabilities.touch && !capabilities.manual_plays)
        next += " Without it `kedge ride --live` writes rides while the song plays, and takes back its own.";
    return fail(ErrorKind::refused,
                "The automation of this DAW's faders can be neither read nor written exactly now: that takes "
                "kedge's companion script in the DAW.",
                std::move(next));
}

LineReader::LineReader(Desk& desk, std::vector<StripId> strips) : strips_(std::move(strips)) {
    assert(!strips_.empty());
    desk.send(surface::ReadFaderLines{strips_});
}

void LineReader::event(const surface::Event& event) {
    if (done()) return;
    if (const auto* read = std::get_if<surface::FaderLineRead>(&event)) {
        if (std::find(strips_.begin(), strips_.end(), read->strip) != strips_.end())
            lines_[read->strip] = read->line;
    } else if (const auto* silent = std::get_if<surface::LinesRefused>(&event)) {
        error_ = silent->why;
    } else if (const auto* lost = std::get_if<surface::Lost>(&event)) {
        error_ = Error{ErrorKind::no_daw, lost->why, "Nothing was changed."};
    }
}

void LineReader::refused(const surface::Command& command, const Error& error) {
    if (!done() && std::holds_alternative<surface::ReadFaderLines>(command)) error_ = error;
}

}  // namespace kedge::engine
