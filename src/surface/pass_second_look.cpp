// Where a control may take others of its group along without a word: what a pass holds is looked at once more
// when all of it was set, and with it the same controls of all other strips.

#include "surface/pass_runner_state.hpp"
#include "surface/same_value.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

namespace kedge::surface {

namespace {

/// How far a control went; nullopt where that is no number: to silence and back.
std::optional<double> way(const ControlValue& from, const ControlValue& to) {
    if (const auto* level = std::get_if<Decibels>(&from)) {
        const Decibels end = std::get<Decibels>(to);
        if (level->is_silence() || end.is_silence()) return std::nullopt;
        return (end - *level).db();
    }
    if (const auto* pan = std::get_if<Pan>(&from)) return std::get<Pan>(to).position() - pan->position();
    return std::nullopt;
}

/// A group moves by the same way, and is switched to the same.
bool went_together(const ControlValue& from, const ControlValue& to, const ControlValue& others_from,
                   const ControlValue& others_to, const Capabilities& capabilities) {
    if (from.index() != others_from.index()) return false;
    const auto one = way(from, to);
    const auto other = way(others_from, others_to);
    if (!one || !other) return to == others_to;
    const double each_end =
        std::holds_alternative<Pan>(from) ? capabilities.pan_tolerance : capabilities.level_tolerance.db();
    constexpr double both_ends = 2.0;
    constexpr double rounding = 1e-3;
    return std::abs(*one - *other) <= both_ends * each_end + rounding;
}

}  // namespace

void PassRunner::State::start_looking_again() {
    std::set<Control> controls;
    for (const auto entry : written) controls.insert(pass.entries[entry].control);
    for (const Strip& strip : mixer_before.strips) {
        if (std::find(gone.begin(), gone.end(), strip.id) != gone.end()) continue;
        for (const Control control : controls)
            if (strip.control(control))
                looks.add({.kind = Errand::Kind::read,
                           .strip = strip.id,
                           .control = control,
                           .tries = pacing.most_sends});
    }
    phase = Phase::looking_again;
}

/// One that does not answer now was confirmed a moment ago, or is not the pass's.
void PassRunner::State::advance_looking_again(Instant now, RunnerOutbox& out) {
    looks.pump(now, out);
    if (!looks.finished()) return;
    const auto others = taken_along();
    if (others.empty()) return keep();
    const auto& first = others.front();
    const std::string more = others.size() > 1 ? fmt::format(", and {} more", others.size() - 1) : "";
    begin_rolling_back(
        Error{ErrorKind::rolled_back,
              fmt::format("The {} moved along with that of \"{}\"{}: the DAW has them in one group.",
                          control_in_words(first.strip, first.control.control), first.by.name, more),
              "Take them out of their group in the DAW, or switch the group off, and try again."});
    for (const auto& each : others) {
        if (restores.find(each.control.strip, each.control.control) != nullptr) continue;
        const auto* look = looks.find(each.control.strip, each.control.control);
        restores.add({.kind = Errand::Kind::check,
                      .strip = each.control.strip,
                      .control = each.control.control,
                      .target = *held_before(*look),
                      .tries = pacing.most_restores,
                      .sent_at = now});
        restored.emplace_back(std::nullopt);
    }
}

std::optional<std::size_t> PassRunner::State::entry_of(const Errand& errand) const {
    for (std::size_t i = 0; i < wishes.size(); ++i)
        if (wishes[i].strip == errand.strip && wishes[i].control == errand.control) return i;
    return std::nullopt;
}

std::optional<ControlValue> PassRunner::State::held_before(const Errand& errand) const {
    if (const auto entry = entry_of(errand)) return before[*entry];
    const auto* strip = mixer_before.find(errand.strip);
    return strip != nullptr ? strip->control(errand.control) : std::nullopt;
}

/// A control that stands elsewhere than the pass left it was moved by a hand meanwhile, and is left alone,
/// unless it went just as far as one that the pass set: that one took it along.
std::vector<PassRunner::State::TakenAlong> PassRunner::State::taken_along() const {
    struct Moved {
        const Errand* look;
        ControlValue from;
    };
    std::vector<Moved> as_set;
    std::vector<Moved> elsewhere;
    for (const Errand& look : looks.all()) {
        const auto from = held_before(look);
        if (!look.answer || !from || is_taken(look.strip, look.control)) continue;
        const auto entry = entry_of(look);
        const bool set = entry && std::find(written.begin(), written.end(), *entry) != written.end();
        const ControlValue& expected = set ? pass.entries[*entry].after : *from;
        if (!same_value(*look.answer, expected, capabilities)) {
            elsewhere.push_back({&look, *from});
        } else if (set) {
            as_set.push_back({&look, *from});
        }
    }
    std::vector<TakenAlong> others;
    for (const Moved& each : elsewhere) {
        const auto by = std::find_if(as_set.begin(), as_set.end(), [&](const Moved& one) {
            return one.look->control == each.look->control &&
                   went_together(one.from, *one.look->answer, each.from, *each.look->answer, capabilities);
        });
        if (by == as_set.end()) continue;
        others.push_back({{each.look->strip, each.look->control},
                          mixer_before.find(each.look->strip)->name,
                          mixer_before.find(by->look->strip)->name});
    }
    return others;
}

}  // namespace kedge::surface
