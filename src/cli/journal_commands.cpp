#include "cli/commands.hpp"
#include "cli/json_words.hpp"
#include "cli/mix_text.hpp"
#include "cli/pass_words.hpp"
#include "cli/text_table.hpp"
#include "io/work_turn.hpp"

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
    std::string notes;
    TextTable table({"PASS", "WHEN", "KIND", "STATE", "MOVES", "SESSION", "SURFACE"});
    for (const auto& summary : *passes) {
        list.push_back(json_of(summary));
        if (summary.state == PassState::prepared)
            notes += fmt::format(
                "Pass {} was cut off: `kedge recover` says where it stands, with '{}' open in the DAW.\n",
                summary.id.value, summary.session);
        table.add({std::to_string(summary.id.value), iso_time(summary.created), kind_text(summary),
                   std::string(to_string(summary.state)), std::to_string(summary.moves), summary.session,
                   summary.surface});
    }
    Outcome outcome;
    outcome.document = {{"passes", std::move(list)}};
    outcome.text = table.empty() ? "No passes yet. `kedge mix` makes the first one.\n" : notes + table.text();
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

void name_unfinished(Workplace& place, Outcome& outcome) {
    const std::string session = place.session();
    const auto journal = place.journal();
    if (session.empty() || !journal || outcome.document.contains("cut_off")) return;
    const auto unfinished = (*journal)->unfinished(session);
    // One that is being written at this moment is not cut off.
    if (!unfinished || unfinished->empty() || io::who_works()) return;
    const Pass& pass = unfinished->back();
    outcome.document["unfinished"] = pass.id.value;
    outcome.text =
        fmt::format(
            "Note: pass {} ({}) was cut off and is not settled: `kedge recover` says where it stands.\n\n",
            pass.id.value, to_string(pass.kind)) +
        outcome.text;
}

}  // namespace kedge::cli
