#include "journal/standing.hpp"

#include "journal/journal.hpp"
#include "support/catch.hpp"

using namespace kedge;
using kedge::journal::Standing;

namespace {

const StripName kick_strip{StripKind::audio_track, "Kick", 0};

Pass standing_pass(std::int64_t id, std::vector<Control> controls, std::optional<PassId> reverts = {}) {
    Pass pass;
    pass.id = PassId{id};
    pass.session = "song";
    pass.state = PassState::applied;
    pass.reverts = reverts;
    if (reverts) pass.kind = PassKind::revert;
    for (const Control control : controls) {
        const ControlValue value = control == Control::pan ? ControlValue(Pan()) : ControlValue(Decibels());
        pass.entries.push_back({kick_strip, control, value, value, Verdict::confirmed, "", ""});
    }
    return pass;
}

}  // namespace

TEST_CASE("a revert takes a pass out, its own revert puts it back, and so on") {
    std::vector<Pass> passes = {standing_pass(1, {Control::fader})};
    for (std::int64_t id = 2; id < 8; ++id) {
        CAPTURE(id);
        passes.push_back(standing_pass(id, {Control::fader}, PassId{id - 1}));
        const Standing standing(passes);
        CHECK(standing.stands(PassId{1}, {kick_strip, Control::fader}) == (id % 2 == 1));
        CHECK(standing.state_of(passes.back()) == PassState::applied);
        CHECK(standing.state_of(passes[passes.size() - 2]) == PassState::reverted);
    }
}

TEST_CASE("the journal keeps the states in step when a revert is settled, and tells partly from wholly") {
    auto journal = std::move(*journal::open_journal(":memory:"));
    const auto apply = [&](Pass pass) {
        pass.state = PassState::prepared;
        pass.id = journal->append(pass).value();
        pass.state = PassState::applied;
        REQUIRE(journal->settle(pass));
        return pass.id;
    };
    const auto state = [&](PassId id) { return journal->pass(id).value().state; };
    const PassId mix = apply(standing_pass(0, {Control::fader, Control::pan}));
    Pass correction = standing_pass(0, {Control::trim});
    correction.continues = mix;
    const PassId corrected = apply(correction);

    const PassId pan_back = apply(standing_pass(0, {Control::pan}, mix));
    CHECK(state(mix) == PassState::partly_reverted);
    CHECK(state(corrected) == PassState::applied);
    const PassId rest_back = apply(standing_pass(0, {Control::fader, Control::trim}, mix));
    CHECK(state(mix) == PassState::reverted);
    CHECK(state(corrected) == PassState::reverted);
    apply(standing_pass(0, {Control::pan}, pan_back));
    CHECK(state(pan_back) == PassState::reverted);
    CHECK(state(mix) == PassState::partly_reverted);
    CHECK(state(corrected) == PassState::reverted);
    apply(standing_pass(0, {Control::fader, Control::trim}, rest_back));
    CHECK(state(mix) == PassState::applied);
    CHECK(state(corrected) == PassState::applied);
}

TEST_CASE("a revert that was rolled back, left a conflict or was only prepared takes nothing out") {
    auto journal = std::move(*journal::open_journal(":memory:"));
    Pass mix = standing_pass(0, {Control::fader});
    mix.id = journal->append(mix).value();
    for (const auto& [end, verdict] :
         {std::pair(PassState::rolled_back, Verdict::rolled_back),
          std::pair(PassState::applied, Verdict::conflict), std::pair(PassState::broken, Verdict::unheard),
          std::pair(PassState::prepared, Verdict::pending)}) {
        Pass revert = standing_pass(0, {Control::fader}, mix.id);
        revert.id = journal->append(revert).value();
        revert.state = end;
        revert.entries[0].verdict = verdict;
        REQUIRE(journal->settle(revert));
        CAPTURE(to_string(end));
        CHECK(journal->pass(mix.id).value().state == PassState::applied);
    }
}

TEST_CASE("a pass that is broken is so again once its revert is reverted") {
    auto journal = std::move(*journal::open_journal(":memory:"));
    Pass mix = standing_pass(0, {Control::fader, Control::pan});
    mix.state = PassState::broken;
    mix.entries[1].verdict = Verdict::unheard;
    mix.id = journal->append(mix).value();
    Pass revert = standing_pass(0, {Control::fader, Control::pan}, mix.id);
    revert.id = journal->append(revert).value();
    REQUIRE(journal->settle(revert));
    CHECK(journal->pass(mix.id).value().state == PassState::reverted);
    Pass back = standing_pass(0, {Control::fader, Control::pan}, revert.id);
    back.id = journal->append(back).value();
    REQUIRE(journal->settle(back));
    CHECK(journal->pass(mix.id).value().state == PassState::broken);
}
