#include "core/strip_label.hpp"

#include "support/catch.hpp"

using kedge::Shortening;
using kedge::strip_label;

TEST_CASE("Labels: Ardour leaves out letters") {
    const auto ardour = [](std::string_view name) { return strip_label(name, {6, Shortening::letters}); };
    CHECK(ardour("Kick") == "Kick");
    CHECK(ardour("Kick In") == "KickIn");
    CHECK(ardour("Snare Top") == "SnarTp");
    CHECK(ardour("Overheads") == "Ovrhds");
    CHECK(ardour("Lead Vocal") == "LedVcl");
    CHECK(ardour("Audio 12") == "Audi12");
    CHECK(ardour("RHYTHMSS 12") == "RHSS12");
    CHECK(ardour("Guitar 1") == "Guitr1");
    CHECK(ardour("1234567890") == "123456");
}

TEST_CASE("Labels: vowels are left out behind the first character, and what is still too long is cut") {
    const auto live = [](std::string_view name) { return strip_label(name, {6, Shortening::vowels}); };
    CHECK(live("Kick") == "Kick");
    CHECK(live("Kick In") == "KickIn");
    CHECK(live("Acoustic") == "Acustc");
    CHECK(live("Snare Top") == "SnarTp");
    CHECK(live("Strings Bus") == "Strngs");
}

TEST_CASE("Labels: cut") {
    CHECK(strip_label("Snare Top", {6, Shortening::cut}) == "Snare ");
    CHECK(strip_label("Snare Top", {7, Shortening::cut}) == "Snare T");
    CHECK(strip_label("Snare Top", {4, Shortening::unknown}) == "Snar");
}
