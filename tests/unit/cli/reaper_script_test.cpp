// kedge's companion script in REAPER's folder Scripts and in its list of actions.

#include "cli/reaper_script.hpp"

#include "support/catch.hpp"
#include "support/scratch_folder.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

using namespace kedge;
using namespace kedge::cli;
using kedge::test::ScratchFolder;

namespace {

const std::string script_digits = "7d3c0123456789abcdef0123456789abcdef0123";

std::string text_of(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void write_text(const std::filesystem::path& path, const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
}

}  // namespace

TEST_CASE("the script is put into REAPER's folder Scripts with its file, once") {
    const ScratchFolder folder;
    const std::filesystem::path request = "/home/a \"b\"\\c/companion/reaper";
    const auto done = install_reaper_script(folder.path(), request);
    REQUIRE(done);
    CHECK(done->changed);
    CHECK(done->file == folder.path() / "Scripts" / "kedge.lua");
    const std::string text = text_of(done->file);
    CHECK(text.find("@REQUEST_FILE@") == std::string::npos);
    CHECK(text.find("local request_file = \"/home/a \\\"b\\\"\\\\c/companion/reaper\"\n") !=
          std::string::npos);
    const auto again = install_reaper_script(folder.path(), request);
    REQUIRE(again);
    CHECK_FALSE(again->changed);
    write_text(done->file, "-- somebody's own\n");
    const auto over = install_reaper_script(folder.path(), request);
    REQUIRE(over);
    CHECK(over->kept_copy);
    CHECK(text_of(done->file.string() + ".before-kedge") == "-- somebody's own\n");
    CHECK(text_of(done->file) == text);
}

TEST_CASE("the script is found by its name in REAPER's list of actions, or it is said what to click") {
    const ScratchFolder folder;
    auto found = find_reaper_script(folder.path());
    REQUIRE(found);
    CHECK_FALSE(*found);  // nowhere
    const auto installed = install_reaper_script(folder.path(), "/state/companion/reaper");
    REQUIRE(installed);
    found = find_reaper_script(folder.path());
    REQUIRE_FALSE(found);  // not in the list
    CHECK(found.error().next.find("Actions > Show action list") != std::string::npos);
    CHECK(found.error().next.find("Load ReaScript") != std::string::npos);
    CHECK(found.error().next.find(installed->file.string()) != std::string::npos);

    write_text(folder.path() / "reaper-kb.ini",
               "KEY 1 65 40044 0\r\nSCR 4 0 RS" + script_digits + " \"Custom: kedge.lua\" kedge.lua\r\n");
    found = find_reaper_script(folder.path());
    REQUIRE(found);
    CHECK(*found == InstalledReaperScript{"_RS" + script_digits, "/state/companion/reaper"});

    write_text(installed->file, text_of(installed->file) + "-- changed\n");
    found = find_reaper_script(folder.path());
    REQUIRE_FALSE(found);
    CHECK(found.error().message.find("is not the script of this kedge") != std::string::npos);
    CHECK(found.error().next.find("--install-reaper") != std::string::npos);
}

TEST_CASE("lines of REAPER's list of actions that are another script's, or none, are passed over") {
    const std::filesystem::path script = "/r/Scripts/kedge.lua";
    const auto command = [&](const std::string& line) { return command_in_action_list(line, script); };
    const std::string ours = "_RS" + script_digits;
    CHECK(command("SCR 4 0 RS" + script_digits + " \"Custom: kedge.lua\" kedge.lua") == ours);
    CHECK(command("SCR 4 0 RS" + script_digits + " \"Custom: kedge.lua\" \"/r/Scripts/kedge.lua\"") == ours);
    CHECK(command("SCR 260 0 RS" + script_digits + " \"Script: a b\" ./x/../kedge.lua") == ours);
    for (const std::string& other :
         {"SCR 4 0 RS" + script_digits + " \"Custom: kedge.lua\" other/kedge.lua",
          "SCR 4 32060 RS" + script_digits + " \"Custom: kedge.lua\" kedge.lua",  // of the MIDI editor
          "SCR 4 0 RS" + script_digits + "00 \"Custom: kedge.lua\" kedge.lua",
          std::string("SCR 4 0 RSzz3c0123456789abcdef0123456789abcdef0123 \"x\" kedge.lua"),
          "ACT 0 0 RS" + script_digits + " \"Custom: kedge.lua\" kedge.lua",
          "SCR 4 0 RS" + script_digits + " \"Custom: kedge.lua", std::string("SCR"), std::string("\"\""),
          std::string("SCR 4 0\0RS", 10), std::string()})
        CHECK_FALSE(command(other));
}
