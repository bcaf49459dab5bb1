#include "cli/commands.hpp"
#include "cli/hand_roles.hpp"
#include "cli/job_bench.hpp"
#include "cli/profiles.hpp"
#include "cli/rebuild_words.hpp"
#include "cli/time_words.hpp"
#include "engine/journal_recorder.hpp"
#include "engine/rebuild_job.hpp"
#include "io/state_files.hpp"

#include <fmt/format.h>

namespace kedge::cli {

namespace {

constexpr Duration shortest_layer = std::chrono::seconds(1);

/// How long each layer is to be heard; the profile says it when the user does not.
Result<engine::LayerSpan> layer_span(const RebuildOptions& options, const mix::RebuildProfile& profile) {
    if (!options.every) return engine::Bars{options.bars.value_or(profile.bars)};
    const auto span = parse_span(*options.every);
    if (!span) return tl::unexpected(span.error());
    if (*span < shortest_layer)
        return fail(ErrorKind::usage, fmt::format("'{}' is too short to hear a layer.", *options.every),
                    "Give it a second at least: --every 15s.");
    return *span;
}

}  // namespace

Outcome rebuild_command(Workplace& place, const RebuildOptions& options) {
    const auto book = load_role_book();
    if (!book) return Outcome::failed(book.error());
    const auto profile = load_rebuild_profile();
    if (!profile) return Outcome::failed(profile.error());
    engine::RebuildOrder order;
    const auto span = layer_span(options, *profile);
    if (!span) return Outcome::failed(span.error());
    order.span = *span;
    const auto bench = bench_of(place);
    if (!bench) return Outcome::failed(bench.error());
    auto by_hand = hand_roles(*bench->journal, bench->connection->surface().mixer().session);
    if (!by_hand) return Outcome::failed(by_hand.error());
    order.roles_by_hand = std::move(*by_hand);
    engine::JournalRecorder recorder(*bench->journal);
    engine::RebuildJob job(std::move(order), *book, *profile, bench->connection->name(), io::wall_time(),
                           *bench->journal, recorder);
    if (const auto ran = bench->connection->run_until_key(job); !ran) return Outcome::failed(ran.error());
    return outcome_of(json_of(job.report()), rebuild_text(job.report()), job.report().error);
}

}  // namespace kedge::cli
