// The simulated REAPER's markers, regions and loop, and its master's switches, with kedge's patterns and with
// those that REAPER comes with.

#include "engine/tape_taker.hpp"
#include "scenario/reaper/reaper_room.hpp"

using namespace kedge;
using namespace kedge::test;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

constexpr sim::Peer somebody{0x7F000001, 9'777};

SongTime in_the_song(double at) {
    return SongTime::from_seconds(at);
}

/// A person sets a loop and turns it on, by whatever surface.
void loop_between(ReaperRoom& room, float from, float to) {
    std::vector<sim::Datagram> out;
    for (const auto& [address, value] :
         {std::pair("/loop/end/time", to), std::pair("/loop/start/time", from), std::pair("/repeat", 1.0F)})
        room.daw.receive(room.loop.now(), somebody, osc::encode(address, {value}), out);
    REQUIRE(out.empty());
}

/// Comes by a tape, and does no more.
class TapeJob : public engine::Job {
  public:
    TapeJob(engine::TapeShelf& shelf, engine::TapeWishes wishes)
        : taker_(shelf), wishes_(std::move(wishes)) {}
    void start(engine::Desk& desk) override { taker_.start(desk, wishes_, false); }
    void event(engine::Desk& desk, const surface::Event& event) override { taker_.event(desk, event); }
    void wake(engine::Desk& desk) override { taker_.wake(desk); }
    void refused(engine::Desk& desk, const surface::Command&, const Error& error) override {
        taker_.refused(desk, error);
    }
    void interrupt(engine::Desk& desk) override { taker_.interrupt(desk); }
    [[nodiscard]] bool done() const override { return taker_.done(); }
    [[nodiscard]] engine::Progress progress() const override { return taker_.progress(); }

    [[nodiscard]] const engine::TakenTape& taken() const { return taker_.taken(); }
    [[nodiscard]] std::string error() const { return taker_.error() ? taker_.error()->message : ""; }

  private:
    engine::TapeTaker taker_;
    engine::TapeWishes wishes_;
};

}  // namespace

TEST_CASE("REAPER simulated: markers and regions are told, also with its stock file") {
    const bool stock = GENERATE(false, true);
    sim::Song song = sim::many_strips_song(8);
    song.markers = {{"Intro", SongTime()}};
    ReaperRoom room(std::move(song), stock ? stock_patterns() : kedge_patterns());
    room.daw.add_marker({7, "Take", in_the_song(2.0), in_the_song(4.5)});
    room.connect();
    room.daw.add_marker({3, "Bridge", in_the_song(6.0)});
    room.loop.idle(seconds(4));
    const auto places = room.session.places();
    REQUIRE(places);
    REQUIRE(places->markers == std::vector<SongMarker>{{"Intro", SongTime()}, {"Bridge", in_the_song(6.0)}});
    REQUIRE(places->regions == std::vector<SongRegion>{{"Take", {in_the_song(2.0), in_the_song(4.5)}}});
}

TEST_CASE("REAPER simulated: the master is muted and heard of, also with its stock file") {
    const bool stock = GENERATE(false, true);
    ReaperRoom room(sim::many_strips_song(8), stock ? stock_patterns() : kedge_patterns());
    room.daw.engine().strips().back().muted = true;
    room.connect();
    const Strip* master = room.session.mixer().master();
    REQUIRE(master->mute == Mute::open);
    REQUIRE(master->mute_automation == AutomationMode::manual);
    PassJob job({{master->id, Control::mute, Mute::muted, std::nullopt, "test", "a test"}},
                room.desk.recorder);
    REQUIRE(room.loop.run(job));
    REQUIRE(job.runner().pass().state == PassState::applied);
    REQUIRE(room.daw.engine().master().muted);
    room.daw.engine().master().muted = false;
    room.loop.idle(seconds(14));
    REQUIRE(room.session.mixer().master()->mute == Mute::open);
    REQUIRE(room.session.ready());
}

TEST_CASE("REAPER simulated: the song is listened to past its loop, which is on again afterwards") {
    const bool stock = GENERATE(false, true);
    ReaperRoom room(sim::built_in_song(1), stock ? stock_patterns() : kedge_patterns());
    loop_between(room, 2.0F, 4.0F);
    room.connect();
    room.loop.idle(seconds(1));
    REQUIRE(room.session.loop() == SongLoop{true, {in_the_song(2.0), in_the_song(4.0)}});
    engine::TapeWishes wishes;
    wishes.part.at_most = seconds(10);
    TapeJob job(room.desk.shelf, wishes);
    bool was_off = false;
    room.loop.on_step = [&](Instant) { was_off = was_off || !room.session.loop()->on; };
    REQUIRE(room.loop.run(job));
    REQUIRE(job.error().empty());
    REQUIRE(was_off);
    REQUIRE(job.taken().heard.to >= in_the_song(10.0));
    room.loop.on_step = {};
    room.loop.idle(seconds(2));
    REQUIRE(room.session.loop() == SongLoop{true, {in_the_song(2.0), in_the_song(4.0)}});
}

TEST_CASE("REAPER simulated: a region is listened to by its name, at once") {
    ReaperRoom room(sim::built_in_song(1));
    room.daw.add_marker({1, "Break", in_the_song(3.0), in_the_song(9.0)});
    room.connect();
    room.loop.idle(seconds(2));
    engine::TapeWishes wishes;
    wishes.section = "Break";
    TapeJob job(room.desk.shelf, wishes);
    const Instant began = room.loop.now();
    REQUIRE(room.loop.run(job));
    REQUIRE(job.error().empty());
    REQUIRE(job.taken().heard.from == in_the_song(3.0));
    REQUIRE(job.taken().heard.to >= in_the_song(9.0));
    REQUIRE(job.taken().heard.to < in_the_song(9.5));
    REQUIRE(job.taken().marks.size() == room.session.places()->markers.size());
    // The playhead does not go from marker to marker.
    REQUIRE(room.loop.now() - began < seconds(8));

    wishes.section = "Nowhere";
    TapeJob nowhere(room.desk.shelf, wishes);
    REQUIRE(room.loop.run(nowhere));
    REQUIRE(nowhere.error() == "The session has no marker or region 'Nowhere'.");
}
