#pragma once

#include "core/pass.hpp"
#include "core/result.hpp"

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
};

/// The durable, append-only record of passes. Every call that writes returns only once the record is on disk.
/// Not thread-safe: the loop thread owns it.
class Journal {
  public:
    virtual ~Journal() = default;
    /// Stores a pass as it stands and gives it the next id.
    virtual Result<PassId> append(const Pass& pass) = 0;
    /// Records the state and the verdicts of a pass that is in the journal; never changes before- or
    /// after-values.
    virtual Result<void> settle(const Pass& pass) = 0;
    [[nodiscard]] virtual Result<std::vector<PassSummary>> passes() const = 0;
    /// A usage error naming the known ids when there is no such pass.
    [[nodiscard]] virtual Result<Pass> pass(PassId id) const = 0;
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
