#include "engine/session_history.hpp"
#include "support/catch.hpp"
#include "support/pass_desk.hpp"
#include "support/sanitized.hpp"

#include <algorithm>
#include <map>
#include <random>

using namespace kedge;
using namespace kedge::test;

namespace {

constexpr Verdict in_doubt = Verdict::unheard;

/// A move that the DAW did not answer to: it is in the journal, and was made or was not.
struct UnheardMove {
    std::string strip;
    Control control = Control::fader;
    ControlValue to;
    bool landed = false;
};

PassId record_unheard(PassDesk& desk, const std::vector<UnheardMove>& moves,
                      std::optional<PassId> reverts = std::nullopt) {
    Pass pass;
    pass.session = "song";
    pass.reverts = reverts;
    if (reverts) pass.kind = PassKind::revert;
    for (const UnheardMove& move : moves) {
        Strip& strip = desk.daw.strip(move.strip);
        pass.entries.push_back(
            {strip.name, move.control, *strip.control(move.control), move.to, Verdict::pending, "test", ""});
        if (move.landed) strip.set_control(move.control, move.to);
    }
    pass.id = desk.journal->append(pass).value();
    pass.state = PassState::broken;
    for (PassEntry& entry : pass.entries) entry.verdict = in_doubt;
    REQUIRE(desk.journal->settle(pass));
    return pass.id;
}

/// Passes over passes on a desk, some of which the DAW does not answer to.
struct DoubtfulSession {
    explicit DoubtfulSession(std::uint32_t seed) : random(seed) {}

    bool one_in(std::uint32_t many) { return random() % many == 0; }

    void write() {
        const bool doubtful = one_in(3);
        std::vector<Wanted> wanted;
        std::vector<UnheardMove> moves;
        for (const Strip& strip : desk.daw.mixer().strips) {
            if (!one_in(2)) continue;
            const Decibels level(std::uniform_int_distribution<int>(-60, 6)(random));
            wanted.push_back({strip.name.name, Control::fader, level});
            moves.push_back({strip.name.name, Control::fader, level, one_in(2)});
        }
        if (wanted.empty()) return;
        passes.push_back(doubtful ? record_unheard(desk, moves) : desk.write(wanted));
        writers.push_back(passes.back());
    }

    void revert(PassId pass) {
        const auto report = desk.revert(pass);
        INFO("revert " << pass.value << ": " << (report.error ? report.error->message : ""));
        if (report.error) {
            CHECK(report.error->kind == ErrorKind::refused);
        } else {
            passes.push_back(report.pass->id);
        }
    }

    /// A revert of a pass that wrote, to which the DAW does not answer.
    void revert_in_doubt(PassId pass) {
        const engine::SessionHistory history(desk.journal->history("song").value(), desk.daw.capabilities());
        std::vector<UnheardMove> moves;
        for (const PassEntry& entry : history.find(pass)->entries) {
            const auto way = history.of({entry.strip, entry.control})->way_back(pass);
            if (way && !way->covered_by)
                moves.push_back({entry.strip.name, entry.control, way->to, one_in(2)});
        }
        if (!moves.empty()) record_unheard(desk, moves, pass);
    }

    PassId one_of(const std::vector<PassId>& list) { return list[random() % list.size()]; }

    std::mt19937 random;
    PassDesk desk{2};
    std::vector<PassId> passes;
    std::vector<PassId> writers;
};

}  // namespace

TEST_CASE("whatever moves the DAW did not answer to, all passes reverted in any order end where all began") {
    const auto seed = GENERATE(take(test::steps(300), random(0, 1'000'000)));
    CAPTURE(seed);
    DoubtfulSession session(static_cast<std::uint32_t>(seed));
    const auto origin = session.desk.daw.mixer();
    for (int step = 0; step < 15; ++step) {
        CAPTURE(step);
        const auto what = session.random() % 8;
        if (session.passes.empty() || what < 4) {
            session.write();
        } else if (what < 7) {
            session.revert(session.one_of(session.passes));
        } else {
            session.revert_in_doubt(session.one_of(session.writers));
        }
    }
    std::shuffle(session.writers.begin(), session.writers.end(), session.random);
    for (const PassId pass : session.writers) session.revert(pass);
    CHECK(session.desk.daw.mixer() == origin);
}

TEST_CASE("a pass taken out beneath one in doubt leaves it in doubt, and both lead back in either order") {
    const bool landed = GENERATE(true, false);
    const bool earlier_first = GENERATE(true, false);
    CAPTURE(landed, earlier_first);
    PassDesk desk;
    const PassId first = desk.write({{"Strip 1", Control::fader, -5.0_dB}});
    const PassId second = record_unheard(desk, {{"Strip 1", Control::fader, -9.0_dB, landed}});
    for (const PassId pass : {earlier_first ? first : second, earlier_first ? second : first}) {
        const auto report = desk.revert(pass);
        INFO((report.error ? report.error->message : ""));
        CHECK_FALSE(report.error);
    }
    CHECK(desk.fader("Strip 1") == Decibels());
}
