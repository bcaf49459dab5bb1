// The DAW quits, hangs, or opens another session at any moment of a mix or a revert.

#include "engine/observe_job.hpp"
#include "engine/recover_job.hpp"
#include "engine/revert_job.hpp"
#include "faults/slow_wire.hpp"
#include "scenario/mixing_room.hpp"
#include "scenario/short_song.hpp"
#include "sim/simulated_ardour.hpp"
#include "support/catch.hpp"
#include "support/sanitized.hpp"

#include <cmath>
#include <functional>
#include <map>
#include <optional>
#include <utility>
#include <vector>

using namespace kedge;
using namespace std::chrono_literals;

namespace {

constexpr Duration detected_within = 3s;
// A sanitizer takes five times as long for each moment.
constexpr int sparser = test::sanitized ? 4 : 1;

/// What a person would see in the mixer.
struct Stand {
    std::string name;
    Decibels trim;
    Decibels fader;
    Pan pan;
    bool muted = false;
    [[nodiscard]] bool same(const Stand& other) const {
        return name == other.name && distance(trim, other.trim) < Decibels(0.02) &&
               distance(fader, other.fader) < Decibels(0.02) &&
               std::abs(pan.position() - other.pan.position()) < 0.002 && muted == other.muted;
    }
};

std::vector<Stand> stands(const sim::SimulatedArdour& daw) {
    std::vector<Stand> all;
    for (const auto& strip : daw.engine().strips())
        all.push_back({strip.name, strip.trim, strip.fader, strip.pan, strip.muted});
    return all;
}

bool all_same(const std::vector<Stand>& a, const std::vector<Stand>& b) {
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(),
                                              [](const Stand& x, const Stand& y) { return x.same(y); });
}

/// A studio whose DAW goes wrong at a certain moment.
struct UnsafeStudio {
    UnsafeStudio() {
        daw.engine().strips()[1].fader = Decibels(-4.5);
        daw.engine().strips()[2].pan = Pan(0.3);
        room.loop.on_step = [this](Instant now) { step(now); };
        room.loop.idle(1s);  // the simulator's clock and ours are not in step
    }

    void step(Instant now) {
        if (goes_wrong_at && now >= *goes_wrong_at) {
            gone_since = now;
            goes_wrong_at.reset();
            go_wrong();
        }
        if (comes_back_at && now >= *comes_back_at) {
            comes_back_at.reset();
            come_back();
        }
        if (!gone_since) return;
        if (room.engine.lost(now) && !detected_after) detected_after = now - *gone_since;
    }

    Result<void> connect() {
        engine::ObserveJob glance{Duration::zero()};
        return room.loop.run(glance);
    }

    /// Rolls back what is unfinished and takes back what stands of `pass`.
    void take_back(PassId pass) {
        engine::RecoverJob recovery(engine::Recovery::roll_back, false, *room.desk.journal);
        REQUIRE(room.loop.run(recovery));
        INFO((recovery.report().error ? recovery.report().error->message : std::string()));
        CHECK_FALSE(recovery.report().error);
        const PassState state = room.desk.journal->pass(pass).value().state;
        if (state == PassState::rolled_back || state == PassState::reverted) return;
        const auto reverted = revert(pass);
        INFO((reverted.error ? reverted.error->message : std::string()));
        CHECK_FALSE(reverted.error);
    }

    engine::RevertReport revert(PassId pass) {
        engine::RevertJob job(pass, false, "sim", {}, *room.desk.journal, room.desk.recorder);
        REQUIRE(room.loop.run(job));
        return job.report();
    }

    sim::SimulatedArdour daw{test::short_song("one")};
    test::SlowWire wire{daw};
    test::MixingRoom<> room{wire};
    std::optional<Instant> goes_wrong_at;
    std::optional<Instant> comes_back_at;
    std::optional<Instant> gone_since;
    std::optional<Duration> detected_after;
    std::function<void()> go_wrong = [this] { daw.quit(); };
    std::function<void()> come_back = [this] { daw.open(); };
};

