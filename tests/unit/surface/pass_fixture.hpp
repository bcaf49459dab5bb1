#pragma once

#include "unit/surface/scripted_daw.hpp"

#include <optional>
#include <vector>

namespace kedge::test {

/// Capabilities of a surface that reads back to a hundredth.
inline Capabilities exact_surface() {
    Capabilities capabilities;
    capabilities.pan = true;
    capabilities.read_back = true;
    capabilities.level_tolerance = Decibels(0.01);
    capabilities.pan_tolerance = 0.001;
    return capabilities;
}

/// A DAW, a journal and a pass over them. Wishes: every fader up by 10 dB from a start that differs, every
/// pan to the left.
struct PassFixture {
    explicit PassFixture(int strips = 4, std::uint32_t seed = 1) : daw(seed) {
        daw.add_strips(strips);
        for (const auto& strip : daw.mixer.strips) {
            wish(strip.id, Control::fader, Decibels(10.0 + strip.id.value));
            wish(strip.id, Control::pan, Pan::left());
        }
        before = daw.values;
    }

    void wish(StripId strip, Control control, ControlValue to, std::optional<ControlValue> expected = {}) {
        wishes.push_back({strip, control, to, expected, "rule", "reason"});
    }

    /// Runs the pass to its end; what happens meanwhile was scheduled on `daw` before.
    void run() {
        Pass header;
        header.surface = "scripted";
        Capabilities surface = exact_surface();
        surface.moves_others = has_groups;
        if (daw.jitter > Duration{}) surface.longest_detour = daw.latency + daw.jitter;
        runner.emplace(header, wishes, force, surface, pacing, recorder);
        daw.run(*runner);
    }

    [[nodiscard]] const Pass& pass() const { return runner->pass(); }
    [[nodiscard]] bool all_before() const { return daw.values == before; }
    [[nodiscard]] bool all_after() const {
        for (const auto& each : wishes)
            if (daw.values.at({each.strip, each.control}) != each.to) return false;
        return true;
    }
    [[nodiscard]] bool every_verdict(Verdict verdict) const {
        for (const auto& entry : pass().entries)
            if (entry.verdict != verdict) return false;
        return true;
    }

    ScriptedDaw daw;
    MemoryRecorder recorder;
    std::vector<surface::PassRunner::Wish> wishes;
    surface::RunnerPacing pacing;
    bool force = false;
    bool has_groups = false;
    std::map<Key, ControlValue> before;
    std::optional<surface::PassRunner> runner;
};

}  // namespace kedge::test
