#include "engine/revert_job.hpp"

#include "engine/unfinished.hpp"

#include <utility>

#include <fmt/format.h>

namespace kedge::engine {

RevertJob::RevertJob(std::optional<PassId> pass, bool force, std::string surface_name, WallTime created,
                     journal::Journal& journal, surface::PassRecorder& recorder, Selection selection)
    : PassJob("reverting", recorder),
      pass_(pass),
      force_(force),
      surface_name_(std::move(surface_name)),
      created_(created),
      journal_(journal),
      selection_(std::move(selection)) {}

void RevertJob::start(Desk& desk) {
    apply(desk, order(desk));
}

Result<Pass> RevertJob::named(const Desk& desk) const {
    auto pass = journal_.pass(*pass_);
    if (!pass) return pass;
    if (auto ours = check_session(*pass, desk.mixer()); !ours) return tl::unexpected(ours.error());
    return pass;
}

Result<Pass> RevertJob::newest(const SessionHistory& history, const std::string& session) const {
    if (const auto newest = history.newest_standing()) return *history.find(*newest);
    return fail(ErrorKind::usage, fmt::format("No pass of '{}' stands: there is nothing to revert.", session),
                "`kedge passes` lists them all; to revert a revert puts back what it took.");
}

Result<PassOrder> RevertJob::order(Desk& desk) {
    Result<Pass> pass = pass_ ? named(desk) : Pass{};
    if (!pass) return tl::unexpected(pass.error());
    const std::string& session = desk.mixer().session.name;
    if (auto clear = check_nothing_unfinished(journal_, session); !clear)
        return tl::unexpected(clear.error());
    auto passes = journal_.history(session);
    if (!passes) return tl::unexpected(passes.error());
    const SessionHistory history(std::move(*passes), desk.surface().capabilities());
    if (!pass_) pass = newest(history, session);
    if (!pass) return tl::unexpected(pass.error());
    pass_ = pass->id;
    auto plan = plan_revert(history, *pass, selection_, force_, desk.mixer());
    if (!plan) return tl::unexpected(plan.error());
    static_cast<LeftAlone&>(report_) = std::move(plan->left);
    covered_ = plan->covered;
    chain_ = plan->chain;
    if (plan->wishes.empty() && plan->covered.empty())
        return fail(ErrorKind::conflict,
                    fmt::format("Every control of pass {} is gone from this session, or follows automation.",
                                pass_->value),
                    "Nothing was changed.");
    PassOrder order;
    order.header.kind = PassKind::revert;
    order.header.surface = surface_name_;
    order.header.session = session;
    order.header.created = created_;
    order.header.reverts = plan->chain;
    order.wishes = std::move(plan->wishes);
    order.unmoved = std::move(plan->covered);
    order.forced = force_;
    return order;
}

void RevertJob::ended(PassEnd end) {
    settle_report(report_, std::move(end), "revert",
                  fmt::format("`kedge revert {} --force` takes back what is still there.", pass_->value));
    if (!report_.pass || report_.pass->state != PassState::applied) return;
    for (const PassEntry& entry : covered_)
        if (entry.verdict == Verdict::confirmed) report_.covered.push_back(entry);
    const auto passes = journal_.history(report_.pass->session);
    if (!passes) {
        report_.error = passes.error();
        return;
    }
    for (const Pass& pass : *passes)
        if (journal::chain_of(pass) == chain_ && pass.state == PassState::reverted)
            report_.reverted.push_back(pass.id);
}

}  // namespace kedge::engine
