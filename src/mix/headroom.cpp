#include "mix/mix.hpp"
#include "mix/plan_words.hpp"
#include "mix/strip_facts.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <fmt/format.h>

namespace kedge::mix {

namespace {

// A step may end this much under the lower end of a range: arithmetic, not music.
constexpr double edge = 0.05;

/// For a sentence about the bus.
const char* peaked(const BusCheck& check) {
    return check.reckoned ? "is reckoned from its strips to have peaked" : "peaked";
}
const char* peaks(const BusCheck& check) {
    return check.reckoned ? "is reckoned from its strips to peak" : "peaks";
}

struct Lowering {
    StripTarget* target = nullptr;
    const Strip* strip = nullptr;
    int steps = 0;
};

bool has_room(const StripTarget& target, Decibels step) {
    return target.range && target.predicted_peak - step >= target.range->low - Decibels(edge);
}

Decibels width(const StripTarget& target) {
    return target.range->high - target.range->low;
}

Decibels sum_of(const std::vector<Lowering>& strips) {
    Decibels sum = Decibels::silence();
    for (const Lowering& one : strips) sum = power_sum(sum, one.target->predicted_peak);
    return sum;
}

/// What the sum of the strips gave away since it was `before`: powers add.
Decibels relief(const std::vector<Lowering>& strips, Decibels before) {
    const Decibels now = sum_of(strips);
    return now.is_silence() ? Decibels() : before - now;
}

/// The strips whose faders can be lowered; the names of those that cannot go into `fixed`.
std::vector<Lowering> strips_to_lower(const MixQuestion& question, Plan& plan, std::string& fixed) {
    std::vector<Lowering> strips;
    for (StripTarget& target : plan.targets) {
        const Strip* strip = question.mixer.find(target.strip);
        if (!strip || !strip->fader || strip->fader->is_silence()) continue;
        if (!why_not_written(*strip, Control::fader).empty()) {
            fixed += (fixed.empty() ? "'" : ", '") + strip->name.name + "'";
            continue;
        }
        strips.push_back({&target, strip, 0});
    }
    return strips;
}

/// What all strips together can be lowered by without the anchor leaving its range: the exact way, by trim,
/// that changes no relation and breaks no range. Nothing when one of them has no trim to give.
Decibels room_by_trim(const MixQuestion& question, const std::vector<Lowering>& strips,
                      const std::optional<StripId>& anchor) {
    if (!question.capabilities.trim) return {};
    Decibels room;
    for (const Lowering& one : strips) {
        const auto& target = *one.target;
        if (target.strip == anchor && target.range)
            room = std::max(Decibels(), target.predicted_peak - target.range->low);
    }
    for (const Lowering& one : strips) {
        if (!one.strip->trim || !why_not_written(*one.strip, Control::trim).empty()) return {};
        room = std::min(room, *one.strip->trim - question.capabilities.trim_range.low);
    }
    return std::max(Decibels(), room);
}

void lower_by_trim(std::vector<Lowering>& strips, Plan& plan, Decibels by, const std::string& why) {
    for (Lowering& one : strips) {
        one.target->predicted_peak -= by;
        if (one.target->range && one.target->strip != plan.anchor)
            one.target->range = one.target->range->shifted(-by);
        plan.moves.push_back(
            {one.strip->id, Control::trim, *one.strip->trim, *one.strip->trim - by, "headroom", why});
    }
    plan.kick_level -= by;
}

void lower(Lowering& one, Decibels step) {
    one.target->predicted_peak -= step;
    ++one.steps;
}

/// Supporting roles one step down within their ranges, widest range first, until the sum gives enough.
bool lower_supporting(std::vector<Lowering>& strips, Decibels excess, Decibels step,
                      const std::optional<StripId>& anchor) {
    const Decibels before = sum_of(strips);
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

/// Whole steps of the faders: supporting roles first, then everybody.
void lower_by_steps(const MixQuestion& question, std::vector<Lowering>& strips, Plan& plan, Decibels excess,
                    const std::string& why, const BusCheck& check) {
    const Decibels step = question.profile.step;
    const Decibels before = sum_of(strips);
    const bool enough = lower_supporting(strips, excess, step, plan.anchor);
    int all = 0;
    if (!enough) {
        const Decibels rest = excess - relief(strips, before);
        all = std::max(1, static_cast<int>(std::ceil(rest.db() / step.db() - 1e-9)));
        lower_all(strips, plan, step, all);
    }
    for (const Lowering& one : strips) {
        if (one.steps == 0) continue;
        plan.moves.push_back({one.strip->id, Control::fader, *one.strip->fader,
                              *one.strip->fader - Decibels(step.db() * one.steps), "headroom", why});
    }
    if (all > 0) {
        plan.notes.push_back(fmt::format(
            "The bus {} at {:.1f} dBFS: all strips, the anchor included, go {:.0f} dB down. The bus "
            "range beats the kick's absolute range; the relations between roles stay.",
            peaked(check), check.bus_peak.db(), all * step.db()));
    } else {
        plan.notes.push_back(
            fmt::format("The bus {} at {:.1f} dBFS: supporting strips go {:.0f} dB down within their ranges.",
                        peaked(check), check.bus_peak.db(), step.db()));
    }
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
            fmt::format("The bus {} at {}, under its range {:.0f} to {:.0f}: few strips play, nothing is "
                        "wrong, nothing is done.",
                        peaks(check), peak, bus.low.db(), bus.high.db()));
        return plan;
    }
    const Decibels at_most = check.bus_peak + check.uncertainty - bus.high;
    if (at_most <= Decibels()) return plan;
    const Decibels excess = check.bus_peak - bus.high;

