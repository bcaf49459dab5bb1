#include "support/kedge_command.hpp"

using namespace kedge::test;
namespace json = boost::json;

namespace {

/// A mistake on the command line or in a file: exit 2, cause and next step on stderr, and with --json the
/// same in one document.
void check_usage_error(std::vector<std::string> words, const std::string& cause, const std::string& next) {
    INFO("kedge " << json::serialize(json::value_from(words)));
    const Ran ran = kedge_command(words);
    CHECK(ran.code == 2);
    CHECK(ran.out.empty());
    CHECK_THAT(ran.err, Catch::StartsWith("kedge: ") && Catch::Contains(cause) && Catch::Contains(next));

    words.insert(words.begin(), "--json");
    const Ran as_json = kedge_command(words);
    CHECK(as_json.code == 2);
    const auto error = the_document(as_json).at("error").as_object();
    CHECK(error.at("kind") == "usage");
    CHECK_THAT(error.at("message").as_string().c_str(), Catch::Contains(cause));
    CHECK_THAT(error.at("next").as_string().c_str(), Catch::Contains(next));
}

}  // namespace

TEST_CASE("every command has a help with an example") {
    const OwnFolders folders;
    const std::vector<std::vector<std::string>> commands = {
        {},         {"demo"}, {"listen"},       {"plan"},       {"mix"},    {"strips"},
        {"status"}, {"ride"}, {"roles"},        {"doctor"},     {"passes"}, {"show"},
        {"revert"}, {"sim"},  {"roles", "set"}, {"learn-fader"}};
    const std::string listed = kedge_command({"--help"}).out;
    for (auto words : commands) {
        if (!words.empty()) CHECK_THAT(listed, Catch::Contains("\n  " + words.front()));
        words.emplace_back("--help");
        INFO(words.front());
        const Ran ran = kedge_command(words);
        CHECK(ran.code == 0);
        CHECK(ran.err.empty());
        CHECK_THAT(ran.out, Catch::Contains("Example:\n  kedge "));
    }
}

TEST_CASE("the version is said") {
    const Ran ran = kedge_command({"--version"});
    CHECK(ran.code == 0);
    CHECK_THAT(ran.out, Catch::StartsWith("kedge "));
}

TEST_CASE("a mistake in the words names the cause and the next step") {
    const OwnFolders folders;
    check_usage_error({}, "No command was given", "kedge --help");
    check_usage_error({"mixx"}, "There is no command 'mixx'", "`kedge mix`; `kedge --help`");
    check_usage_error({"statsu", "--for", "1s"}, "There is no command 'statsu'", "`kedge status`");
    check_usage_error({"nonsense"}, "There is no command 'nonsense'", "kedge --help");
    check_usage_error({"--frob"}, "There is no option '--frob'", "kedge --help");
    check_usage_error({"mix", "--frob"}, "--frob", "kedge mix --help");
    check_usage_error({"mix", "extra"}, "extra", "kedge mix --help");
    check_usage_error({"mix", "--anchor"}, "--anchor", "kedge mix --help");
    check_usage_error({"plan", "--whole", "--from", "3"}, "excludes", "kedge plan --help");
    check_usage_error({"show"}, "pass is required", "kedge show --help");
    check_usage_error({"show", "three"}, "three", "kedge show --help");
    check_usage_error({"roles", "set", "Gtr"}, "role is required", "kedge roles --help");
    check_usage_error({"sim", "--port", "5"}, "--port", "kedge sim --help");
    check_usage_error({"demo", "--seed", "x"}, "seed", "kedge demo --help");
}

