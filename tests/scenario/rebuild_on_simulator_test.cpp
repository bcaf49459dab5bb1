// A rebuild on the simulated DAW, in virtual time, with people in front of it.

#include "ardour/ardour_session.hpp"
#include "cli/sim_in_memory.hpp"
#include "engine/observe_job.hpp"
#include "engine/rebuild_job.hpp"
#include "engine/recover_job.hpp"
#include "engine/virtual_loop.hpp"
#include "osc/osc.hpp"
#include "support/catch.hpp"
#include "support/layered_song.hpp"
#include "support/mixing_desk.hpp"

#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

using namespace kedge;
using namespace kedge::test;
using engine::Bars;
using engine::RebuildEnd;

namespace {

/// Hands in what a person does at the DAW.
class PersonAtDaw : public engine::VirtualDaw {
  public:
    explicit PersonAtDaw(sim::SimulatedArdour& daw) : daw_(daw), memory_(daw) {}
    void receive(Instant now, std::span<const std::byte> bytes, Datagrams& out) override {
        memory_.receive(now, bytes, out);
    }
    void advance(Instant to, Datagrams& out) override {
        for (auto& bytes : std::exchange(said_, {})) out.push_back(std::move(bytes));
        memory_.advance(to, out);
    }
    [[nodiscard]] Instant next_wake() const override {
        return said_.empty() ? memory_.next_wake() : Instant{};
    }
    /// As another client of the DAW would.
    void does(Instant now, const std::string& path, const std::vector<osc::Argument>& arguments = {}) {
        constexpr sim::Peer other{0x7F000002, 9999};
        std::vector<sim::Datagram> said;
        if (!std::exchange(is_known_, true)) {
            const std::int32_t everything = 159;
            daw_.receive(now, other, osc::encode("/set_surface", {0, everything, 0, 0, 0, 0, 0}), said);
        }
        daw_.receive(now, other, osc::encode(path, arguments), said);
        for (auto& each : said)
            if (each.to == cli::SimInMemory<>::client) said_.push_back(std::move(each.bytes));
    }

  private:
    sim::SimulatedArdour& daw_;
    cli::SimInMemory<> memory_;
    Datagrams said_;
    bool is_known_ = false;
};

/// A simulated DAW with tracks of five layers; notes where in the song each of them opened.
struct RebuildRoom {
    explicit RebuildRoom(int seconds = 60) : daw(layered_song(seconds)) {
        engine::ObserveJob glance(Duration::zero());
        REQUIRE(loop.run(glance));
        loop.on_step = [this](Instant) { look(); };
    }

    engine::RebuildReport rebuild(engine::LayerSpan span = Bars{2}) {
        engine::RebuildJob job({span, {}}, desk.roles, profile, "sim", {}, *desk.journal, desk.recorder);
        REQUIRE(loop.run(job, std::chrono::minutes(20)));
        return job.report();
    }
    /// Once the song has come there.
    void at(double seconds, std::function<void()> act) { acts.emplace(seconds, std::move(act)); }
    void interrupt() {
        surface::Effects out;
        engine.interrupt(loop.now(), out);
        for (auto& effect : out)
            if (auto* send = std::get_if<surface::SendBytes>(&effect)) {
                engine::VirtualDaw::Datagrams answers;
                person.receive(loop.now(), send->bytes, answers);
            }
    }
    void person_does(const std::string& path, const std::vector<osc::Argument>& arguments = {}) {
        person.does(loop.now(), path, arguments);
    }
    [[nodiscard]] double position() const { return static_cast<double>(daw.engine().position()) / 48000.0; }
    [[nodiscard]] std::set<std::string> muted() const {
        std::set<std::string> names;
        for (const sim::SimStrip& strip : daw.engine().strips())
            if (strip.muted) names.insert(strip.name);
        return names;
    }
    [[nodiscard]] PassState state() const { return desk.journal->pass(PassId{1}).value().state; }

    sim::SimulatedArdour daw;
    PersonAtDaw person{daw};
    ardour::ArdourSession session{Duration::zero()};
    engine::Engine engine{session};
    engine::VirtualLoop loop{engine, person};
    MixingDesk<> desk;
    mix::RebuildProfile profile = shipped_rebuild();
    std::map<std::string, double> opened;  ///< where the song was, for tracks seen muted
    std::set<std::string> ever_muted;
    std::multimap<double, std::function<void()>> acts;

  private:
    void look() {
        while (!acts.empty() && daw.engine().rolling() && position() >= acts.begin()->first) {
            const auto act = acts.begin()->second;
            acts.erase(acts.begin());
            act();
        }
        const auto now = muted();
        for (const auto& name : ever_muted)
            if (!now.contains(name)) opened.try_emplace(name, position());
        ever_muted.insert(now.begin(), now.end());
    }
};

}  // namespace

TEST_CASE("on the simulator each layer opens at its bar line, and everything stands as it was afterwards") {
    RebuildRoom room;
    const auto report = room.rebuild(Bars{2});
    CHECK_FALSE(report.error);
    CHECK(report.end == RebuildEnd::all_heard);
    // The kick opens before the song moves, in the moment in which it was muted.
    const std::map<std::string, double> bar_lines = {
        {"Snare Top", 4.0}, {"OH", 4.0}, {"Bass DI", 8.0}, {"Keys", 12.0}, {"Lead Vox", 16.0}};
    REQUIRE(room.opened.size() == bar_lines.size());
    for (const auto& [track, at] : bar_lines) {
        CAPTURE(track);
        // The bar is told by a tick of 100 ms, and the mute's audio block comes after that.
        CHECK(room.opened.at(track) >= at);
        CHECK(room.opened.at(track) < at + 0.2);
    }
    REQUIRE(report.came_in.size() == 5);
    CHECK(report.came_in[4].bar == 9);
    CHECK(room.muted().empty());
    CHECK_FALSE(room.daw.engine().rolling());
    CHECK(room.daw.engine().position() == 0);
    CHECK(room.state() == PassState::rolled_back);
}