    std::string fixed;
    std::vector<Lowering> strips = strips_to_lower(question, plan, fixed);
    const std::string why = fmt::format("the bus {} at {:.1f} dBFS and stays within {:.0f} to {:.0f}",
                                        peaked(check), check.bus_peak.db(), bus.low.db(), bus.high.db());
    const Decibels room = fixed.empty() ? room_by_trim(question, strips, applied.anchor) : Decibels();
    if (room >= Decibels(edge) && excess <= room) {
        // Not onto the border itself: the next reading would be a hair over it.
        const Decibels by = std::min(at_most + Decibels(2.0 * edge), room);
        lower_by_trim(strips, plan, by, why);
        plan.notes.push_back(fmt::format(
            "The bus {} at {:.1f} dBFS, which may be up to {:.1f} in truth: all strips go "
            "{:.1f} dB down by trim, as "
            "far as the anchor's range allows. The relations between roles stay.",
            peaked(check), check.bus_peak.db(), (check.bus_peak + check.uncertainty).db(), by.db()));
        return plan;
    }
    if (excess <= Decibels()) return plan;
    if (strips.empty()) {
        plan.notes.push_back(
            fmt::format("The bus {} at {:.1f} dBFS, above {:.0f}, and no strip can be lowered.", peaks(check),
                        check.bus_peak.db(), bus.high.db()));
        return plan;
    }
    lower_by_steps(question, strips, plan, excess, why, check);
    if (!fixed.empty())
        plan.notes.push_back(fmt::format("Not lowered, as their faders follow automation: {}.", fixed));
    return plan;
}

Decibels sum_of_targets(const Plan& plan) {
    Decibels sum = Decibels::silence();
    for (const StripTarget& target : plan.targets) sum = power_sum(sum, target.predicted_peak);
    return sum;
}

Plan with_headroom(const MixQuestion& question, Plan plan, const BusCheck& check) {
    MixerState applied = question.mixer;
    for (const Move& move : plan.moves)
        if (Strip* strip = applied.find(move.strip)) strip->set_control(move.control, move.to);
    const MixQuestion then{
        applied,         question.roles,      question.statistics, question.profile, question.capabilities,
        question.wishes, question.song_length};
    Plan cooler = plan_headroom(then, plan, check);
    if (cooler.moves.empty()) {
        plan.notes = std::move(cooler.notes);
        return plan;
    }
    const auto lowered = std::move(cooler.moves);
    cooler.moves = std::move(plan.moves);
    for (const Move& move : lowered) {
        const auto same = std::find_if(cooler.moves.begin(), cooler.moves.end(), [&](const Move& m) {
            return m.strip == move.strip && m.control == move.control;
        });
        if (same == cooler.moves.end()) {
            cooler.moves.push_back(move);
            continue;
        }
        same->to = move.to;
        same->reason += "; " + move.reason;
    }
    std::erase_if(cooler.moves, [](const Move& move) {
        const auto* from = std::get_if<Decibels>(&move.from);
        const auto* to = std::get_if<Decibels>(&move.to);
        return from && to && distance(*from, *to) < Decibels(edge);
    });
    sort_in_mixer_order(question.mixer, cooler);
    return cooler;
}

}  // namespace kedge::mix
