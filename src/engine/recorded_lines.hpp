#pragma once

#include "engine/selection.hpp"
#include "engine/strip_identity.hpp"
#include "journal/journal.hpp"

#include <string>
#include <string_view>
#include <vector>

/// Lines of the record that are to be taken back or written again, and their strips in today's mixer.
namespace kedge::engine {

/// Where to: what the faders held before the pass, or what it wrote.
enum class LineWay { back, again };
/// "revert", "reapply"
[[nodiscard]] std::string_view command_of(LineWay way);

/// What is to be taken back, or written again.
struct LineReturn {
    LineWay way = LineWay::back;
    PassId pass;
    bool force = false;  ///< also what a person changed since
    std::string surface_name;
    WallTime created;
    Selection selection;

    /// Of the pass that does it, without lines.
    [[nodiscard]] Pass header(const std::string& session) const;
};

/// Some of a pass's lines, and which strips they are today; of those that are gone the strip is missing.
struct RecordedLines {
    std::vector<PassLine> lines;
    RecordedStrips strips;

    [[nodiscard]] const Strip* strip(const PassLine& line, const MixerState& mixer) const {
        return find_recorded(strips, line.strip, mixer);
    }
    /// Of the lines whose strip is there.
    [[nodiscard]] std::vector<StripId> there(const MixerState& mixer) const;
};

/// Strips of recorded lines, told again by name; see recognise_recorded.
[[nodiscard]] Result<RecordedLines> recognise_lines(std::vector<PassLine> lines, const MixerState& mixer,
                                                    const Capabilities& capabilities);

/// The lines that are asked for and of which something can be returned, at least one of a strip that is
/// there. Refused with the reason: another session's pass, a pass that was cut off, nothing that stands.
[[nodiscard]] Result<RecordedLines> lines_to_return(const LineReturn& order, const journal::Journal& journal,
                                                    const MixerState& mixer,
                                                    const Capabilities& capabilities);

}  // namespace kedge::engine
