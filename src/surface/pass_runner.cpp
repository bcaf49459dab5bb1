#include "surface/pass_runner.hpp"

#include "surface/errands.hpp"
#include "surface/same_value.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

#include <fmt/format.h>

namespace kedge::surface {

namespace {

enum class Phase { idle, reading, applying, rolling_back, done };

std::string control_in_words(const StripName& strip, Control control) {
    return fmt::format("{} of \"{}\"", to_string(control), strip.name);
}

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
            break;
    }
    return "nothing is known of it";
}

Verdict failure_verdict(ErrandEnd end) {
    return end == ErrandEnd::silent ? Verdict::unheard : Verdict::failed;
}

bool failed(const Errand& errand) {
    return errand.end != ErrandEnd::open && errand.end != ErrandEnd::reached;
}

}  // namespace

struct PassRunner::State {
    State(Pass header, std::vector<Wish> wished, bool forced, const Capabilities& can, RunnerPacing pace,
          PassRecorder& journal)
        : pass(std::move(header)),
          wishes(std::move(wished)),
          force(forced),
          capabilities(can),
          pacing(pace),
          recorder(journal),
          reads(can, pace),
          writes(can, pace),
          restores(can, pace) {
        pass.entries.clear();
        pass.state = PassState::prepared;
    }

    // --- phases, each entered once, in this order ---
    void start_reading(Instant now, const MixerState& mixer, RunnerOutbox& out);
    void start_applying();
    void roll_back(Instant now, Error why, RunnerOutbox& out);
    void finish(PassState state);
    void refuse(Error why);

    // --- what each phase does once its errands have moved on ---
    void advance(Instant now, RunnerOutbox& out);
    void advance_reading(Instant now, RunnerOutbox& out);
    void advance_applying(Instant now, RunnerOutbox& out);
    void advance_rolling_back(Instant now, RunnerOutbox& out);

    void take(Instant now, const ControlReported& report, RunnerOutbox& out);
    void lose(const std::string& why);
    [[nodiscard]] PassEntry make_entry(std::size_t wish) const;
    [[nodiscard]] Error failure(std::size_t entry, ErrandEnd end) const;
    [[nodiscard]] Errands* current();

    Pass pass;
    std::vector<Wish> wishes;  ///< wish i is entry i is reading i
    bool force;
    Capabilities capabilities;
    RunnerPacing pacing;
    PassRecorder& recorder;

    Phase phase = Phase::idle;
    std::vector<StripName> names;  ///< of the wishes' strips, as they were called at the start
    std::vector<ControlValue> before;
    Errands reads;
    Errands writes;
    std::vector<std::size_t> written;  ///< entry of each write
    Errands restores;
    std::vector<std::size_t> restored;  ///< entry of each restore
    std::optional<Error> refused;
    std::optional<Error> cause;
};

Errands* PassRunner::State::current() {
    switch (phase) {
        case Phase::reading:
            return &reads;
        case Phase::applying:
            return &writes;
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
    if (wishes.empty()) {
        pass.state = PassState::applied;
        phase = Phase::done;
        return;
    }
    for (const auto& wish : wishes) {
        const auto* strip = mixer.find(wish.strip);
        if (strip == nullptr)
            return refuse({ErrorKind::refused,
                           "A strip of the plan is no longer in the mixer: nothing was sent.",
                           "Plan again."});
        names.push_back(strip->name);
        reads.add({.kind = Errand::Kind::read,
                   .strip = wish.strip,
                   .control = wish.control,
                   .tries = pacing.most_sends});
    }
    phase = Phase::reading;
    advance(now, out);
}

void PassRunner::State::advance(Instant now, RunnerOutbox& out) {
    if (phase == Phase::reading) advance_reading(now, out);
    if (phase == Phase::applying) advance_applying(now, out);
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
    else if (moved_since && !force)
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
    if (writes.finished()) finish(PassState::applied);
}

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
        if (write.end == ErrandEnd::gone) continue;
        restores.add({.kind = Errand::Kind::restore,
                      .strip = write.strip,
                      .control = write.control,
                      .target = pass.entries[entry].before,
                      .tries = pacing.most_restores,
                      .may_send = write.end != ErrandEnd::refused});
        restored.push_back(entry);
    }
    advance_rolling_back(now, out);
}