/// What the journal says a control may hold: its passes in their order.
std::map<std::pair<StripName, Control>, std::vector<ControlValue>> told_by(const std::vector<Pass>& passes) {
    std::map<std::pair<StripName, Control>, std::vector<ControlValue>> may_hold;
    for (const Pass& pass : passes) {
        for (const PassEntry& entry : pass.entries) {
            auto& values = may_hold[{entry.strip, entry.control}];
            if (entry.verdict == Verdict::confirmed) values = {entry.after};
            if (entry.verdict == Verdict::unheard || entry.verdict == Verdict::failed)
                values = {entry.before, entry.after};
            const bool cut_off = pass.state == PassState::prepared;
            if (entry.verdict == Verdict::rolled_back) values = {entry.before};
            if (entry.verdict == Verdict::pending)
                values = cut_off ? std::vector{entry.before, entry.after} : std::vector{entry.before};
        }
    }
    return may_hold;
}

bool holds(const Stand& stand, Control control, const ControlValue& value) {
    switch (control) {
        case Control::trim:
            return distance(stand.trim, std::get<Decibels>(value)) < Decibels(0.02);
        case Control::fader:
            return distance(stand.fader, std::get<Decibels>(value)) < Decibels(0.02);
        case Control::pan:
            return std::abs(stand.pan.position() - std::get<Pan>(value).position()) < 0.002;
        case Control::mute:
            break;
    }
    return stand.muted == (std::get<Mute>(value) == Mute::muted);
}

/// The journal's word for every control against the truth.
void check_honest(const std::vector<Pass>& passes, const std::vector<Stand>& truth) {
    for (const auto& told : told_by(passes)) {
        const std::string& name = told.first.first.name;
        const Control control = told.first.second;
        const auto found =
            std::find_if(truth.begin(), truth.end(), [&](const Stand& each) { return each.name == name; });
        REQUIRE(found != truth.end());
        INFO(to_string(control) << " of " << name);
        CHECK(std::any_of(told.second.begin(), told.second.end(),
                          [&](const ControlValue& value) { return holds(*found, control, value); }));
    }
}

std::vector<Pass> journalled(const journal::Journal& journal) {
    std::vector<Pass> all;
    const auto summaries = journal.passes();
    REQUIRE(summaries);
    for (const auto& summary : *summaries) all.push_back(*journal.pass(summary.id));
    return all;
}

/// When a mix that nothing disturbs ends, and the moments that its passes are applied at.
struct Undisturbed {
    Undisturbed() {
        UnsafeStudio studio;
        REQUIRE(studio.connect());
        began = studio.room.loop.now();
        auto job = studio.room.desk.job({});
        studio.room.loop.on_step = [&](Instant now) {
            if (const auto doing = studio.room.engine.progress();
                doing && doing->doing.starts_with("applying"))
                applying.push_back(now - began);
        };
        REQUIRE(studio.room.loop.run(job));
        REQUIRE(job.report().passes.size() >= 1);
        length = studio.room.loop.now() - began;
    }
    Instant began;
    Duration length{};
    std::vector<Duration> applying;
};

/// Moments all over a mix, and many around its applying.
std::vector<Duration> moments(const Undisturbed& mix) {
    std::vector<Duration> all;
    for (int i = 0; i < 40 / sparser; ++i) all.push_back(mix.length * i * sparser / 40 + 1ms);
    const std::size_t around_applying = 60 / sparser;
    for (std::size_t i = 0; i < mix.applying.size(); i += 1 + mix.applying.size() / around_applying)
        all.push_back(mix.applying[i]);
    return all;
}

}  // namespace

