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

/// Without a reason the pass was only for a while. Nothing leaves yet.
void PassRunner::State::begin_rolling_back(std::optional<Error> why) {
    if (why) cause = std::move(why);
    phase = Phase::rolling_back;
    for (auto i = writes.all().size(); i-- > 0;) put_back(i);
}

void PassRunner::State::roll_back(Instant now, std::optional<Error> why, RunnerOutbox& out) {
    begin_rolling_back(std::move(why));
    advance(now, out);
}

void PassRunner::State::put_back(std::size_t write_number) {
    const auto& write = writes.all()[write_number];
    const auto entry = written[write_number];
    if (!write.started || restores.find(write.strip, write.control) != nullptr) return;
    if (is_taken(write.strip, write.control)) {
        pass.entries[entry].verdict = Verdict::conflict;
        return;
    }
    // Taken as unheard until its before-value is confirmed.
    if (failed(write)) pass.entries[entry].verdict = failure_verdict(write.end);
    if (write.end == ErrandEnd::open) pass.entries[entry].verdict = Verdict::unheard;
    if (write.end == ErrandEnd::gone || std::find(gone.begin(), gone.end(), write.strip) != gone.end()) {
        pass.entries[entry].verdict = Verdict::failed;
        left_some = true;
        return;
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

void PassRunner::State::advance_held(Instant now, RunnerOutbox& out) {
    restores.pump(now, out);
    note_restored();
}

void PassRunner::State::note_restored() {
    const auto all = restores.all();
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (!restored[i]) continue;
        auto& verdict = pass.entries[*restored[i]].verdict;
        if (all[i].end == ErrandEnd::reached) verdict = Verdict::rolled_back;
        if (failed(all[i])) verdict = failure_verdict(all[i].end);
    }
}

void PassRunner::State::advance_rolling_back(Instant now, RunnerOutbox& out) {
    restores.pump(now, out);
    note_restored();
    if (!restores.finished()) return;
    const auto all = restores.all();
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
        if (!cause)
            cause =
                Error{ErrorKind::rolled_back, "Strips changed places in the DAW while values were sent.", {}};
        cause->next =
            fmt::format("The new {} may have got a value that was meant for another strip: check it.",
                        control_in_words(newcomer->name, crossed.control));
        return;
    }
    if (is_taken(crossed.strip, crossed.control)) return;
    restores.add({.kind = Errand::Kind::check,
                  .strip = crossed.strip,
                  .control = crossed.control,
                  .target = *held_before,
                  .tries = pacing.most_restores,
                  .sent_at = now});
    restored.emplace_back(std::nullopt);
}

void PassRunner::hold_when_applied() {
    state_->to_be_held = true;
}

void PassRunner::put_back(Instant now, std::span<const StripId> strips, RunnerOutbox& out) {
    if (!held()) return;
    const auto all = state_->writes.all();
    for (std::size_t i = 0; i < all.size(); ++i)
        if (std::find(strips.begin(), strips.end(), all[i].strip) != strips.end()) state_->put_back(i);
    state_->advance(now, out);
}

void PassRunner::take_back(Instant now, RunnerOutbox& out) {
    if (held()) state_->roll_back(now, std::nullopt, out);
}

bool PassRunner::held() const {
    return state_->phase == State::Phase::held;
}

bool PassRunner::at_rest() const {
    return held() && !state_->unsettled && state_->restores.finished();
}

bool PassRunner::State::may_be_ours(Control control, const ControlValue& value) const {
    // Such a pass sends more than its record names: all of the fader's way.
    if (pass.kind == PassKind::fader_law) return control == Control::fader;
    const bool any = control == Control::pan && capabilities.turns_pans;
    return std::any_of(pass.entries.begin(), pass.entries.end(), [&](const PassEntry& entry) {
        return entry.control == control && (any || same_value(value, entry.after, capabilities) ||
                                            same_value(value, entry.before, capabilities));
    });
}

}  // namespace kedge::surface
