// A fader's law is learned from a DAW that kedge knows nothing of, and mixed by; whatever happens meanwhile,
// the fader stands as it stood.

#include "banked/fader_law.hpp"
#include "cli/daw_profiles.hpp"
#include "cli/learned_profile.hpp"
#include "engine/learn_fader_job.hpp"
#include "engine/recover_job.hpp"
#include "engine/snapshot_job.hpp"
#include "scenario/banked/banked_room.hpp"
#include "support/sanitized.hpp"

#include <iostream>
#include <map>
#include <random>

using namespace kedge;
using Catch::Contains;
using namespace kedge::test;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

/// Of a level, over the range that is mixed in.
constexpr double level_within_db = 0.15;

banked::BankedSetup nothing_known() {
    banked::BankedSetup setup;
    setup.scale = banked::nominal_scale();
    setup.nominal_scale = true;
    setup.fader_top = setup.scale.top();
    setup.last_bank = banked::LastBank::overlapping;
    setup.bank_step = banked::BankStep::unknown;
    setup.session_name = "song (levels not known)";
    return setup;
}

/// A DAW of 10 bits with a law that is none of the shipped ones, and which says levels to a tenth.
HostSetup unknown_behind_mackie(bool shows = true) {
    auto host = sim::as_stubborn();
    host.shared.values.shows = shows;
    return behind_mackie("Mackie Control, as nobody knows", host, nothing_known(), 1);
}

HostSetup unknown_behind_hui(bool shows = true) {
    auto host = sim::hui_as_stubborn();
    host.shared.values.shows = shows;
    return behind_hui("HUI, as nobody knows", host, nothing_known(), 1);
}

/// A level that such a DAW itself can be told.
Decibels level_on_its_grid(int place) {
    const sim::HostFader fader{sim::FaderTravel::console, 10, false};
    return fader.level_at(FaderPosition(place << 4));
}

constexpr std::size_t tried_strip = 9;

/// Ctrl-C at an instant of a job.
class InterruptedAt : public engine::Job {
  public:
    InterruptedAt(engine::Job& job, Instant at) : job_(job), at_(at) {}
    void start(engine::Desk& desk) override {
        desk.wake_at(at_);
        job_.start(desk);
    }
    void event(engine::Desk& desk, const surface::Event& event) override { job_.event(desk, event); }
    void wake(engine::Desk& desk) override {
        if (desk.now() >= at_ && !std::exchange(done_, true)) job_.interrupt(desk);
        if (!job_.done()) job_.wake(desk);
    }
    void refused(engine::Desk& desk, const surface::Command& command, const Error& error) override {
        job_.refused(desk, command, error);
    }
    void interrupt(engine::Desk& desk) override { job_.interrupt(desk); }
    [[nodiscard]] bool done() const override { return job_.done(); }
    [[nodiscard]] engine::Progress progress() const override { return job_.progress(); }

  private:
    engine::Job& job_;
    Instant at_;
    bool done_ = false;
};

/// The room with a song of 20, its faders somewhere on the DAW's own grid.
struct UnknownRoom : BankedRoom {
    explicit UnknownRoom(const HostSetup& there) : BankedRoom(numbered_song(20), there) {
        for (std::size_t i = 0; i < 20; ++i)
            daw.move_fader(i, level_on_its_grid(500 + 23 * static_cast<int>(i)));
        connect();
        before = daw.engine().strips();
    }
    [[nodiscard]] engine::LearnFaderJob learning() {
        const Decibels first = session.capabilities().nominal_levels
                                   ? banked::nominal_scale().level_at(banked::telling_position())
                                   : Decibels::silence();
        return {{session.mixer().strips.at(tried_strip).id, banked::next_to_try, first},
                "sim",
                {},
                *desk.journal,
                desk.recorder};
    }
    /// Exactly, but what was told of them in between.
    void check_all_as_before() {
        for (std::size_t i = 0; i < before.size(); ++i) {
            CAPTURE(i);
            CHECK(track(i).fader == before[i].fader);
            CHECK(track(i).muted == before[i].muted);
        }
    }
    void check_only_it_was_moved() {
        for (const auto& write : daw.wire_writes()) CHECK(write.strip == before.at(tried_strip).id);
    }
    void recover() {
        engine::RecoverJob recovery(engine::Recovery::roll_back, false, *desk.journal);
        REQUIRE(loop.run(recovery));
        INFO((recovery.report().error ? recovery.report().error->message : std::string()));
        CHECK_FALSE(recovery.report().error);
    }
    void plug_in_again() {
        wire.plug(true);
        loop.plug(true);
        for (int i = 0; i < 200 && !session.ready(); ++i) loop.idle(milliseconds(100));
        REQUIRE(session.ready());
    }
    std::vector<sim::SimStrip> before;
};

}  // namespace

