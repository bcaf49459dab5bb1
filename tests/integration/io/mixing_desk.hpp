#pragma once

#include "engine/journal_recorder.hpp"
#include "engine/mix_job.hpp"
#include "integration/io/simulator_on_udp.hpp"
#include "sim/built_in_song.hpp"
#include "support/shipped_rules.hpp"

#include <memory>
#include <optional>

namespace kedge::test {

class NoShelf : public engine::TapeShelf {
  public:
    std::optional<measure::StoredTape> load(const SessionInfo&) override { return std::nullopt; }
    Result<void> store(const measure::StoredTape&) override { return {}; }
};

/// What a MixJob needs beside the DAW: the shipped profiles, and a journal in memory.
struct MixingDesk {
    [[nodiscard]] engine::MixJob job(const engine::MixOrder& order, engine::CheckRules check = {}) {
        return {order, roles, profile, shelf, recorder, check};
    }

    mix::RoleBook roles = shipped_roles();
    mix::BalanceProfile profile = shipped_balance("rock");
    NoShelf shelf;
    std::unique_ptr<journal::Journal> journal = std::move(*journal::open_journal(":memory:"));
    engine::JournalRecorder recorder{*journal};
};

/// Made once: its samples are shared between copies.
inline const sim::Song& song() {
    static const sim::Song made = sim::built_in_song(2);
    return made;
}

/// Listens to the first `length` of the song, no further.
inline engine::MixOrder listen_order(Duration length) {
    engine::MixOrder order;
    order.depth = engine::MixDepth::listen;
    order.listen.from = SongTime();
    order.listen.to = SongTime(length);
    order.surface_name = "sim";
    return order;
}

}  // namespace kedge::test
