#include "cli/anchor_words.hpp"
#include "cli/commands.hpp"
#include "cli/hand_roles.hpp"
#include "cli/json_words.hpp"
#include "cli/mix_text.hpp"
#include "cli/profiles.hpp"
#include "cli/time_words.hpp"
#include "engine/journal_recorder.hpp"
#include "engine/mix_job.hpp"
#include "engine/save_job.hpp"
#include "io/state_files.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

namespace kedge::cli {

namespace {

Result<engine::ListenWishes> listen_wishes(const MixOptions& options) {
    engine::ListenWishes wishes;
    const auto time = [](const std::string& text) -> Result<SongTime> {
        const auto span = parse_span(text);
        if (!span) return tl::unexpected(span.error());
        return SongTime(*span);
    };
    if (options.from) {
        const auto from = time(*options.from);
        if (!from) return tl::unexpected(from.error());
        wishes.from = *from;
    }
    if (options.to) {
        const auto to = time(*options.to);
        if (!to) return tl::unexpected(to.error());
        wishes.to = *to;
    }
    if (wishes.from && wishes.to && *wishes.to <= *wishes.from)
        return fail(ErrorKind::usage, "The range ends before it begins.", "--to must be later than --from.");
    if (options.listen) {
        const auto span = parse_span(*options.listen);
        if (!span) return tl::unexpected(span.error());
        if (*span < std::chrono::seconds(1))
            return fail(ErrorKind::usage, "Less than a second tells nothing.",
                        "Give --listen at least 1s; 45s is a good start.");
        wishes.at_most = *span;
    }
    return wishes;
}

/// `moves`: what was planned.
Outcome run_mix(Workplace& place, const MixOptions& options, engine::MixDepth depth,
                std::vector<Move>& moves) {
    engine::MixOrder order;
    order.depth = depth;
    order.refine = options.refine;
    order.fresh_tape = options.fresh || options.whole;
    order.created = io::wall_time();
    const auto wishes = listen_wishes(options);
    if (!wishes) return Outcome::failed(wishes.error());
    order.listen.part = *wishes;
    order.listen.section = options.section;
    const auto book = load_role_book();
    if (!book) return Outcome::failed(book.error());
    const auto profile = load_balance_profile(options.balance);
    if (!profile) return Outcome::failed(profile.error());
    const auto journal = place.journal();
    if (!journal) return Outcome::failed(journal.error());
    const auto shelf = place.tapes();
    if (!shelf) return Outcome::failed(shelf.error());

    const auto connection = place.connected();
    if (!connection) return Outcome::failed(connection.error());
    if (options.anchor) {
        const auto anchor = anchor_wish(*options.anchor, (*connection)->surface().mixer());
        if (!anchor) return Outcome::failed(anchor.error());
        order.anchor_role = anchor->role;
        order.anchor_strip = anchor->strip;
    }
    const auto by_hand = hand_roles(**journal, (*connection)->surface().mixer().session);
    if (!by_hand) return Outcome::failed(by_hand.error());
    order.roles_by_hand = *by_hand;
    order.surface_name = (*connection)->name();
    order.journal = *journal;

    engine::JournalRecorder recorder(**journal);
    engine::MixJob job(std::move(order), *book, *profile, **shelf, recorder);
    if (const auto ran = (*connection)->run(job); !ran) return Outcome::failed(ran.error());
    const auto& done = job.report();
    moves = done.plan.moves;
    Outcome outcome;
    outcome.document = json_of(done, (*connection)->name());
    outcome.document["counters"] = json_of((*connection)->surface().counters());
    if (!done.error && depth == engine::MixDepth::listen) outcome.text = listen_text(done);
    const bool planned = !done.error || !done.passes.empty();
    if (planned && depth != engine::MixDepth::listen) outcome.text = mix_text(done);
    if (done.error) {
        outcome.fail_with(*done.error);
    } else if (options.save) {
        engine::SaveJob save;
        if (const auto ran = (*connection)->run(save); !ran) outcome.fail_with(ran.error());
        if (save.error()) outcome.fail_with(*save.error());
    }
    return outcome;
}

}  // namespace

Outcome listen_command(Workplace& place, const MixOptions& options) {
    std::vector<Move> moves;
    return run_mix(place, options, engine::MixDepth::listen, moves);
}

Outcome plan_command(Workplace& place, const MixOptions& options) {
    std::vector<Move> moves;
    return run_mix(place, options, engine::MixDepth::plan, moves);
}

Outcome plan_command(Workplace& place, const MixOptions& options, std::vector<Move>& moves) {
    return run_mix(place, options, engine::MixDepth::plan, moves);
}

Outcome mix_command(Workplace& place, const MixOptions& options) {
    std::vector<Move> moves;
    return run_mix(place, options, engine::MixDepth::apply, moves);
}

}  // namespace kedge::cli
