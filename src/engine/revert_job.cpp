#include "engine/revert_job.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace kedge::engine {

Result<std::vector<Pass>> chain_of(const journal::Journal& journal, PassId id) {
    auto wanted = journal.pass(id);
    if (!wanted) return tl::unexpected(wanted.error());
    const PassId first = wanted->continues.value_or(id);
    auto listed = journal.passes();
    if (!listed) return tl::unexpected(listed.error());
    std::vector<PassId> ids;
    for (const auto& summary : *listed)
        if (summary.id == first || summary.continues == first) ids.push_back(summary.id);
    std::sort(ids.begin(), ids.end());
    std::vector<Pass> chain;
    for (const PassId each : ids) {
        auto pass = journal.pass(each);
        if (!pass) return tl::unexpected(pass.error());
        chain.push_back(std::move(*pass));
    }
    return chain;
}

RevertJob::RevertJob(PassId pass, bool force, std::string surface_name, WallTime created,
                     journal::Journal& journal, surface::PassRecorder& recorder)
    : pass_(pass),
      force_(force),
      surface_name_(std::move(surface_name)),
      created_(created),
      journal_(journal),
      recorder_(recorder) {}

void RevertJob::start(Desk& desk) {
    auto chain = chain_of(journal_, pass_);
    if (!chain) return end_with(chain.error());
    chain_ = std::move(*chain);
    auto plan = plan_revert(chain_, desk.mixer());
    if (!plan) return end_with(plan.error());
    report_.gone = std::move(plan->gone);
    if (plan->wishes.empty()) {
        return end_with(Error{ErrorKind::conflict,
                              fmt::format("No strip of pass {} is in this session any more.", pass_.value),
                              "Nothing was changed."});
    }
    Pass header;
    header.kind = PassKind::revert;
    header.surface = surface_name_;
    header.session = desk.mixer().session.name;
    header.created = created_;
    header.reverts = chain_.front().id;
    runner_.emplace(std::move(header), std::move(plan->wishes), force_, desk.surface().capabilities(),
                    surface::RunnerPacing{}, recorder_);
    surface::RunnerOutbox out;
    runner_->start(desk.now(), desk.mixer(), out);
    pump(desk, out);
}

void RevertJob::event(Desk& desk, const surface::Event& event) {
    if (done_) return;
    surface::RunnerOutbox out;
    runner_->event(desk.now(), event, desk.mixer(), out);
    pump(desk, out);
}

void RevertJob::wake(Desk& desk) {
    if (done_) return;
    surface::RunnerOutbox out;
    runner_->wake(desk.now(), desk.mixer(), out);
    pump(desk, out);
}

void RevertJob::refused(Desk& desk, const surface::Command& command, const Error&) {
    if (done_) return;
    if (const auto* set = std::get_if<surface::SetControl>(&command)) {
        surface::RunnerOutbox out;
        runner_->event(desk.now(), surface::ControlRefused{set->strip, set->control}, desk.mixer(), out);
        pump(desk, out);
    }
}

void RevertJob::interrupt(Desk& desk) {
    if (done_) return;
    surface::RunnerOutbox out;
    runner_->interrupt(desk.now(), desk.mixer(), out);
    report_.error =
        Error{ErrorKind::interrupted, "Stopped while reverting; the pass stands as it stood.", {}};
    pump(desk, out);
}

void RevertJob::pump(Desk& desk, const surface::RunnerOutbox& out) {
    for (const auto& command : out.commands) desk.send(command);
    if (out.wake_at) desk.wake_at(*out.wake_at);
    if (!done_ && runner_->done()) ended();
}

void RevertJob::ended() {
    done_ = true;
    if (runner_->refused()) {
        report_.error = *runner_->refused();
        return;
    }
    report_.pass = runner_->pass();
    for (const PassEntry& entry : report_.pass->entries)
        if (entry.verdict == Verdict::conflict) report_.conflicts.push_back(entry);
    if (report_.pass->state != PassState::applied) {
        if (!report_.error) {
            report_.error =
                Error{ErrorKind::rolled_back, "The revert was not completed. " + runner_->cause()->message,
                      fmt::format("`kedge show {}` says where each control stands; run the revert again once "
                                  "the DAW answers.",
                                  report_.pass->id.value)};
        }
        return;
    }
    for (Pass& pass : chain_) {
        pass.state = PassState::reverted;
        if (const auto settled = journal_.settle(pass); !settled) report_.error = settled.error();
        report_.reverted.push_back(pass.id);
    }
    if (!report_.conflicts.empty() || !report_.gone.empty()) {
        report_.error =
            Error{ErrorKind::conflict,
                  fmt::format(
                      "{} moved by hand since, or gone, and left alone.",
                      report_.conflicts.size() + report_.gone.size() == 1
                          ? std::string("One control was")
                          : fmt::format("{} controls were", report_.conflicts.size() + report_.gone.size())),
                  fmt::format("`kedge revert {} --force` takes back what is still there.", pass_.value)};
    }
}

void RevertJob::end_with(Error error) {
    done_ = true;
    report_.error = std::move(error);
}

Progress RevertJob::progress() const {
    if (!runner_ || runner_->total() == 0) return {"reverting", 0.0};
    return {fmt::format("reverting {} of {} moves", runner_->settled(), runner_->total()),
            static_cast<double>(runner_->settled()) / static_cast<double>(runner_->total())};
}

}  // namespace kedge::engine
