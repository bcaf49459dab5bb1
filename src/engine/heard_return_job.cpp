#include "engine/heard_return_job.hpp"

#include "engine/heard_settlement.hpp"
#include "engine/live_order.hpp"

#include <cassert>
#include <utility>

#include <fmt/format.h>

namespace kedge::engine {

HeardReturnJob::HeardReturnJob(LineReturn order, journal::Journal& journal, surface::PassRecorder& recorder)
    : order_(std::move(order)), journal_(journal), recorder_(recorder) {
    assert(order_.way == LineWay::back);
}

Result<RecordedLines> HeardReturnJob::look_up(const Desk& desk) const {
    const Capabilities& can = desk.surface().capabilities();
    if (auto touch = need_touch(can); !touch) return tl::unexpected(touch.error());
    const auto pass = journal_.pass(order_.pass);
    if (!pass) return tl::unexpected(pass.error());
    if (pass->reverts)
        return fail(
            ErrorKind::refused,
            fmt::format("Pass {} took automation back; to bring it again it would have to be written.",
                        order_.pass.value),
            fmt::format("`kedge reapply {}` writes it while the song plays.", pass->reverts->value));
    return lines_to_return(order_, journal_, desk.mixer(), can);
}

void HeardReturnJob::start(Desk& desk) {
    auto recorded = look_up(desk);
    if (!recorded) return end({{}, recorded.error(), {}});
    recorded_ = std::move(*recorded);
    phase_ = Phase::reading;
    levels_.emplace(desk, recorded_.there(desk.mixer()));
    go_on(desk);
}

/// Why the fader is left alone; nullopt when it is as the pass left it, or as it was before.
std::optional<std::string> HeardReturnJob::changed_since(const PassLine& recorded, const Strip& strip,
                                                         std::optional<Decibels> level,
                                                         const Capabilities& capabilities) const {
    if (order_.force) return std::nullopt;
    const FoundFader found{&strip, level};
    if (found.stands_as(recorded.left(), capabilities) || found.stands_as(recorded.before, capabilities))
        return std::nullopt;
    if (!level) return "the DAW did not tell where its fader stands";
    return fmt::format("it was changed since: at {} in {} mode now", to_string(*level),
                       to_string(strip.fader_automation));
}

/// The lines that are taken back; the others are named in the report.
std::vector<FadersBack::Wish> HeardReturnJob::take_lines(const Desk& desk) {
    const MixerState& mixer = desk.mixer();
    std::vector<FadersBack::Wish> wishes;
    for (const PassLine& recorded : recorded_.lines) {
        const Strip* strip = recorded_.strip(recorded, mixer);
        if (!strip) {
            report_.gone.push_back({recorded.strip, "it is not in the session any more"});
            continue;
        }
        const auto level = levels_->level(strip->id);
        if (auto why = changed_since(recorded, *strip, level, desk.surface().capabilities())) {
            report_.conflicts.push_back({recorded.strip, std::move(*why)});
            continue;
        }
        const FaderLine& left = recorded.left();
        const FaderLine now{strip->fader_automation, level ? level->gain() : left.rest, left.points};
        const FaderLine to{recorded.before.mode, recorded.before.rest, left.points};
        pass_.lines.push_back(
            {recorded.strip, now, to, Verdict::pending, recorded.rule, "mode and fader; its points stay"});
        strips_.push_back(strip->id);
        wishes.push_back({strip->id, to.mode, Decibels::from_gain(to.rest)});
    }
    return wishes;
}

void HeardReturnJob::begin(Desk& desk) {
    pass_ = order_.header(desk.mixer().session.name);
    auto wishes = take_lines(desk);
    if (wishes.empty())
        return end(
            {{},
             Error{ErrorKind::conflict, "Nothing was changed: the faders were changed by hand since.",
                   fmt::format("`kedge revert {} --force` puts them back all the same.", order_.pass.value)},
             {}});
    const auto id = recorder_.record_prepared(pass_);
    if (!id) return end({{}, id.error(), {}});
    pass_.id = *id;
    phase_ = Phase::setting;
    back_.emplace(desk.surface().capabilities());
    back_->start(desk, std::move(wishes));
    go_on(desk);
}

void HeardReturnJob::settle() {
    std::optional<Error> cause;
    pass_.state = PassState::applied;
    for (std::size_t i = 0; i < pass_.lines.size(); ++i) {
        PassLine& line = pass_.lines[i];
        const bool failed = back_->mode_failed(strips_[i]) || back_->fader_failed(strips_[i]);
        line.verdict = failed ? Verdict::failed : Verdict::confirmed;
        if (!failed) {
            report_.stays.push_back(stays_in_list(line));
            continue;
        }
        pass_.state = PassState::broken;
        cause =
            Error{ErrorKind::refused,
                  fmt::format("The DAW did not put the fader of \"{}\" back: its mode was {}, and it stood "
                              "at {}.",
                              line.strip.name, to_string(line.after.mode),
                              to_string(Decibels::from_gain(line.after.rest))),
                  {}};
    }
    if (auto recorded = recorder_.record_outcome(pass_); !recorded) cause = recorded.error();
    end({pass_, {}, std::move(cause)});
}

void HeardReturnJob::lose(const std::string& why) {
    const Error lost{ErrorKind::no_daw, why, "Nothing was changed."};
    if (phase_ == Phase::reading) return end({{}, lost, {}});
    end({pass_, {}, lost});
}

void HeardReturnJob::end(LineEnd end) {
    phase_ = Phase::done;
    settle_line_report(
        report_, std::move(end), "revert",
        fmt::format("`kedge revert {} --force` puts back what was changed.", order_.pass.value));
}

void HeardReturnJob::go_on(Desk& desk) {
    if (phase_ == Phase::reading && levels_->done()) begin(desk);
    if (phase_ == Phase::setting && back_->done()) settle();
}

void HeardReturnJob::event(Desk& desk, const surface::Event& event) {
    const bool at_work = phase_ == Phase::reading || phase_ == Phase::setting;
    if (const auto* lost = std::get_if<surface::Lost>(&event); lost && at_work) return lose(lost->why);
    if (phase_ == Phase::reading) levels_->event(desk, event);
    if (phase_ == Phase::setting) back_->event(desk, event);
    go_on(desk);
}

void HeardReturnJob::wake(Desk& desk) {
    if (phase_ == Phase::reading) levels_->wake(desk);
    if (phase_ == Phase::setting) back_->wake(desk);
    go_on(desk);
}

void HeardReturnJob::refused(Desk& desk, const surface::Command& command, const Error&) {
    if (phase_ == Phase::reading) levels_->refused(desk, command);
    if (phase_ == Phase::setting) back_->refused(desk, command);
    go_on(desk);
}

void HeardReturnJob::interrupt(Desk&) {
    if (phase_ == Phase::reading)
        end({{}, Error{ErrorKind::interrupted, "Stopped: nothing was changed.", {}}, {}});
}

Progress HeardReturnJob::progress() const {
    return {"reverting", phase_ == Phase::setting ? 0.5 : 0.0};
}

}  // namespace kedge::engine
