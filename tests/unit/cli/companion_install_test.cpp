#include "cli/companion_install.hpp"

#include "cli/base64.hpp"
#include "cli/lua_table_text.hpp"
#include "cli/ui_scripts.hpp"
#include "support/catch.hpp"
#include "support/scratch_folder.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

using namespace kedge;
using namespace kedge::cli;
using kedge::test::ScratchFolder;

namespace {

namespace fs = std::filesystem;

std::string text_of_file(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    REQUIRE(in);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// As a real Ardour 7.3 wrote it, with two scripts of its own.
std::string ui_scripts_of_ardour() {
    return text_of_file(fs::path(KEDGE_SOURCE_DIR) / "tests" / "golden" / "ardour" / "ui_scripts");
}

std::string xml_with_lua(const std::string& lua) {
    return "<UIScripts><ActionScript lua=\"Lua 5.3\">" + to_base64(lua) +
           "</ActionScript><ActionHooks/></UIScripts>";
}

/// A user with Ardours, each a folder.
struct Ardours {
    explicit Ardours(const std::vector<std::string>& names) {
        for (const auto& name : names) {
            folders.push_back(scratch.path() / name);
            fs::create_directories(folders.back());
        }
    }
    [[nodiscard]] fs::path file(std::size_t i = 0) const { return folders[i] / "ui_scripts"; }
    void write(const std::string& text, std::size_t i = 0) const {
        std::ofstream(file(i), std::ios::binary) << text;
    }
    [[nodiscard]] UiScripts read(std::size_t i = 0) const {
        auto scripts = UiScripts::read("f", text_of_file(file(i)));
        REQUIRE(scripts);
        return std::move(*scripts);
    }
    ScratchFolder scratch;
    std::vector<fs::path> folders;
    fs::path request = "/home/o'hara \"x\"/companion/request";
};

int install_number(const Ardours& user) {
    const auto done = install_companion(user.folders, user.request);
    REQUIRE(done);
    const auto found = find_companion(user.folders);
    REQUIRE(found);
    REQUIRE(*found);
    CHECK((*found)->number == done->companion.number);
    CHECK((*found)->request_file == user.request.string());
    return done->companion.number;
}

}  // namespace

TEST_CASE("base64 goes there and back, and garbage is none") {
    CHECK(to_base64("") == "");
    CHECK(to_base64("f") == "Zg==");
    CHECK(to_base64("fo") == "Zm8=");
    CHECK(to_base64("foobar") == "Zm9vYmFy");
    CHECK(from_base64("Zm9v\n YmE=") == "fooba");
    for (const auto* bad : {"Z", "Zg=", "Zg===", "Zm9v=", "Zm9*", "Zg==Zg=="}) {
        CAPTURE(bad);
        CHECK_FALSE(from_base64(bad));
    }
    std::mt19937 random(7);
    for (std::size_t length = 0; length < 70; ++length) {
        std::string bytes;
        for (std::size_t i = 0; i < length; ++i) bytes += static_cast<char>(random() & 0xFFU);
        CHECK(from_base64(to_base64(bytes)) == bytes);
    }
}

TEST_CASE("What Ardour writes of a table is read, and nothing else") {
    const auto read = read_assignments(
        "scripts = {} scripts[1] = {} scripts[1][\"n\"] = \"A \\\"b\\\"\\\nc\\\\ \\0\\200\" "
        "scripts[1][\"c\"] = true "
        "scripts[1][\"a\"][\"x-y\"] = 1.5e+20 ",
        "scripts");
    REQUIRE(read);
    REQUIRE(read->size() == 5);
    CHECK((*read)[2].text == std::string("A \"b\"\nc\\ \0\xC8", 11));
    CHECK((*read)[2].words.starts_with("scripts[1][\"n\"] = \"A"));
    CHECK((*read)[4].keys.size() == 3);
    for (const auto* bad :
         {"scripts = { 1 }", "other = {}", "scripts[1 = {}", "scripts[1] = \"open", "scripts[1] {}",
          "scripts[1] = f()", "scripts[\"a\\q\"] = 1", "scripts[1] = ", "scripts[1] = \"\\999\""}) {
        CAPTURE(bad);
        CHECK_FALSE(read_assignments(bad, "scripts"));
    }
}

TEST_CASE("A text in Lua's quotes is read back as it was") {
    std::string text;
    for (int byte = 0; byte < 256; ++byte) text += static_cast<char>(byte);
    text += "1\n2";
    const std::string assignment = "x = " + in_lua_quotes(text);
    const auto read = read_assignments(assignment, "x");
    REQUIRE(read);
    CHECK((*read)[0].text == text);
}

TEST_CASE("The scripts that Ardour itself wrote down are found, and kept byte by byte") {
    const std::string before = ui_scripts_of_ardour();
    auto scripts = UiScripts::read("f", before);
    REQUIRE(scripts);
    REQUIRE(scripts->scripts().size() == 2);
    CHECK(scripts->find(1)->name == "Mixer Screenshot");
    CHECK(scripts->find(2)->name == "List Plugins");
    const auto lua_of = [](const std::string& xml) {
        const auto from = xml.find('>', xml.find("<ActionScript")) + 1;
        return *from_base64(xml.substr(from, xml.find('<', from) - from));
    };
    scripts->put({13, "mine", "function factory () end"});
    const auto after = UiScripts::read("f", scripts->xml());
    REQUIRE(after);
    CHECK(after->scripts().size() == 3);
    for (const int number : {1, 2}) CHECK(*after->find(number) == *scripts->find(number));
    // Statement by statement, the byte code too.
    const std::string then = lua_of(before);
    const std::string now = lua_of(scripts->xml());
    const auto statements = read_assignments(then, "scripts");
    REQUIRE(statements);
    for (const auto& each : *statements) CHECK(now.find(each.words) != std::string::npos);
}

TEST_CASE("The companion is put beside the user's scripts, under a number without a button") {
    const Ardours user({"ardour7"});
    const std::string before = ui_scripts_of_ardour();
    user.write(before);
    CHECK(install_number(user) == 13);
    CHECK(user.read().scripts().size() == 3);
    CHECK(text_of_file(user.folders[0] / "ui_scripts.before-kedge") == before);
    const auto text = user.read().find(13)->text;
    CHECK(text.find("@REQUEST_FILE@") == std::string::npos);
    CHECK(text.find("local request_file = \"/home/o'hara \\\"x\\\"/companion/request\"") !=
          std::string::npos);
}

TEST_CASE("A second install changes nothing") {
    const Ardours user({"ardour7"});
    user.write(ui_scripts_of_ardour());
    install_number(user);
    const auto once = text_of_file(user.file());
    const auto again = install_companion(user.folders, user.request);
    REQUIRE(again);
    CHECK(again->written.empty());
    CHECK(text_of_file(user.file()) == once);
}

TEST_CASE("Where there is no file of scripts yet, one is made") {
    const Ardours user({"ardour7"});
    CHECK(install_number(user) == 13);
    CHECK_FALSE(fs::exists(user.folders[0] / "ui_scripts.before-kedge"));
}

TEST_CASE("A script of an earlier version, or for another folder, gives way to this one under its number") {
    const Ardours user({"ardour7"});
    auto old = UiScripts();
    old.put({5, "kedge companion", "-- \"/kedge/companion/done\", long ago\nfunction factory () end"});
    old.put({6, "my own", "function factory () end"});
    user.write(old.xml());
    const auto found = find_companion(user.folders);
    REQUIRE_FALSE(found);
    CHECK(found.error().message.find("is of another version than kedge") != std::string::npos);
    CHECK(install_number(user) == 5);
    CHECK(user.read().scripts().size() == 2);
    REQUIRE(install_companion(user.folders, "/elsewhere/request"));
    CHECK((*find_companion(user.folders))->request_file == "/elsewhere/request");
    CHECK(user.read().scripts().size() == 2);
}

TEST_CASE("Several Ardours of a user get it under one number, which is free in all of them") {
    const Ardours user({"ardour6", "ardour7", "ardour8"});
    auto six = UiScripts();
    six.put({13, "mine", "x"});
    user.write(six.xml(), 0);
    auto seven = UiScripts();
    seven.put({14, "mine too", "x"});
    user.write(seven.xml(), 1);
    CHECK(install_number(user) == 15);
    for (std::size_t i = 0; i < 3; ++i) CHECK(user.read(i).find(15)->name == "kedge companion");
    // Another script came to its number in one of them.
    auto eight = UiScripts();
    eight.put({15, "new", "x"});
    user.write(eight.xml(), 2);
    const auto found = find_companion(user.folders);
    REQUIRE_FALSE(found);
    CHECK(found.error().message.find("is number 15, which is another script") != std::string::npos);
    CHECK(install_number(user) == 16);
    CHECK(user.read(2).find(15)->name == "new");
}

TEST_CASE("When every number is taken, it says so, and changes nothing") {
    const Ardours user({"ardour7"});
    auto full = UiScripts();
    for (int number = 1; number <= most_ui_scripts; ++number) full.put({number, "s", "x"});
    user.write(full.xml());
    const auto done = install_companion(user.folders, user.request);
    REQUIRE_FALSE(done);
    CHECK(done.error().message == "Ardour has no number left for another script.");
    CHECK(text_of_file(user.file()) == full.xml());
}

TEST_CASE("A damaged file is named and left alone, and so is every other one") {
    const std::string damaged[] = {
        "",
        "<UIScripts",
        "<Other/>",
        "<UIScripts><ActionScript>***</ActionScript></UIScripts>",
        xml_with_lua("scripts = { [1] = { n = 'x' } }"),
        xml_with_lua("os.remove('x')"),
        ui_scripts_of_ardour().substr(0, 3000),
    };
    for (const auto& text : damaged) {
        CAPTURE(text);
        const Ardours user({"ardour6", "ardour7"});
        user.write(ui_scripts_of_ardour(), 0);
        user.write(text, 1);
        for (const bool install : {true, false}) {
            const auto error = install ? install_companion(user.folders, user.request).error()
                                       : find_companion(user.folders).error();
            CHECK(error.message.find(user.file(1).string()) != std::string::npos);
            CHECK(error.next.find("Nothing was changed.") == 0);
        }
        CHECK(text_of_file(user.file(0)) == ui_scripts_of_ardour());
        CHECK(text_of_file(user.file(1)) == text);
    }
}

TEST_CASE("Without an Ardour there is nothing to install to, and nothing to find") {
    const auto done = install_companion({}, "/x");
    REQUIRE_FALSE(done);
    CHECK(done.error().next == "Start Ardour once, quit it, then run the command again.");
    const auto found = find_companion({});
    REQUIRE(found);
    CHECK_FALSE(*found);
}
