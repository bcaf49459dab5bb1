#include "ardour/ardour_session.hpp"
#include "cli/sim_in_memory.hpp"
#include "engine/virtual_loop.hpp"
#include "scenario/short_song.hpp"
#include "sim/faults.hpp"
#include "support/catch.hpp"

#include <optional>
#include <vector>

using namespace kedge;

namespace {

/// Sends one command and gathers what comes of it.
class AskLines : public engine::Job {
  public:
    explicit AskLines(surface::Command command) : command_(std::move(command)) {}
    void start(engine::Desk& desk) override { desk.send(command_); }
    void event(engine::Desk&, const surface::Event& event) override {
        if (const auto* one = std::get_if<surface::FaderLineRead>(&event)) read.push_back(*one);
        if (const auto* no = std::get_if<surface::LinesRefused>(&event)) refusal = *no;
        written = written || std::holds_alternative<surface::FaderLinesWritten>(event);
        const auto* asked = std::get_if<surface::ReadFaderLines>(&command_);
        done_ = written || refusal || (asked && read.size() == asked->strips.size());
    }
    void wake(engine::Desk&) override {}
    void refused(engine::Desk&, const surface::Command&, const Error& error) override {
        refusal = surface::LinesRefused{error, false};
        done_ = true;
    }
    void interrupt(engine::Desk&) override { done_ = true; }
    [[nodiscard]] bool done() const override { return done_; }
    [[nodiscard]] engine::Progress progress() const override { return {}; }

    std::vector<surface::FaderLineRead> read;
    std::optional<surface::LinesRefused> refusal;
    bool written = false;

  private:
    surface::Command command_;
    bool done_ = false;
};

struct CompanionRoom {
    CompanionRoom() { session.use_companion(ardour::CompanionSetup{"LuaAction/script-7"}); }
    static sim::FaultPlan plan(std::uint32_t seed, double loss) {
        sim::FaultPlan faults;
        faults.seed = seed;
        faults.to_daw.drop = faults.to_client.drop = loss;
        faults.to_client.duplicate = faults.to_client.reorder = loss;
        return faults;
    }
    AskLines ask(surface::Command command) {
        AskLines job(std::move(command));
        REQUIRE(loop.run(job));
        return job;
    }
    StripId id(const std::string& name) {
        for (const Strip& strip : session.mixer().strips)
            if (strip.name.name == name) return strip.id;
        FAIL("no strip " << name);
        return {};
    }
    void connect() {
        AskLines nothing(surface::ReadFaderLines{{StripId{9999}}});
        REQUIRE(loop.run(nothing));
    }
    const sim::SimStrip& strip(const std::string& name) {
        for (const auto& each : daw.engine().strips())
            if (each.name == name) return each;
        FAIL("no strip " << name);
        return daw.engine().master();
    }

    sim::SimulatedArdour daw{test::short_song("Lines")};
    sim::FaultyWire lossy{daw, {}};
    cli::SimInMemory<sim::FaultyWire> wire{lossy};
    ardour::ArdourSession session;
    engine::Engine engine{session};
    engine::VirtualLoop loop{engine, wire};
};

FaderLine many_points(int count) {
    FaderLine line{AutomationMode::play, Gain(0.8), {}};
    for (int i = 0; i < count; ++i)
        line.points.push_back({SongTime::from_samples(i * 731, SampleRate{48'000}), Gain(1.0 / (i + 1))});
    return line;
}

}  // namespace

TEST_CASE("Lines written to the simulated DAW are read back as they were, and can be taken back") {
    CompanionRoom room;
    room.connect();
    const std::vector<StripId> ids = {room.id("Lead Vox"), room.id("Bass DI")};
    const auto before = room.ask(surface::ReadFaderLines{ids});
    REQUIRE(before.read.size() == 2);
    const std::vector<FaderLine> lines = {many_points(457), many_points(3)};
    CHECK(room.ask(surface::WriteFaderLines{{{ids[0], lines[0]}, {ids[1], lines[1]}}, "kedge ride"}).written);
    CHECK(room.strip("Lead Vox").automation(Control::fader).list().points().size() == 457);
    const auto after = room.ask(surface::ReadFaderLines{ids});
    REQUIRE(after.read.size() == 2);
    for (std::size_t i = 0; i < 2; ++i) {
        CHECK(after.read[i].strip == ids[i]);
        CHECK(after.read[i].line.points == lines[i].points);
        CHECK(same_line(after.read[i].line, lines[i]));
    }
    CHECK(room.session.mixer().find(ids[0])->fader_automation == AutomationMode::play);
    room.ask(
        surface::WriteFaderLines{{{ids[0], before.read[0].line}, {ids[1], before.read[1].line}}, "revert"});
    CHECK(room.strip("Lead Vox").automation(Control::fader).list().empty());
    const auto again = room.ask(surface::ReadFaderLines{ids});
    for (std::size_t i = 0; i < 2; ++i) CHECK(same_line(again.read[i].line, before.read[i].line));
    CHECK(room.daw.undo_names() == std::vector<std::string>{"kedge ride", "revert"});
}

TEST_CASE(
    "A wire that loses, doubles and reorders: a line is read as it is, or not at all; a write is done once") {
    int read = 0;
    for (std::uint32_t seed = 1; seed <= 40; ++seed) {
        CAPTURE(seed);
        CompanionRoom room;
        room.connect();
        const StripId vox = room.id("Lead Vox");
        const FaderLine line = many_points(457);
        room.lossy.set_plan(CompanionRoom::plan(seed, 0.15));
        const auto wrote = room.ask(surface::WriteFaderLines{{{vox, line}}, "ride"});
        CHECK((wrote.written || wrote.refusal->unanswered));
        CHECK(room.daw.undo_names().size() <= 1);
        if (wrote.written) CHECK(room.daw.undo_names().size() == 1);
        if (!wrote.written) continue;
        const auto answer = room.ask(surface::ReadFaderLines{{vox}});
        CHECK((answer.refusal.has_value() || answer.read.size() == 1));
        if (answer.refusal) continue;
        ++read;
        CHECK(answer.read[0].line.points == line.points);
    }
    CHECK(read > 20);
}

TEST_CASE("Without Ardour's window the script does not answer, and that is said") {
    CompanionRoom room;
    room.daw.headless(true);
    room.connect();
    const auto answer = room.ask(surface::ReadFaderLines{{room.id("Lead Vox")}});
    REQUIRE(answer.refusal);
    CHECK(answer.refusal->unanswered);
    CHECK(answer.refusal->why.next.find("headless Ardour runs no scripts") != std::string::npos);
}
