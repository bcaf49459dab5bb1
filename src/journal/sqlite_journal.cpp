#include "journal/journal.hpp"
#include "journal/line_rows.hpp"
#include "journal/rows.hpp"
#include "journal/schema.hpp"
#include "journal/snapshot_rows.hpp"
#include "journal/sqlite.hpp"
#include "journal/standing.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace kedge::journal {

namespace {

using sqlite::Connection;
using sqlite::Statement;
using sqlite::Transaction;

std::optional<std::int64_t> number_of(const std::optional<PassId>& id) {
    return id ? std::optional(id->value) : std::nullopt;
}

std::optional<PassId> id_of(const std::optional<std::int64_t>& number) {
    return number ? std::optional(PassId{*number}) : std::nullopt;
}

/// An entry and the pass it belongs to.
using Row = std::pair<PassId, PassEntry>;

constexpr std::string_view entry_columns =
    "SELECT entry.pass, strip_kind, strip_name, strip_twin, control, before, after, verdict, rule, reason "
    "FROM entry ";

std::optional<Row> read_entry(const Statement& row) {
    const auto strip = read_strip(row, 1);
    const auto control = control_from_string(row.text(4));
    const auto verdict = verdict_from_string(row.text(7));
    if (!strip || !control || !verdict) return std::nullopt;
    const auto before = read_value(row, 5, *control);
    const auto after = read_value(row, 6, *control);
    if (!before || !after) return std::nullopt;
    return Row{PassId{row.integer(0)},
               {*strip, *control, *before, *after, *verdict, row.text(8), row.text(9)}};
}

constexpr std::string_view summary_columns =
    "SELECT id, kind, state, created, surface, session, reverts, continues, reapplies, recalls, "
    "(SELECT count(*) FROM entry WHERE entry.pass = pass.id) + "
    "(SELECT count(*) FROM line WHERE line.pass = pass.id) FROM pass ";

std::optional<PassSummary> read_summary(const Statement& row) {
    const auto kind = pass_kind_from_string(row.text(1));
    const auto state = pass_state_from_string(row.text(2));
    if (!kind || !state) return std::nullopt;
    PassSummary summary;
    summary.id = PassId{row.integer(0)};
    summary.kind = *kind;
    summary.state = *state;
    summary.created = WallTime{row.integer(3)};
    summary.surface = row.text(4);
    summary.session = row.text(5);
    summary.reverts = id_of(row.optional_integer(6));
    summary.continues = id_of(row.optional_integer(7));
    summary.reapplies = id_of(row.optional_integer(8));
    summary.recalls = row.text(9);
    summary.moves = static_cast<std::size_t>(row.integer(10));
    return summary;
}

Pass without_entries(const PassSummary& known) {
    return {known.id,
            known.kind,
            known.surface,
            known.session,
            known.created,
            known.state,
            known.reverts,
            known.continues,
            known.reapplies,
            known.recalls,
            {},
            {}};
}

class SqliteJournal final : public Journal {
  public:
    explicit SqliteJournal(Connection connection) : connection_(std::move(connection)) {}

    Result<PassId> append(const Pass& pass) override;
    Result<void> settle(const Pass& pass) override;
    [[nodiscard]] Result<std::vector<PassSummary>> passes() const override;
    [[nodiscard]] Result<Pass> pass(PassId id) const override;
    [[nodiscard]] Result<std::vector<Pass>> history(const std::string& session) const override;
    [[nodiscard]] Result<std::vector<Pass>> unfinished(const std::string& session) const override;
    Result<void> store(const Snapshot& snapshot) override { return store_snapshot(connection_, snapshot); }
    [[nodiscard]] Result<std::vector<SnapshotSummary>> snapshots() const override {
        return list_snapshots(connection_);
    }
    [[nodiscard]] Result<Snapshot> snapshot(const std::string& session,
                                            const std::string& name) const override {
        return read_snapshot(connection_, session, name);
    }
    Result<void> set_role(const std::string& session, const StripName& strip,
                          std::optional<std::string> role) override;
    [[nodiscard]] Result<std::vector<std::pair<StripName, std::string>>> roles(
        const std::string& session) const override;

