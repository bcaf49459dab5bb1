#pragma once

#include "engine/journal_recorder.hpp"
#include "engine/mix_job.hpp"
#include "engine/revert_job.hpp"
#include "support/shipped_rules.hpp"

#include <memory>
#include <optional>

namespace kedge::test {

class NoShelf : public engine::TapeShelf {
  public:
    std::optional<measure::StoredTape> load(const SessionInfo&) override { return std::nullopt; }
    Result<void> store(const measure::StoredTape&) override { return {}; }
};

/// Keeps the tape that was stored last.
class MemoryShelf : public engine::TapeShelf {
  public:
    std::optional<measure::StoredTape> load(const SessionInfo&) override { return tape; }
    Result<void> store(const measure::StoredTape& stored) override {
        tape = stored;
        return {};
    }
    std::optional<measure::StoredTape> tape;
};

/// What jobs need beside the DAW: the shipped profiles, a shelf for tapes, and a journal in memory.
template <typename Shelf = NoShelf>
struct MixingDesk {
    [[nodiscard]] engine::MixJob job(const engine::MixOrder& order, engine::CheckRules check = {}) {
        return {order, roles, profile, shelf, recorder, check};
    }

    mix::RoleBook roles = shipped_roles();
    mix::BalanceProfile profile = shipped_balance("rock");
    Shelf shelf;
    std::unique_ptr<journal::Journal> journal = std::move(*journal::open_journal(":memory:"));
    engine::JournalRecorder recorder{*journal};
};

}  // namespace kedge::test