TEST_CASE("a DAW that quits at any moment of a mix is missed within 3 s, and what the pass left is known") {
    const Undisturbed undisturbed;
    for (const Duration at : moments(undisturbed)) {
        INFO("gone after " << at.count() / 1'000'000 << " ms");
        UnsafeStudio studio;
        REQUIRE(studio.connect());
        const auto before = stands(studio.daw);
        studio.goes_wrong_at = studio.room.loop.now() + at;
        auto job = studio.room.desk.job({});
        REQUIRE(studio.room.loop.run(job));
        if (!studio.gone_since) continue;  // it was done before
        studio.room.loop.idle(3100ms);
        REQUIRE(studio.detected_after);
        CHECK(*studio.detected_after <= detected_within);
        const auto& report = job.report();
        // The check alone may be missing from a mix that is whole.
        const bool whole = !report.passes.empty() && report.passes.back().state == PassState::applied;
        if (!whole) {
            REQUIRE(report.error);
            CHECK_FALSE(report.error->message.empty());
            CHECK_FALSE(report.error->next.empty());
        }
        check_honest(journalled(*studio.room.desk.journal), stands(studio.daw));

        // Nobody is there: a command is told so at once.
        const Instant asked = studio.room.loop.now();
        auto another = studio.room.desk.job({});
        const auto told = studio.room.loop.run(another);
        REQUIRE_FALSE(told);
        CHECK(told.error().kind == ErrorKind::no_daw);
        CHECK_THAT(told.error().message, Catch::Contains("lost"));
        CHECK(studio.room.loop.now() == asked);

        // Back with the same session, everything can be taken back.
        studio.daw.open();
        studio.room.loop.idle(6s);
        REQUIRE_FALSE(studio.room.engine.lost(studio.room.loop.now()));
        const auto passes = journalled(*studio.room.desk.journal);
        if (passes.empty() || passes.front().state == PassState::rolled_back) {
            CHECK(all_same(stands(studio.daw), before));
            continue;
        }
        studio.take_back(passes.front().id);
        CHECK(all_same(stands(studio.daw), before));
    }
}

TEST_CASE("another session opened at any moment of a mix is left as it is, and the pass is not its own") {
    const auto away = GENERATE(as<Duration>{}, 500ms, 1500ms, 5s);
    const Undisturbed undisturbed;
    for (const Duration at : moments(undisturbed)) {
        INFO("gone after " << at.count() / 1'000'000 << " ms for " << away.count() / 1'000'000 << " ms");
        UnsafeStudio studio;
        studio.come_back = [&] {
            studio.daw.open(test::short_song("two"));
            for (auto& strip : studio.daw.engine().strips()) strip.fader = Decibels(-7.25);
        };
        REQUIRE(studio.connect());
        std::vector<StripId> ids;
        for (const Strip& strip : studio.room.session.mixer().strips) ids.push_back(strip.id);
        studio.goes_wrong_at = studio.room.loop.now() + at;
        studio.comes_back_at = studio.room.loop.now() + at + away;
        auto job = studio.room.desk.job({});
        REQUIRE(studio.room.loop.run(job));
        if (!studio.gone_since) continue;
        studio.room.loop.idle(away + 6s);
        REQUIRE(studio.detected_after);
        CHECK(*studio.detected_after <= detected_within);
        REQUIRE_FALSE(studio.room.engine.lost(studio.room.loop.now()));
        CHECK(studio.room.session.mixer().session.name == "two");
        for (const auto& strip : studio.daw.engine().strips()) {
            CHECK(strip.fader == Decibels(-7.25));
            CHECK(strip.trim == Decibels());
            CHECK(strip.pan == Pan());
        }
        for (const Strip& strip : studio.room.session.mixer().strips)
            CHECK(std::find(ids.begin(), ids.end(), strip.id) == ids.end());
        for (const Pass& pass : journalled(*studio.room.desk.journal)) {
            CHECK(pass.session == "one");
            if (pass.state == PassState::rolled_back) continue;
            const auto reverted = studio.revert(pass.id);
            REQUIRE(reverted.error);
            CHECK_THAT(reverted.error->message, Catch::Contains("'one'") && Catch::Contains("'two'"));
        }
        engine::RecoverJob recovery(engine::Recovery::roll_back, true, *studio.room.desk.journal);
        REQUIRE(studio.room.loop.run(recovery));
        CHECK_FALSE(recovery.report().cut_off);
        for (const auto& strip : studio.daw.engine().strips()) CHECK(strip.fader == Decibels(-7.25));
    }
}

