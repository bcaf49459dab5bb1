#include "cli/saved_mixer.hpp"

#include "sim/built_in_song.hpp"
#include "support/catch.hpp"

#include <string>

using namespace kedge;
using namespace kedge::cli;

namespace {

constexpr std::size_t few_strips = 3;

sim::SavedMixer mixer_of(const sim::AudioEngine& engine) {
    return {engine.strips(), engine.master(), 1};
}

void check_same_strip(const sim::SimStrip& a, const sim::SimStrip& b) {
    INFO(a.name);
    CHECK(a.trim == b.trim);
    CHECK(a.fader == b.fader);
    CHECK(a.pan.position() == Approx(b.pan.position()).margin(1e-12));
    CHECK(a.muted == b.muted);
}

}  // namespace

TEST_CASE("a mixer that was saved stands there again when it is opened") {
    sim::AudioEngine left(sim::many_strips_song(few_strips));
    left.strips()[0].trim = Decibels(-5.123456789);
    left.strips()[0].fader = Decibels::silence();
    left.strips()[1].fader = Decibels(1.0 / 3.0);
    left.strips()[1].pan = Pan(-0.9);
    left.strips()[2].muted = true;
    left.master().fader = Decibels(-1.5);

    sim::AudioEngine opened(sim::many_strips_song(few_strips));
    opened.strips()[2].trim = Decibels(7.0);
    REQUIRE(open_saved(saved_words(mixer_of(left)), opened));

    for (std::size_t i = 0; i < few_strips; ++i) check_same_strip(opened.strips()[i], left.strips()[i]);
    check_same_strip(opened.master(), left.master());
}

TEST_CASE("a mixer of other strips is refused by name, and nothing has changed") {
    sim::AudioEngine left(sim::many_strips_song(few_strips));
    left.strips()[0].fader = Decibels(-3.0);
    left.strips()[1].name = "Somebody Else";
    sim::AudioEngine stands(sim::many_strips_song(few_strips));
    const auto opened = open_saved(saved_words(mixer_of(left)), stands);
    REQUIRE(!opened);
    CHECK(opened.error().kind == ErrorKind::usage);
    CHECK(opened.error().message.find("Somebody Else") != std::string::npos);
    CHECK(stands.strips()[0].fader == Decibels());
}

TEST_CASE("what is no saved mixer is refused, and nothing has changed") {
    const std::string good = R"({"strip":"Master","trim_db":0,"fader_db":-3,"pan":0.5,"mute":0})";
    const auto with = [&](const std::string& from, const std::string& to) {
        std::string words = good;
        return R"({"strips":[)" + good + "," + words.replace(words.find(from), from.size(), to) + "]}";
    };
    sim::AudioEngine stands(sim::many_strips_song(few_strips));
    for (const std::string& words :
         {std::string(), std::string("{"), std::string("[]"), std::string("{}"),
          std::string(R"({"strips":7})"), std::string(R"({"strips":[7]})"), with("\"Master\"", "7"),
          with("\"mute\":0", "\"mute\":2"), with("\"pan\":0.5", "\"pan\":1.5"),
          with("\"pan\":0.5", "\"pan\":null"), with("-3", "\"-3\""), with("-3", "-3e308000"),
          with("\"trim_db\":0,", "")}) {
        INFO(words);
        const auto opened = open_saved(words, stands);
        REQUIRE(!opened);
        CHECK(opened.error().kind == ErrorKind::usage);
        CHECK(stands.master().fader == Decibels());
    }
    CHECK(open_saved(R"({"strips":[)" + good + "]}", stands));
    CHECK(stands.master().fader == Decibels(-3.0));
}
