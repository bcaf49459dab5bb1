#include "journal/journal.hpp"
#include "support/catch.hpp"
#include "support/scratch_folder.hpp"
#include "unit/journal/journal_file.hpp"

using namespace kedge;
using kedge::test::run_sql;
using kedge::test::ScratchFolder;

namespace {

Pass pass_in(const std::string& session, PassState state, std::size_t entries) {
    Pass pass;
    pass.session = session;
    pass.state = state;
    for (std::size_t i = 0; i < entries; ++i)
        pass.entries.push_back({{StripKind::audio_track, "t", static_cast<int>(i)},
                                Control::fader,
                                Decibels(),
                                Decibels(-3.0),
                                Verdict::confirmed,
                                "",
                                ""});
    return pass;
}

Snapshot rough_snapshot() {
    return {"rough „Ω“",
            "ardour 127.0.0.1:3819",
            "song",
            WallTime{1'790'000'000},
            {{{StripKind::audio_track, "Kick", 0}, Control::trim, Decibels(1.0 / 3.0)},
             {{StripKind::audio_track, "Kick", 1}, Control::fader, Decibels::silence()},
             {{StripKind::audio_bus, "Drums", 0}, Control::pan, Pan(-0.25)},
             {{StripKind::vca, "All", 0}, Control::mute, Mute::muted}}};
}

// The tables as kedge 0.1 laid them out.
constexpr auto first_journal = R"sql(
CREATE TABLE pass (id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, surface TEXT NOT NULL,
    session TEXT NOT NULL, created INTEGER NOT NULL, state TEXT NOT NULL,
    reverts INTEGER REFERENCES pass (id), continues INTEGER REFERENCES pass (id)) STRICT;
CREATE TABLE entry (pass INTEGER NOT NULL REFERENCES pass (id), place INTEGER NOT NULL,
    strip_kind TEXT NOT NULL, strip_name TEXT NOT NULL, strip_twin INTEGER NOT NULL, control TEXT NOT NULL,
    before ANY NOT NULL, after ANY NOT NULL, verdict TEXT NOT NULL, rule TEXT NOT NULL, reason TEXT NOT NULL,
    PRIMARY KEY (pass, place)) STRICT, WITHOUT ROWID;
CREATE TABLE role (session TEXT NOT NULL, strip_kind TEXT NOT NULL, strip_name TEXT NOT NULL,
    strip_twin INTEGER NOT NULL, role TEXT NOT NULL,
    PRIMARY KEY (session, strip_kind, strip_name, strip_twin)) STRICT, WITHOUT ROWID;
CREATE TRIGGER pass_stays BEFORE UPDATE OF id, kind, surface, session, created, reverts, continues ON pass
    BEGIN SELECT RAISE (ABORT, 'what a pass was is never changed'); END;
CREATE TRIGGER entry_stays
    BEFORE UPDATE OF pass, place, strip_kind, strip_name, strip_twin, control, before, after, rule, reason ON entry
    BEGIN SELECT RAISE (ABORT, 'what a pass wrote is never changed'); END;
CREATE TRIGGER pass_is_kept BEFORE DELETE ON pass
    BEGIN SELECT RAISE (ABORT, 'a pass is never removed from the journal'); END;
CREATE TRIGGER entry_is_kept BEFORE DELETE ON entry
    BEGIN SELECT RAISE (ABORT, 'an entry is never removed from the journal'); END;
INSERT INTO pass VALUES (1, 'mix', 'sim', 'song', 5, 'applied', NULL, NULL);
INSERT INTO entry VALUES (1, 0, 'audio track', 'Kick', 0, 'fader', 0.0, -3.0, 'confirmed', 'balance', 'why');
INSERT INTO role VALUES ('song', 'audio track', 'Kick', 0, 'kick');
PRAGMA application_id = 1801806951;
PRAGMA user_version = 1;
)sql";

}  // namespace

TEST_CASE("a session's history holds its passes and no other's, each with its own entries") {
    auto journal = std::move(*journal::open_journal(":memory:"));
    REQUIRE(journal->append(pass_in("one", PassState::applied, 2)));
    REQUIRE(journal->append(pass_in("other", PassState::applied, 5)));
    REQUIRE(journal->append(pass_in("one", PassState::applied, 0)));
    REQUIRE(journal->append(pass_in("one", PassState::broken, 3)));
    const auto history = journal->history("one").value();
    REQUIRE(history.size() == 3);
    CHECK(history[0].id == PassId{1});
    CHECK(history[0].entries.size() == 2);
    CHECK(history[1].entries.empty());
    CHECK(history[2].id == PassId{4});
    CHECK(history[2].entries.size() == 3);
    CHECK(history[2].state == PassState::broken);
    CHECK(journal->history("none").value().empty());
}

