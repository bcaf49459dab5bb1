#include "io/companion_file.hpp"

#include "integration/io/simulator_on_udp.hpp"
#include "sim/built_in_song.hpp"
#include "support/scratch_folder.hpp"

#include <filesystem>
#include <fstream>
#include <string>

using namespace kedge;
using namespace kedge::test;

namespace {

/// Carries one request for fader lines through.
class LineErrand : public engine::Job {
  public:
    explicit LineErrand(surface::Command command) : command_(std::move(command)) {}
    void start(engine::Desk& desk) override { desk.send(command_); }
    void event(engine::Desk&, const surface::Event& event) override {
        if (const auto* one = std::get_if<surface::FaderLineRead>(&event)) line = one->line;
        if (const auto* no = std::get_if<surface::LinesRefused>(&event)) refusal = *no;
        written = written || std::holds_alternative<surface::FaderLinesWritten>(event);
    }
    void wake(engine::Desk&) override {}
    void refused(engine::Desk&, const surface::Command&, const Error& error) override {
        refusal = surface::LinesRefused{error, false};
    }
    void interrupt(engine::Desk&) override { refusal = surface::LinesRefused{}; }
    [[nodiscard]] bool done() const override { return line || refusal || written; }
    [[nodiscard]] engine::Progress progress() const override { return {}; }

    std::optional<FaderLine> line;
    std::optional<surface::LinesRefused> refusal;
    bool written = false;

  private:
    surface::Command command_;
};

bool user_alone_has(const std::filesystem::path& path) {
    using std::filesystem::perms;
    const auto others = perms::group_all | perms::others_all;
    return (std::filesystem::status(path).permissions() & others) == perms::none;
}

}  // namespace

TEST_CASE("a request lies there whole, for the user alone, and is taken once") {
    const ScratchFolder scratch;
    const auto file = scratch.path() / "companion" / "request";
    REQUIRE(io::lay_down_request(file, "one\n", 9001));
    REQUIRE(io::lay_down_request(file, "two\n", 9002));
    CHECK(user_alone_has(file));
    CHECK(user_alone_has(file.parent_path()));
    const auto text = io::take_request(file);
    REQUIRE(text);
    CHECK(text->starts_with("reply\t9002\t1"));
    CHECK(text->ends_with("\ntwo\n"));
    CHECK_FALSE(io::take_request(file));
    CHECK(std::filesystem::is_empty(file.parent_path()));
}

TEST_CASE("a request for a script that answers by a file says in its head when it was laid down") {
    const ScratchFolder scratch;
    const auto file = scratch.path() / "companion" / "reaper";
    REQUIRE(io::lay_down_answer(file, "of an earlier request\n"));
    REQUIRE(io::lay_down_request(file, "kedge-reaper\t1\tk1\nidentity\nend\n"));
    CHECK_FALSE(io::take_answer(file));
    const auto text = io::take_request(file);
    REQUIRE(text);
    CHECK(text->starts_with("kedge-reaper\t1\tk1\t1"));
    CHECK(text->ends_with("\nidentity\nend\n"));
}

TEST_CASE("an answer is taken once and whole, and none that is beyond every size") {
    const ScratchFolder scratch;
    const auto file = scratch.path() / "companion" / "reaper";
    CHECK_FALSE(io::take_answer(file));
    REQUIRE(io::lay_down_answer(file, std::string("answer\0\n", 8)));
    CHECK(user_alone_has(scratch.path() / "companion" / "reaper.answer"));
    CHECK(io::take_answer(file) == std::string("answer\0\n", 8));
    CHECK_FALSE(io::take_answer(file));
    REQUIRE(io::lay_down_answer(file, "x"));
    std::filesystem::resize_file(scratch.path() / "companion" / "reaper.answer", (64 << 20) + 1);
    CHECK_FALSE(io::take_answer(file));
    CHECK(std::filesystem::is_empty(file.parent_path()));
}

