#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kedge::sim {

/// Of an effect. The one called "Wet" says how much of the effect is heard.
struct ReaperParameter {
    static constexpr std::string_view wet = "Wet";

    std::string name;
    double value = 0.0;   ///< 0 to 1
    bool edited = false;  ///< set, and the edit not ended
};

/// An effect on a track, or the instrument that it begins with: what a surface sees of it. It changes no
/// sound.
struct ReaperEffect {
    std::string name;
    std::vector<std::string> presets;
    std::size_t preset = 0;
    bool enabled = true;
    bool open = false;  ///< its window
    bool is_instrument = false;
    std::vector<ReaperParameter> parameters;
};

}  // namespace kedge::sim
