#pragma once

#include "sim/song.hpp"

#include <cstddef>
#include <memory>
#include <vector>

namespace kedge::test {

/// Six silent tracks of five layers (kick, drums, bass, harmony, vocals), for so many seconds, at 120 beats a
/// minute: a bar of four beats takes two seconds.
inline sim::Song layered_song(int seconds = 60) {
    sim::Song song;
    song.name = "layers";
    const auto frames = static_cast<std::size_t>(song.rate.hertz * seconds);
    const auto whole = std::make_shared<const std::vector<float>>(frames, 0.0F);
    const auto nothing = std::make_shared<const std::vector<float>>(480, 0.0F);
    for (const char* name : {"Lead Vox", "Keys", "Bass DI", "OH", "Snare Top"})
        song.stems.push_back({name, 1, nothing});
    song.stems.push_back({"Kick In", 1, whole});
    return song;
}

}  // namespace kedge::test
