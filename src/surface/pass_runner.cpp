#include "surface/pass_runner.hpp"

#include "surface/levels_known.hpp"
#include "surface/pass_runner_state.hpp"
#include "surface/same_value.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

#include <fmt/format.h>

namespace kedge::surface {

namespace {

std::string end_in_words(ErrandEnd end) {
    switch (end) {
        case ErrandEnd::other_value:
            return "the DAW keeps another value";
        case ErrandEnd::refused:
            return "the DAW refused it";
        case ErrandEnd::silent:
            return "the DAW did not answer";
        case ErrandEnd::gone:
            return "the strip was removed";
        case ErrandEnd::open:
        case ErrandEnd::reached:
        case ErrandEnd::left:
            break;
    }
    return "nothing is known of it";
}

Error strip_is_gone() {
    return {ErrorKind::refused, "A strip of the plan is no longer in the mixer: nothing was sent.",
            "Plan again."};
}

Error values_crossed() {
    return {ErrorKind::rolled_back, "Strips changed places in the DAW while values were sent.",
            "Apply it again once the strips stand."};
}

Error value_missed() {
    return {ErrorKind::rolled_back,
            "A value did not arrive at its strip: the DAW showed other strips just then, or the strip takes "
            "none.",
            "Apply it again. Where that ends the same, see whether a strip plays automation in the DAW."};
}

}  // namespace

std::string control_in_words(const StripName& strip, Control control) {
    return fmt::format("{} of \"{}\"", to_string(control), strip.name);
}

Errands* PassRunner::State::current() {
    switch (phase) {
        case Phase::reading:
            return &reads;
        case Phase::applying:
            return &writes;
        case Phase::looking_again:
            return &looks;
        case Phase::held:
        case Phase::rolling_back:
            return &restores;
        case Phase::idle:
        case Phase::done:
            break;
    }
    return nullptr;
}

void PassRunner::State::refuse(Error why) {
    refused = std::move(why);
    phase = Phase::done;
}

void PassRunner::State::start_reading(Instant now, const MixerState& mixer, RunnerOutbox& out) {
    assert(phase == Phase::idle);
    if (auto known = check_levels_known(capabilities); !known && pass.kind != PassKind::fader_law)
        return refuse(known.error());
    if (wishes.empty()) {
        pass.state = PassState::applied;
        phase = Phase::done;
        return;
    }
    for (const auto& wish : wishes) {
        const auto* strip = mixer.find(wish.strip);
        if (strip == nullptr) return refuse(strip_is_gone());
        names.push_back(strip->name);
        reads.add({.kind = Errand::Kind::read,
                   .strip = wish.strip,
                   .control = wish.control,
                   .tries = pacing.most_sends});
    }
    mixer_before = mixer;
    phase = Phase::reading;
    advance(now, out);
}

void PassRunner::State::advance(Instant now, RunnerOutbox& out) {
    if (unsettled) return;
    if (phase == Phase::reading) advance_reading(now, out);
    if (phase == Phase::applying) advance_applying(now, out);
    if (phase == Phase::looking_again) advance_looking_again(now, out);
    if (phase == Phase::held) advance_held(now, out);
    if (phase == Phase::rolling_back) advance_rolling_back(now, out);
}

void PassRunner::State::advance_reading(Instant now, RunnerOutbox& out) {
    const auto all = reads.all();
    const auto unread = std::find_if(all.begin(), all.end(), failed);
    if (unread != all.end()) {
        const auto wish = static_cast<std::size_t>(unread - all.begin());
        return refuse(
            {ErrorKind::refused,
             fmt::format("The {} could not be read: {}. Nothing was sent.",
                         control_in_words(names[wish], wishes[wish].control), end_in_words(unread->end)),
             "Check that the DAW is not busy or showing a dialog, and try again."});
    }
    reads.pump(now, out);
    if (!reads.finished()) return;
    for (const auto& read : all) before.push_back(*read.answer);
    start_applying();
}

PassEntry PassRunner::State::make_entry(std::size_t wish) const {
    const auto& wished = wishes[wish];
    const auto& held = before[wish];
    const bool moved_since = wished.expected && !same_value(held, *wished.expected, capabilities);
    auto verdict = Verdict::pending;
    if (same_value(held, wished.to, capabilities))
        verdict = Verdict::confirmed;
    else if ((moved_since && !force) || is_taken(wished.strip, wished.control))
        verdict = Verdict::conflict;
    return {names[wish], wished.control, held, wished.to, verdict, wished.rule, wished.reason};
}

void PassRunner::State::start_applying() {
    for (std::size_t wish = 0; wish < wishes.size(); ++wish) {
        pass.entries.push_back(make_entry(wish));
        if (pass.entries.back().verdict != Verdict::pending) continue;
        writes.add({.kind = Errand::Kind::write,
                    .strip = wishes[wish].strip,
                    .control = wishes[wish].control,
                    .target = wishes[wish].to,
                    .tries = pacing.most_sends});
        written.push_back(wish);
    }
    const auto id = recorder.record_prepared(pass);
    if (!id) return refuse(id.error());
    pass.id = *id;
    phase = Phase::applying;
}

Error PassRunner::State::failure(std::size_t entry, ErrandEnd end) const {
    return {ErrorKind::rolled_back,
            fmt::format("The {} could not be set: {}.",
                        control_in_words(pass.entries[entry].strip, pass.entries[entry].control),
                        end_in_words(end)),
            "Check this strip in the DAW, and try again."};
}

void PassRunner::State::advance_applying(Instant now, RunnerOutbox& out) {
    const auto all = writes.all();
    for (std::size_t i = 0; i < all.size(); ++i) {
        auto& verdict = pass.entries[written[i]].verdict;
        if (all[i].end == ErrandEnd::reached) verdict = Verdict::confirmed;
        if (failed(all[i])) return roll_back(now, failure(written[i], all[i].end), out);
    }
    writes.pump(now, out);
    if (!writes.finished()) return;
    if (capabilities.moves_others && !written.empty()) return start_looking_again();
    keep();
}

/// All of it is confirmed.
void PassRunner::State::keep() {
    if (to_be_held) {
        phase = Phase::held;
    } else {
        finish(PassState::applied);
    }
}

void PassRunner::State::finish(PassState state) {
    pass.state = state;
    phase = Phase::done;
    if (auto recorded = recorder.record_outcome(pass); !recorded && !cause) cause = recorded.error();
}

/// What the DAW still takes of what is under way nobody knows: the record stays as it was before the first
/// byte, for a recovery to ask the DAW.
void PassRunner::State::lose(const std::string& why) {
    Error lost{
        ErrorKind::no_daw, why,
        "Bring the DAW back; `kedge recover` then says where each control stands, and finishes the pass or "
        "rolls it back."};
    if (phase == Phase::reading) return refuse(std::move(lost));
    if (phase == Phase::applying) {
        const auto all = writes.all();
        for (std::size_t i = 0; i < all.size(); ++i)
            if (all[i].started && all[i].end == ErrandEnd::open)
                pass.entries[written[i]].verdict = Verdict::unheard;
    }
    if (phase == Phase::held || phase == Phase::rolling_back) {
        const auto all = restores.all();
        for (std::size_t i = 0; i < all.size(); ++i)
            if (restored[i] && all[i].started && all[i].end == ErrandEnd::open)
                pass.entries[*restored[i]].verdict = Verdict::unheard;
    }
    cause = std::move(lost);
    phase = Phase::done;
}

/// The strips have come to rest after a change. Where a value may have met another strip than it was meant
/// for, the pass is taken back, and with it what that strip may have got; else it goes on.
void PassRunner::State::settle(Instant now, const StripsChanged& change, const MixerState& mixer,
                               RunnerOutbox& out) {
    const bool strips_moved = std::exchange(unsettled, false);
    gone.insert(gone.end(), change.removed.begin(), change.removed.end());
    current()->removed(change.removed);
    const auto is_gone = [&](const Wish& wish) {
        return std::find(gone.begin(), gone.end(), wish.strip) != gone.end();
    };
    if (phase == Phase::reading && std::any_of(wishes.begin(), wishes.end(), is_gone))
        return refuse(strip_is_gone());
    const bool applies = phase == Phase::applying || phase == Phase::looking_again;
    const bool wrote = applies || phase == Phase::held || phase == Phase::rolling_back;
    if (wrote && !change.crossed.empty()) {
        if (applies) begin_rolling_back(strips_moved ? values_crossed() : value_missed());
        for (const auto& crossed : change.crossed) restore_crossed(now, crossed, mixer);
    }
    current()->resume(now, out);
    advance(now, out);
}

void PassRunner::State::take(Instant now, const ControlReported& report, RunnerOutbox& out) {
    if (auto* errands = current()) errands->reported(now, report, out);
    advance(now, out);
}

/// It stays where the hand has it: what was confirmed before remains so, and is not taken back any more.
void PassRunner::State::leave_to_hand(const ControlTaken& hand) {
    taken.emplace(hand.strip, hand.control);
    if (phase == Phase::reading) return;
    const auto* write = writes.find(hand.strip, hand.control);
    const auto* restore = restores.find(hand.strip, hand.control);
    const bool set = write != nullptr && write->end == ErrandEnd::reached;
    if (restore != nullptr ? restore->end != ErrandEnd::reached : !set)
        for (std::size_t i = 0; i < pass.entries.size(); ++i)
            if (wishes[i].strip == hand.strip && wishes[i].control == hand.control)
                pass.entries[i].verdict = Verdict::conflict;
    if (!set) writes.leave(hand.strip, hand.control);
    looks.leave(hand.strip, hand.control);
    if (restore != nullptr && restore->end == ErrandEnd::open) restores.leave(hand.strip, hand.control);
}

bool PassRunner::State::is_taken(StripId strip, Control control) const {
    return taken.count({strip, control}) > 0;
}

PassRunner::PassRunner(Pass header, std::vector<Wish> wishes, bool force, const Capabilities& capabilities,
                       RunnerPacing pacing, PassRecorder& recorder)
    : state_(std::make_unique<State>(std::move(header), std::move(wishes), force, capabilities, pacing,
                                     recorder)) {}

PassRunner::~PassRunner() = default;
PassRunner::PassRunner(PassRunner&&) noexcept = default;
PassRunner& PassRunner::operator=(PassRunner&&) noexcept = default;

void PassRunner::start(Instant now, const MixerState& mixer, RunnerOutbox& out) {
    state_->start_reading(now, mixer, out);
}

void PassRunner::event(Instant now, const Event& event, const MixerState& mixer, RunnerOutbox& out) {
    auto* errands = state_->current();
    if (errands == nullptr) return;
    if (const auto* report = std::get_if<ControlReported>(&event)) return state_->take(now, *report, out);
    if (const auto* lost = std::get_if<Lost>(&event)) return state_->lose(lost->why);
    if (const auto* changed = std::get_if<StripsChanged>(&event))
        return state_->settle(now, *changed, mixer, out);
    if (std::holds_alternative<StripsUnsettled>(event)) state_->unsettled = true;
    if (const auto* hand = std::get_if<ControlTaken>(&event)) state_->leave_to_hand(*hand);
    if (state_->unsettled) return;
    if (const auto* refusal = std::get_if<ControlRefused>(&event)) errands->refused(now, *refusal, out);
    state_->advance(now, out);
}

void PassRunner::wake(Instant now, const MixerState&, RunnerOutbox& out) {
    auto* errands = state_->current();
    if (errands == nullptr || state_->unsettled) return;
    errands->wake(now, out);
    state_->advance(now, out);
}

void PassRunner::interrupt(Instant now, const MixerState&, RunnerOutbox& out) {
    Error stopped{ErrorKind::interrupted, "Stopped by the user.", ""};
    switch (state_->phase) {
        case State::Phase::idle:
        case State::Phase::reading:
            state_->refuse(std::move(stopped));
            break;
        case State::Phase::applying:
        case State::Phase::looking_again:
        case State::Phase::held:
            state_->roll_back(now, std::move(stopped), out);
            break;
        case State::Phase::rolling_back:
        case State::Phase::done:
            break;
    }
}

bool PassRunner::done() const {
    return state_->phase == State::Phase::done;
}

std::size_t PassRunner::settled() const {
    const auto& entries = state_->pass.entries;
    return static_cast<std::size_t>(std::count_if(entries.begin(), entries.end(), [](const PassEntry& entry) {
        return entry.verdict != Verdict::pending;
    }));
}

std::size_t PassRunner::total() const {
    return state_->wishes.size();
}
const Pass& PassRunner::pass() const {
    return state_->pass;
}
const std::optional<Error>& PassRunner::refused() const {
    return state_->refused;
}
const std::optional<Error>& PassRunner::cause() const {
    return state_->cause;
}

}  // namespace kedge::surface
