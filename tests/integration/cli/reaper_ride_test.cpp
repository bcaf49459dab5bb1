// Rides over UDP into a simulated REAPER that has kedge's companion script, and REAPER's own folders.

#include "cli/profiles.hpp"
#include "io/companion_file.hpp"
#include "io/udp_simulator.hpp"
#include "scenario/short_song.hpp"
#include "sim/simulated_reaper.hpp"
#include "support/kedge_command.hpp"

#include <chrono>
#include <filesystem>
#include <string>
#include <thread>
#include <utility>
#include <vector>

using namespace kedge;
using namespace kedge::test;

namespace {

/// A simulated REAPER on a port of its own; it has the script where that has a file to look into.
class ServedReaper {
  public:
    explicit ServedReaper(sim::Song song, const std::filesystem::path& request_file)
        : daw_(std::move(song), settings(!request_file.empty())) {
        auto opened = io::UdpSimulator::open(daw_, 0);
        REQUIRE(opened);
        simulator_ = std::move(*opened);
        simulator_->take_requests_from(request_file);
        thread_ = std::thread([this] { simulator_->run(); });
    }
    ~ServedReaper() { stop(); }
    ServedReaper(const ServedReaper&) = delete;
    ServedReaper& operator=(const ServedReaper&) = delete;

    Ran command(std::vector<std::string> words) {
        words.insert(words.begin(),
                     {"--surface", "reaper", "--at", ":" + std::to_string(simulator_->port())});
        return kedge_command(std::move(words));
    }
    const sim::SimulatedReaper& retire() {
        stop();
        return daw_;
    }

  private:
    static sim::ReaperSettings settings(bool script) {
        sim::ReaperSettings settings;
        auto patterns = cli::load_patterns("");
        REQUIRE(patterns);
        settings.patterns = std::move(*patterns);
        settings.to_last_sender = true;
        settings.companion = script;
        return settings;
    }
    void stop() {
        simulator_->stop();
        if (thread_.joinable()) thread_.join();
    }

    sim::SimulatedReaper daw_;
    std::unique_ptr<io::UdpSimulator> simulator_;
    std::thread thread_;
};

}  // namespace

TEST_CASE("on REAPER a ride is written by the companion script over UDP and its file, and taken back") {
    const OwnFolders folders;
    ServedReaper reaper(uneven_song(), *io::reaper_request_file());
    const Ran ride = reaper.command({"--json", "ride", "Lead Vox"});
    INFO(ride.out << ride.err);
    REQUIRE(ride.code == 0);
    CHECK_THAT(reaper.command({"status"}).out, Catch::Contains("session 'uneven ("));
    const Ran back = reaper.command({"revert"});
    INFO(back.out << back.err);
    CHECK(back.code == 0);
    const sim::SimulatedReaper& left = reaper.retire();
    REQUIRE(left.script_steps().size() == 2);
    CHECK(left.script_steps()[0] == "kedge: ride of Lead Vox");
    for (std::size_t i = 0; i < left.engine().strips().size(); ++i) {
        CHECK(left.mode_of(left.engine().strips()[i].id) == AutomationMode::manual);
        CHECK(left.envelope(i).value_or(sim::ReaperEnvelope{}) == sim::ReaperEnvelope{});
    }
}

TEST_CASE("on REAPER without the script rides are only planned, and it is said how to get it") {
    const OwnFolders folders;
    std::filesystem::create_directories(folders.config() / "REAPER");
    ServedReaper reaper(sim::many_strips_song(2), {});
    CHECK_THAT(reaper.command({"status"}).out, Catch::Contains("session 'REAPER'"));
    const Ran doctor = reaper.command({"doctor"});
    CHECK_THAT(doctor.out, Catch::Contains("REAPER has no companion script of kedge's.") &&
                               Catch::Contains("--install-reaper") &&
                               Catch::Contains("Rides can be planned, and not written"));

    const Ran install = reaper.command({"doctor", "--install-reaper"});
    CHECK(install.code == 0);
    CHECK_THAT(install.out,
               Catch::Contains("Scripts/kedge.lua") && Catch::Contains("Actions > Show action list"));
    CHECK(std::filesystem::exists(folders.config() / "REAPER" / "Scripts" / "kedge.lua"));
    CHECK_THAT(reaper.command({"doctor"}).out, Catch::Contains("is not in REAPER's action list."));

    (void)folders.file(
        "config/REAPER/reaper-kb.ini",
        "SCR 4 0 RS7d3c0123456789abcdef0123456789abcdef0123 \"Custom: kedge.lua\" kedge.lua\n");
    const Ran listed = reaper.command({"doctor", "--install-reaper"});
    CHECK_THAT(listed.out, !Catch::Contains("Show action list"));
    CHECK_THAT(reaper.command({"doctor"}).out,
               Catch::Contains("REAPER has kedge's companion script, as _RS7d3c0123456789abcdef") &&
                   Catch::Contains("REAPER's companion script does not answer."));
}
