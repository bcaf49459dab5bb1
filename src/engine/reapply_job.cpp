#include "engine/reapply_job.hpp"

#include "engine/revert_plan.hpp"
#include "engine/session_history.hpp"
#include "engine/strip_identity.hpp"
#include "engine/unfinished.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace kedge::engine {

namespace {

/// What the chain left on each control that it wrote.
std::vector<PassEntry> written_by(const std::vector<const Pass*>& chain) {
    std::vector<PassEntry> written;
    for (const Pass* pass : chain)
        for (const PassEntry& entry : pass->entries) {
            if (!journal::took_effect(*pass, entry)) continue;
            const auto known = std::find_if(written.begin(), written.end(), [&](const PassEntry& each) {
                return each.strip == entry.strip && each.control == entry.control;
            });
            if (known == written.end()) {
                written.push_back(entry);
            } else {
                *known = entry;
            }
        }
    return written;
}

Error nothing_written(PassId pass) {
    return {
        ErrorKind::refused,
        fmt::format("Pass {} wrote nothing: every control of it was left alone or taken back.", pass.value),
        fmt::format("`kedge show {}` says why, control by control.", pass.value)};
}

/// `selected` of the controls that the pass wrote were asked for, and none of them can be written.
Error nothing_to_write(PassId pass, bool selected) {
    if (!selected)
        return {ErrorKind::refused, fmt::format("Pass {} wrote nothing of what is selected.", pass.value),
                fmt::format("`kedge show {}` lists what it wrote.", pass.value)};
    return {ErrorKind::conflict,
            fmt::format("Every control of pass {} that was asked for is gone from this session, or follows "
                        "automation now.",
                        pass.value),
            "Nothing was changed."};
}

Result<void> check_kind(const Pass& pass) {
    if (pass.kind == PassKind::revert)
        return fail(ErrorKind::usage,
                    fmt::format("Pass {} is a revert: it has no values of its own.", pass.id.value),
                    fmt::format("`kedge revert {}` takes pass {} out again.", pass.reverts->value,
                                pass.reverts->value));
    if (pass.kind == PassKind::fader_law)
        return fail(
            ErrorKind::usage,
            fmt::format("Pass {} learned a fader's law: it moved the fader only for a while.", pass.id.value),
            "`kedge learn-fader` does it once more.");
    if (pass.kind == PassKind::rebuild)
        return fail(ErrorKind::usage,
                    fmt::format("Pass {} is a rebuild: it muted tracks only for a while.", pass.id.value),
                    "`kedge rebuild` does it once more.");
    if (pass.state == PassState::rolled_back)
        return fail(
            ErrorKind::refused,
            fmt::format("Pass {} was rolled back when it was applied: it never stood.", pass.id.value),
            "Run the command that made it again.");
    return {};
}

}  // namespace

ReapplyJob::ReapplyJob(PassId pass, bool force, std::string surface_name, WallTime created,
                       journal::Journal& journal, surface::PassRecorder& recorder, Selection selection)
    : PassJob("reapplying", recorder),
      pass_(pass),
      force_(force),
      surface_name_(std::move(surface_name)),
      created_(created),
      journal_(journal),
      selection_(std::move(selection)) {}

void ReapplyJob::start(Desk& desk) {
    apply(desk, order(desk));
}

Result<PassOrder> ReapplyJob::order(Desk& desk) {
    const auto pass = journal_.pass(pass_);
    if (!pass) return tl::unexpected(pass.error());
    const std::string& session = desk.mixer().session.name;
    if (auto ours = check_session(*pass, desk.mixer()); !ours) return tl::unexpected(ours.error());
    if (auto clear = check_nothing_unfinished(journal_, session); !clear)
        return tl::unexpected(clear.error());
    if (auto kind = check_kind(*pass); !kind) return tl::unexpected(kind.error());
    auto passes = journal_.history(session);
    if (!passes) return tl::unexpected(passes.error());
    const SessionHistory history(std::move(*passes), desk.surface().capabilities());
    const PassId chain = journal::chain_of(*pass);
    const auto written = written_by(history.chain(chain));
    if (written.empty()) return tl::unexpected(nothing_written(pass_));
    std::vector<StripName> strips;
    for (const PassEntry& entry : written) strips.push_back(entry.strip);
    if (auto known = selection_.check(strips, fmt::format("pass {}", pass_.value)); !known)
        return tl::unexpected(known.error());

    PassOrder order;
    order.header.kind = PassKind::reapply;
    order.header.surface = surface_name_;
    order.header.session = session;
    order.header.created = created_;
    order.header.reapplies = chain;
    order.forced = force_;
    const auto recognised = recognise_recorded(written, desk.mixer(), desk.surface().capabilities());
    if (!recognised) return tl::unexpected(recognised.error());
    for (const PassEntry& entry : written) {
        if (!selection_.takes(entry.strip, entry.control)) continue;
        const Strip* strip = find_recorded(*recognised, entry.strip, desk.mixer());
        if (!report_.lets(strip, entry)) continue;
        const ControlHistory& control = *history.of({entry.strip, entry.control});
        order.wishes.push_back({strip->id, entry.control, entry.after,
                                control.certain() ? control.value() : std::nullopt, entry.rule,
                                entry.reason});
    }
    if (order.wishes.empty()) return tl::unexpected(nothing_to_write(pass_, report_.left() > 0));
    return order;
}

void ReapplyJob::ended(PassEnd end) {
    settle_report(report_, std::move(end), "reapply",
                  fmt::format("`kedge reapply {} --force` writes what is still there.", pass_.value));
}

}  // namespace kedge::engine
