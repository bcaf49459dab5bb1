// How well labels are understood: the lists of real names, shortened as DAWs shorten them.

#include "core/strip_label.hpp"
#include "mix/label_text.hpp"
#include "mix/role_book.hpp"
#include "support/catch.hpp"
#include "support/golden_names.hpp"
#include "support/shipped_rules.hpp"

#include <iostream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <fmt/format.h>

namespace {

using kedge::Role;
using kedge::Shortening;
using kedge::StripLabels;
using kedge::mix::RoleBook;
using kedge::test::shipped_roles;

constexpr StripLabels as_ardour{6, Shortening::letters};
constexpr StripLabels as_hui{4, Shortening::unknown};

/// A way of shortening, and what is held of it.
struct Way {
    const char* name;
    StripLabels labels;
    int right;          ///< of all names, at least
    int wrong;          ///< of all names, at most
    int percent_right;  ///< of the names that can still be told, at least
};

struct LabelScore {
    int names = 0;
    int right = 0;
    int wrong = 0;
    int tellable = 0;
    int tellable_right = 0;

    void add(Role guess, const std::string& role, bool can_be_told) {
        const bool is_right = to_string(guess) == role;
        ++names;
        right += is_right ? 1 : 0;
        wrong += !is_right && guess != Role::other ? 1 : 0;
        tellable += can_be_told ? 1 : 0;
        tellable_right += can_be_told && is_right ? 1 : 0;
    }
    [[nodiscard]] std::string text() const {
        return fmt::format("{} right, {} wrong, {} other of {}; {} right of {} that can be told", right,
                           wrong, names - right - wrong, names, tellable_right, tellable);
    }
};

std::vector<kedge::test::NamedRole> all_golden_names() {
    std::vector<kedge::test::NamedRole> all;
    for (const auto list : kedge::test::golden_lists) {
        for (auto& one : kedge::test::golden_names(list)) all.push_back(std::move(one));
    }
    return all;
}

/// Half of the name's letters are left, and no name of another role has the same label.
bool can_be_told(const std::string& name, const std::string& label, const std::set<std::string>& roles) {
    return roles.size() == 1 && 2 * kedge::mix::letters_in_label(label) >= kedge::mix::letters_in_label(name);
}

}  // namespace

TEST_CASE("Real names, shortened, get their roles or none") {
    const RoleBook book = shipped_roles();
    const auto names = all_golden_names();
    REQUIRE(names.size() > 600);
    for (const Way& way : {Way{"cut at 6", {6, Shortening::cut}, 393, 3, 69},
                           Way{"vowels, 6", {6, Shortening::vowels}, 513, 2, 85},
                           Way{"letters, 6", {6, Shortening::letters}, 526, 1, 85},
                           Way{"cut at 4", {4, Shortening::cut}, 277, 8, 64},
                           Way{"letters, 7", {7, Shortening::letters}, 584, 2, 90},
                           Way{"unknown, 6", {6, Shortening::unknown}, 356, 4, 62},
                           Way{"unknown, 4", {4, Shortening::unknown}, 257, 10, 59}}) {
        std::map<std::string, std::set<std::string>> roles_of_label;
        for (const auto& one : names) roles_of_label[strip_label(one.name, way.labels)].insert(one.role);
        LabelScore as_names;
        LabelScore as_labels;
        std::ostringstream wrong;
        for (const auto& one : names) {
            const std::string label = strip_label(one.name, way.labels);
            const bool tellable = can_be_told(one.name, label, roles_of_label[label]);
            const auto guess = book.classify_label(label, way.labels);
            as_names.add(book.classify(label).role, one.role, tellable);
            as_labels.add(guess.role, one.role, tellable);
            if (guess.role != Role::other && to_string(guess.role) != one.role)
                wrong << one.role << " | " << one.name << " | " << guess.rule << '\n';
        }
        std::cout << fmt::format("{:10}  read as names:  {}\n{:10}  read as labels: {}\n", way.name,
                                 as_names.text(), "", as_labels.text());
        INFO(way.name << ": " << wrong.str());
        CHECK(as_labels.right >= way.right);
        CHECK(as_labels.wrong <= way.wrong);
        CHECK(as_labels.tellable_right * 100 >= as_labels.tellable * way.percent_right);
    }
}