TEST_CASE("Control surfaces simulated: a law that nobody knew is learned, and then faders stand by it") {
    const HostSetup there = GENERATE(0, 1) == 0 ? unknown_behind_mackie() : unknown_behind_hui();
    CAPTURE(there.name);
    UnknownRoom room(there);
    const Instant began = room.loop.now();
    auto job = room.learning();
    REQUIRE(room.loop.run(job));
    const auto& report = job.report();
    INFO((report.error ? report.error->message : std::string()));
    REQUIRE_FALSE(report.error);
    CHECK(report.whole);
    CHECK(report.exactly);
    REQUIRE(report.pass);
    CHECK(report.pass->state == PassState::rolled_back);
    CHECK(room.desk.journal->pass(report.pass->id)->state == PassState::rolled_back);
    room.check_all_as_before();
    room.check_only_it_was_moved();
    const auto law = banked::learn_law(report.shown);
    INFO((law ? std::string() : law.error().message));
    REQUIRE(law);

    const sim::HostFader truth{sim::FaderTravel::console, 14, false};
    double worst = 0.0;
    for (int position = 1; position <= FaderPosition::top; ++position) {
        const Decibels level = truth.level_at(FaderPosition(position));
        if (level.db() >= -40.0)
            worst = std::max(worst, distance(level, law->scale.level_at(FaderPosition(position))).db());
    }
    std::cout << there.name << ": " << report.shown.size() << " positions in "
              << (room.loop.now() - began) / milliseconds(1) << " ms, off by " << worst << " dB at most\n";
    CHECK(worst <= level_within_db);

    // With the profile that is written of it, of a DAW of which nothing was known before.
    REQUIRE(report.first);
    const auto bits = banked::bits_told(banked::nominal_scale().position_of(report.first->told));
    CHECK(bits == 10);
    const auto text =
        cli::with_learned_law(shipped_text("daws/studio-one.toml"), {law->anchors, bits}, "a test");
    REQUIRE(text);
    const auto learned = cli::read_daw_profile("learned", *text);
    REQUIRE(learned);
    HostSetup known = there;
    known.setup.scale = *learned->fader.scale;
    known.setup.nominal_scale = false;
    known.setup.fader_bits = *learned->fader.bits;
    known.setup.fader_top = known.setup.scale.top();
    known.setup.session_name = "song";
    BankedRoom mixing(numbered_song(20), known);
    mixing.connect();
    std::vector<surface::PassRunner::Wish> wishes;
    double level = 9.0;
    std::vector<double> wanted;
    for (const Strip& strip : mixing.session.mixer().strips) {
        if (strip.name.kind == StripKind::master) continue;
        level -= 2.4;
        wanted.push_back(level);
        wishes.push_back({strip.id, Control::fader, Decibels(level), std::nullopt, "test", "a test"});
    }
    PassJob pass(std::move(wishes), mixing.desk.recorder);
    REQUIRE(mixing.loop.run(pass));
    REQUIRE(pass.runner().pass().state == PassState::applied);
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        CAPTURE(i, wanted[i]);
        // Half a step of 10 bits is up to 0.05 dB there.
        CHECK(mixing.track(i).fader.db() == Approx(wanted[i]).margin(level_within_db + 0.06));
    }
}

TEST_CASE("Control surfaces simulated: where no law is known nothing else is written") {
    UnknownRoom room(unknown_behind_mackie());
    const std::size_t writes = room.daw.wire_writes().size();
    const auto names_the_way = [](const std::optional<Error>& error) {
        REQUIRE(error);
        CHECK_THAT(error->next, Contains("kedge learn-fader"));
    };
    const StripId id = room.session.mixer().strips.at(3).id;
    PassJob pass({{id, Control::mute, Mute::muted, std::nullopt, "test", "a test"}}, room.desk.recorder);
    REQUIRE(room.loop.run(pass));
    names_the_way(pass.runner().refused());
    auto mix = room.desk.job({});
    REQUIRE(room.loop.run(mix));
    names_the_way(mix.report().error);
    engine::SnapshotJob snapshot("rough", "sim", {}, *room.desk.journal);
    REQUIRE(room.loop.run(snapshot));
    names_the_way(snapshot.report().error);
    CHECK(room.daw.wire_writes().size() == writes);
    CHECK(room.desk.journal->passes()->empty());
}

TEST_CASE(
    "Control surfaces simulated: a display that shows no level teaches nothing, and the fader is back") {
    const HostSetup there = GENERATE(0, 1) == 0 ? unknown_behind_mackie(false) : unknown_behind_hui(false);
    CAPTURE(there.name);
    UnknownRoom room(there);
    auto job = room.learning();
    REQUIRE(room.loop.run(job));
    REQUIRE_FALSE(job.report().error);
    CHECK(job.report().shown.size() < 10);
    CHECK_FALSE(banked::learn_law(job.report().shown));
    room.check_all_as_before();
}

TEST_CASE("Control surfaces simulated: no fader is learned by while the song plays") {
    UnknownRoom room(unknown_behind_mackie());
    room.daw.transport().play();
    room.loop.idle(seconds(2));
    auto job = room.learning();
    REQUIRE(room.loop.run(job));
    REQUIRE(job.report().error);
    CHECK_THAT(job.report().error->message, Contains("plays"));
    CHECK(room.daw.wire_writes().empty());
}

