#include "mix/rebuild_layers.hpp"

#include "core/strip_recognition.hpp"
#include "mix/strip_facts.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace kedge::mix {

namespace {

bool is_track(const Strip& strip) {
    return strip.name.kind == StripKind::audio_track || strip.name.kind == StripKind::midi_track;
}

/// Empty, or why the track is left as it is.
std::string why_left_out(const Strip& strip, const MixerState& mixer) {
    if (strip.mute == Mute::muted) return "it is muted already, and stays so";
    if (auto why = why_not_written(strip, Control::mute); !why.empty()) return why;
    if (count_named(mixer.strips, strip.name.kind, strip.name.name) > 1)
        return "another track has its name: after a crash nobody could tell which of them to open";
    return {};
}

Role role_of(StripId strip, std::span<const RoledStrip> roles) {
    const auto known =
        std::find_if(roles.begin(), roles.end(), [&](const RoledStrip& each) { return each.strip == strip; });
    return known == roles.end() ? Role::other : known->role;
}

/// The number of the layer, that of the rest behind all others.
std::size_t layer_of(Role role, const RebuildProfile& profile) {
    const auto named =
        std::find_if(profile.layers.begin(), profile.layers.end(), [&](const RebuildLayerRule& layer) {
            return std::find(layer.roles.begin(), layer.roles.end(), role) != layer.roles.end();
        });
    return static_cast<std::size_t>(named - profile.layers.begin());
}

}  // namespace

Result<RebuildLayers> rebuild_layers(const MixerState& mixer, std::span<const RoledStrip> roles,
                                     const RebuildProfile& profile) {
    if (const std::string soloed = soloed_names(mixer); !soloed.empty())
        return fail(ErrorKind::refused,
                    fmt::format("Soloed: {}. A rebuild would not be heard through it.", soloed),
                    "Take all solos off in the DAW, and run the command again.");
    RebuildLayers found;
    for (const RebuildLayerRule& rule : profile.layers) found.layers.push_back({rule.name, {}});
    found.layers.push_back({profile.rest, {}});
    for (const Strip& strip : mixer.strips) {
        if (!is_track(strip)) continue;
        if (auto why = why_left_out(strip, mixer); !why.empty()) {
            found.left_alone.push_back({strip.id, std::move(why)});
        } else {
            found.layers[layer_of(role_of(strip.id, roles), profile)].strips.push_back(strip.id);
        }
    }
    std::erase_if(found.layers, [](const RebuildLayer& layer) { return layer.strips.empty(); });
    if (found.layers.empty())
        return fail(ErrorKind::refused, "No track sounds: there is nothing to rebuild.",
                    "Open the mutes of what is to be heard, and run the command again.");
    return found;
}

}  // namespace kedge::mix
