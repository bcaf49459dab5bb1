#pragma once

#include "core/mixer_state.hpp"
#include "surface/pass_runner.hpp"

#include <cstdint>
#include <random>
#include <vector>

/// What both sides of the kill test know: the pass of a seed.
namespace kedge::test {

/// New faders, trims and pans for every track, in mixer order.
inline std::vector<surface::PassRunner::Wish> killed_pass(std::uint32_t seed, const MixerState& mixer) {
    std::mt19937 random(seed);
    const auto between = [&](double least, double most) {
        return std::uniform_real_distribution<double>(least, most)(random);
    };
    std::vector<surface::PassRunner::Wish> wishes;
    for (const Strip& strip : mixer.strips) {
        if (strip.name.kind != StripKind::audio_track) continue;
        const auto wish = [&](Control control, ControlValue to) {
            wishes.push_back({strip.id, control, to, {}, "kill", "a test"});
        };
        wish(Control::fader, Decibels(between(-40.0, 6.0)));
        wish(Control::trim, Decibels(between(-20.0, 20.0)));
        wish(Control::pan, Pan(between(-1.0, 1.0)));
    }
    return wishes;
}

}  // namespace kedge::test
