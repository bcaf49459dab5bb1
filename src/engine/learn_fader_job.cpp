#include "engine/learn_fader_job.hpp"

#include "engine/unfinished.hpp"
#include "surface/same_value.hpp"

#include <utility>

#include <fmt/format.h>

namespace kedge::engine {

namespace {

constexpr std::string_view rule = "fader-law";
/// Far beyond what a surface waits for a display.
constexpr Duration trial_patience = std::chrono::seconds(10);

/// Where a fader goes first that stands at `now`: there where it does not stand.
Decibels first_place(Decibels wanted, Decibels now, const Capabilities& can) {
    static const Decibels near_the_bottom(-100.0);
    for (const Decibels place : {wanted, Decibels::silence()})
        if (!surface::same_value(place, now, can)) return place;
    return near_the_bottom;
}

}  // namespace

LearnFaderJob::LearnFaderJob(LearnFaderOrder order, std::string surface_name, WallTime created,
                             const journal::Journal& journal, surface::PassRecorder& recorder)
    : order_(std::move(order)),
      surface_name_(std::move(surface_name)),
      created_(created),
      journal_(journal),
      recorder_(recorder) {}

LearnFaderJob::~LearnFaderJob() = default;

Result<void> LearnFaderJob::check(const Desk& desk) const {
    if (!desk.surface().capabilities().fader_texts)
        return fail(ErrorKind::refused, "The faders of this surface have no law that is to be learned.",
                    "This is for control surfaces: --surface mackie, or hui.");
    const Strip* strip = desk.mixer().find(order_.strip);
    if (strip == nullptr || !strip->fader)
        return fail(ErrorKind::refused, "The strip has no fader that could be learned by.",
                    "Name another strip; `kedge strips` lists them.");
    if (strip->fader_automation != AutomationMode::manual)
        return fail(ErrorKind::refused,
                    fmt::format("The fader of '{}' follows automation.", strip->name.name),
                    "Set it to Manual in the DAW, or name another strip.");
    if (desk.surface().rolling() == true)
        return fail(ErrorKind::refused, "The song plays, and the fader would go all the way up.",
                    "Stop it, and run the command again.");
    return check_nothing_unfinished(journal_, desk.mixer().session.name);
}

void LearnFaderJob::start(Desk& desk) {
    if (auto may = check(desk); !may) {
        report_.error = may.error();
        phase_ = Phase::done;
        return;
    }
    const Strip& strip = *desk.mixer().find(order_.strip);
    report_.strip = strip.name;
    Pass header;
    header.kind = PassKind::fader_law;
    header.surface = surface_name_;
    header.session = desk.mixer().session.name;
    header.created = created_;
    const surface::PassRunner::Wish wish{
        order_.strip,
        Control::fader,
        first_place(order_.first, *strip.fader, desk.surface().capabilities()),
        std::nullopt,
        std::string(rule),
        "goes along its whole way, and then back"};
    runner_.emplace(std::move(header), std::vector{wish}, false, desk.surface().capabilities(),
                    surface::RunnerPacing{}, recorder_);
    runner_->hold_when_applied();
    phase_ = Phase::taking_hold;
    surface::RunnerOutbox out;
    runner_->start(desk.now(), desk.mixer(), out);
    pump(desk, out);
    advance(desk);
}

void LearnFaderJob::event(Desk& desk, const surface::Event& event) {
    if (phase_ == Phase::idle || done()) return;
    surface::RunnerOutbox out;
    runner_->event(desk.now(), event, desk.mixer(), out);
    pump(desk, out);
    if (const auto* tried = std::get_if<surface::FaderTried>(&event); tried && answer_due_) {
        answer_due_.reset();
        report_.shown.push_back(tried->shown);
    }
    if (const auto* hand = std::get_if<surface::ControlTaken>(&event);
        hand && hand->control == Control::fader && phase_ == Phase::trying)
        take_back(desk, Error{ErrorKind::conflict, "A hand took the fader meanwhile.",
                              "Leave it alone for a minute, and run the command again."});
    if (std::holds_alternative<surface::StripsUnsettled>(event) && phase_ == Phase::trying)
        take_back(desk, Error{ErrorKind::refused, "The DAW's strips changed meanwhile.",
                              "Run the command again once they stand."});
    if (const auto* rolls = std::get_if<surface::TransportReported>(&event);
        rolls && rolls->rolling && phase_ == Phase::trying)
        take_back(desk, Error{ErrorKind::refused, "The song was started meanwhile.",
                              "Stop it, and run the command again."});
    advance(desk);
}

void LearnFaderJob::wake(Desk& desk) {
    if (phase_ == Phase::idle || done()) return;
    surface::RunnerOutbox out;
    runner_->wake(desk.now(), desk.mixer(), out);
    pump(desk, out);
    if (phase_ == Phase::trying && answer_due_ && desk.now() >= *answer_due_)
        take_back(desk, Error{ErrorKind::refused, "The surface did not come to the fader.",
                              "Check that the DAW is not busy or showing a dialog, and try again."});
    advance(desk);
}

void LearnFaderJob::refused(Desk& desk, const surface::Command& command, const Error& error) {
    if (phase_ == Phase::idle || done()) return;
    if (const auto* set = std::get_if<surface::SetControl>(&command)) {
        surface::RunnerOutbox out;
        runner_->event(desk.now(), surface::ControlRefused{set->strip, set->control}, desk.mixer(), out);
        pump(desk, out);
    } else if (std::holds_alternative<surface::TryFader>(command) && phase_ == Phase::trying) {
        take_back(desk, error);
    }
    advance(desk);
}

void LearnFaderJob::interrupt(Desk& desk) {
    if (phase_ == Phase::idle || done()) return;
    interrupted_ = true;
    answer_due_.reset();
    phase_ = Phase::taking_back;
    surface::RunnerOutbox out;
    runner_->interrupt(desk.now(), desk.mixer(), out);
    pump(desk, out);
    advance(desk);
}

void LearnFaderJob::pump(Desk& desk, const surface::RunnerOutbox& out) {
    for (const auto& command : out.commands) desk.send(command);
    if (out.wake_at) desk.wake_at(*out.wake_at);
}

/// Each step may be the end of the one before it. The runner is also done when the DAW is lost.
void LearnFaderJob::advance(Desk& desk) {
    if (phase_ == Phase::taking_hold && runner_->held()) taken_hold(desk);
    if (phase_ == Phase::trying && runner_->held() && !answer_due_) try_next(desk);
    if (!done() && runner_->done()) conclude(desk);
}

/// What was not sent would not be put back.
void LearnFaderJob::taken_hold(Desk& desk) {
    phase_ = Phase::trying;
    const PassEntry& entry = runner_->pass().entries.front();
    if (surface::same_value(entry.before, entry.after, desk.surface().capabilities()))
        return take_back(desk, Error{ErrorKind::refused, "The fader was moved meanwhile.",
                                     "Let nobody touch it, and run the command again."});
    const Strip* strip = desk.mixer().find(order_.strip);
    if (strip != nullptr && strip->fader) report_.first = {std::get<Decibels>(entry.after), *strip->fader};
}

void LearnFaderJob::try_next(Desk& desk) {
    const auto next = order_.next(report_.shown);
    if (!next) {
        report_.whole = true;
        return take_back(desk, std::nullopt);
    }
    answer_due_ = desk.now() + desk.surface().capabilities().longest_turn + trial_patience;
    desk.wake_at(*answer_due_);
    desk.send(surface::TryFader{order_.strip, *next});
}

void LearnFaderJob::take_back(Desk& desk, std::optional<Error> why) {
    failure_ = std::move(why);
    answer_due_.reset();
    phase_ = Phase::taking_back;
    surface::RunnerOutbox out;
    runner_->take_back(desk.now(), out);
    pump(desk, out);
}

void LearnFaderJob::conclude(const Desk& desk) {
    phase_ = Phase::done;
    const Strip* strip = desk.mixer().find(order_.strip);
    if (strip != nullptr && strip->fader && !runner_->pass().entries.empty())
        report_.exactly = runner_->pass().entries.front().before == ControlValue(*strip->fader);
    PassEnd end;
    end.refused = runner_->refused();
    end.cause = runner_->cause();
    end.interrupted = interrupted_;
    // Ended before its time it is taken back as well, but that is not what was wanted.
    end.wanted = interrupted_ ? PassState::applied : PassState::rolled_back;
    if (!end.refused) end.pass = runner_->pass();
    settle_report(report_, std::move(end), "learning",
                  fmt::format("`kedge show {}` names it.", runner_->pass().id.value));
    if (!report_.error && failure_) report_.error = failure_;
}

Progress LearnFaderJob::progress() const {
    if (phase_ == Phase::taking_back) return {"putting the fader back", 1.0};
    constexpr double usual = 80.0;
    const auto so_far = static_cast<double>(report_.shown.size());
    return {
        fmt::format("reading the fader of '{}' at {} positions", report_.strip.name, report_.shown.size()),
        so_far / (so_far + usual)};
}

}  // namespace kedge::engine
