#pragma once

#include "core/pass.hpp"
#include "core/result.hpp"
#include "core/snapshot.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace kedge::journal {

/// What `kedge passes` lists.
struct PassSummary {
    PassId id;
    PassKind kind = PassKind::mix;
    PassState state = PassState::prepared;
    WallTime created;
    std::string surface;
    std::string session;
    std::size_t moves = 0;
    std::optional<PassId> reverts;
    std::optional<PassId> continues;
    std::optional<PassId> reapplies;
    std::string recalls;
};

/// What `kedge snapshots` lists.
struct SnapshotSummary {
    std::string name;
    std::string surface;
    std::string session;
    WallTime created;
    std::size_t values = 0;
};

/// The durable, append-only record of passes. Every call that writes returns only once the record is on disk.
/// Not thread-safe: the loop thread owns it.
class Journal {
  public:
    virtual ~Journal() = default;
    /// Who wants to know of passes; called by those who record one, once its record is on disk.
    std::function<void(const Pass&)> watcher;
    /// Stores a pass as it stands and gives it the next id.
    virtual Result<PassId> append(const Pass& pass) = 0;
    /// Records the state and the verdicts of a pass that is in the journal; never changes before- or
    /// after-values. What a revert took out, or put back, changes its state in the same transaction.
    virtual Result<void> settle(const Pass& pass) = 0;
    [[nodiscard]] virtual Result<std::vector<PassSummary>> passes() const = 0;
    /// A usage error naming the known ids when there is no such pass.
    [[nodiscard]] virtual Result<Pass> pass(PassId id) const = 0;
    /// Every pass of a session with its entries, in journal order.
    [[nodiscard]] virtual Result<std::vector<Pass>> history(const std::string& session) const = 0;
    /// The passes of a session that a crash left `prepared`, in journal order. One that is being applied at
    /// this moment is among them.
    [[nodiscard]] virtual Result<std::vector<Pass>> unfinished(const std::string& session) const = 0;
    /// Stores a snapshot. A usage error when its session has one of this name: none is ever overwritten.
    virtual Result<void> store(const Snapshot& snapshot) = 0;
    /// Of every session, in journal order.
    [[nodiscard]] virtual Result<std::vector<SnapshotSummary>> snapshots() const = 0;
    /// A usage error naming the known ones when the session has no snapshot of this name.
    [[nodiscard]] virtual Result<Snapshot> snapshot(const std::string& session,
                                                    const std::string& name) const = 0;
    /// A role set by hand for a strip of a session (kept per session, always wins); nullopt takes it back.
    virtual Result<void> set_role(const std::string& session, const StripName& strip,
                                  std::optional<std::string> role) = 0;
    [[nodiscard]] virtual Result<std::vector<std::pair<StripName, std::string>>> roles(
        const std::string& session) const = 0;
};

/// Opens (and creates) the SQLite journal at `path`; ":memory:" for tests. WAL, synchronous=FULL.
/// Errors name the file and what to do (no space, no permission, a journal of a newer kedge, not a database).
Result<std::unique_ptr<Journal>> open_journal(const std::string& path);

}  // namespace kedge::journal
