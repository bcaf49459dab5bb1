#include "control/source_words.hpp"
#include "control/target_words.hpp"
#include "support/catch.hpp"

#include <string>

using namespace kedge;
using namespace kedge::control;

TEST_CASE("Target words: there and back") {
    for (const std::string words : {"strip 1 fader",
                                    "strip 8 pan",
                                    "strip 64 trim",
                                    "strip 'Lead Vox' mute",
                                    "strip 'it's' solo",
                                    "selected select",
                                    "master fader",
                                    "strip 2 ride depth",
                                    "role lead-vocal fader",
                                    "role tom mute",
                                    "bank right",
                                    "bank left",
                                    "channel right",
                                    "channel left",
                                    "page vocals",
                                    "play",
                                    "stop",
                                    "play or stop",
                                    "to start",
                                    "loop",
                                    "next marker",
                                    "previous marker",
                                    "fine",
                                    "kedge listen",
                                    "kedge mix",
                                    "kedge a-b",
                                    "kedge revert",
                                    "kedge accept",
                                    "kedge reject"}) {
        CAPTURE(words);
        const auto target = target_from_words(words);
        REQUIRE(target);
        CHECK(to_string(*target) == words);
    }
}

TEST_CASE("Target words: what is no target is named, with what may stand there") {
    for (const std::string words : {"",
                                    "strip",
                                    "strip ",
                                    "strip 0 fader",
                                    "strip 65 fader",
                                    "strip 1",
                                    "strip 1 volume",
                                    "strip '' fader",
                                    "strip 'a",
                                    "strip 'a'",
                                    "role singer fader",
                                    "role tom select",
                                    "role tom",
                                    "bank",
                                    "bank up",
                                    "page ",
                                    "kedge",
                                    "kedge dance",
                                    "Play",
                                    "play ",
                                    "selected",
                                    "strip -1 fader",
                                    "strip 99999999999999999999 fader"}) {
        CAPTURE(words);
        const auto target = target_from_words(words);
        REQUIRE_FALSE(target);
        CHECK(target.error().kind == ErrorKind::usage);
        CHECK(target.error().message.find("'" + words + "'") != std::string::npos);
        CHECK(target.error().next.starts_with("Expected is"));
    }
}

TEST_CASE("Source words: there and back, and the profile's channel where none is named") {
    for (const std::string words :
         {"cc 0 ch 1", "cc 127 ch 16", "cc 0/32 ch 1", "nrpn 16383 ch 2", "nrpn 0 coarse ch 2", "bend ch 9",
          "note 104 ch 1", "pressure 127 ch 1"}) {
        CAPTURE(words);
        const auto source = source_from_words(words, midi::Channel(4));
        REQUIRE(source);
        CHECK(to_string(*source) == words);
    }
    CHECK(source_from_words("cc 7", midi::Channel(10)) ==
          ControlSource(FromController{midi::Channel(10), midi::Data7(7)}));
    for (const std::string words :
         {"", "cc", "cc ", "cc 128", "cc -1", "cc 1/", "cc 1/128", "nrpn 16384", "nrpn coarse", "bend 1",
          "note", "note 7 ch 0", "note 7 ch 17", "note 7 ch", "cc 7x", "sysex"}) {
        CAPTURE(words);
        const auto source = source_from_words(words, midi::Channel());
        REQUIRE_FALSE(source);
        CHECK(source.error().message.find("'" + words + "'") != std::string::npos);
    }
}

TEST_CASE("Source words: runs count by number, pitch bends by channel") {
    const auto next = [](const std::string& words, int by) {
        const auto on = counted_on(*source_from_words(words, midi::Channel()), by);
        return on ? to_string(*on) : std::string("none");
    };
    CHECK(next("cc 7", 3) == "cc 10 ch 1");
    CHECK(next("cc 0/32", 1) == "cc 1/33 ch 1");
    CHECK(next("bend", 8) == "bend ch 9");
    CHECK(next("note 120", 7) == "note 127 ch 1");
    CHECK(next("note 120", 8) == "none");
    CHECK(next("bend ch 16", 1) == "none");
    CHECK(next("nrpn 16383", 1) == "none");
    CHECK(next("cc 100/127", 1) == "none");
}