void PassRunner::State::advance_rolling_back(Instant now, RunnerOutbox& out) {
    restores.pump(now, out);
    const auto all = restores.all();
    for (std::size_t i = 0; i < all.size(); ++i) {
        auto& verdict = pass.entries[restored[i]].verdict;
        if (all[i].end == ErrandEnd::reached) verdict = Verdict::rolled_back;
        if (failed(all[i])) verdict = failure_verdict(all[i].end);
    }
    if (!restores.finished()) return;
    const bool whole =
        std::all_of(all.begin(), all.end(), [](const Errand& each) { return !failed(each); }) &&
        std::none_of(writes.all().begin(), writes.all().end(),
                     [](const Errand& write) { return write.started && write.end == ErrandEnd::gone; });
    finish(whole ? PassState::rolled_back : PassState::broken);
}

void PassRunner::State::finish(PassState state) {
    pass.state = state;
    phase = Phase::done;
    if (auto recorded = recorder.record_outcome(pass); !recorded && !cause) cause = recorded.error();
}

void PassRunner::State::lose(const std::string& why) {
    Error lost{ErrorKind::no_daw, why, "Bring the DAW back, then look at 'kedge passes'."};
    if (phase == Phase::reading) return refuse(std::move(lost));
    if (phase == Phase::applying) {
        const auto all = writes.all();
        for (std::size_t i = 0; i < all.size(); ++i)
            if (all[i].started && all[i].end == ErrandEnd::open)
                pass.entries[written[i]].verdict = Verdict::unheard;
    }
    if (phase == Phase::rolling_back) {
        const auto all = restores.all();
        for (std::size_t i = 0; i < all.size(); ++i)
            if (all[i].started && all[i].end == ErrandEnd::open)
                pass.entries[restored[i]].verdict = Verdict::unheard;
    }
    cause = std::move(lost);
    finish(PassState::broken);
}

void PassRunner::State::take(Instant now, const ControlReported& report, RunnerOutbox& out) {
    if (auto* errands = current()) errands->reported(now, report, out);
    advance(now, out);
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

void PassRunner::event(Instant now, const Event& event, const MixerState&, RunnerOutbox& out) {
    auto* errands = state_->current();
    if (errands == nullptr) return;
    if (const auto* report = std::get_if<ControlReported>(&event)) return state_->take(now, *report, out);
    if (const auto* lost = std::get_if<Lost>(&event)) return state_->lose(lost->why);
    if (const auto* refusal = std::get_if<ControlRefused>(&event)) errands->refused(now, *refusal, out);
    if (const auto* changed = std::get_if<StripsChanged>(&event)) errands->removed(changed->removed);
    state_->advance(now, out);
}

void PassRunner::wake(Instant now, const MixerState&, RunnerOutbox& out) {
    auto* errands = state_->current();
    if (errands == nullptr) return;
    errands->wake(now, out);
    state_->advance(now, out);
}

void PassRunner::interrupt(Instant now, const MixerState&, RunnerOutbox& out) {
    Error stopped{ErrorKind::interrupted, "Stopped by the user.", ""};
    switch (state_->phase) {
        case Phase::idle:
        case Phase::reading:
            state_->refuse(std::move(stopped));
            break;
        case Phase::applying:
            state_->roll_back(now, std::move(stopped), out);
            break;
        case Phase::rolling_back:
        case Phase::done:
            break;
    }
}

bool PassRunner::done() const {
    return state_->phase == Phase::done;
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