TEST_CASE("A label has the role of the names behind it, and says which") {
    const RoleBook book = shipped_roles();
    const auto ardour = [&](std::string_view label) { return book.classify_label(label, as_ardour); };
    CHECK(ardour("SnarTp").role == Role::snare);
    CHECK(ardour("SnarTp").rule == "snare: label 'SnarTp' reads as 'Snare Top'");
    CHECK(ardour("LedVcl").role == Role::lead_vocal);
    CHECK(ardour("cstcGt").role == Role::acoustic_guitar);
    CHECK(ardour("KickIn").rule == "kick: token 'kick' (en)");
    CHECK(ardour("Kick 1/2").role == Role::kick);
}

TEST_CASE("A label whose names have several roles has none, and names two of them") {
    const RoleBook book = shipped_roles();
    const auto lead = book.classify_label("Lead", as_hui);
    CHECK(lead.role == Role::other);
    CHECK(lead.rule.find("label 'Lead' may be '") != std::string::npos);
    CHECK(lead.rule.find("(lead-vocal)") != std::string::npos);
    CHECK(lead.rule.find("(lead-guitar)") != std::string::npos);
    CHECK(book.classify_label("Bass", as_hui).role == Role::other);
    const auto unknown = book.classify_label("Qwrtzp", as_ardour);
    CHECK(unknown.role == Role::other);
    CHECK(unknown.rule == "no role known from its label 'Qwrtzp'");
}

TEST_CASE("A label shorter than labels may be is the name") {
    const RoleBook book = shipped_roles();
    for (const std::string name : {"HH", "OH", "Tom 1", "BGV", "Foo", ""}) {
        CAPTURE(name);
        CHECK(book.classify_label(name, as_ardour).rule == book.classify(name).rule);
    }
}

TEST_CASE("Any bytes may be a label") {
    const RoleBook book = shipped_roles();
    for (const std::string label : {" 1/2", "/", "      ", "\xC3\xBC\xC3\xBC\xC3\xBC",
                                    "\xFF\xFF\xFF\xFF\xFF\xFF", "______", "111111", "llllll"}) {
        CAPTURE(label);
        for (const StripLabels& labels : {as_ardour, as_hui, StripLabels{}})
            CHECK_FALSE(book.classify_label(label, labels).rule.empty());
    }
}

TEST_CASE("What is known everywhere meets the words of any language; two languages do not meet") {
    const std::vector<RoleBook::Source> sources = {
        {"concepts.toml", "[concept.kick]\nrole = \"kick\"\n[concept.tom]\nrole = \"tom\"\n[concept.say]\n"},
        {"a.toml", "language = \"a\"\n[words]\nkick = [\"trommel\"]\n"},
        {"b.toml", "language = \"b\"\n[words]\nsay = [\"oben\"]\n"},
        {"c.toml", "language = \"c\"\neverywhere = true\n[words]\nsay = [\"top\"]\n"}};
    const auto book = RoleBook::load(sources);
    REQUIRE(book.has_value());
    CHECK(book->classify_label(strip_label("Trommel Top", as_ardour), as_ardour).role == Role::kick);
    CHECK(book->classify_label(strip_label("Trommel Oben", as_ardour), as_ardour).role == Role::other);
    const std::vector<RoleBook::Source> bad = {{"d.toml", "language = \"d\"\neverywhere = 1\n[words]\n"}};
    const auto refused = RoleBook::load(bad);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().message.find("'everywhere' must be true or false") != std::string::npos);
}
