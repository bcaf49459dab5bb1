#include "cli/commands.hpp"
#include "cli/connection.hpp"
#include "cli/journal_access.hpp"
#include "cli/json_out.hpp"
#include "cli/json_words.hpp"
#include "cli/mix_text.hpp"
#include "cli/text_table.hpp"
#include "engine/journal_recorder.hpp"
#include "engine/revert_job.hpp"
#include "io/state_files.hpp"

#include <algorithm>
#include <iostream>

#include <boost/json.hpp>
#include <fmt/format.h>

namespace kedge::cli {

namespace json = boost::json;

Result<std::unique_ptr<journal::Journal>> open_user_journal() {
    const auto folder = io::state_folder();
    if (!folder) return tl::unexpected(folder.error());
    return journal::open_journal((*folder / "journal.sqlite").string());
}

int passes_command(const Settings& settings) {
    const auto journal = open_user_journal();
    if (!journal) return report(settings, journal.error());
    const auto passes = (*journal)->passes();
    if (!passes) return report(settings, passes.error());
    if (settings.json) {
        json::array list;
        for (const auto& summary : *passes) list.push_back(json_of(summary));
        print_document(json::object{{"passes", std::move(list)}});
        return 0;
    }
    TextTable table({"PASS", "WHEN", "KIND", "STATE", "MOVES", "SESSION", "SURFACE"});
    for (const auto& summary : *passes) {
        std::string kind(to_string(summary.kind));
        if (summary.reverts) kind += fmt::format(" of {}", summary.reverts->value);
        if (summary.continues) kind += fmt::format(" of {}", summary.continues->value);
        table.add({std::to_string(summary.id.value), iso_time(summary.created), std::move(kind),
                   std::string(to_string(summary.state)), std::to_string(summary.moves), summary.session,
                   summary.surface});
    }
    std::cout << (table.empty() ? "No passes yet. `kedge mix` makes the first one.\n" : table.text());
    return 0;
}

int show_command(const Settings& settings, std::int64_t id) {
    const auto journal = open_user_journal();
    if (!journal) return report(settings, journal.error());
    const auto pass = (*journal)->pass(PassId{id});
    if (!pass) return report(settings, pass.error());
    if (settings.json) {
        print_document(json_of(*pass));
    } else {
        std::cout << pass_text(*pass);
    }
    return 0;
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

int revert_command(const Settings& settings, std::optional<std::int64_t> wanted, bool force) {
    const auto journal = open_user_journal();
    if (!journal) return report(settings, journal.error());
    const auto id = wanted ? Result<PassId>(PassId{*wanted}) : newest_standing(**journal);
    if (!id) return report(settings, id.error());
    // An unknown pass is said before anything is connected.
    if (const auto known = (*journal)->pass(*id); !known) return report(settings, known.error());
    auto connection = Connection::open(settings);
    if (!connection) return report(settings, connection.error());
    engine::JournalRecorder recorder(**journal);
    engine::RevertJob job(*id, force, (*connection)->name(), io::wall_time(), **journal, recorder);
    if (const auto ran = (*connection)->run(job); !ran) return report(settings, ran.error());
    const auto& done = job.report();
    if (settings.json) {
        json::object words = json_of(done);
        if (done.error) words["error"] = json_of(*done.error);
        print_document(words);
    } else {
        std::cout << revert_text(done);
    }
    Settings quiet = settings;
    quiet.json = false;  // the document above holds the error already
    return done.error ? report(quiet, *done.error) : 0;
}

}  // namespace kedge::cli
