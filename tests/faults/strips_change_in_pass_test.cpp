// Strips that come, go, change places or names while a pass is being sent: no strip is left with a value that
// was meant for another.

#include "faults/faulty_studio.hpp"
#include "support/sanitized.hpp"

#include <algorithm>
#include <numeric>

using namespace kedge;
using namespace kedge::test;
using namespace std::chrono_literals;

namespace {

enum class Meddling { reorder, remove, insert, rename };

using ByRoute = std::map<std::pair<std::uint32_t, Control>, ControlValue>;

/// A slow pass over many strips, and a person who meddles with them at an instant the seed chooses.
class MeddledPass {
  public:
    MeddledPass(std::uint32_t seed, Meddling how) : random_(seed), how_(how) {
        sim::FaultPlan slow;
        slow.to_daw.latency = 15ms;
        slow.to_client.latency = 15ms;
        for (sim::SimStrip& strip : studio_.daw().engine().strips()) strip.fader = Decibels(level());
        studio_.daw().reorder_strips(as_they_stand());  // everything is told again
        engine::ObserveJob glance(2s);
        REQUIRE(studio_.loop().run(glance));
        studio_.set_plan(slow);
        surface::RunnerPacing pacing;
        pacing.most_in_flight = 4;
        job_.emplace(some_wishes(), recorder_, pacing);
        before_ = truth();
        const Duration at(std::uniform_int_distribution<std::int64_t>(0, 500'000'000)(random_));
        studio_.loop().on_step = [this, at](Instant now) {
            if (met_ || job_->began() == Instant{} || now < job_->began() + at) return;
            met_ = true;
            meddle();
        };
        REQUIRE(studio_.loop().run(*job_, 5min));
        studio_.loop().on_step = nullptr;
        // What is still on the wire arrives.
        studio_.loop().idle(500ms);
    }

    void judge() {
        const auto& runner = job_->runner();
        const auto state = runner.refused() ? PassState::rolled_back : runner.pass().state;
        INFO("verdict " << to_string(state) << ", "
                        << (runner.cause() ? runner.cause()->message : std::string()));
        // Only what nobody can put back leaves a pass broken: a strip that is no more, or a newcomer that was
        // hit before anybody knew what it held.
        const bool lost_one = removed_ && planned_.contains({*removed_, Control::fader});
        if (!lost_one && !inserted_) CHECK(to_string(state) != "broken");
        for (const auto& [key, value] : truth()) {
            if (key.first == inserted_ && state == PassState::broken) continue;
            const bool planned = state == PassState::applied && planned_.contains(key);
            const auto& should = planned ? planned_.at(key) : before_.at(key);
            INFO("strip " << key.first << ", " << to_string(key.second) << ": " << to_string(value)
                          << ", not " << to_string(should));
            CHECK(surface::same_value(value, should, studio_.session().capabilities()));
        }
        outcome = state;
    }
    PassState outcome = PassState::prepared;

  private:
    double level() { return std::uniform_real_distribution<double>(-40.0, 0.0)(random_); }

    std::vector<surface::PassRunner::Wish> some_wishes() {
        std::vector<surface::PassRunner::Wish> wishes;
        const auto& strips = studio_.daw().engine().strips();
        for (const Strip& strip : studio_.mixer().strips) {
            if (strip.name.kind == StripKind::master || level() < -24.0) continue;
            const Decibels to(level());
            wishes.push_back({strip.id, Control::fader, to, {}, "meddled", "a test"});
            const auto own = std::find_if(strips.begin(), strips.end(),
                                          [&](const auto& each) { return each.name == strip.name.name; });
            planned_.emplace(std::pair(own->id.value, Control::fader), to);
        }
        return wishes;
    }

    [[nodiscard]] std::vector<std::size_t> as_they_stand() {
        std::vector<std::size_t> order(studio_.daw().engine().strips().size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        return order;
    }

    void meddle() {
        auto& daw = studio_.daw();
        auto& strips = daw.engine().strips();
        const std::size_t one = random_() % strips.size();
        switch (how_) {
            case Meddling::reorder: {
                auto order = as_they_stand();
                std::shuffle(order.begin(), order.end(), random_);
                daw.reorder_strips(order);
                break;
            }
            case Meddling::remove:
                removed_ = strips[one].id.value;
                daw.remove_strip(one);
                break;
            case Meddling::insert: {
                daw.add_bus("New");
                inserted_ = strips.back().id.value;
                for (const Control control : all_controls)
                    before_[{strips.back().id.value, control}] = strips.back().value(control);
                auto order = as_they_stand();
                std::rotate(order.begin() + static_cast<std::ptrdiff_t>(one), order.end() - 1, order.end());
                daw.reorder_strips(order);
                break;
            }
            case Meddling::rename:
                studio_.rename(one, "Renamed");
                break;
        }
    }

    [[nodiscard]] ByRoute truth() {
        ByRoute all;
        for (const sim::SimStrip& strip : studio_.daw().engine().strips())
            for (const Control control : all_controls)
                all.emplace(std::pair(strip.id.value, control), strip.value(control));
        return all;
    }

    std::mt19937 random_;
    Meddling how_;
    FaultyStudio studio_{24, Duration{}};
    CountingRecorder recorder_;
    std::optional<PassJob> job_;
    ByRoute before_;
    ByRoute planned_;
    std::optional<std::uint32_t> removed_;
    std::optional<std::uint32_t> inserted_;
    bool met_ = false;
};

}  // namespace

TEST_CASE("strips that change in the middle of a pass: no strip keeps a value meant for another") {
    const auto how = GENERATE(Meddling::reorder, Meddling::remove, Meddling::insert, Meddling::rename);
    int applied = 0;
    int taken_back = 0;
    for (std::uint32_t seed = 1; seed <= test::steps(60); ++seed) {
        INFO("meddling " << static_cast<int>(how) << ", seed " << seed);
        MeddledPass pass(seed, how);
        pass.judge();
        ++(pass.outcome == PassState::applied ? applied : taken_back);
    }
    INFO("meddling " << static_cast<int>(how) << ": " << applied << " applied, " << taken_back
                     << " taken back");
    CHECK(applied > 0);
    if (how != Meddling::rename) CHECK(taken_back > 0);
}
