#include "integration/io/simulator_on_udp.hpp"
#include "sim/built_in_song.hpp"
#include "support/kedge_command.hpp"

#include <filesystem>

using namespace kedge;
using namespace kedge::test;

namespace {

// Nobody answers there.
const std::string dead_address = "127.0.0.1:1";

}  // namespace

TEST_CASE("the companion is installed while Ardour is away, and the doctor sees it") {
    const OwnFolders folders;
    std::filesystem::create_directories(folders.config() / "ardour7");
    const Ran done = kedge_command({"--json", "--at", dead_address, "doctor", "--install-companion"});
    CHECK(done.code == 0);
    const auto document = the_document(done);
    CHECK(document.at("action") == "LuaAction/script-13");
    CHECK(document.at("written").as_array().size() == 1);
    CHECK(document.at("request_file").as_string() ==
          (folders.root() / "state" / "kedge" / "companion" / "request").string());
    CHECK(std::filesystem::exists(folders.config() / "ardour7" / "ui_scripts"));

    // The simulated DAW has scripts under every number: what Ardour's settings say is called there too.
    ServedDaw daw(sim::many_strips_song(2));
    const Ran doctor = kedge_command({"--at", daw.address().text(), "doctor"});
    CHECK(doctor.out.find("Ardour has kedge's companion script, as script 13.") != std::string::npos);
}

TEST_CASE("the companion is not installed under a running Ardour, or for another surface") {
    const OwnFolders folders;
    std::filesystem::create_directories(folders.config() / "ardour7");
    ServedDaw daw(sim::many_strips_song(2));
    const Ran running = kedge_command({"--at", daw.address().text(), "doctor", "--install-companion"});
    CHECK(running.code == 1);
    CHECK(running.err.find("answers: Ardour is running.") != std::string::npos);
    const Ran other = kedge_command({"--surface", "sim", "doctor", "--install-companion"});
    CHECK(other.code == 2);
    CHECK_FALSE(std::filesystem::exists(folders.config() / "ardour7" / "ui_scripts"));
}

TEST_CASE("without any Ardour, and with a damaged file of scripts, installing says what to do") {
    const OwnFolders folders;
    const Ran none = kedge_command({"--at", dead_address, "doctor", "--install-companion"});
    CHECK(none.code == 1);
    CHECK(none.err.find("Start Ardour once") != std::string::npos);
    std::filesystem::create_directories(folders.config() / "ardour7");
    (void)folders.file("config/ardour7/ui_scripts", "<UIScripts");
    const Ran damaged = kedge_command({"--at", dead_address, "doctor", "--install-companion"});
    CHECK(damaged.code == 1);
    CHECK(damaged.err.find("cannot be understood") != std::string::npos);
    CHECK(damaged.err.find("Nothing was changed.") != std::string::npos);
}
