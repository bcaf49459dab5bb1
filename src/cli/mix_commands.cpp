#include "cli/anchor_words.hpp"
#include "cli/commands.hpp"
#include "cli/connection.hpp"
#include "cli/hand_roles.hpp"
#include "cli/journal_access.hpp"
#include "cli/json_out.hpp"
#include "cli/json_words.hpp"
#include "cli/mix_text.hpp"
#include "cli/profiles.hpp"
#include "cli/time_words.hpp"
#include "engine/journal_recorder.hpp"
#include "engine/mix_job.hpp"
#include "engine/observe_job.hpp"
#include "engine/save_job.hpp"
#include "io/state_files.hpp"

#include <iostream>

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
    wishes.marker = options.section;
    return wishes;
}

int run_mix(const Settings& settings, const MixOptions& options, engine::MixDepth depth) {
    engine::MixOrder order;
    order.depth = depth;
    order.refine = options.refine;
    order.fresh_tape = options.fresh || options.whole;
    order.created = io::wall_time();
    const auto wishes = listen_wishes(options);
    if (!wishes) return report(settings, wishes.error());
    order.listen = *wishes;
    const auto book = load_role_book();
    if (!book) return report(settings, book.error());
    const auto profile = load_balance_profile(settings.balance);
    if (!profile) return report(settings, profile.error());
    const auto journal = open_user_journal();
    if (!journal) return report(settings, journal.error());
    const auto folder = io::state_folder();
    if (!folder) return report(settings, folder.error());

    auto connection = Connection::open(settings);
    if (!connection) return report(settings, connection.error());
    engine::ObserveJob glance(Duration::zero());
    if (const auto ran = (*connection)->run(glance); !ran) return report(settings, ran.error());
    if (options.anchor) {
        const auto anchor = anchor_wish(*options.anchor, (*connection)->surface().mixer());
        if (!anchor) return report(settings, anchor.error());
        order.anchor_role = anchor->role;
        order.anchor_strip = anchor->strip;
    }
    const auto by_hand = hand_roles(**journal, (*connection)->surface().mixer().session);
    if (!by_hand) return report(settings, by_hand.error());
    order.roles_by_hand = *by_hand;
    order.surface_name = (*connection)->name();

    io::FileTapeShelf shelf(*folder / "tapes");
    engine::JournalRecorder recorder(**journal);
    engine::MixJob job(std::move(order), *book, *profile, shelf, recorder);
    if (const auto ran = (*connection)->run(job); !ran) return report(settings, ran.error());
    const auto& done = job.report();
    if (options.save && !done.error) {
        engine::SaveJob save;
        if (const auto ran = (*connection)->run(save); !ran) return report(settings, ran.error());
    }
    if (settings.json) {
        auto words = json_of(done, (*connection)->name());
        words["counters"] = json_of((*connection)->surface().counters());
        if (done.error) words["error"] = json_of(*done.error);
        print_document(words);
    } else if (depth == engine::MixDepth::listen) {
        if (!done.error) std::cout << listen_text(done);
    } else if (!done.error || !done.passes.empty()) {
        std::cout << mix_text(done);
    }
    Settings quiet = settings;
    quiet.json = false;  // the document above holds the error already
    return done.error ? report(quiet, *done.error) : 0;
}

}  // namespace

int listen_command(const Settings& settings, const MixOptions& options) {
    return run_mix(settings, options, engine::MixDepth::listen);
}

int plan_command(const Settings& settings, const MixOptions& options) {
    return run_mix(settings, options, engine::MixDepth::plan);
}

int mix_command(const Settings& settings, const MixOptions& options) {
    return run_mix(settings, options, engine::MixDepth::apply);
}

}  // namespace kedge::cli