TEST_CASE("Control surfaces simulated: whenever learning is cut off, the fader comes back where it stood") {
    const auto seed = std::random_device{}();
    std::cout << "learning cut off: seed " << seed << '\n';
    CAPTURE(seed);
    std::mt19937 random(seed);
    std::map<std::string, int> ends;
    constexpr int trials = sanitized ? 20 : 80;
    for (int number = 0; number < trials; ++number) {
        const HostSetup there = number % 2 == 0 ? unknown_behind_mackie() : unknown_behind_hui();
        const bool unplugs = number % 4 < 2;
        CAPTURE(number, there.name, unplugs);
        UnknownRoom room(there);
        auto job = room.learning();
        const Instant at = room.loop.now() + milliseconds(random() % 16'000);
        bool done = false;
        room.loop.on_step = [&](Instant now) {
            if (done || now < at || !unplugs) return;
            done = true;
            room.wire.plug(false);
            room.loop.plug(false);
        };
        InterruptedAt interrupted(job, unplugs ? Instant::max() : at);
        REQUIRE(room.loop.run(interrupted));
        room.loop.on_step = nullptr;
        const auto& report = job.report();
        const std::string end = report.pass ? std::string(to_string(report.pass->state)) : "nothing sent";
        ++ends[(unplugs ? "unplugged, " : "interrupted, ") + end];
        if (done) {
            room.loop.idle(seconds(3));
            room.plug_in_again();
            room.recover();
        }
        CHECK(room.desk.journal->unfinished("song (levels not known)")->empty());
        room.check_all_as_before();
        room.check_only_it_was_moved();
    }
    for (const auto& [name, times] : ends) std::cout << name << ": " << times << '\n';
}

TEST_CASE(
    "Control surfaces simulated: a fader that learning left somewhere is rolled back by another process") {
    for (const HostSetup& there : {unknown_behind_mackie(), unknown_behind_hui()}) {
        CAPTURE(there.name);
        UnknownRoom room(there);
        auto job = room.learning();
        const Instant at = room.loop.now() + seconds(7);
        // As if killed: the port is gone, and the fader stands wherever it was.
        bool done = false;
        room.loop.on_step = [&](Instant now) {
            if (std::exchange(done, done || now >= at) || now < at) return;
            room.wire.plug(false);
            room.loop.plug(false);
        };
        REQUIRE(room.loop.run(job));
        room.loop.on_step = nullptr;
        REQUIRE(job.report().pass);
        REQUIRE(job.report().pass->state == PassState::prepared);
        CHECK(room.track(tried_strip).fader != room.before[tried_strip].fader);
        room.loop.idle(seconds(3));
        room.plug_in_again();
        auto again = room.learning();
        REQUIRE(room.loop.run(again));
        REQUIRE(again.report().error);
        CHECK_THAT(again.report().error->next, Contains("recover --roll-back"));
        engine::RecoverJob finish(engine::Recovery::finish, false, *room.desk.journal);
        REQUIRE(room.loop.run(finish));
        REQUIRE(finish.report().error);
        room.recover();
        room.check_all_as_before();
    }
}

TEST_CASE("Control surfaces simulated: strips that change while a law is learned keep their levels") {
    const auto seed = std::random_device{}();
    std::cout << "strips change while a law is learned: seed " << seed << '\n';
    CAPTURE(seed);
    std::mt19937 random(seed);
    std::map<std::string, int> ends;
    constexpr int trials = sanitized ? 20 : 80;
    for (int number = 0; number < trials; ++number) {
        const HostSetup there = number % 2 == 0 ? unknown_behind_mackie() : unknown_behind_hui();
        CAPTURE(number, there.name);
        UnknownRoom room(there);
        auto job = room.learning();
        const Instant at = room.loop.now() + milliseconds(2'000 + random() % 10'000);
        bool done = false;
        const int kind = static_cast<int>(random() % 3);
        const auto place = static_cast<std::size_t>(random() % 20);
        CAPTURE(kind, place);
        room.loop.on_step = [&](Instant now) {
            if (done || now < at) return;
            done = true;
            if (kind == 0) room.daw.bank_by_hand(static_cast<int>(place));
            if (kind == 1)
                room.daw.insert_track(place, {"New", 1, std::make_shared<std::vector<float>>(48'000)});
            if (kind == 2) room.daw.remove_track(place == tried_strip ? place + 1 : place);
        };
        REQUIRE(room.loop.run(job));
        room.loop.on_step = nullptr;
        const auto& report = job.report();
        INFO((report.error ? report.error->message : std::string()));
        ++ends[report.pass ? std::string(to_string(report.pass->state)) + (report.error ? ", told" : "")
                           : "nothing sent"];
        if (report.pass && report.pass->state == PassState::prepared) room.recover();
        for (const sim::SimStrip& strip : room.before) {
            const sim::SimStrip* now = room.daw.engine().find(strip.id);
            if (now == nullptr) continue;
            CAPTURE(strip.name);
            CHECK(now->fader == strip.fader);
        }
    }
    for (const auto& [name, times] : ends) std::cout << name << ": " << times << '\n';
}
