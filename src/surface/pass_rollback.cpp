// How a pass is taken back.

#include "surface/pass_runner_state.hpp"
#include "surface/same_value.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace kedge::surface {

namespace {

Verdict failure_verdict(ErrandEnd end) {
    return end == ErrandEnd::silent ? Verdict::unheard : Verdict::failed;
}

}  // namespace

void PassRunner::State::roll_back(Instant now, Error why, RunnerOutbox& out) {
    cause = std::move(why);
    phase = Phase::rolling_back;
    const auto all = writes.all();
    for (auto i = all.size(); i-- > 0;) {
        const auto& write = all[i];
        const auto entry = written[i];
        if (!write.started) continue;
        // Taken as unheard until its before-value is confirmed.
        if (failed(write)) pass.entries[entry].verdict = failure_verdict(write.end);
        if (write.end == ErrandEnd::open) pass.entries[entry].verdict = Verdict::unheard;
        if (write.end == ErrandEnd::gone || std::find(gone.begin(), gone.end(), write.strip) != gone.end()) {
            pass.entries[entry].verdict = Verdict::failed;
            left_some = true;
            continue;
        }
        restores.add({.kind = Errand::Kind::restore,
                      .strip = write.strip,
                      .control = write.control,
                      .target = pass.entries[entry].before,
                      .tries = pacing.most_restores,
                      .may_send = write.end != ErrandEnd::refused,
                      .sent_at = write.sent_at});
        restored.emplace_back(entry);
    }
    advance(now, out);
}

void PassRunner::State::advance_rolling_back(Instant now, RunnerOutbox& out) {
    restores.pump(now, out);
    const auto all = restores.all();
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (!restored[i]) continue;
        auto& verdict = pass.entries[*restored[i]].verdict;
        if (all[i].end == ErrandEnd::reached) verdict = Verdict::rolled_back;
        if (failed(all[i])) verdict = failure_verdict(all[i].end);
    }
    if (!restores.finished()) return;
    const bool all_back = std::none_of(all.begin(), all.end(), failed);
    finish(all_back && !left_some ? PassState::rolled_back : PassState::broken);
}

void PassRunner::State::restore_crossed(Instant now, const StripControl& crossed, const MixerState& mixer) {
    if (restores.find(crossed.strip, crossed.control) != nullptr)
        return restores.doubt(now, crossed.strip, crossed.control);
    const auto* strip = mixer_before.find(crossed.strip);
    auto held_before = strip != nullptr ? strip->control(crossed.control) : std::nullopt;
    for (std::size_t i = 0; i < wishes.size(); ++i)
        if (wishes[i].strip == crossed.strip && wishes[i].control == crossed.control) held_before = before[i];
    if (!held_before) {
        // A newcomer: what it held before our value is not known.
        const auto* newcomer = mixer.find(crossed.strip);
        const auto holds = newcomer != nullptr ? newcomer->control(crossed.control) : std::nullopt;
        if (!holds || !may_be_ours(crossed.control, *holds)) return;
        left_some = true;
        cause->next =
            fmt::format("The new {} may have got a value that was meant for another strip: check it.",
                        control_in_words(newcomer->name, crossed.control));
        return;
    }
    restores.add({.kind = Errand::Kind::check,
                  .strip = crossed.strip,
                  .control = crossed.control,
                  .target = *held_before,
                  .tries = pacing.most_restores,
                  .sent_at = now});
    restored.emplace_back(std::nullopt);
}

bool PassRunner::State::may_be_ours(Control control, const ControlValue& value) const {
    return std::any_of(pass.entries.begin(), pass.entries.end(), [&](const PassEntry& entry) {
        return entry.control == control && (same_value(value, entry.after, capabilities) ||
                                            same_value(value, entry.before, capabilities));
    });
}

}  // namespace kedge::surface
