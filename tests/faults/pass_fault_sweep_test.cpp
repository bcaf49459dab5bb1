// Ten thousand passes over a wire that loses, doubles, delays and reorders up to three in ten datagrams each
// way, judged by the simulated DAW's own mixer.

#include "faults/faulty_studio.hpp"
#include "support/sanitized.hpp"

#include <algorithm>
#include <cstdlib>

using namespace kedge;
using namespace kedge::test;
using namespace std::chrono_literals;

namespace {

constexpr int passes_a_studio = 20;
// Under a sanitizer a part of them: it makes each some ten times slower.
constexpr std::uint32_t studios = sanitized ? 40 : 500;

/// One studio of the sweep, all of it chosen by the seed.
class SweptStudio {
  public:
    explicit SweptStudio(std::uint32_t seed)
        : random_(seed),
          keeps_order_(seed % 4 == 0),
          plan_(some_plan(seed)),
          studio_(2 + static_cast<int>(seed % 3),
                  keeps_order_ ? Duration{} : std::max(plan_.to_daw.latest(), plan_.to_client.latest())) {
        studio_.set_plan(plan_);
    }

    struct Tally {
        int applied = 0;
        int rolled_back = 0;
        int refused = 0;
        int other = 0;
    };

    void run_pass(Tally& tally) {
        const TrueMixer before = studio_.truth();
        const auto wishes = some_wishes();
        TrueMixer planned = before;
        for (const auto& wish : wishes)
            planned[{studio_.mixer().find(wish.strip)->name.name, wish.control}] = wish.to;
        PassJob job(wishes, recorder_);
        if (chance(0.2)) job.interrupt_after(Duration(between(0, 120'000'000)));
        const auto ran = studio_.loop().run(job, 10min);
        REQUIRE(ran);
        judge(job.runner(), before, planned, tally);
        std::swap(older_, last_);
        last_ = before;
    }

    [[nodiscard]] std::string told() const {
        const auto of = [](const sim::FaultRates& rates) {
            return std::to_string(rates.drop) + " lost, " + std::to_string(rates.duplicate) + " doubled, " +
                   std::to_string(rates.delay) + " delayed, " + std::to_string(rates.reorder) +
                   " reordered, up to " +
                   std::to_string(
                       std::chrono::duration_cast<std::chrono::microseconds>(rates.latest()).count()) +
                   " us";
        };
        return "to the DAW: " + of(plan_.to_daw) + "; back: " + of(plan_.to_client);
    }

  private:
    bool chance(double share) { return std::uniform_real_distribution<double>(0.0, 1.0)(random_) < share; }
    std::int64_t between(std::int64_t least, std::int64_t most) {
        return std::uniform_int_distribution<std::int64_t>(least, most)(random_);
    }
    double level(double least, double most) {
        return std::uniform_real_distribution<double>(least, most)(random_);
    }

    sim::FaultPlan some_plan(std::uint32_t seed) {
        const auto rates = [&] {
            sim::FaultRates some;
            const auto share = [&] { return chance(0.3) ? 0.0 : level(0.0, 0.3); };
            some.latency = Duration(between(50'000, 5'000'000));
            some.drop = share();
            if (keeps_order_) return some;
            some.duplicate = share();
            some.delay = share();
            some.reorder = share();
            some.longest_delay = chance(0.2) ? 990ms : Duration(between(1'000'000, 150'000'000));
            return some;
        };
        sim::FaultPlan plan;
        plan.seed = seed;
        plan.to_daw = rates();
        plan.to_client = rates();
        return plan;
    }

    ControlValue some_value(Control control) {
        const bool extreme = chance(0.2);
        switch (control) {
            case Control::trim:
                return Decibels(level(-20.0, 20.0));
            case Control::fader:
                if (extreme) return chance(0.7) ? Decibels::silence() : Decibels(6.9);
                return Decibels(level(-50.0, 6.0));
            case Control::pan:
                if (extreme) return chance(0.5) ? Pan::right() : Pan::left();
                return Pan(level(-1.0, 1.0));
            case Control::mute:
                break;
        }
        return chance(0.5) ? Mute::muted : Mute::open;
    }

    /// Some controls, to new values or back to where they stood before the last passes: what is late of those
    /// passes then says what this one wants to hear.
    std::vector<surface::PassRunner::Wish> some_wishes() {
        std::vector<surface::PassRunner::Wish> wishes;
        const bool back = chance(0.4);
        for (const Strip& strip : studio_.mixer().strips) {
            if (strip.name.kind == StripKind::master) continue;
            for (const Control control : all_controls) {
                if (!chance(0.5)) continue;
                const auto& past = chance(0.5) ? last_ : older_;
                const auto stood = past.find({strip.name.name, control});
                const auto to = back && stood != past.end() ? stood->second : some_value(control);
                wishes.push_back({strip.id, control, to, {}, "sweep", "a test"});
            }
        }
        return wishes;
    }

    void judge(const surface::PassRunner& runner, const TrueMixer& before, const TrueMixer& planned,
               Tally& tally) {
        const TrueMixer truth = studio_.truth();
        const bool refused = runner.refused().has_value();
        INFO("verdict " << (refused ? "refused" : to_string(runner.pass().state)) << ", "
                        << (runner.cause() ? runner.cause()->message : ""));
        if (!refused && runner.pass().state == PassState::applied) {
            ++tally.applied;
            CHECK(studio_.difference(truth, planned) == "");
            for (const PassEntry& entry : runner.pass().entries) CHECK(entry.verdict == Verdict::confirmed);
        } else {
            CHECK(studio_.difference(truth, before) == "");
            if (refused) {
                ++tally.refused;
            } else if (runner.pass().state == PassState::rolled_back) {
                ++tally.rolled_back;
                for (const PassEntry& entry : runner.pass().entries) {
                    const bool back = entry.verdict == Verdict::rolled_back ||
                                      entry.verdict == Verdict::pending ||
                                      entry.verdict == Verdict::confirmed;
                    CHECK(back);
                }
            } else {
                ++tally.other;
                CHECK(to_string(runner.pass().state) == "rolled-back");
            }
        }
        CHECK(recorder_.prepared == recorder_.outcomes);
    }

    std::mt19937 random_;
    bool keeps_order_;
    sim::FaultPlan plan_;
    FaultyStudio studio_;
    CountingRecorder recorder_;
    TrueMixer last_;
    TrueMixer older_;
};

}  // namespace

TEST_CASE("over any wire a pass leaves all as before or all as planned, and says which, ten thousand times",
          "[sweep]") {
    SweptStudio::Tally tally;
    const char* one = std::getenv("KEDGE_SWEEP_SEED");
    const auto first = one != nullptr ? static_cast<std::uint32_t>(std::strtoul(one, nullptr, 10)) : 1U;
    const auto last = one != nullptr ? first : studios;
    for (std::uint32_t seed = first; seed <= last; ++seed) {
        SweptStudio studio(seed);
        for (int pass = 0; pass < passes_a_studio; ++pass) {
            INFO("seed " << seed << ", pass " << pass << "; " << studio.told());
            studio.run_pass(tally);
        }
    }
    WARN(tally.applied << " applied, " << tally.rolled_back << " rolled back, " << tally.refused
                       << " refused, " << tally.other << " other");
    // Worth something only when it met all ends.
    if (one != nullptr) return;
    CHECK(tally.applied > static_cast<int>(studios) * passes_a_studio / 3);
    CHECK(tally.rolled_back > static_cast<int>(studios));
    CHECK(tally.refused > 0);
}