TEST_CASE("a song that rolls is left rolling; the layers follow its own meter") {
    RebuildRoom room;
    room.person_does("/locate", {std::int32_t{48000 * 5}, std::int32_t{1}});
    room.loop.idle(std::chrono::milliseconds(700));
    const auto report = room.rebuild(Bars{1});
    CHECK_FALSE(report.error);
    CHECK(room.opened.at("OH") == Approx(6.1).margin(0.11));
    CHECK(room.opened.at("Lead Vox") == Approx(12.1).margin(0.11));
    CHECK(room.daw.engine().rolling());
    CHECK(room.position() > 13.9);
    CHECK(room.muted().empty());
}

TEST_CASE("ended by hand in the middle of a layer, everything is put back within a moment") {
    RebuildRoom room;
    room.at(9.0, [&] { room.interrupt(); });
    const auto report = room.rebuild();
    CHECK_FALSE(report.error);
    CHECK(report.end == RebuildEnd::by_hand);
    CHECK(report.not_heard == std::vector<std::string>{"harmony", "vocals"});
    CHECK(room.opened.at("Lead Vox") < 9.3);
    CHECK(room.muted().empty());
    CHECK_FALSE(room.daw.engine().rolling());
    CHECK(room.daw.engine().position() == 0);
    CHECK(room.state() == PassState::rolled_back);
}

TEST_CASE("a person mutes one track after its layer, and opens another before: theirs, and named") {
    RebuildRoom room;
    room.at(6.0, [&] { room.person_does("/strip/mute/6", {std::int32_t{1}}); });  // Kick In
    room.at(7.0, [&] { room.person_does("/strip/mute/2", {std::int32_t{0}}); });  // Keys
    const auto report = room.rebuild();
    REQUIRE(report.error);
    CHECK(report.error->kind == ErrorKind::conflict);
    REQUIRE(report.conflicts.size() == 1);
    CHECK(report.conflicts[0].strip.name == "Kick In");
    CHECK(room.opened.at("Keys") == Approx(7.1).margin(0.1));
    CHECK(room.muted() == std::set<std::string>{"Kick In"});
    CHECK(room.state() == PassState::rolled_back);
}

TEST_CASE("the transport stopped by hand lets the layers wait") {
    RebuildRoom room;
    room.at(3.0, [&] { room.person_does("/transport_stop"); });
    engine::RebuildJob job({Bars{2}, {}}, room.desk.roles, room.profile, "sim", {}, *room.desk.journal,
                           room.desk.recorder);
    CHECK_FALSE(room.loop.run(job, std::chrono::minutes(2)));
    CHECK(room.opened.empty());
    room.person_does("/locate", {std::int32_t{48000 * 30}, std::int32_t{0}});
    room.loop.idle(std::chrono::seconds(60));
    CHECK(room.opened.empty());
    room.person_does("/transport_play");
    room.loop.idle(std::chrono::seconds(3));
    CHECK(room.opened.size() == 2);
    room.loop.idle(std::chrono::seconds(40));
    CHECK(job.done());
    CHECK_FALSE(job.report().error);
    CHECK(job.report().end == RebuildEnd::all_heard);
    CHECK(room.muted().empty());
}

TEST_CASE("the song ends before all layers came in: they are named, and everything is put back") {
    RebuildRoom room(10);
    const auto report = room.rebuild();
    CHECK_FALSE(report.error);
    CHECK(report.end == RebuildEnd::end_of_song);
    CHECK(report.not_heard == std::vector<std::string>{"harmony", "vocals"});
    CHECK(room.muted().empty());
    CHECK(room.daw.engine().position() == 0);
}

TEST_CASE("the DAW quits in the middle of a rebuild: opened again, recover rolls it back") {
    RebuildRoom room;
    room.at(6.0, [&] {
        room.person_does("/save_state");
        room.daw.quit();
    });
    const auto report = room.rebuild();
    REQUIRE(report.error);
    CHECK(report.error->kind == ErrorKind::no_daw);
    CHECK_THAT(report.error->next, Catch::Contains("kedge recover"));
    CHECK(room.state() == PassState::prepared);
    CHECK(room.muted() == std::set<std::string>{"Bass DI", "Keys", "Lead Vox"});
    room.daw.open();
    room.loop.idle(std::chrono::seconds(10));
    engine::RecoverJob recover(engine::Recovery::roll_back, false, *room.desk.journal);
    REQUIRE(room.loop.run(recover));
    CHECK_FALSE(recover.report().error);
    CHECK(room.muted().empty());
    CHECK(room.state() == PassState::rolled_back);
}

TEST_CASE("a track removed in the middle of a rebuild does not keep the others from coming back") {
    RebuildRoom room;
    room.at(5.0, [&] { room.daw.remove_strip(0); });  // Lead Vox, muted until then
    const auto report = room.rebuild();
    REQUIRE(report.error);
    CHECK(room.muted().empty());
    CHECK(room.state() == PassState::broken);
    const Pass pass = room.desk.journal->pass(PassId{1}).value();
    for (const PassEntry& entry : pass.entries)
        CHECK(entry.verdict == (entry.strip.name == "Lead Vox" ? Verdict::failed : Verdict::rolled_back));
}
