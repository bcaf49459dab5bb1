#include "cli/commands.hpp"
#include "cli/job_bench.hpp"
#include "cli/json_words.hpp"
#include "cli/line_words.hpp"
#include "cli/mix_text.hpp"
#include "cli/pass_words.hpp"
#include "engine/heard_recover_job.hpp"
#include "engine/heard_return_job.hpp"
#include "engine/heard_ride_job.hpp"
#include "engine/journal_recorder.hpp"
#include "engine/line_recover_job.hpp"
#include "engine/line_return_job.hpp"
#include "engine/reapply_job.hpp"
#include "engine/recover_job.hpp"
#include "engine/revert_job.hpp"
#include "engine/session_history.hpp"
#include "io/state_files.hpp"

#include <fmt/format.h>

namespace kedge::cli {

namespace {

/// An unknown pass, or a journal without any, is said before anything is connected.
Result<void> check_known(const journal::Journal& journal, std::optional<PassId> named) {
    if (named) return journal.pass(*named).map([](const Pass&) {});
    const auto passes = journal.passes();
    if (!passes) return tl::unexpected(passes.error());
    if (!passes->empty()) return {};
    return fail(ErrorKind::usage, "There is no pass to revert.",
                "`kedge passes` lists them all; `kedge mix` makes the first.");
}

/// The newest pass of the open session that stands, if there is one.
Result<std::optional<PassId>> newest_of(const Bench& bench) {
    const surface::Surface& surface = bench.connection->surface();
    auto passes = bench.journal->history(surface.mixer().session.name);
    if (!passes) return tl::unexpected(passes.error());
    return engine::SessionHistory(std::move(*passes), surface.capabilities()).newest_standing();
}

/// Whether the pass wrote automation, and not values.
bool has_lines(const journal::Journal& journal, std::optional<PassId> pass) {
    const auto known = pass ? journal.pass(*pass) : Pass{};
    return known && !known->lines.empty();
}

/// Whether automation can be heard and not read, and the pass was written so.
bool only_heard(const Bench& bench, const Pass& pass) {
    return !bench.connection->surface().capabilities().fader_lines && engine::is_heard(pass);
}

/// Written anew while the song plays.
Outcome ride_again(const Bench& bench, const engine::LineReturn& again) {
    const auto& surface = bench.connection->surface();
    auto order = engine::heard_order(again, *bench.journal, surface.mixer(), surface.capabilities());
    if (!order) return Outcome::failed(order.error());
    const auto sentences = engine::cannot_restore(order->live);
    bench.connection->say(cannot_restore_text(sentences));
    engine::JournalRecorder recorder(*bench.journal);
    engine::HeardRideJob job(std::move(*order), bench.connection->known_style(), recorder);
    if (const auto ran = bench.connection->run(job); !ran) return Outcome::failed(ran.error());
    auto document = json_of(job.report());
    document["cannot_restore"] = boost::json::value_from(sentences);
    return outcome_of(std::move(document), live_ride_text(job.report()), job.report().error);
}

Outcome return_heard(const Bench& bench, const engine::LineReturn& order) {
    if (order.way == engine::LineWay::again) return ride_again(bench, order);
    engine::JournalRecorder recorder(*bench.journal);
    engine::HeardReturnJob job(order, *bench.journal, recorder);
    if (const auto ran = bench.connection->run(job); !ran) return Outcome::failed(ran.error());
    return outcome_of(json_of(job.report()), line_report_text(job.report(), "mode and fader as they were"),
                      job.report().error);
}

Outcome return_lines(const Bench& bench, engine::LineWay way, PassId pass, bool force,
                     const engine::Selection& selection) {
    const auto recorded = bench.journal->pass(pass);
    if (!recorded) return Outcome::failed(recorded.error());
    if (only_heard(bench, *recorded))
        return return_heard(bench, {way, pass, force, bench.connection->name(), io::wall_time(), selection});
    engine::JournalRecorder recorder(*bench.journal);
    engine::LineReturnJob job(way, pass, force, bench.connection->name(), io::wall_time(), *bench.journal,
                              recorder, selection);
    if (const auto ran = bench.connection->run(job); !ran) return Outcome::failed(ran.error());
    return outcome_of(json_of(job.report()),
                      line_report_text(job.report(), way == engine::LineWay::back
                                                         ? std::string("automation and mode as they were")
                                                         : fmt::format("automation of pass {}", pass.value)),
                      job.report().error);
}

}  // namespace

Outcome revert_command(Workplace& place, std::optional<std::int64_t> wanted, const SelectionWords& words,
                       bool force) {
    const auto selection = selection_of(words);
    if (!selection) return Outcome::failed(selection.error());
    const auto journal = place.journal();
    if (!journal) return Outcome::failed(journal.error());
    std::optional<PassId> named;
    if (wanted) named = PassId{*wanted};
    if (const auto known = check_known(**journal, named); !known) return Outcome::failed(known.error());
    const auto bench = bench_of(place);
    if (!bench) return Outcome::failed(bench.error());
    const auto pass = named ? Result<std::optional<PassId>>(named) : newest_of(*bench);
    if (!pass) return Outcome::failed(pass.error());
    if (has_lines(*bench->journal, *pass))
        return return_lines(*bench, engine::LineWay::back, **pass, force, *selection);
    engine::JournalRecorder recorder(*bench->journal);
    engine::RevertJob job(*pass, force, bench->connection->name(), io::wall_time(), *bench->journal, recorder,
                          *selection);
    if (const auto ran = bench->connection->run(job); !ran) return Outcome::failed(ran.error());
    return outcome_of(json_of(job.report()), revert_text(job.report()), job.report().error);
}

Outcome reapply_command(Workplace& place, std::int64_t id, const SelectionWords& words, bool force) {
    const auto selection = selection_of(words);
    if (!selection) return Outcome::failed(selection.error());
    const auto journal = place.journal();
    if (!journal) return Outcome::failed(journal.error());
    // An unknown pass is said before anything is connected.
    if (const auto known = (*journal)->pass(PassId{id}); !known) return Outcome::failed(known.error());
    const auto bench = bench_of(place);
    if (!bench) return Outcome::failed(bench.error());
    if (has_lines(*bench->journal, PassId{id}))
        return return_lines(*bench, engine::LineWay::again, PassId{id}, force, *selection);
    engine::JournalRecorder recorder(*bench->journal);
    engine::ReapplyJob job(PassId{id}, force, bench->connection->name(), io::wall_time(), *bench->journal,
                           recorder, *selection);
    if (const auto ran = bench->connection->run(job); !ran) return Outcome::failed(ran.error());
    return outcome_of(json_of(job.report()),
                      report_text(job.report(), fmt::format("hold what pass {} wrote", id)),
                      job.report().error);
}

Outcome recover_command(Workplace& place, engine::Recovery recovery, bool force) {
    const auto bench = bench_of(place);
    if (!bench) return Outcome::failed(bench.error());
    const auto unfinished = bench->journal->unfinished(bench->connection->surface().mixer().session.name);
    if (!unfinished) return Outcome::failed(unfinished.error());
    if (!unfinished->empty() && only_heard(*bench, unfinished->back())) {
        engine::HeardRecoverJob heard(recovery, force, *bench->journal, bench->connection->known_style());
        if (const auto ran = bench->connection->run(heard); !ran) return Outcome::failed(ran.error());
        return outcome_of(json_of(heard.report()), line_recover_text(heard.report()), heard.report().error);
    }
    if (!unfinished->empty() && !unfinished->back().lines.empty()) {
        engine::LineRecoverJob lines(recovery, force, *bench->journal);
        if (const auto ran = bench->connection->run(lines); !ran) return Outcome::failed(ran.error());
        return outcome_of(json_of(lines.report()), line_recover_text(lines.report()), lines.report().error);
    }
    engine::RecoverJob job(recovery, force, *bench->journal);
    if (const auto ran = bench->connection->run(job); !ran) return Outcome::failed(ran.error());
    return outcome_of(json_of(job.report()), recover_text(job.report()), job.report().error);
}

}  // namespace kedge::cli
