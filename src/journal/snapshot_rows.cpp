#include "journal/snapshot_rows.hpp"

#include "journal/rows.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace kedge::journal {

namespace {

using sqlite::Connection;
using sqlite::Statement;
using sqlite::Transaction;

/// The snapshot's row, if there is one of this name in the session.
Result<std::optional<std::int64_t>> id_of(const Connection& connection, const std::string& session,
                                          const std::string& name) {
    auto query = Statement::prepare(connection, "SELECT id FROM snapshot WHERE session = ? AND name = ?");
    if (!query) return tl::unexpected(query.error());
    query->bind(session).bind(name);
    const auto found = query->step();
    if (!found) return tl::unexpected(found.error());
    return *found ? std::optional(query->integer(0)) : std::nullopt;
}

Result<void> insert_values(const Connection& connection, std::int64_t id,
                           const std::vector<SnapshotValue>& values) {
    auto insert = Statement::prepare(
        connection,
        "INSERT INTO snapshot_value (snapshot, place, strip_kind, strip_name, strip_twin, control, value) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)");
    if (!insert) return tl::unexpected(insert.error());
    std::int64_t place = 0;
    for (const SnapshotValue& value : values) {
        insert->bind(id).bind(place++);
        bind_strip(*insert, value.strip);
        insert->bind(to_string(value.control));
        bind_value(*insert, value.value);
        if (auto inserted = insert->run(); !inserted) return inserted;
    }
    return {};
}

tl::unexpected<Error> unknown(const Connection& connection, const std::string& session,
                              const std::string& name) {
    const auto all = list_snapshots(connection);
    if (!all) return tl::unexpected(all.error());
    std::vector<std::string> names;
    for (const SnapshotSummary& each : *all)
        if (each.session == session) names.push_back("'" + each.name + "'");
    const std::string message = fmt::format("Session '{}' has no snapshot '{}'.", session, name);
    if (names.empty())
        return fail(ErrorKind::usage, message, fmt::format("`kedge snapshot {}` takes one.", name));
    return fail(ErrorKind::usage, message, fmt::format("It has these: {}.", fmt::join(names, ", ")));
}

}  // namespace

Result<void> store_snapshot(const Connection& connection, const Snapshot& snapshot) {
    auto transaction = Transaction::begin(connection);
    if (!transaction) return tl::unexpected(transaction.error());
    const auto taken = id_of(connection, snapshot.session, snapshot.name);
    if (!taken) return tl::unexpected(taken.error());
    if (*taken)
        return fail(ErrorKind::usage,
                    fmt::format("Session '{}' has a snapshot '{}' already.", snapshot.session, snapshot.name),
                    fmt::format("Snapshots are never overwritten: take another name, or `kedge recall {}`.",
                                snapshot.name));
    auto insert = Statement::prepare(
        connection, "INSERT INTO snapshot (name, surface, session, created) VALUES (?, ?, ?, ?)");
    if (!insert) return tl::unexpected(insert.error());
    insert->bind(snapshot.name).bind(snapshot.surface).bind(snapshot.session);
    insert->bind(snapshot.created.unix_seconds);
    if (auto inserted = insert->run(); !inserted) return inserted;
    if (auto inserted = insert_values(connection, connection.last_row_id(), snapshot.values); !inserted)
        return inserted;
    return transaction->commit();
}

Result<std::vector<SnapshotSummary>> list_snapshots(const Connection& connection) {
    auto query = Statement::prepare(
        connection,
        "SELECT name, surface, session, created, (SELECT count(*) FROM snapshot_value WHERE "
        "snapshot_value.snapshot = snapshot.id) FROM snapshot ORDER BY id");
    if (!query) return tl::unexpected(query.error());
    return read_rows(*query, connection, [](const Statement& row) -> std::optional<SnapshotSummary> {
        return SnapshotSummary{row.text(0), row.text(1), row.text(2), WallTime{row.integer(3)},
                               static_cast<std::size_t>(row.integer(4))};
    });
}

Result<Snapshot> read_snapshot(const Connection& connection, const std::string& session,
                               const std::string& name) {
    const auto id = id_of(connection, session, name);
    if (!id) return tl::unexpected(id.error());
    if (!*id) return unknown(connection, session, name);
    auto head = Statement::prepare(connection, "SELECT surface, created FROM snapshot WHERE id = ?");
    if (!head) return tl::unexpected(head.error());
    head->bind(**id);
    if (const auto found = head->step(); !found) return tl::unexpected(found.error());
    Snapshot snapshot{name, head->text(0), session, WallTime{head->integer(1)}, {}};
    auto query = Statement::prepare(connection,
                                    "SELECT strip_kind, strip_name, strip_twin, control, value FROM "
                                    "snapshot_value WHERE snapshot = ? ORDER BY place");
    if (!query) return tl::unexpected(query.error());
    query->bind(**id);
    auto values = read_rows(*query, connection, [](const Statement& row) -> std::optional<SnapshotValue> {
        const auto strip = read_strip(row, 0);
        const auto control = control_from_string(row.text(3));
        if (!strip || !control) return std::nullopt;
        const auto value = read_value(row, 4, *control);
        if (!value) return std::nullopt;
        return SnapshotValue{*strip, *control, *value};
    });
    if (!values) return tl::unexpected(values.error());
    snapshot.values = std::move(*values);
    return snapshot;
}

}  // namespace kedge::journal
