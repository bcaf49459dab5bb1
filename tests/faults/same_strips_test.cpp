// Whatever a person does to the mixer of the simulated DAW, an id means the same strip for ever.

#include "cli/sim_in_memory.hpp"
#include "engine/observe_job.hpp"
#include "scenario/mixing_room.hpp"
#include "scenario/short_song.hpp"
#include "sim/simulated_ardour.hpp"
#include "support/catch.hpp"
#include "support/sanitized.hpp"

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

using namespace kedge;
using namespace std::chrono_literals;

namespace {

/// A mixer that is edited at random while a session watches it.
class EditedMixer {
  public:
    explicit EditedMixer(std::uint32_t seed) : random_(seed) {
        for (std::size_t i = 0; i < daw.engine().strips().size(); ++i) mark(i);
        engine::ObserveJob glance{Duration::zero()};
        REQUIRE(room.loop.run(glance));
    }

    void edit(bool twins) {
        std::vector<sim::Datagram> said;
        auto& strips = daw.engine().strips();
        switch (below(7)) {
            case 0:
                mark(daw.add_bus(new_name(twins)));
                break;
            case 1:
                if (strips.size() > 2) daw.remove_strip(pick());
                break;
            case 2: {
                std::vector<std::size_t> order;
                for (std::size_t i = 0; i < strips.size(); ++i) order.push_back(i);
                std::shuffle(order.begin(), order.end(), random_);
                daw.reorder_strips(order);
                break;
            }
            case 3:
                daw.hide_strip(pick(), below(2) == 0, said);
                break;
            case 4:
                daw.set_group(pick(), below(2) == 0 ? "Rhythm" : "", said);
                break;
            case 5: {
                const std::size_t strip = pick();
                daw.rename_strip(strip, new_name(twins), said);
                break;
            }
            default:
                daw.quit();
                room.loop.idle(std::chrono::milliseconds(100 * below(50)));
                daw.open();
                break;
        }
        wire.say(said);
    }

    /// Every id that is known means one strip of the DAW; returns how many of them were known before.
    std::size_t check() {
        std::size_t kept = 0;
        std::set<StripId> distinct;
        const auto& strips = daw.engine().strips();
        const auto& known = room.session.mixer().strips;
        REQUIRE(known.size() == strips.size() + 1);  // the master comes last
        for (std::size_t i = 0; i < strips.size(); ++i) {
            CHECK(known[i].name.name == strips[i].name);
            CHECK(distinct.insert(known[i].id).second);
            const auto [owner, is_new] = owners_.emplace(known[i].id, strips[i].id);
            // Deleted, and another one made under its name at once: no list can tell.
            const bool made_anew = !daw.engine().find(owner->second) && !seen_.contains(strips[i].id);
            if (!made_anew) CHECK(owner->second == strips[i].id);
            owner->second = strips[i].id;
            if (!is_new) ++kept;
        }
        for (const auto& strip : strips) seen_.insert(strip.id);
        return kept;
    }

    /// A wire that can also carry what the DAW says by itself.
    class TalkativeWire : public cli::SimInMemory<> {
      public:
        using SimInMemory::SimInMemory;
        void say(std::vector<sim::Datagram>& said) {
            for (auto& each : said)
                if (each.to == client) waiting_.push_back(std::move(each.bytes));
        }
        void advance(Instant to, Datagrams& out) override {
            for (auto& bytes : std::exchange(waiting_, {})) out.push_back(std::move(bytes));
            SimInMemory::advance(to, out);
        }

      private:
        Datagrams waiting_;
    };

    sim::SimulatedArdour daw{test::short_song("one", 1)};
    TalkativeWire wire{daw};
    test::MixingRoom<> room{wire};

  private:
    int below(int limit) { return std::uniform_int_distribution(0, limit - 1)(random_); }
    std::size_t pick() {
        return static_cast<std::size_t>(below(static_cast<int>(daw.engine().strips().size())));
    }
    std::string new_name(bool twins) {
        if (twins && below(2) == 0) return daw.engine().strips()[pick()].name;
        return "S" + std::to_string(++last_name_);
    }
    /// No two strips stand alike: what a person has set is a mark of its own.
    void mark(std::size_t strip) { daw.engine().strips()[strip].trim = Decibels(-0.25 * ++marks_); }

    std::mt19937 random_;
    std::map<StripId, sim::RouteId> owners_;
    std::set<sim::RouteId> seen_;
    int last_name_ = 0;
    int marks_ = 0;
};

}  // namespace

TEST_CASE("one edit at a time, of strips with names of their own: nobody loses its id, not over a restart") {
    for (std::uint32_t seed = 1; seed <= test::steps(40); ++seed) {
        INFO("seed " << seed);
        EditedMixer mixer(seed);
        mixer.check();
        for (int round = 0; round < 12; ++round) {
            const std::size_t before = mixer.daw.engine().strips().size();
            mixer.edit(false);
            mixer.room.loop.idle(6s);
            REQUIRE(mixer.room.session.ready());
            CHECK(mixer.check() == std::min(before, mixer.daw.engine().strips().size()));
        }
    }
}

TEST_CASE("several edits at once, and strips of one name: an id never moves to another strip") {
    std::size_t kept = 0;
    for (std::uint32_t seed = 1; seed <= test::steps(80); ++seed) {
        INFO("seed " << seed);
        EditedMixer mixer(seed);
        mixer.check();
        for (int round = 0; round < 12; ++round) {
            for (std::uint32_t edits = 1 + seed % 4; edits > 0; --edits) mixer.edit(seed % 2 == 0);
            mixer.room.loop.idle(6s);
            REQUIRE(mixer.room.session.ready());
            kept += mixer.check();
        }
    }
    CHECK(kept > test::steps(1'000));
}
