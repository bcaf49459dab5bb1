#include "io/midi_address.hpp"

#include "support/catch.hpp"

namespace kedge::test {

using io::is_port_of;
using io::names_of_unit;
using io::parse_midi_address;
using io::port_meant;
using Ports = std::vector<std::string>;

TEST_CASE("MIDI units are parted by commas, and blanks around them do not count") {
    const auto one = parse_midi_address("ardour:mackie control", 4);
    REQUIRE(one);
    CHECK(one->units == Ports{"ardour:mackie control"});
    CHECK(one->client == "kedge");
    CHECK(one->text() == "ardour:mackie control");

    const auto three = parse_midi_address(" main , ext 1,, ", 4);
    REQUIRE(three);
    CHECK(three->units == Ports{"main", "ext 1", "", ""});
    CHECK(three->text() == "main, ext 1, kedge's own port 3, kedge's own port 4");

    const auto own = parse_midi_address("", 4);
    REQUIRE(own);
    CHECK(own->units == Ports{""});
}

TEST_CASE("More MIDI units than there may be, and two of one name, are usage errors") {
    const auto many = parse_midi_address("a,b,c,d,e", 4);
    REQUIRE_FALSE(many);
    CHECK(many.error().kind == ErrorKind::usage);
    CHECK(many.error().message == "'a,b,c,d,e' names 5 units: there are at most 4.");
    CHECK_FALSE(many.error().next.empty());

    const auto twice = parse_midi_address("a, b, a", 4);
    REQUIRE_FALSE(twice);
    CHECK(twice.error().kind == ErrorKind::usage);
    CHECK(twice.error().message == "'a, b, a' names two units 'a'.");
}

TEST_CASE("A unit has one name for both of its MIDI ports, or one for each") {
    CHECK(names_of_unit("mackie").from == "mackie");
    CHECK(names_of_unit("mackie").to == "mackie");
    CHECK(names_of_unit("ardour:a out | ardour:b in").from == "ardour:a out");
    CHECK(names_of_unit("ardour:a out | ardour:b in").to == "ardour:b in");
}

TEST_CASE("A MIDI port is meant by its whole name, or by a part that only it has") {
    const Ports ports = {"ardour:mackie control out", "ardour:mackie control out 2", "", "daw:x out"};
    CHECK(port_meant("ardour:mackie control out", ports).value() == 0U);
    CHECK(port_meant("out 2", ports).value() == 1U);
    CHECK(port_meant("daw", ports).value() == 3U);
    CHECK(port_meant("reaper", ports).value() == std::nullopt);
    CHECK(port_meant("reaper", {}).value() == std::nullopt);

    const auto several = port_meant("mackie", ports);
    REQUIRE_FALSE(several);
    CHECK(several.error().kind == ErrorKind::usage);
    CHECK(several.error().message ==
          "'mackie' may be 2 MIDI ports: 'ardour:mackie control out', 'ardour:mackie control out 2'.");
    CHECK_FALSE(several.error().next.empty());
}

TEST_CASE("A client's MIDI ports are told from those of clients whose names only begin alike") {
    for (const auto* ours : {"kedge:1 in", "kedge-01:1 out", "kedge-17:2 in", "kedge:1 in 128:0",
                             "kedge 1 in", "kedge 12 out"}) {
        INFO(ours);
        CHECK(is_port_of("kedge", ours));
    }
    for (const auto* other : {"kedge-sim:1 in", "kedge-sim-01:1 out", "kedges:1 in", "kedge", "kedge-",
                              "kedge-1:1 in", "kedge-01", "kedge-0a:1 in", "kedge-012:1 in", "kedge in",
                              "kedge 1 inlet", "my kedge:1 in", "", "ardour:x in"}) {
        INFO(other);
        CHECK_FALSE(is_port_of("kedge", other));
    }
    CHECK(is_port_of("kedge-sim", "kedge-sim-01:1 out"));
    CHECK_FALSE(is_port_of("kedge-sim", "kedge:1 in"));
}

}  // namespace kedge::test
