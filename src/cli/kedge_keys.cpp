#include "cli/kedge_keys.hpp"

#include "cli/job_bench.hpp"
#include "cli/json_words.hpp"
#include "cli/pass_words.hpp"
#include "engine/journal_recorder.hpp"
#include "engine/session_history.hpp"
#include "engine/suggestion_job.hpp"
#include "io/state_files.hpp"
#include "io/work_turn.hpp"

#include <utility>
#include <variant>
#include <vector>

namespace kedge::cli {

using control::KedgeKey;

std::string_view words_of(KedgeKey key) {
    switch (key) {
        case KedgeKey::listen:
            return "listen";
        case KedgeKey::mix:
            return "mix";
        case KedgeKey::a_b:
            return "A/B";
        case KedgeKey::revert:
            return "revert";
        case KedgeKey::accept:
            return "accept";
        case KedgeKey::reject:
            return "reject";
        case KedgeKey::ride:
            return "ride";
    }
    return "";
}

Outcome KedgeKeys::carry_out(KedgeKey key) {
    const auto turn = io::take_work_turn();
    if (!turn) return Outcome::failed(turn.error());
    MixOptions options;
    options.balance = place_.settings().balance;
    if (key != KedgeKey::a_b) taken_back_.reset();
    switch (key) {
        case KedgeKey::listen:
            return listen(std::move(options));
        case KedgeKey::mix:
            return mix_command(place_, options);
        case KedgeKey::revert:
            return revert_command(place_, std::nullopt, {}, false);
        case KedgeKey::a_b:
            return other_side();
        case KedgeKey::ride:
            return ride();
        case KedgeKey::accept:
        case KedgeKey::reject:
            break;
    }
    return {};
}

Outcome KedgeKeys::listen(MixOptions options) {
    options.refine = true;
    std::vector<Move> moves;
    Outcome outcome = plan_command(place_, options, moves);
    suggestions_.clear();
    for (const Move& move : moves)
        if (move.control == Control::fader)
            suggestions_[move.strip] = {std::get<Decibels>(move.from), std::get<Decibels>(move.to), move.rule,
                                        move.reason};
    return outcome;
}

/// Live: so a hand may take a fader in the middle.
Outcome KedgeKeys::ride() {
    RideOptions options;
    options.balance = place_.settings().balance;
    options.depths = ride_depths_;
    options.live = true;
    return ride_command(place_, options);
}

Outcome KedgeKeys::accept(StripId strip, const control::Suggestion& suggestion) {
    const auto turn = io::take_work_turn();
    if (!turn) return Outcome::failed(turn.error());
    taken_back_.reset();
    const auto bench = bench_of(place_);
    if (!bench) return Outcome::failed(bench.error());
    engine::JournalRecorder recorder(*bench->journal);
    engine::SuggestionJob job(strip, suggestion, bench->connection->name(), io::wall_time(), *bench->journal,
                              recorder);
    if (const auto ran = bench->connection->run(job); !ran) return Outcome::failed(ran.error());
    boost::json::object document;
    if (job.report().pass) document["pass"] = json_of(*job.report().pass);
    return outcome_of(std::move(document), report_text(job.report(), "stand as suggested"),
                      job.report().error);
}

/// The newest pass is taken back, and brought again by the next press: before and after.
Outcome KedgeKeys::other_side() {
    if (const auto again = std::exchange(taken_back_, std::nullopt))
        return reapply_command(place_, again->value, {}, false);
    const auto newest = newest_standing();
    if (!newest) return Outcome::failed(newest.error());
    Outcome outcome = revert_command(place_, std::nullopt, {}, false);
    if (!outcome.error) taken_back_ = *newest;
    return outcome;
}

Result<std::optional<PassId>> KedgeKeys::newest_standing() {
    const auto bench = bench_of(place_);
    if (!bench) return tl::unexpected(bench.error());
    const auto& surface = bench->connection->surface();
    auto passes = bench->journal->history(surface.mixer().session.name);
    if (!passes) return tl::unexpected(passes.error());
    return engine::SessionHistory(std::move(*passes), surface.capabilities()).newest_standing();
}

}  // namespace kedge::cli