TEST_CASE("a mistake in a value names the cause and the next step") {
    const OwnFolders folders;
    check_usage_error({"--surface", "protools", "strips"}, "There is no surface 'protools'",
                      "--surface ardour");
    check_usage_error({"--at", "studio:99999", "strips"}, "'studio:99999' is not an address", "HOST:PORT");
    check_usage_error({"--at", "a:b:c", "doctor"}, "'a:b:c' is not an address", "HOST:PORT");
    check_usage_error({"--at", "no-such-host.invalid", "strips"}, "no-such-host.invalid", "--at HOST:PORT");
    check_usage_error({"plan", "--from", "soon"}, "'soon' is not a time", "1:30");
    check_usage_error({"mix", "--to", "1:75"}, "'1:75' is not a time", "1:30");
    check_usage_error({"listen", "--from", "10", "--to", "5"}, "ends before it begins", "--to");
    check_usage_error({"ride", "--plan", "--to", "soon"}, "'soon' is not a time", "1:30");
    check_usage_error({"ride", "--plan", "--from", "10", "--to", "5"}, "ends before it begins", "--to");
    check_usage_error({"ride", "--plan", "--depth", "0"}, "above 0 dB", "up to 6");
    check_usage_error({"ride", "--plan", "--depth", "-3"}, "above 0 dB", "up to 6");
    check_usage_error({"ride", "--plan", "--depth", "9"}, "no further than 6 dB", "up to 6");
    check_usage_error({"ride", "--plan", "--depth", "much"}, "'much' is not a depth", "up to 6");
    check_usage_error({"mix", "--listen", "0.5"}, "Less than a second", "--listen");
    check_usage_error({"status", "--for", "-1s"}, "'-1s' is not a time", "45s");
    check_usage_error({"mix", "--balance", "polka"}, "There is no balance profile 'polka'", "rock");
    check_usage_error({"--balance", "polka", "demo"}, "There is no balance profile 'polka'", "rock");
    check_usage_error({"roles", "set", "Gtr 3", "guitar-ish"}, "'guitar-ish' is not a role", "lead-guitar");
    check_usage_error({"show", "99"}, "There is no pass 99", "kedge mix");
    check_usage_error({"revert", "99"}, "There is no pass 99", "kedge mix");
    for (const char* command : {"show", "revert", "reapply"})
        check_usage_error({command, "99999999999999999999"},
                          "'99999999999999999999' is not a pass's number; `kedge passes` lists them",
                          "--help");
    check_usage_error({"revert"}, "no pass to revert", "kedge passes");
    check_usage_error({"ride", "--live", "--native"}, "--native", "--help");
    check_usage_error({"ride", "--latch"}, "--live", "--help");
    check_usage_error({"ride", "--live", "--hands", "fight"}, "fight", "--help");
    check_usage_error({"sim", "--stems", "/no/such/folder"}, "/no/such/folder", "");
}

TEST_CASE("numbers of rides of one's own are taken, and a mistake in them is named") {
    const OwnFolders folders;
    std::filesystem::create_directories(folders.config() / "kedge/rides");
    (void)folders.file("config/kedge/rides/default.toml", "name = 3\n");
    check_usage_error({"ride", "--plan"}, "default.toml:1:", "profiles/rides/README.md");
}

TEST_CASE("an empty journal is an answer, not an error") {
    const OwnFolders folders;
    CHECK_THAT(kedge_command({"passes"}).out, Catch::Contains("No passes yet"));
    const Ran ran = kedge_command({"passes", "--json"});
    CHECK(ran.code == 0);
    CHECK(the_document(ran).at("passes").as_array().empty());
}

TEST_CASE("a journal that cannot be kept is said with the folder") {
    const OwnFolders folders;
    const std::string blocked = folders.file("blocked", "a file where a folder ought to be");
    setenv("XDG_STATE_HOME", blocked.c_str(), 1);
    const Ran ran = kedge_command({"--json", "passes"});
    CHECK(ran.code == 1);
    CHECK_THAT(ran.err, Catch::Contains(blocked) && Catch::Contains("XDG_STATE_HOME"));
    CHECK(the_document(ran).at("error").as_object().at("kind") == "storage");
}

