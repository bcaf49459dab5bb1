#include "mix/mix.hpp"
#include "mix/strip_facts.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <fmt/format.h>

namespace kedge::mix {

namespace {

// A step may end this much under the lower end of a range: arithmetic, not music.
constexpr double edge = 0.05;

struct Lowering {
    StripTarget* target = nullptr;
    const Strip* strip = nullptr;
    int steps = 0;
};

double power(Decibels level) {
    return level.is_silence() ? 0.0 : std::pow(10.0, level.db() / 10.0);
}

bool has_room(const StripTarget& target, Decibels step) {
    return target.range && target.predicted_peak - step >= target.range->low - Decibels(edge);
}

Decibels width(const StripTarget& target) {
    return target.range->high - target.range->low;
}

/// What the sum of the strips gives away when some of them go down: powers add.
Decibels relief(const std::vector<Lowering>& strips, Decibels before) {
    double sum = 0.0;
    for (const Lowering& one : strips) sum += power(one.target->predicted_peak);
    return sum <= 0.0 ? Decibels() : before - Decibels(10.0 * std::log10(sum));
}

Decibels together(const std::vector<Lowering>& strips) {
    double sum = 0.0;
    for (const Lowering& one : strips) sum += power(one.target->predicted_peak);
    return sum <= 0.0 ? Decibels::silence() : Decibels(10.0 * std::log10(sum));
}

void lower(Lowering& one, Decibels step) {
    one.target->predicted_peak -= step;
    ++one.steps;
}

/// Supporting roles one step down within their ranges, widest range first, until the sum gives enough.
bool lower_supporting(std::vector<Lowering>& strips, Decibels excess, Decibels step,
                      const std::optional<StripId>& anchor) {
    const Decibels before = together(strips);
    std::vector<Lowering*> order;
    for (Lowering& one : strips)
        if (one.target->strip != anchor && one.target->range) order.push_back(&one);
    std::stable_sort(order.begin(), order.end(), [](const Lowering* a, const Lowering* b) {
        return width(*a->target) > width(*b->target);
    });
    for (Lowering* one : order) {
        if (!has_room(*one->target, step)) continue;
        lower(*one, step);
        if (relief(strips, before) >= excess) return true;
    }
    return false;
}

void lower_all(std::vector<Lowering>& strips, Plan& plan, Decibels step, int steps) {
    const Decibels by(step.db() * steps);
    for (Lowering& one : strips) {
        one.target->predicted_peak -= by;
        if (one.target->range) one.target->range = one.target->range->shifted(-by);
        one.steps += steps;
    }
    plan.kick_level -= by;
}

}  // namespace

Plan plan_headroom(const MixQuestion& question, const Plan& applied, const BusCheck& check) {
    Plan plan = applied;
    plan.moves.clear();
    const LevelRange bus = applied.bus_range.value_or(question.profile.bus_range);
    if (check.bus_peak < bus.low) {
        const std::string peak =
            check.bus_peak.is_silence() ? "silent" : fmt::format("{:.1f} dBFS", check.bus_peak.db());
        plan.notes.push_back(
            fmt::format("The bus peaks at {}, under its range {:.0f} to {:.0f}: few strips play, nothing is "
                        "wrong, nothing is done.",
                        peak, bus.low.db(), bus.high.db()));
        return plan;
    }
    const Decibels excess = check.bus_peak + check.uncertainty - bus.high;
    if (excess <= Decibels()) return plan;

    const Decibels step = question.profile.step;
    std::vector<Lowering> strips;
    std::string fixed;
    for (StripTarget& target : plan.targets) {
        const Strip* strip = question.mixer.find(target.strip);
        if (!strip || !strip->fader || strip->fader->is_silence()) continue;
        if (!why_not_written(*strip, Control::fader).empty()) {
            fixed += (fixed.empty() ? "'" : ", '") + strip->name.name + "'";
            continue;
        }
        strips.push_back({&target, strip, 0});
    }
    if (strips.empty()) {
        plan.notes.push_back(
            fmt::format("The bus peaks at {:.1f} dBFS, above {:.0f}, and no strip can be lowered.",
                        check.bus_peak.db(), bus.high.db()));
        return plan;
    }
    const Decibels before = together(strips);
    const bool enough = lower_supporting(strips, excess, step, applied.anchor);
    int all = 0;
    if (!enough) {
        const Decibels rest = excess - relief(strips, before);
        all = std::max(1, static_cast<int>(std::ceil(rest.db() / step.db() - 1e-9)));
        lower_all(strips, plan, step, all);
    }
    const std::string why = fmt::format("the bus peaked at {:.1f} dBFS and stays within {:.0f} to {:.0f}",
                                        check.bus_peak.db(), bus.low.db(), bus.high.db());
    for (const Lowering& one : strips) {
        if (one.steps == 0) continue;
        plan.moves.push_back({one.strip->id, Control::fader, *one.strip->fader,
                              *one.strip->fader - Decibels(step.db() * one.steps), "headroom", why});
    }
    if (all > 0) {
        plan.notes.push_back(fmt::format(
            "The bus peaked at {:.1f} dBFS: all strips, the anchor included, go {:.0f} dB down. The bus "
            "range beats the kick's absolute range; the relations between roles stay.",
            check.bus_peak.db(), all * step.db()));
    } else {
        plan.notes.push_back(fmt::format(
            "The bus peaked at {:.1f} dBFS: supporting strips go {:.0f} dB down within their ranges.",
            check.bus_peak.db(), step.db()));
    }
    if (!fixed.empty())
        plan.notes.push_back(fmt::format("Not lowered, as their faders follow automation: {}.", fixed));
    return plan;
}

}  // namespace kedge::mix
