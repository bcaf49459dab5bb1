#pragma once

#include "core/fader_line.hpp"
#include "core/result.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What the companion script tells and takes of one fader, as kedge's own line, and back. README.md says
/// which line is which. Pure; safe from any thread.
namespace kedge::reaper {

/// A point in the script's own numbers: what it was read as it is written back, to the last bit.
struct PointWords {
    std::string time;  ///< seconds
    std::string gain;
    std::string shape;
    std::string tension;
    std::string raw;
    bool operator==(const PointWords&) const = default;
};
/// A fader's line but for its track, its mode and where it stands.
struct EnvelopeWords {
    bool exists = false;
    bool active = false;
    bool visible = false;
    bool armed = false;
    std::string scaling = "-";
    int items = 0;  ///< automation items on it
    std::vector<PointWords> points;
    bool operator==(const EnvelopeWords&) const = default;
};
/// All of a fader, in the script's words.
struct FaderWords {
    std::string mode = "trim";
    std::string gain = "1";
    EnvelopeWords envelope;
    bool operator==(const FaderWords&) const = default;
};

/// nullopt for what the script never says: a word that is no number, a gain that no fader has, points that
/// are not in order of time. A point at the time of the one before it comes a nanosecond later.
[[nodiscard]] std::optional<FaderLine> line_from(const FaderWords& words);

/// What is to be written so that the fader becomes this: where the line still is the one that it was read as,
/// that, word by word. Refused where REAPER would play what the line keeps silent, or cannot hold it.
[[nodiscard]] Result<FaderWords> words_for(const FaderLine& line);

}  // namespace kedge::reaper
