#include "mix/role_book.hpp"

#include "mix/role_tokens.hpp"
#include "mix/role_vocabulary.hpp"
#include "support/catch.hpp"
#include "support/shipped_rules.hpp"

#include <random>
#include <string>
#include <string_view>
#include <vector>

using kedge::Role;
using kedge::mix::RoleBook;
using kedge::test::shipped_role_sources;
using kedge::test::shipped_roles;

namespace {

constexpr std::string_view concepts = R"(
[concept.guitar]
role = "rhythm-guitar"
[concept.lead]
[concept.voice]
role = "lead-vocal"
[concept.drums]
role = "drums"
together = "drums"
yields_to = ["piece"]
[concept.kick]
role = "kick"
is = ["piece"]
together = "drums"
[concept.snare]
role = "snare"
is = ["piece"]
together = "drums"
[concept.bass]
role = "bass"
[concept.hint]
role = "keys"
weight = 1
[concept.verb]
role = "return"
[[rule]]
with = ["verb", "guitar"]
in_order = true
role = "other"
[[rule]]
with = ["verb"]
role = "return"
[[rule]]
with = ["guitar", "lead"]
without = ["voice"]
role = "lead-guitar"
)";

constexpr std::string_view words = R"(
language = "en"
[words]
guitar = ["guitar", "gtr"]
lead = ["lead"]
voice = ["vox", "voice"]
drums = ["drum"]
kick = ["bass drum", "bd", "kick"]
snare = ["snare"]
bass = ["bass", "double bass"]
hint = ["nord"]
verb = ["verb"]
)";

RoleBook small_book() {
    const std::vector<RoleBook::Source> sources = {{"words.toml", words}, {"concepts.toml", concepts}};
    auto book = RoleBook::load(sources);
    if (!book) FAIL(book.error().message);
    return std::move(*book);
}

std::string error_of(std::string_view toml) {
    const std::vector<RoleBook::Source> sources = {{"mine.toml", toml}};
    const auto book = RoleBook::load(sources);
    REQUIRE_FALSE(book.has_value());
    CHECK(book.error().kind == kedge::ErrorKind::usage);
    CHECK_FALSE(book.error().next.empty());
    return book.error().message;
}

std::string split(std::string_view name) {
    std::string text;
    for (const auto& token : kedge::mix::split_name(name)) text += (text.empty() ? "" : "|") + token.text;
    return text;
}

}  // namespace

TEST_CASE("Names are cut where engineers mean a cut") {
    CHECK(split("08.Hey_SisterGTR1L") == "08|hey|sister|gtr|1|l");
    CHECK(split("HiHat") == "hi|hat");
    CHECK(split("OHLeft") == "oh|left");
    CHECK(split("Double (Autotune) - dx") == "double|autotune|dx");
    CHECK(split("").empty());
    CHECK(split("--- ...").empty());
}

TEST_CASE("Case and accents are folded") {
    CHECK(split("BLÄSER") == "blaser");
    CHECK(split("Größe") == "grosse");
    CHECK(split("Chœurs") == "choeurs");
    CHECK(split("VIOLÃO") == "violao");
    CHECK(split("Přechod") == "prechod");
    CHECK(split("ŠLAPÁK") == "slapak");
    CHECK(split("РАЙД") == "раид");
    CHECK(split("e\xCC\x81lec") == "elec");
    CHECK(split("Don't") == "dont");
}

TEST_CASE("Bytes that are no UTF-8 only separate") {
    CHECK(split("Bass\xFFmic") == "bass|mic");
    CHECK(split("Kick\xC3") == "kick");
    CHECK(split("\xE2\x82Snare") == "snare");
}

TEST_CASE("A role says which word it came from") {
    const RoleBook book = small_book();
    CHECK(book.classify("BD").role == Role::kick);
    CHECK(book.classify("BD").rule == "kick: token 'bd' (en)");
    CHECK(book.classify("Bass Drum").rule == "kick: words 'bass drum' (en)");
    CHECK(book.classify("Gtr 1 Lead").rule == "lead-guitar: token 'gtr' (en) and token 'lead' (en)");
    CHECK(book.classify("Foo").role == Role::other);
    CHECK(book.classify("Foo").rule == "no role known from its name");
}

TEST_CASE("Phrases beat their words") {
    const RoleBook book = small_book();
    CHECK(book.classify("Bass Drum").role == Role::kick);
    CHECK(book.classify("bassdrum").role == Role::kick);
    CHECK(book.classify("BassDrum2").role == Role::kick);
    CHECK(book.classify("Double Bass").role == Role::bass);
    CHECK(book.classify("Bass 2").role == Role::bass);
}

TEST_CASE("Plurals, sides and compounds are the same word") {
    const RoleBook book = small_book();
    CHECK(book.classify("Guitars").role == Role::rhythm_guitar);
    CHECK(book.classify("GTRR").role == Role::rhythm_guitar);
    CHECK(book.classify("leadguitar").role == Role::lead_guitar);
    CHECK(book.classify("Zerrguitar").role == Role::rhythm_guitar);
}