TEST_CASE("unfinished passes of a session are those still prepared") {
    auto journal = std::move(*journal::open_journal(":memory:"));
    REQUIRE(journal->append(pass_in("one", PassState::applied, 1)));
    REQUIRE(journal->append(pass_in("other", PassState::prepared, 1)));
    const auto id = journal->append(pass_in("one", PassState::prepared, 2)).value();
    const auto unfinished = journal->unfinished("one").value();
    REQUIRE(unfinished.size() == 1);
    CHECK(unfinished[0].id == id);
    CHECK(unfinished[0].entries.size() == 2);
    auto settled = unfinished[0];
    settled.state = PassState::rolled_back;
    REQUIRE(journal->settle(settled));
    CHECK(journal->unfinished("one").value().empty());
}

TEST_CASE("what a pass takes its values from is kept") {
    auto journal = std::move(*journal::open_journal(":memory:"));
    Pass recall = pass_in("song", PassState::applied, 1);
    recall.kind = PassKind::recall;
    recall.recalls = "rough";
    const auto first = journal->append(recall).value();
    Pass reapply = pass_in("song", PassState::applied, 1);
    reapply.kind = PassKind::reapply;
    reapply.reapplies = first;
    const auto second = journal->append(reapply).value();
    CHECK(journal->pass(first).value().recalls == "rough");
    CHECK(journal->pass(second).value().reapplies == first);
    CHECK(journal->passes().value()[0].recalls == "rough");
    CHECK(journal->passes().value()[1].reapplies == first);
}

TEST_CASE("a snapshot comes back as it was stored, in a new connection too") {
    const ScratchFolder folder;
    const auto path = folder.file("journal.db");
    const Snapshot rough = rough_snapshot();
    REQUIRE(journal::open_journal(path).value()->store(rough));
    const auto journal = journal::open_journal(path).value();
    const auto back = journal->snapshot("song", rough.name).value();
    CHECK(back.values == rough.values);
    CHECK(back.surface == rough.surface);
    CHECK(back.created == rough.created);
    const auto listed = journal->snapshots().value();
    REQUIRE(listed.size() == 1);
    CHECK(listed[0].name == rough.name);
    CHECK(listed[0].session == "song");
    CHECK(listed[0].values == 4);
}

TEST_CASE("a snapshot's name is taken once in a session; the first one stays as it was") {
    const ScratchFolder folder;
    const auto path = folder.file("journal.db");
    auto journal = journal::open_journal(path).value();
    Snapshot rough = rough_snapshot();
    REQUIRE(journal->store(rough));
    rough.values.clear();
    const auto again = journal->store(rough);
    REQUIRE_FALSE(again);
    CHECK(again.error().kind == ErrorKind::usage);
    CHECK(journal->snapshot("song", rough.name).value().values.size() == 4);
    rough.session = "another";
    CHECK(journal->store(rough));
    CHECK_THAT(run_sql(path, "DELETE FROM snapshot"), Catch::Contains("never removed"));
    CHECK_THAT(run_sql(path, "UPDATE snapshot_value SET value = 0.0"), Catch::Contains("never changed"));

    const auto unknown = journal->snapshot("song", "fine");
    REQUIRE_FALSE(unknown);
    CHECK(unknown.error().kind == ErrorKind::usage);
    CHECK_THAT(unknown.error().next, Catch::Contains(rough.name));
    CHECK_FALSE(journal->snapshot("nowhere", "fine"));
}

TEST_CASE("a journal of the first kedge is carried forward with all it holds") {
    const ScratchFolder folder;
    const auto path = folder.file("journal.db");
    REQUIRE(run_sql(path, first_journal).empty());
    auto opened = journal::open_journal(path);
    INFO((opened ? "" : opened.error().message));
    REQUIRE(opened);
    auto& journal = **opened;
    CHECK(run_sql(path, "PRAGMA user_version") == "3");
    const Pass pass = journal.pass(PassId{1}).value();
    CHECK(pass.entries.at(0).after == ControlValue(-3.0_dB));
    CHECK_FALSE(pass.reapplies);
    CHECK(pass.recalls.empty());
    CHECK(journal.roles("song").value().size() == 1);
    CHECK(journal.append(pass_in("song", PassState::prepared, 1)).value() == PassId{2});
    CHECK(journal.store(rough_snapshot()));
    CHECK_THAT(run_sql(path, "UPDATE pass SET recalls = 'x'"), Catch::Contains("never changed"));
}
