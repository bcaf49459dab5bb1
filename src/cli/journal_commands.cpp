#include "cli/commands.hpp"
#include "cli/json_words.hpp"
#include "cli/mix_text.hpp"
#include "cli/text_table.hpp"
#include "engine/journal_recorder.hpp"
#include "engine/revert_job.hpp"
#include "io/state_files.hpp"

#include <algorithm>

#include <boost/json.hpp>
#include <fmt/format.h>

namespace kedge::cli {

namespace json = boost::json;

Outcome passes_command(Workplace& place) {
    const auto journal = place.journal();
    if (!journal) return Outcome::failed(journal.error());
    const auto passes = (*journal)->passes();
    if (!passes) return Outcome::failed(passes.error());
    json::array list;
    TextTable table({"PASS", "WHEN", "KIND", "STATE", "MOVES", "SESSION", "SURFACE"});
    for (const auto& summary : *passes) {
        list.push_back(json_of(summary));
        std::string kind(to_string(summary.kind));
        if (summary.reverts) kind += fmt::format(" of {}", summary.reverts->value);
        if (summary.continues) kind += fmt::format(" of {}", summary.continues->value);
        table.add({std::to_string(summary.id.value), iso_time(summary.created), std::move(kind),
                   std::string(to_string(summary.state)), std::to_string(summary.moves), summary.session,
                   summary.surface});
    }
    Outcome outcome;
    outcome.document = {{"passes", std::move(list)}};
    outcome.text = table.empty() ? "No passes yet. `kedge mix` makes the first one.\n" : table.text();
    return outcome;
}

Outcome show_command(Workplace& place, std::int64_t id) {
    const auto journal = place.journal();
    if (!journal) return Outcome::failed(journal.error());
    const auto pass = (*journal)->pass(PassId{id});
    if (!pass) return Outcome::failed(pass.error());
    Outcome outcome;
    outcome.document = json_of(*pass);
    outcome.text = pass_text(*pass);
    return outcome;
}

namespace {

/// The newest mix or refinement that still stands.
Result<PassId> newest_standing(const journal::Journal& journal) {
    const auto passes = journal.passes();
    if (!passes) return tl::unexpected(passes.error());
    std::optional<PassId> newest;
    for (const auto& summary : *passes) {
        const bool stands = summary.state == PassState::applied || summary.state == PassState::broken ||
                            summary.state == PassState::prepared;
        const bool own = summary.kind != PassKind::revert && !summary.continues;
        if (stands && own) newest = summary.id;
    }
    if (!newest) {
        return fail(ErrorKind::usage, "There is no pass to revert.",
                    "`kedge passes` lists them all; a pass that was reverted already stays so.");
    }
    return *newest;
}

}  // namespace

Outcome revert_command(Workplace& place, std::optional<std::int64_t> wanted, bool force) {
    const auto journal = place.journal();
    if (!journal) return Outcome::failed(journal.error());
    const auto id = wanted ? Result<PassId>(PassId{*wanted}) : newest_standing(**journal);
    if (!id) return Outcome::failed(id.error());
    // An unknown pass is said before anything is connected.
    if (const auto known = (*journal)->pass(*id); !known) return Outcome::failed(known.error());
    const auto connection = place.connection();
    if (!connection) return Outcome::failed(connection.error());
    engine::JournalRecorder recorder(**journal);
    engine::RevertJob job(*id, force, (*connection)->name(), io::wall_time(), **journal, recorder);
    if (const auto ran = (*connection)->run(job); !ran) return Outcome::failed(ran.error());
    const auto& done = job.report();
    Outcome outcome;
    outcome.document = json_of(done);
    outcome.text = revert_text(done);
    if (done.error) outcome.fail_with(*done.error);
    return outcome;
}

}  // namespace kedge::cli
