#include "cli/commands.hpp"
#include "cli/job_bench.hpp"
#include "cli/json_words.hpp"
#include "cli/pass_words.hpp"
#include "cli/text_table.hpp"
#include "engine/comparison_job.hpp"
#include "engine/journal_recorder.hpp"
#include "engine/recall_job.hpp"
#include "engine/snapshot_job.hpp"
#include "io/state_files.hpp"

#include <fmt/format.h>

namespace kedge::cli {

namespace json = boost::json;

Outcome snapshot_command(Workplace& place, const std::string& name) {
    const auto bench = bench_of(place);
    if (!bench) return Outcome::failed(bench.error());
    engine::SnapshotJob job(name, bench->connection->name(), io::wall_time(), *bench->journal);
    if (const auto ran = bench->connection->run(job); !ran) return Outcome::failed(ran.error());
    if (job.report().error) return Outcome::failed(*job.report().error);
    Outcome outcome;
    outcome.document = json_of(job.report());
    outcome.text = snapshot_text(job.report());
    return outcome;
}

Outcome snapshots_command(Workplace& place) {
    const auto journal = place.journal();
    if (!journal) return Outcome::failed(journal.error());
    const auto snapshots = (*journal)->snapshots();
    if (!snapshots) return Outcome::failed(snapshots.error());
    json::array list;
    TextTable table({"SNAPSHOT", "WHEN", "CONTROLS", "SESSION", "SURFACE"});
    for (const auto& each : *snapshots) {
        list.push_back(json_of(each));
        table.add(
            {each.name, iso_time(each.created), std::to_string(each.values), each.session, each.surface});
    }
    Outcome outcome;
    outcome.document = {{"snapshots", std::move(list)}};
    outcome.text = table.empty() ? "No snapshots yet. `kedge snapshot NAME` takes one.\n" : table.text();
    return outcome;
}

Outcome recall_command(Workplace& place, const std::string& name, const SelectionWords& words) {
    const auto selection = selection_of(words);
    if (!selection) return Outcome::failed(selection.error());
    const auto bench = bench_of(place);
    if (!bench) return Outcome::failed(bench.error());
    engine::JournalRecorder recorder(*bench->journal);
    engine::RecallJob job(name, bench->connection->name(), io::wall_time(), *bench->journal, recorder,
                          *selection);
    if (const auto ran = bench->connection->run(job); !ran) return Outcome::failed(ran.error());
    return outcome_of(json_of(job.report()), recall_text(job.report(), name), job.report().error);
}

Outcome compare_command(Workplace& place, const std::string& a, const std::string& b,
                        const std::optional<std::string>& named_session) {
    const auto journal = place.journal();
    if (!journal) return Outcome::failed(journal.error());
    const auto session =
        named_session ? Result<std::string>(*named_session) : engine::session_of(**journal, a, b);
    if (!session) return Outcome::failed(session.error());
    // Nothing is sent: the connection only says how exactly its DAW reads back.
    const auto connection = place.connection();
    if (!connection) return Outcome::failed(connection.error());
    const Capabilities& can = (*connection)->surface().capabilities();
    const auto in_a = engine::remember(**journal, *session, a, can);
    if (!in_a) return Outcome::failed(in_a.error());
    const auto in_b = engine::remember(**journal, *session, b, can);
    if (!in_b) return Outcome::failed(in_b.error());
    const auto controls = engine::compare(*in_a, *in_b, can);
    json::array list;
    for (const auto& control : controls) list.push_back(json_of(control));
    Outcome outcome;
    outcome.document = {{"session", *session}, {"a", a}, {"b", b}, {"controls", std::move(list)}};
    outcome.text = comparison_text(controls, a, b);
    return outcome;
}

Outcome ab_command(Workplace& place, const std::string& a, const std::string& b,
                   const std::optional<std::string>& to, bool force) {
    std::optional<engine::Side> side;
    if (to) side = *to == "a" ? engine::Side::a : engine::Side::b;
    const auto bench = bench_of(place);
    if (!bench) return Outcome::failed(bench.error());
    engine::JournalRecorder recorder(*bench->journal);
    engine::ComparisonJob job(a, b, side, force, bench->connection->name(), io::wall_time(), *bench->journal,
                              recorder);
    if (const auto ran = bench->connection->run(job); !ran) return Outcome::failed(ran.error());
    return outcome_of(json_of(job.report()), switch_text(job.report(), a, b), job.report().error);
}

}  // namespace kedge::cli
