#include "cli/method_words.hpp"

#include "support/catch.hpp"

#include <CLI/CLI.hpp>

using namespace kedge;
using namespace kedge::cli;
namespace json = boost::json;

namespace {

/// A command line with an option of every kind.
struct SmallCommandLine {
    SmallCommandLine() {
        app.add_option("--balance", balance, "Balance profile");
        auto* mix = app.add_subcommand("mix", "The one click");
        mix->fallthrough();
        mix->add_option("--listen", listen, "At most so much");
        mix->add_option("--only", only, "These strips");
        mix->add_option("--most", most, "At most so many");
        mix->add_flag("--fresh", fresh, "Listen anew");
        auto* roles = app.add_subcommand("roles", "Roles");
        auto* set = roles->add_subcommand("set", "Sets one");
        set->add_option("strip", strip, "The strip's name")->required();
        set->add_option("role", role, "A role");
    }
    CLI::App& command(const std::string& name) { return *app.get_subcommand(name); }
    void parse(std::vector<std::string> words) {
        std::reverse(words.begin(), words.end());
        app.parse(words);
    }
    [[nodiscard]] Method mix() { return method_of(command("mix"), {"balance"}); }
    [[nodiscard]] Method set() { return method_of(*command("roles").get_subcommand("set")); }

    CLI::App app;
    std::string balance;
    std::string listen;
    std::vector<std::string> only;
    int most = 0;
    bool fresh = false;
    std::string strip;
    std::string role;
};

}  // namespace

TEST_CASE("What a command takes, its method takes") {
    SmallCommandLine line;
    const Method mix = line.mix();
    CHECK(mix.name == "mix");
    CHECK(mix.what == "The one click");
    REQUIRE(mix.parameters.size() == 5);
    CHECK(mix.parameter("listen")->kind == ParameterKind::text);
    CHECK(mix.parameter("most")->kind == ParameterKind::number);
    CHECK(mix.parameter("fresh")->kind == ParameterKind::flag);
    CHECK(mix.parameter("only")->many);
    CHECK(mix.parameter("balance")->what == "Balance profile");
    CHECK(mix.parameter("help") == nullptr);
    const Method set = line.set();
    CHECK(set.name == "roles.set");
    CHECK(set.parameter("strip")->required);
    CHECK(set.parameter("strip")->positional);
    CHECK_FALSE(set.parameter("role")->required);
}

TEST_CASE("A command goes through a call and comes out as the same command") {
    const std::vector<std::string> commands[] = {
        {"mix", "--listen", "45s", "--fresh", "--balance", "pop"},
        {"mix", "--only", "Kick", "--only", "-dashed", "--most", "-3"},
        {"mix"},
    };
    for (const auto& words : commands) {
        SmallCommandLine typed;
        typed.parse(words);
        const json::object params = params_of_command(typed.command("mix"), {"balance"});
        const auto again = words_of_call(typed.mix(), params);
        REQUIRE(again);
        SmallCommandLine served;
        served.parse(*again);
        CHECK(served.listen == typed.listen);
        CHECK(served.fresh == typed.fresh);
        CHECK(served.only == typed.only);
        CHECK(served.most == typed.most);
        CHECK(served.balance == typed.balance);
        CHECK(params_of_command(served.command("mix"), {"balance"}) == params);
    }
}

TEST_CASE("A strip whose name looks like an option stays a name") {
    SmallCommandLine line;
    const auto words = words_of_call(line.set(), {{"strip", "--json"}, {"role", "kick"}});
    REQUIRE(words);
    line.parse(*words);
    CHECK(line.strip == "--json");
    CHECK(line.role == "kick");
}

TEST_CASE("A parameter that is unknown, missing or of another type is named") {
    SmallCommandLine line;
    struct Row {
        Method method;
        json::object params;
        const char* named;
    };
    const Row rows[] = {
        {line.mix(), {{"lisen", "45s"}}, "'lisen'"},
        {line.mix(), {{"listen", 45}}, "listen of mix is a text"},
        {line.mix(), {{"fresh", "yes"}}, "is a flag"},
        {line.mix(), {{"most", "3"}}, "is a whole number"},
        {line.mix(), {{"only", {1}}}, "array of them"},
        {line.mix(), {{"listen", {"45s"}}}, "is a text"},
        {line.set(), {{"role", "kick"}}, "needs the parameter strip"},
        {line.mix(), {{"help", true}}, "'help'"},
        {line.mix(), {{"most", 1.0}}, "most of mix is a whole number"},
        {line.mix(), {{"most", 1e20}}, "most of mix is a whole number"},
    };
    for (const Row& row : rows) {
        const auto words = words_of_call(row.method, row.params);
        REQUIRE_FALSE(words);
        CHECK(words.error().kind == ErrorKind::usage);
        CHECK_THAT(words.error().message, Catch::Contains(row.named));
        CHECK_FALSE(words.error().next.empty());
    }
}

TEST_CASE("A selection of nothing is refused: it would be taken for everything") {
    SmallCommandLine line;
    struct Row {
        Method method;
        json::object params;
        const char* named;
    };
    const Row rows[] = {
        {line.mix(), {{"only", json::array()}}, "only of mix is an empty array"},
        {line.mix(), {{"only", ""}}, "only of mix is an empty text"},
        {line.mix(), {{"only", {"Kick", ""}}}, "only of mix is an empty text"},
        {line.mix(), {{"listen", ""}}, "listen of mix is an empty text"},
        {line.set(), {{"strip", ""}, {"role", "kick"}}, "strip of roles.set is an empty text"},
    };
    for (const Row& row : rows) {
        const auto checked = check_params(row.method, row.params);
        REQUIRE_FALSE(checked);
        CHECK(checked.error().kind == ErrorKind::usage);
        CHECK_THAT(checked.error().message, Catch::Contains(row.named));
        CHECK_THAT(checked.error().next, Catch::Contains("Leave the parameter out"));
    }
}
