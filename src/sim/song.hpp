#pragma once

#include "core/result.hpp"
#include "core/time.hpp"

#include <memory>
#include <string>
#include <vector>

namespace kedge::sim {

/// One recorded track. The samples (1 is full scale) are shared, so that copies of a song are cheap.
struct Stem {
    std::string name;
    int channels = 1;                                   ///< 1 or 2
    std::shared_ptr<const std::vector<float>> samples;  ///< interleaved
};

struct Marker {
    std::string name;
    SongTime at;
};

/// One tempo and one meter, from the song's start to its end; a beat is what the tempo counts.
struct Tempo {
    double beats_a_minute = 120.0;
    int beats_a_bar = 4;
};

struct Song {
    std::string name;
    SampleRate rate;
    std::vector<Stem> stems;
    std::vector<Marker> markers;
    Tempo tempo{};
};

/// Every .wav of the folder as a stem, ordered by file name; "01 Kick In.wav" is "Kick In". Errors (usage)
/// name the file and why: no folder, no WAV in it, unreadable, cut short, more than two channels, another
/// rate than the first.
[[nodiscard]] Result<Song> load_stems(const std::string& folder);

/// Writes "01 Kick In.wav" and so on ("001 ..." from a hundred stems), 24 bit, into the folder, which is made
/// when missing. Errors are of kind
/// storage. A slash in a name becomes "-".
[[nodiscard]] Result<void> write_stems(const Song& song, const std::string& folder);

}  // namespace kedge::sim
