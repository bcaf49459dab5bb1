#include "journal/journal.hpp"
#include "journal/line_rows.hpp"
#include "support/catch.hpp"
#include "support/scratch_folder.hpp"
#include "unit/journal/journal_file.hpp"

#include <limits>
#include <random>

using namespace kedge;
using kedge::test::run_sql;
using kedge::test::ScratchFolder;

namespace {

FaderLine random_line(std::mt19937_64& random) {
    FaderLine made;
    made.mode = static_cast<AutomationMode>(random() % 5);
    made.rest = Gain(std::uniform_real_distribution(0.0, 2.0)(random));
    std::int64_t at = 0;
    for (auto points = random() % 30; points > 0; --points) {
        at += 1 + static_cast<std::int64_t>(random() % 10'000'000'000);
        made.points.push_back(
            {SongTime(Duration(at)), Gain(std::uniform_real_distribution(0.0, 2.0)(random))});
    }
    if (random() % 2 == 0) made.native = "shaped 1 0 1 0;0.5 0.70710678118654757 5 -0.25 0.70710678118654757";
    return made;
}

Pass ride_of(std::mt19937_64& random, std::size_t count) {
    Pass pass;
    pass.kind = PassKind::ride;
    pass.session = "song";
    for (std::size_t i = 0; i < count; ++i)
        pass.lines.push_back({{StripKind::audio_track, "Lead; Vox 'n' \"more\" " + std::to_string(i), 0},
                              random_line(random),
                              random_line(random),
                              Verdict::pending,
                              "ride",
                              "because"});
    return pass;
}

void require_same_lines(const std::vector<PassLine>& a, const std::vector<PassLine>& b) {
    REQUIRE(a.size() == b.size());
    for (std::size_t i = 0; i < a.size(); ++i) {
        CHECK(a[i].strip == b[i].strip);
        CHECK(a[i].before == b[i].before);
        CHECK(a[i].after == b[i].after);
        CHECK(a[i].became == b[i].became);
        CHECK(a[i].verdict == b[i].verdict);
        CHECK(a[i].rule == b[i].rule);
        CHECK(a[i].reason == b[i].reason);
    }
}

}  // namespace

TEST_CASE("fader lines come back from the journal to their last bit, by pass and by session") {
    const ScratchFolder folder;
    const auto path = folder.file("journal.db");
    std::mt19937_64 random(7);
    std::vector<Pass> stored;
    for (std::size_t lines = 1; lines <= 20; ++lines) {
        stored.push_back(ride_of(random, lines));
        stored.back().id = journal::open_journal(path).value()->append(stored.back()).value();
    }
    const auto again = journal::open_journal(path).value();
    const auto history = again->history("song").value();
    REQUIRE(history.size() == stored.size());
    for (std::size_t i = 0; i < stored.size(); ++i) {
        require_same_lines(again->pass(stored[i].id).value().lines, stored[i].lines);
        require_same_lines(history[i].lines, stored[i].lines);
        CHECK(again->passes().value()[i].moves == stored[i].lines.size());
    }
}

TEST_CASE("settling a ride records its verdicts, and a revert of it takes it out") {
    const auto file = journal::open_journal(":memory:").value();
    std::mt19937_64 random(8);
    Pass ride = ride_of(random, 2);
    ride.id = file->append(ride).value();
    ride.state = PassState::applied;
    for (PassLine& each : ride.lines) each.verdict = Verdict::confirmed;
    ride.lines[1].became = random_line(random);
    REQUIRE(file->settle(ride));
    require_same_lines(file->pass(ride.id).value().lines, ride.lines);

    Pass revert = ride;
    revert.kind = PassKind::revert;
    revert.reverts = ride.id;
    revert.state = PassState::prepared;
    revert.lines.pop_back();
    revert.id = file->append(revert).value();
    CHECK(file->pass(ride.id).value().state == PassState::applied);
    revert.state = PassState::applied;
    REQUIRE(file->settle(revert));
    CHECK(file->pass(ride.id).value().state == PassState::partly_reverted);
}

TEST_CASE("a line of a pass is never rewritten nor forgotten, and what no kedge wrote is reported") {
    const ScratchFolder folder;
    const auto path = folder.file("journal.db");
    std::mt19937_64 random(9);
    REQUIRE(journal::open_journal(path).value()->append(ride_of(random, 1)));
    CHECK_THAT(run_sql(path, "UPDATE line SET points_after = ''"), Catch::Contains("never changed"));
    CHECK_THAT(run_sql(path, "DELETE FROM line"), Catch::Contains("never removed"));
    run_sql(path, "DROP TRIGGER line_stays; UPDATE line SET points_after = '0 1;5'");
    CHECK_FALSE(journal::open_journal(path).value()->pass(PassId{1}));
}

TEST_CASE("points as text: what is no list of points is not read as one") {
    using journal::points_from_text;
    CHECK(points_from_text("")->empty());
    CHECK(points_from_text("0 1;5 0.25")->size() == 2);
    for (const std::string_view bad :
         {"0", "0 ", "0 x", "x 1", "0 1,5 1", "0 -1", "0 nan", "0 inf", "0 1;;5 1"}) {
        CAPTURE(bad);
        CHECK_FALSE(points_from_text(bad));
    }
}
