#include "cli/kedge_keys.hpp"

#include "cli/commands.hpp"
#include "cli/job_bench.hpp"
#include "engine/session_history.hpp"
#include "io/work_turn.hpp"

#include <utility>

namespace kedge::cli {

using control::KedgeKey;

namespace {

Error no_suggestions_here() {
    return {ErrorKind::refused, "Suggestions are not shown on controllers yet.",
            "`kedge plan --refine` says them; `kedge mix --refine` takes them all."};
}

}  // namespace

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
            return listen_command(place_, options);
        case KedgeKey::mix:
            return mix_command(place_, options);
        case KedgeKey::revert:
            return revert_command(place_, std::nullopt, {}, false);
        case KedgeKey::a_b:
            return other_side();
        case KedgeKey::accept:
        case KedgeKey::reject:
            break;
    }
    return Outcome::failed(no_suggestions_here());
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
