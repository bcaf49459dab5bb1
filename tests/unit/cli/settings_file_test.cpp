#include "cli/settings_file.hpp"

#include "support/catch.hpp"

using namespace kedge;
using namespace kedge::cli;

namespace {

Error wrong(std::string_view text) {
    const auto parsed = parse_settings("kedge.toml", text);
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().kind == ErrorKind::usage);
    CHECK_FALSE(parsed.error().next.empty());
    return parsed.error();
}

}  // namespace

TEST_CASE("a settings file may say everything or nothing") {
    const auto all = parse_settings(
        "kedge.toml", "# mine\nsurface = \"sim\"\nat = \":4000\"\njson = true\nbalance = \"pop\"\n");
    REQUIRE(all);
    CHECK(all->surface == "sim");
    CHECK(all->at == ":4000");
    CHECK(all->json == true);
    CHECK(all->balance == "pop");
    const auto nothing = parse_settings("kedge.toml", "");
    REQUIRE(nothing);
    CHECK_FALSE(nothing->surface);
    CHECK_FALSE(nothing->json);
}

TEST_CASE("what a settings file cannot say is named with its line") {
    CHECK_THAT(wrong("surface = \"sim\"\n\n colour = 1\n").message,
               Catch::Contains("kedge.toml:3:2: there is no setting 'colour'"));
    CHECK_THAT(wrong("[mix]\nbalance = \"pop\"\n").message, Catch::Contains("'mix'"));
    const auto number = wrong("surface = 3\n");
    CHECK_THAT(number.message, Catch::Contains("kedge.toml:1:11: 'surface' must be text"));
    CHECK_THAT(number.next, Catch::Contains("surface = \"ardour\""));
    CHECK_THAT(wrong("json = \"yes\"\n").message, Catch::Contains("'json' must be true or false"));
    CHECK_THAT(wrong("at = [\"a\", \"b\"]\n").message, Catch::Contains("'at' must be text"));
    CHECK_THAT(wrong("balance = true\n").message, Catch::Contains("'balance' must be text"));
    CHECK_THAT(wrong("surface = [broken\n").message, Catch::Contains("kedge.toml:1"));
    CHECK_THAT(wrong("at = \"a\"\nat = \"b\"\n").message, Catch::Contains("kedge.toml:2"));
    CHECK_THAT(wrong("surface = \"\xFF\xFE\"\n").message, Catch::Contains("kedge.toml:1"));
}
