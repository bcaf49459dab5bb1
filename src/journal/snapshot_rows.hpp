#pragma once

#include "core/snapshot.hpp"
#include "journal/journal.hpp"
#include "journal/sqlite.hpp"

#include <vector>

/// Snapshots in the journal's file; what each call promises is said in journal.hpp.
namespace kedge::journal {

[[nodiscard]] Result<void> store_snapshot(const sqlite::Connection& connection, const Snapshot& snapshot);
[[nodiscard]] Result<std::vector<SnapshotSummary>> list_snapshots(const sqlite::Connection& connection);
[[nodiscard]] Result<Snapshot> read_snapshot(const sqlite::Connection& connection, const std::string& session,
                                             const std::string& name);

}  // namespace kedge::journal