  private:
    [[nodiscard]] Result<void> insert_pass(const Pass& pass);
    [[nodiscard]] Result<void> insert_entries(PassId id, const std::vector<PassEntry>& entries);
    [[nodiscard]] Result<void> update_verdicts(PassId id, const std::vector<PassEntry>& entries);
    [[nodiscard]] Result<void> update_state(PassId id, PassState state);
    [[nodiscard]] Result<void> update_what_is_reverted(const PassSummary& revert);
    [[nodiscard]] Result<std::vector<Pass>> filled(
        const std::vector<PassSummary>& summaries, Statement& entries,
        Result<std::map<PassId, std::vector<PassLine>>> lines) const;
    [[nodiscard]] Result<PassSummary> summary(PassId id) const;
    [[nodiscard]] tl::unexpected<Error> unknown_pass(PassId id) const;

    Connection connection_;
};

Result<void> SqliteJournal::insert_pass(const Pass& pass) {
    auto insert = Statement::prepare(connection_,
                                     "INSERT INTO pass (kind, surface, session, created, state, reverts, "
                                     "continues, reapplies, recalls) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    if (!insert) return tl::unexpected(insert.error());
    insert->bind(to_string(pass.kind)).bind(pass.surface).bind(pass.session).bind(pass.created.unix_seconds);
    insert->bind(to_string(pass.state)).bind(number_of(pass.reverts)).bind(number_of(pass.continues));
    insert->bind(number_of(pass.reapplies)).bind(pass.recalls);
    return insert->run();
}

Result<void> SqliteJournal::insert_entries(PassId id, const std::vector<PassEntry>& entries) {
    auto insert = Statement::prepare(
        connection_,
        "INSERT INTO entry (pass, place, strip_kind, strip_name, strip_twin, control, before, "
        "after, verdict, rule, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    if (!insert) return tl::unexpected(insert.error());
    std::int64_t place = 0;
    for (const auto& entry : entries) {
        insert->bind(id.value).bind(place++);
        bind_strip(*insert, entry.strip);
        insert->bind(to_string(entry.control));
        bind_value(*insert, entry.before);
        bind_value(*insert, entry.after);
        insert->bind(to_string(entry.verdict)).bind(entry.rule).bind(entry.reason);
        if (auto inserted = insert->run(); !inserted) return inserted;
    }
    return {};
}

Result<PassId> SqliteJournal::append(const Pass& pass) {
    auto transaction = Transaction::begin(connection_);
    if (!transaction) return tl::unexpected(transaction.error());
    if (auto inserted = insert_pass(pass); !inserted) return tl::unexpected(inserted.error());
    const PassId id{connection_.last_row_id()};
    if (auto inserted = insert_entries(id, pass.entries); !inserted) return tl::unexpected(inserted.error());
    if (auto inserted = insert_lines(connection_, id, pass.lines); !inserted)
        return tl::unexpected(inserted.error());
    if (auto committed = transaction->commit(); !committed) return tl::unexpected(committed.error());
    return id;
}

Result<void> SqliteJournal::update_verdicts(PassId id, const std::vector<PassEntry>& entries) {
    auto update =
        Statement::prepare(connection_, "UPDATE entry SET verdict = ? WHERE pass = ? AND place = ?");
    if (!update) return tl::unexpected(update.error());
    std::int64_t place = 0;
    for (const auto& entry : entries) {
        update->bind(to_string(entry.verdict)).bind(id.value).bind(place++);
        if (auto updated = update->run(); !updated) return updated;
    }
    return {};
}

Result<void> SqliteJournal::update_state(PassId id, PassState state) {
    auto update = Statement::prepare(connection_, "UPDATE pass SET state = ? WHERE id = ?");
    if (!update) return tl::unexpected(update.error());
    update->bind(to_string(state)).bind(id.value);
    return update->run();
}

/// A revert changes what stands of the pass it names, and where that is a revert too, of the one that names.
Result<void> SqliteJournal::update_what_is_reverted(const PassSummary& revert) {
    const auto passes = history(revert.session);
    if (!passes) return tl::unexpected(passes.error());
    const Standing standing(*passes);
    auto named = revert.reverts;
    // Names lead back in the journal only, so newest first is one walk along them.
    for (auto pass = passes->rbegin(); pass != passes->rend() && named; ++pass) {
        if (chain_of(*pass) != *named) continue;
        const PassState state = standing.state_of(*pass);
        if (state != pass->state)
            if (auto updated = update_state(pass->id, state); !updated) return updated;
        if (pass->id == *named) named = pass->reverts;
    }
    return {};
}

Result<void> SqliteJournal::settle(const Pass& pass) {
    auto transaction = Transaction::begin(connection_);
    if (!transaction) return tl::unexpected(transaction.error());
    const auto known = summary(pass.id);
    if (!known) return tl::unexpected(known.error());
    const std::size_t moves = pass.entries.size() + pass.lines.size();
    if (known->moves != moves)
        return fail(ErrorKind::storage, fmt::format("Pass {} has {} moves in the journal and {} to settle.",
                                                    pass.id.value, known->moves, moves));

    if (auto updated = update_state(pass.id, pass.state); !updated) return updated;
    if (auto updated = update_verdicts(pass.id, pass.entries); !updated) return updated;
    if (auto updated = update_lines(connection_, pass.id, pass.lines); !updated) return updated;
    if (known->reverts)
        if (auto updated = update_what_is_reverted(*known); !updated) return updated;
    return transaction->commit();
}

Result<std::vector<PassSummary>> SqliteJournal::passes() const {
    auto query = Statement::prepare(connection_, fmt::format("{}ORDER BY id", summary_columns));
    if (!query) return tl::unexpected(query.error());
    return read_rows(*query, connection_, read_summary);
}

tl::unexpected<Error> SqliteJournal::unknown_pass(PassId id) const {
    const auto known = passes();
    if (!known) return tl::unexpected(known.error());
    if (known->empty())
        return fail(ErrorKind::usage, fmt::format("There is no pass {}: the journal is empty.", id.value),
                    "'kedge mix' makes the first pass.");
    std::vector<std::int64_t> ids;
    std::transform(known->begin(), known->end(), std::back_inserter(ids),
                   [](const auto& pass) { return pass.id.value; });
    return fail(ErrorKind::usage, fmt::format("There is no pass {}.", id.value),
                fmt::format("The journal knows these: {}.", fmt::join(ids, ", ")));
}

Result<PassSummary> SqliteJournal::summary(PassId id) const {
    auto query = Statement::prepare(connection_, fmt::format("{}WHERE id = ?", summary_columns));
    if (!query) return tl::unexpected(query.error());
    query->bind(id.value);
    auto rows = read_rows(*query, connection_, read_summary);
    if (!rows) return tl::unexpected(rows.error());
    if (rows->empty()) return unknown_pass(id);
    return std::move(rows->front());
}

Result<std::vector<Pass>> SqliteJournal::filled(const std::vector<PassSummary>& summaries, Statement& entries,
                                                Result<std::map<PassId, std::vector<PassLine>>> lines) const {
    if (!lines) return tl::unexpected(lines.error());
    std::vector<Pass> passes;
    std::transform(summaries.begin(), summaries.end(), std::back_inserter(passes), without_entries);
    auto rows = read_rows(entries, connection_, read_entry);
    if (!rows) return tl::unexpected(rows.error());
    auto pass = passes.begin();
    for (Row& row : *rows) {
        pass = std::find_if(pass, passes.end(), [&](const Pass& each) { return each.id == row.first; });
        if (pass == passes.end()) break;
        pass->entries.push_back(std::move(row.second));
    }
    for (Pass& each : passes)
        if (const auto of_pass = lines->find(each.id); of_pass != lines->end())
            each.lines = std::move(of_pass->second);
    return passes;
}

Result<Pass> SqliteJournal::pass(PassId id) const {
    const auto known = summary(id);
    if (!known) return tl::unexpected(known.error());
    auto entries =
        Statement::prepare(connection_, fmt::format("{}WHERE entry.pass = ? ORDER BY place", entry_columns));
    if (!entries) return tl::unexpected(entries.error());
    entries->bind(id.value);
    auto passes = filled({*known}, *entries, read_lines_of(connection_, id));
    if (!passes) return tl::unexpected(passes.error());
    return std::move(passes->front());
}

Result<std::vector<Pass>> SqliteJournal::history(const std::string& session) const {
    auto query =
        Statement::prepare(connection_, fmt::format("{}WHERE session = ? ORDER BY id", summary_columns));
    if (!query) return tl::unexpected(query.error());
    query->bind(session);
    const auto summaries = read_rows(*query, connection_, read_summary);
    if (!summaries) return tl::unexpected(summaries.error());
    auto entries = Statement::prepare(
        connection_, fmt::format("{}JOIN pass ON pass.id = entry.pass WHERE pass.session = ? "
                                 "ORDER BY entry.pass, place",
                                 entry_columns));
    if (!entries) return tl::unexpected(entries.error());
    entries->bind(session);
    return filled(*summaries, *entries, read_lines_of(connection_, session));
}

Result<std::vector<Pass>> SqliteJournal::unfinished(const std::string& session) const {
    auto query = Statement::prepare(
        connection_, fmt::format("{}WHERE session = ? AND state = ? ORDER BY id", summary_columns));
    if (!query) return tl::unexpected(query.error());
    query->bind(session).bind(to_string(PassState::prepared));
    const auto summaries = read_rows(*query, connection_, read_summary);
    if (!summaries) return tl::unexpected(summaries.error());
    std::vector<Pass> passes;
    for (const PassSummary& each : *summaries) {
        auto found = pass(each.id);
        if (!found) return tl::unexpected(found.error());
        passes.push_back(std::move(*found));
    }
    return passes;
}

Result<void> SqliteJournal::set_role(const std::string& session, const StripName& strip,
                                     std::optional<std::string> role) {
    auto write = Statement::prepare(
        connection_,
        role ? "INSERT OR REPLACE INTO role (session, strip_kind, strip_name, strip_twin, role) "
               "VALUES (?, ?, ?, ?, ?)"
             : "DELETE FROM role WHERE session = ? AND strip_kind = ? AND strip_name = ? AND strip_twin = ?");
    if (!write) return tl::unexpected(write.error());
    write->bind(session);
    bind_strip(*write, strip);
    if (role) write->bind(*role);
    return write->run();
}

Result<std::vector<std::pair<StripName, std::string>>> SqliteJournal::roles(
    const std::string& session) const {
    auto query =
        Statement::prepare(connection_,
                           "SELECT strip_kind, strip_name, strip_twin, role FROM role WHERE session = ? "
                           "ORDER BY strip_kind, strip_name, strip_twin");
    if (!query) return tl::unexpected(query.error());
    query->bind(session);
    return read_rows(*query, connection_,
                     [](const Statement& row) -> std::optional<std::pair<StripName, std::string>> {
                         auto strip = read_strip(row, 0);
                         if (!strip) return std::nullopt;
                         return std::pair(std::move(*strip), row.text(3));
                     });
}

/// Durable before a write returns: a commit waits for the disk, and a crash at any byte loses no commit.
Result<void> make_durable(const Connection& connection) {
    const auto mode = connection.text("PRAGMA journal_mode = WAL");
    if (!mode) return tl::unexpected(mode.error());
    if (*mode != "wal" && *mode != "memory")
        return fail(ErrorKind::storage,
                    fmt::format("{} lies on a file system that cannot keep a safe journal (mode '{}').",
                                connection.path(), *mode),
                    "Name a journal on a local disk.");
    return connection.run("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;");
}

}  // namespace

Result<std::unique_ptr<Journal>> open_journal(const std::string& path) {
    auto connection = Connection::open(path);
    if (!connection) return tl::unexpected(connection.error());
    if (auto current = bring_up_to_date(*connection); !current) return tl::unexpected(current.error());
    if (auto durable = make_durable(*connection); !durable) return tl::unexpected(durable.error());
    return std::make_unique<SqliteJournal>(std::move(*connection));
}

}  // namespace kedge::journal