TEST_CASE("a folder that cannot be made is an error that names it") {
    const ScratchFolder scratch;
    std::ofstream(scratch.path() / "in the way") << "a file";
    const auto laid = io::lay_down_request(scratch.path() / "in the way" / "request", "x\n", 1);
    REQUIRE_FALSE(laid);
    CHECK(laid.error().message.find("in the way") != std::string::npos);
}

TEST_CASE("a line is written and read over UDP, by way of the request file") {
    const ScratchFolder scratch;
    const auto file = scratch.path() / "companion" / "request";
    ServedDaw daw(sim::many_strips_song(3), file);
    Client client(daw.address());
    client.session.use_companion(ardour::CompanionSetup{"LuaAction/script-1"});
    client.loop->hand_requests_to(file);
    REQUIRE(until(client, [&] { return client.session.ready(); }));
    const StripId strip = client.session.mixer().strips[1].id;
    FaderLine line{AutomationMode::play, Gain(0.5), {}};
    for (int i = 0; i < 300; ++i)
        line.points.push_back({SongTime::from_samples(i * 999, SampleRate{48'000}), Gain(1.0 / (i + 3))});
    LineErrand write(surface::WriteFaderLines{{{strip, line}}, "kedge ride"});
    REQUIRE(client.loop->run(write));
    CHECK(write.written);
    LineErrand read(surface::ReadFaderLines{{strip}});
    REQUIRE(client.loop->run(read));
    REQUIRE(read.line);
    CHECK(read.line->points == line.points);
    CHECK(same_line(*read.line, line));
    CHECK(client.loop->counters().hand_over_failures == 0);
    CHECK(daw.retire().undo_names() == std::vector<std::string>{"kedge ride"});
}

TEST_CASE("a request that cannot be laid down is counted, and nobody answers") {
    ServedDaw daw(sim::many_strips_song(3));
    Client client(daw.address());
    client.session.use_companion(ardour::CompanionSetup{"LuaAction/script-1"});
    REQUIRE(until(client, [&] { return client.session.ready(); }));
    LineErrand read(surface::ReadFaderLines{{client.session.mixer().strips[1].id}});
    REQUIRE(client.loop->run(read));
    REQUIRE(read.refusal);
    CHECK(read.refusal->unanswered);
    CHECK(client.loop->counters().hand_over_failures == 3);
}

TEST_CASE("a request that nobody took is taken away when it is given up") {
    const ScratchFolder scratch;
    const auto file = scratch.path() / "companion" / "request";
    ServedDaw daw(sim::many_strips_song(3));
    Client client(daw.address());
    client.session.use_companion(ardour::CompanionSetup{"LuaAction/script-1"});
    client.loop->hand_requests_to(file);
    REQUIRE(until(client, [&] { return client.session.ready(); }));
    LineErrand read(surface::ReadFaderLines{{client.session.mixer().strips[1].id}});
    REQUIRE(client.loop->run(read));
    REQUIRE(read.refusal);
    CHECK(std::filesystem::is_empty(file.parent_path()));
    CHECK(client.loop->counters().hand_over_failures == 0);
}

TEST_CASE("a simulated DAW says on this machine whether it has a companion script") {
    const ScratchFolder scratch;
    const auto file = scratch.path() / "request";
    std::uint16_t port = 0;
    {
        ServedDaw daw(sim::many_strips_song(1), file);
        port = daw.address().port;
        CHECK(io::simulator_takes_requests(file, port));
        CHECK_FALSE(io::simulator_takes_requests(file, static_cast<std::uint16_t>(port - 1)));
    }
    CHECK_FALSE(io::simulator_takes_requests(file, port));
    // One that was killed left its word behind.
    io::tell_simulator(file, port, true);
    CHECK(io::simulator_takes_requests(file, port));
    io::tell_simulator(file, port, false);
    CHECK_FALSE(io::simulator_takes_requests(file, port));
}