TEST_CASE("what the settings file says counts, and what the command line says counts more") {
    const OwnFolders folders;
    const auto config = folders.file("settings.toml", "json = true\nsurface = \"protools\"\n");
    const Ran ran = kedge_command({"--config", config, "strips"});
    CHECK(ran.code == 2);
    CHECK_THAT(the_document(ran).at("error").as_object().at("message").as_string().c_str(),
               Catch::Contains("protools"));
    const Ran over = kedge_command({"--config", config, "--surface", "logic", "strips"});
    CHECK_THAT(over.err, Catch::Contains("logic"));

    const auto own = folders.file("config/kedge/kedge.toml", "balance = \"polka\"\n");
    CHECK_THAT(kedge_command({"demo"}).err, Catch::Contains("polka"));
    CHECK_THAT(kedge_command({"demo", "--balance", "waltz"}).err, Catch::Contains("waltz"));
}

TEST_CASE("a settings file that cannot be used stops every command, with its line") {
    const OwnFolders folders;
    const auto unknown = folders.file("unknown.toml", "surface = \"ardour\"\nsurfaec = \"sim\"\n");
    check_usage_error({"--config", unknown, "passes"}, "unknown.toml:2:1: there is no setting 'surfaec'",
                      "surface, at, json and balance");
    check_usage_error({"--config", "/no/such/file.toml", "passes"}, "/no/such/file.toml", "--config");
    check_usage_error({"--config", folders.root().string(), "passes"}, "is a folder", "--config");
    const auto broken = folders.file("config/kedge/kedge.toml", "surface = \n");
    check_usage_error({"passes"}, "kedge.toml:1", "TOML");
}

TEST_CASE("classify answers odd lines one by one, in JSON that holds") {
    const OwnFolders folders;
    const std::string very_long(200'000, 'k');
    const std::string input = "Kick\r\n\nLd Vox\n\xFF\xFE\xC3\n" + very_long + "\n\"quoted\\\"\nno end";
    const Ran ran = kedge_command({"roles", "--classify"}, input);
    CHECK(ran.code == 0);
    std::istringstream lines(ran.out);
    std::vector<json::object> answers;
    for (std::string line; std::getline(lines, line);) answers.push_back(json::parse(line).as_object());
    REQUIRE(answers.size() == 7);
    CHECK(answers[0].at("name") == "Kick");
    CHECK(answers[0].at("role") == "kick");
    CHECK(answers[1].at("name") == "");
    CHECK(answers[1].at("role") == "other");
    CHECK(answers[2].at("role") == "lead-vocal");
    CHECK(answers[3].at("name") == "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
    CHECK(answers[3].at("role") == "other");
    CHECK(answers[4].at("name").as_string().size() == very_long.size());
    CHECK(answers[5].at("name") == "\"quoted\\\"");
    CHECK(answers[6].at("name") == "no end");
    CHECK(kedge_command({"roles", "--classify"}, "").out.empty());
}

TEST_CASE("the demo prints one document that says it went back exactly") {
    const OwnFolders folders;
    const Ran ran = kedge_command({"demo", "--json"});
    CHECK(ran.code == 0);
    CHECK(ran.err.empty());
    CHECK(the_document(ran).at("reverted_exactly") == true);
}

TEST_CASE("the demo takes as many tracks as it is told, some of the song's own twice") {
    const OwnFolders folders;
    const Ran ran = kedge_command({"demo", "--tracks", "24", "--json"});
    CHECK(ran.code == 0);
    const auto document = the_document(ran);
    CHECK(document.at("reverted_exactly") == true);
    CHECK_THAT(ran.out, Catch::Contains("\"Kick In\"") && Catch::Contains("\"Kick In 2\""));
    check_usage_error({"demo", "--tracks", "0"}, "tracks", "kedge demo --help");
    check_usage_error({"demo", "--listen", "soon"}, "soon", "45s");
}