TEST_CASE("Rules look at what stands side by side, and in what order") {
    const RoleBook book = small_book();
    CHECK(book.classify("Guitar Verb").role == Role::return_bus);
    CHECK(book.classify("Verb Guitar").role == Role::other);
    CHECK(book.classify("Lead").role == Role::other);
    CHECK(book.classify("Drum Kick").role == Role::kick);
    CHECK(book.classify("Nord Bass").role == Role::bass);
    CHECK(book.classify("Nord").role == Role::keys);
}

TEST_CASE("Contradicting words give no role, families their own") {
    const RoleBook book = small_book();
    const auto guess = book.classify("Guitar Bass");
    CHECK(guess.role == Role::other);
    CHECK(guess.rule == "no role: its name speaks of token 'guitar' (en) and token 'bass' (en)");
    CHECK(book.classify("Kick+Snare").role == Role::drums);
}

TEST_CASE("The group counts only when the name says nothing") {
    const RoleBook book = small_book();
    CHECK(book.classify("Mike", "Vox").role == Role::lead_vocal);
    CHECK(book.classify("Mike", "Vox").rule == "lead-vocal: token 'vox' (en) of its group 'Vox'");
    CHECK(book.classify("Kick", "Vox").role == Role::kick);
    CHECK(book.classify("Guitar Bass", "Vox").role == Role::other);
    CHECK(book.classify("Mike", "Friends").rule == "no role known from its name");
    CHECK(book.classify("Mike", "").role == Role::other);
}

TEST_CASE("A later file may give a word another meaning") {
    const std::vector<RoleBook::Source> sources = {
        {"concepts.toml", concepts},
        {"words.toml", words},
        {"mine.toml", "language = \"mine\"\n[words]\nsnare = [\"bd\"]\n"}};
    const auto book = RoleBook::load(sources);
    REQUIRE(book.has_value());
    CHECK(book->classify("BD").rule == "snare: token 'bd' (mine)");
}

TEST_CASE("What is wrong in a vocabulary is named with its place") {
    CHECK(error_of("words = [").substr(0, 12) == "mine.toml:1:");
    CHECK(error_of("language = \"en\"\n[words]\ndrum = [\"x\"]\n") ==
          "mine.toml:3:8: no file has a concept called 'drum'");
    CHECK(error_of("[concept.a]\nrole = \"loud\"\n") == "mine.toml:2:8: 'loud' is no role");
    CHECK(error_of("[concept.a]\nroles = \"kick\"\n") == "mine.toml:2:9: 'roles' is not known here");
    CHECK(error_of("[concept.a]\nweight = 9\n") ==
          "mine.toml:2:10: 'weight' must be a whole number from 1 to 3");
    CHECK(error_of("[concept.a]\nyields_to = [\"b\"]\n") == "mine.toml:2:14: 'b' is no concept and no kind");
    CHECK(error_of("[concept.a]\n[words]\na = [\"x\"]\n").find("needs a language") != std::string::npos);
    CHECK(error_of("language = \"en\"\n[concept.a]\n[words]\na = [\"--\"]\n") ==
          "mine.toml:4:6: a word needs letters or digits");
    CHECK(error_of("[concept.a]\n[[rule]]\nwith = [\"a\"]\n").find("a rule needs 'with' and 'role'") !=
          std::string::npos);
    CHECK(error_of("rule = 3\n") == "mine.toml:1:8: write each rule under [[rule]]");
    CHECK(error_of("language = \"en\"\n[concept.a]\n[words]\na = \"x\"\n") ==
          "mine.toml:4:5: 'a' must be a list of texts");
}

TEST_CASE("Without any file nothing has a role") {
    const auto book = RoleBook::load({});
    REQUIRE(book.has_value());
    CHECK(book->classify("Kick").role == Role::other);
}

TEST_CASE("No shipped word means two things") {
    const auto vocabulary = kedge::mix::RoleVocabulary::read(shipped_role_sources());
    REQUIRE(vocabulary.has_value());
    CHECK(vocabulary->overridden() == std::vector<std::string>{});
}

TEST_CASE("Any bytes are a name") {
    const RoleBook book = shipped_roles();
    const unsigned seed = std::random_device{}();
    INFO("seed " << seed);
    std::mt19937 random(seed);
    std::uniform_int_distribution<int> byte(0, 255);
    std::uniform_int_distribution<int> length(0, 40);
    for (int i = 0; i < 2000; ++i) {
        std::string name(static_cast<std::size_t>(length(random)), ' ');
        for (char& c : name) c = static_cast<char>(byte(random));
        const auto guess = book.classify(name);
        REQUIRE_FALSE(guess.rule.empty());
    }
}

TEST_CASE("Case, numbers and sides do not change a role") {
    const RoleBook book = shipped_roles();
    for (const char* name :
         {"Kick", "Snare Top", "Gesang", "Violão", "Caisse claire", "Lead Gtr", "BGV", "Rullante"}) {
        const std::string plain = name;
        const Role role = book.classify(plain).role;
        INFO(plain);
        REQUIRE(role != Role::other);
        std::string upper = plain;
        for (char& c : upper) {
            if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        }
        for (const std::string& variant : {upper, plain + " L", plain + ".R", "03." + plain + "_01",
                                           "016 " + plain + ".dup1", plain + "2", plain + "_126bpm_01-02"}) {
            INFO(variant);
            CHECK(book.classify(variant).role == role);
        }
    }
}