TEST_CASE("a DAW that hangs at any moment of a mix is missed within 3 s; what it does afterwards is no lie") {
    const Undisturbed undisturbed;
    for (const Duration at : moments(undisturbed)) {
        INFO("hangs after " << at.count() / 1'000'000 << " ms");
        UnsafeStudio studio;
        studio.go_wrong = [&] { studio.daw.hang(true); };
        REQUIRE(studio.connect());
        const auto before = stands(studio.daw);
        studio.goes_wrong_at = studio.room.loop.now() + at;
        auto job = studio.room.desk.job({});
        REQUIRE(studio.room.loop.run(job));
        if (!studio.gone_since) continue;
        studio.room.loop.idle(3100ms);
        REQUIRE(studio.detected_after);
        CHECK(*studio.detected_after <= detected_within);
        studio.daw.hang(false);
        studio.room.loop.idle(6s);
        REQUIRE_FALSE(studio.room.engine.lost(studio.room.loop.now()));
        const auto passes = journalled(*studio.room.desk.journal);
        check_honest(passes, stands(studio.daw));
        if (passes.empty()) continue;
        studio.take_back(passes.front().id);
        CHECK(all_same(stands(studio.daw), before));
    }
}

TEST_CASE("a DAW that quits at any moment of a revert: missed within 3 s, and the revert is recovered") {
    for (int ms = 0; ms < 60; ms += sparser) {
        INFO("gone after " << ms << " ms");
        UnsafeStudio studio;
        REQUIRE(studio.connect());
        const auto before = stands(studio.daw);
        auto job = studio.room.desk.job({});
        REQUIRE(studio.room.loop.run(job));
        const PassId pass = job.report().passes.front().id;
        studio.goes_wrong_at = studio.room.loop.now() + std::chrono::milliseconds(ms * ms / 20);
        const auto first = studio.revert(pass);
        studio.room.loop.idle(3100ms);
        REQUIRE(studio.detected_after);
        CHECK(*studio.detected_after <= detected_within);
        if (first.error) CHECK_FALSE(first.error->message.empty());
        check_honest(journalled(*studio.room.desk.journal), stands(studio.daw));
        studio.daw.open();
        studio.room.loop.idle(6s);
        REQUIRE_FALSE(studio.room.engine.lost(studio.room.loop.now()));
        studio.take_back(pass);
        CHECK(all_same(stands(studio.daw), before));
    }
}

TEST_CASE("a strip list that is on its way when the DAW quits does not hide that it is gone") {
    for (int ms = 0; ms < 800; ms += 20) {
        INFO("gone after " << ms << " ms");
        UnsafeStudio studio;
        REQUIRE(studio.connect());
        studio.daw.add_bus("New");
        studio.goes_wrong_at = studio.room.loop.now() + std::chrono::milliseconds(ms);
        studio.room.loop.idle(4s);
        REQUIRE(studio.detected_after);
        CHECK(*studio.detected_after <= detected_within);
    }
}

TEST_CASE("a job that waits for the first answer is told when there is none, and is forgotten") {
    UnsafeStudio studio;
    studio.daw.quit();
    const Instant began = studio.room.loop.now();
    {
        auto job = studio.room.desk.job({});
        const auto told = studio.room.loop.run(job);
        REQUIRE_FALSE(told);
        CHECK(told.error().kind == ErrorKind::no_daw);
    }
    CHECK(studio.room.loop.now() - began <= detected_within);
    CHECK_FALSE(studio.room.engine.busy());
    studio.daw.open();
    studio.room.loop.idle(6s);
    CHECK_FALSE(studio.room.engine.lost(studio.room.loop.now()));
    CHECK(studio.connect());
}
