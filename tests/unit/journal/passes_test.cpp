#include "journal/journal.hpp"
#include "support/catch.hpp"
#include "support/scratch_folder.hpp"
#include "unit/journal/journal_file.hpp"

#include <limits>
#include <random>

using namespace kedge;
using kedge::test::run_sql;
using kedge::test::ScratchFolder;

namespace {

std::unique_ptr<journal::Journal> open(const std::string& path = ":memory:") {
    auto opened = journal::open_journal(path);
    if (!opened) FAIL(opened.error().message);
    return std::move(*opened);
}

PassEntry entry(StripName strip, Control control, ControlValue before, ControlValue after) {
    return {std::move(strip), control, before, after, Verdict::pending, "balance", "it was 0.4 dB below"};
}

/// Every kind of control and every awkward value.
Pass awkward_pass() {
    Pass pass;
    pass.kind = PassKind::refine;
    pass.surface = "ardour 127.0.0.1:3819";
    pass.session = "Größe „Ω“ 録音 \xF0\x9F\xA5\x81";
    pass.created = WallTime{1'790'000'000};
    pass.state = PassState::prepared;
    pass.entries = {
        entry({StripKind::audio_track, "Kick In", 0}, Control::trim, Decibels(-0.0), Decibels(1.0 / 3.0)),
        entry({StripKind::audio_track, "Kick In", 1}, Control::fader, Decibels::silence(), 3.0_dB),
        entry({StripKind::vca, "Chœur — ♪'\"; DROP TABLE pass", 0}, Control::fader, 6.0_dB,
              Decibels::silence()),
        entry({StripKind::audio_bus, "", 0}, Control::pan, Pan(-0.123456789012345), Pan::right()),
        entry({StripKind::midi_track, "plain", 0}, Control::mute, Mute::open, Mute::muted),
        entry({StripKind::master, std::string("nul\0byte", 8), 0}, Control::fader,
              Decibels(-std::numeric_limits<double>::min()), Decibels(-193.0)),
    };
    pass.entries[0].verdict = Verdict::confirmed;
    pass.entries[3].rule = "";
    pass.entries[3].reason = std::string(5000, 'x');
    return pass;
}

void require_same(const PassEntry& a, const PassEntry& b) {
    CHECK(a.strip == b.strip);
    CHECK(a.control == b.control);
    CHECK(a.before == b.before);
    CHECK(a.after == b.after);
    CHECK(a.verdict == b.verdict);
    CHECK(a.rule == b.rule);
    CHECK(a.reason == b.reason);
}

void require_same(const Pass& a, const Pass& b) {
    CHECK(a.id == b.id);
    CHECK(a.kind == b.kind);
    CHECK(a.surface == b.surface);
    CHECK(a.session == b.session);
    CHECK(a.created == b.created);
    CHECK(a.state == b.state);
    CHECK(a.reverts == b.reverts);
    CHECK(a.continues == b.continues);
    CHECK(a.reapplies == b.reapplies);
    CHECK(a.recalls == b.recalls);
    REQUIRE(a.entries.size() == b.entries.size());
    for (std::size_t i = 0; i < a.entries.size(); ++i) require_same(a.entries[i], b.entries[i]);
}

}  // namespace

TEST_CASE("A pass comes back as it was stored, in a new connection too") {
    const ScratchFolder folder;
    auto pass = awkward_pass();
    {
        auto journal = open(folder.file("journal.db"));
        const auto id = journal->append(pass);
        REQUIRE(id);
        CHECK(id->value == 1);
        pass.id = *id;
        require_same(journal->pass(*id).value(), pass);
    }
    require_same(open(folder.file("journal.db"))->pass(pass.id).value(), pass);
}

TEST_CASE("Random passes come back bit for bit") {
    const auto seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    auto journal = open();
    for (int round = 0; round < 100; ++round) {
        Pass pass;
        std::uniform_real_distribution<double> level(-200.0, 20.0);
        std::uniform_real_distribution<double> position(-1.0, 1.0);
        for (int i = 0; i < 20; ++i)
            pass.entries.push_back(i % 2 == 0 ? entry({StripKind::audio_track, "t", i}, Control::fader,
                                                      Decibels(level(random)), Decibels(level(random)))
                                              : entry({StripKind::audio_track, "t", i}, Control::pan,
                                                      Pan(position(random)), Pan(position(random))));
        pass.id = journal->append(pass).value();
        require_same(journal->pass(pass.id).value(), pass);
    }
}

TEST_CASE("Passes are listed in order, with what they revert and continue") {
    auto journal = open();
    CHECK(journal->passes().value().empty());
    const auto first = journal->append(awkward_pass()).value();
    Pass revert = awkward_pass();
    revert.kind = PassKind::revert;
    revert.reverts = first;
    revert.entries.resize(2);
    Pass correction;
    correction.kind = PassKind::correction;
    correction.continues = first;
    REQUIRE(journal->append(revert));
    REQUIRE(journal->append(correction));

    const auto passes = journal->passes().value();
    REQUIRE(passes.size() == 3);
    CHECK(passes[0].id == PassId{1});
    CHECK(passes[0].kind == PassKind::refine);
    CHECK(passes[0].moves == 6);
    CHECK(passes[0].session == awkward_pass().session);
    CHECK(passes[0].surface == awkward_pass().surface);
    CHECK(passes[0].created == awkward_pass().created);
    CHECK_FALSE(passes[0].reverts);
    CHECK(passes[1].reverts == first);
    CHECK(passes[1].moves == 2);
    CHECK(passes[2].continues == first);
    CHECK(passes[2].moves == 0);
    CHECK(journal->pass(PassId{3}).value().entries.empty());
}

TEST_CASE("A pass that names an unknown pass is refused whole") {
    auto journal = open();
    Pass revert = awkward_pass();
    revert.reverts = PassId{99};
    const auto id = journal->append(revert);
    REQUIRE_FALSE(id);
    CHECK(id.error().kind == ErrorKind::storage);
    CHECK(journal->passes().value().empty());
}

TEST_CASE("An append that fails half-way leaves nothing") {
    const ScratchFolder folder;
    const auto path = folder.file("journal.db");
    auto journal = open(path);
    run_sql(path,
            "CREATE TRIGGER no_room BEFORE INSERT ON entry WHEN new.place = 3 "
            "BEGIN SELECT RAISE (ABORT, 'no room'); END");
    const auto id = journal->append(awkward_pass());
    REQUIRE_FALSE(id);
    CHECK_THAT(id.error().message, Catch::Contains("no room"));
    CHECK(run_sql(path, "SELECT count(*) FROM pass") == "0");
    CHECK(run_sql(path, "SELECT count(*) FROM entry") == "0");

    run_sql(path, "DROP TRIGGER no_room");
    CHECK(journal->append(awkward_pass()));
}

TEST_CASE("Settling records state and verdicts and nothing else") {
    auto journal = open();
    auto stored = awkward_pass();
    stored.id = journal->append(stored).value();

    auto changed = stored;
    changed.state = PassState::broken;
    changed.kind = PassKind::mix;
    changed.session = "another";
    for (auto& changed_entry : changed.entries) {
        changed_entry.verdict = Verdict::unheard;
        changed_entry.rule = "another";
        changed_entry.strip.name = "another";
    }
    changed.entries[1].before = 0.0_dB;
    changed.entries[1].after = 0.0_dB;
    REQUIRE(journal->settle(changed));

    stored.state = PassState::broken;
    for (auto& stored_entry : stored.entries) stored_entry.verdict = Verdict::unheard;
    require_same(journal->pass(stored.id).value(), stored);
}

TEST_CASE("Every state, kind and verdict is kept") {
    auto journal = open();
    for (const auto kind : {PassKind::mix, PassKind::refine, PassKind::revert, PassKind::reapply,
                            PassKind::correction, PassKind::recall, PassKind::comparison})
        for (const auto state : {PassState::prepared, PassState::applied, PassState::rolled_back,
                                 PassState::broken, PassState::reverted, PassState::partly_reverted})
            for (const auto verdict : {Verdict::pending, Verdict::confirmed, Verdict::failed,
                                       Verdict::unheard, Verdict::rolled_back, Verdict::conflict}) {
                auto pass = awkward_pass();
                pass.kind = kind;
                pass.id = journal->append(pass).value();
                pass.state = state;
                pass.entries[0].verdict = verdict;
                REQUIRE(journal->settle(pass));
                require_same(journal->pass(pass.id).value(), pass);
            }
}

TEST_CASE("A pass that is not there is a usage error that names those that are") {
    auto journal = open();
    const auto none = journal->pass(PassId{7});
    REQUIRE_FALSE(none);
    CHECK(none.error().kind == ErrorKind::usage);
    CHECK_THAT(none.error().message, Catch::Contains("7") && Catch::Contains("empty"));

    REQUIRE(journal->append(awkward_pass()));
    REQUIRE(journal->append(awkward_pass()));
    const auto unknown = journal->pass(PassId{7});
    REQUIRE_FALSE(unknown);
    CHECK(unknown.error().kind == ErrorKind::usage);
    CHECK_THAT(unknown.error().next, Catch::Contains("1, 2"));

    Pass stranger = awkward_pass();
    stranger.id = PassId{7};
    const auto settled = journal->settle(stranger);
    REQUIRE_FALSE(settled);
    CHECK(settled.error().kind == ErrorKind::usage);
}

TEST_CASE("Settling a pass with other entries than were stored is refused and changes nothing") {
    auto journal = open();
    auto pass = awkward_pass();
    pass.id = journal->append(pass).value();
    auto shorter = pass;
    shorter.state = PassState::applied;
    shorter.entries.pop_back();
    REQUIRE_FALSE(journal->settle(shorter));
    require_same(journal->pass(pass.id).value(), pass);
}

TEST_CASE("The file itself refuses to forget or to rewrite a pass") {
    const ScratchFolder folder;
    const auto path = folder.file("journal.db");
    auto journal = open(path);
    auto pass = awkward_pass();
    pass.id = journal->append(pass).value();
    CHECK_THAT(run_sql(path, "DELETE FROM entry"), Catch::Contains("never removed"));
    CHECK_THAT(run_sql(path, "DELETE FROM pass"), Catch::Contains("never removed"));
    CHECK_THAT(run_sql(path, "UPDATE entry SET before = 0.0"), Catch::Contains("never changed"));
    CHECK_THAT(run_sql(path, "UPDATE pass SET session = 'x'"), Catch::Contains("never changed"));
    require_same(journal->pass(pass.id).value(), pass);
}

TEST_CASE("A record kedge did not write is reported, not guessed at") {
    const ScratchFolder folder;
    const auto path = folder.file("journal.db");
    auto journal = open(path);
    const auto id = journal->append(awkward_pass()).value();
    run_sql(path, "DROP TRIGGER entry_stays; UPDATE entry SET before = 'loud' WHERE place = 1");
    const auto damaged = journal->pass(id);
    REQUIRE_FALSE(damaged);
    CHECK(damaged.error().kind == ErrorKind::storage);
}

TEST_CASE("Roles set by hand are kept per session, replaced and taken back") {
    const ScratchFolder folder;
    const auto path = folder.file("journal.db");
    const StripName kick{StripKind::audio_track, "Bötti 録", 0};
    const StripName twin{StripKind::audio_track, "Bötti 録", 1};
    {
        auto journal = open(path);
        REQUIRE(journal->set_role("song", kick, "kick"));
        REQUIRE(journal->set_role("song", twin, "snare"));
        REQUIRE(journal->set_role("song", twin, "tom"));
        REQUIRE(journal->set_role("other song", kick, "bass"));
    }
    auto journal = open(path);
    CHECK(journal->roles("song").value() ==
          std::vector<std::pair<StripName, std::string>>{{kick, "kick"}, {twin, "tom"}});
    REQUIRE(journal->set_role("song", kick, std::nullopt));
    REQUIRE(journal->set_role("song", kick, std::nullopt));
    CHECK(journal->roles("song").value() == std::vector<std::pair<StripName, std::string>>{{twin, "tom"}});
    CHECK(journal->roles("other song").value().size() == 1);
    CHECK(journal->roles("no such song").value().empty());
}
