#include "journal/schema.hpp"

#include <array>
#include <cstdint>
#include <string_view>

#include <fmt/format.h>

namespace kedge::journal {

namespace {

constexpr std::int64_t application_id = 0x6b656467;  // "kedg", in the file's header

// Values: a level or a pan is REAL, a level of silence the text '-inf', a mute INTEGER 0 or 1; `control`
// tells which. The triggers make the store append-only whoever writes: only states and verdicts ever change.
constexpr std::string_view first_layout = R"sql(
CREATE TABLE pass (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    kind      TEXT NOT NULL,
    surface   TEXT NOT NULL,
    session   TEXT NOT NULL,
    created   INTEGER NOT NULL,
    state     TEXT NOT NULL,
    reverts   INTEGER REFERENCES pass (id),
    continues INTEGER REFERENCES pass (id)
) STRICT;
CREATE TABLE entry (
    pass       INTEGER NOT NULL REFERENCES pass (id),
    place      INTEGER NOT NULL,
    strip_kind TEXT NOT NULL,
    strip_name TEXT NOT NULL,
    strip_twin INTEGER NOT NULL,
    control    TEXT NOT NULL,
    before     ANY NOT NULL,
    after      ANY NOT NULL,
    verdict    TEXT NOT NULL,
    rule       TEXT NOT NULL,
    reason     TEXT NOT NULL,
    PRIMARY KEY (pass, place)
) STRICT, WITHOUT ROWID;
CREATE TABLE role (
    session    TEXT NOT NULL,
    strip_kind TEXT NOT NULL,
    strip_name TEXT NOT NULL,
    strip_twin INTEGER NOT NULL,
    role       TEXT NOT NULL,
    PRIMARY KEY (session, strip_kind, strip_name, strip_twin)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER pass_stays BEFORE UPDATE OF id, kind, surface, session, created, reverts, continues ON pass
    BEGIN SELECT RAISE (ABORT, 'what a pass was is never changed'); END;
CREATE TRIGGER entry_stays
    BEFORE UPDATE OF pass, place, strip_kind, strip_name, strip_twin, control, before, after, rule, reason ON entry
    BEGIN SELECT RAISE (ABORT, 'what a pass wrote is never changed'); END;
CREATE TRIGGER pass_is_kept BEFORE DELETE ON pass
    BEGIN SELECT RAISE (ABORT, 'a pass is never removed from the journal'); END;
CREATE TRIGGER entry_is_kept BEFORE DELETE ON entry
    BEGIN SELECT RAISE (ABORT, 'an entry is never removed from the journal'); END;
)sql";

// What a pass takes its values from, and snapshots: as append-only as the passes.
constexpr std::string_view snapshots = R"sql(
ALTER TABLE pass ADD COLUMN reapplies INTEGER REFERENCES pass (id);
ALTER TABLE pass ADD COLUMN recalls TEXT NOT NULL DEFAULT '';
DROP TRIGGER pass_stays;
CREATE TRIGGER pass_stays
    BEFORE UPDATE OF id, kind, surface, session, created, reverts, continues, reapplies, recalls ON pass
    BEGIN SELECT RAISE (ABORT, 'what a pass was is never changed'); END;
CREATE INDEX pass_of_session ON pass (session);
CREATE TABLE snapshot (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    name    TEXT NOT NULL,
    surface TEXT NOT NULL,
    session TEXT NOT NULL,
    created INTEGER NOT NULL,
    UNIQUE (session, name)
) STRICT;
CREATE TABLE snapshot_value (
    snapshot   INTEGER NOT NULL REFERENCES snapshot (id),
    place      INTEGER NOT NULL,
    strip_kind TEXT NOT NULL,
    strip_name TEXT NOT NULL,
    strip_twin INTEGER NOT NULL,
    control    TEXT NOT NULL,
    value      ANY NOT NULL,
    PRIMARY KEY (snapshot, place)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER snapshot_stays BEFORE UPDATE ON snapshot
    BEGIN SELECT RAISE (ABORT, 'a snapshot is never changed'); END;
CREATE TRIGGER snapshot_value_stays BEFORE UPDATE ON snapshot_value
    BEGIN SELECT RAISE (ABORT, 'a snapshot is never changed'); END;
CREATE TRIGGER snapshot_is_kept BEFORE DELETE ON snapshot
    BEGIN SELECT RAISE (ABORT, 'a snapshot is never removed from the journal'); END;
CREATE TRIGGER snapshot_value_is_kept BEFORE DELETE ON snapshot_value
    BEGIN SELECT RAISE (ABORT, 'a snapshot is never removed from the journal'); END;
)sql";

// Faders' automation, before and after: points as text, see line_rows.hpp.
constexpr std::string_view fader_lines = R"sql(
CREATE TABLE line (
    pass          INTEGER NOT NULL REFERENCES pass (id),
    place         INTEGER NOT NULL,
    strip_kind    TEXT NOT NULL,
    strip_name    TEXT NOT NULL,
    strip_twin    INTEGER NOT NULL,
    mode_before   TEXT NOT NULL,
    rest_before   REAL NOT NULL,
    points_before TEXT NOT NULL,
    mode_after    TEXT NOT NULL,
    rest_after    REAL NOT NULL,
    points_after  TEXT NOT NULL,
    verdict       TEXT NOT NULL,
    rule          TEXT NOT NULL,
    reason        TEXT NOT NULL,
    mode_became   TEXT,
    rest_became   REAL,
    points_became TEXT,
    PRIMARY KEY (pass, place)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER line_stays
    BEFORE UPDATE OF pass, place, strip_kind, strip_name, strip_twin, mode_before, rest_before, points_before,
                     mode_after, rest_after, points_after, rule, reason ON line
    BEGIN SELECT RAISE (ABORT, 'what a pass wrote is never changed'); END;
CREATE TRIGGER line_became BEFORE UPDATE OF mode_became, rest_became, points_became ON line
    WHEN OLD.mode_became IS NOT NULL
    BEGIN SELECT RAISE (ABORT, 'what a pass wrote is never changed'); END;
CREATE TRIGGER line_is_kept BEFORE DELETE ON line
    BEGIN SELECT RAISE (ABORT, 'a line is never removed from the journal'); END;
)sql";

// migrations[n] takes a journal of schema n to schema n + 1.
constexpr std::array migrations = {first_layout, snapshots, fader_lines};
constexpr auto newest = static_cast<std::int64_t>(migrations.size());

tl::unexpected<Error> foreign(const std::string& path) {
    return fail(ErrorKind::storage,
                fmt::format("{} is a database of another program, not a kedge journal.", path),
                "Name another file for the journal.");
}

/// The schema of the file, or why it cannot be ours.
Result<std::int64_t> schema_of(const sqlite::Connection& connection) {
    const auto owner = connection.number("PRAGMA application_id");
    if (!owner) return tl::unexpected(owner.error());
    const auto tables = connection.number("SELECT count(*) FROM sqlite_schema");
    if (!tables) return tl::unexpected(tables.error());
    if (*owner != application_id && !(*owner == 0 && *tables == 0)) return foreign(connection.path());

    const auto version = connection.number("PRAGMA user_version");
    if (!version) return tl::unexpected(version.error());
    if (*version > newest)
        return fail(
            ErrorKind::storage,
            fmt::format("{} was written by a newer kedge (journal version {}, this one knows up to {}).",
                        connection.path(), *version, newest),
            "Update kedge, or name another file for the journal.");
    return *version;
}

Result<void> migrate(const sqlite::Connection& connection, std::int64_t from) {
    return connection.run(fmt::format("{}\nPRAGMA application_id = {}; PRAGMA user_version = {};",
                                      migrations[static_cast<std::size_t>(from)], application_id, from + 1));
}

}  // namespace

Result<void> bring_up_to_date(const sqlite::Connection& connection) {
    // Looked at before the write lock is taken, so that a file that is not ours is not touched at all.
    if (const auto version = schema_of(connection); !version || *version == newest)
        return version.map([](std::int64_t) {});

    auto transaction = sqlite::Transaction::begin(connection);
    if (!transaction) return tl::unexpected(transaction.error());
    // And again under it: another kedge may have just laid out the same file.
    const auto version = schema_of(connection);
    if (!version) return tl::unexpected(version.error());
    for (auto from = *version; from < newest; ++from)
        if (auto migrated = migrate(connection, from); !migrated) return migrated;
    return transaction->commit();
}

}  // namespace kedge::journal
