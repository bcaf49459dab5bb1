#include "ardour/session_limits.hpp"
#include "support/catch.hpp"
#include "unit/ardour/conversation.hpp"

#include <limits>
#include <random>

using namespace kedge;
using namespace kedge::test;
using namespace std::chrono_literals;

namespace {

constexpr auto not_a_number = std::numeric_limits<float>::quiet_NaN();
constexpr auto infinity = std::numeric_limits<float>::infinity();

/// What may not change by bytes that mean nothing.
struct Known {
    explicit Known(const Conversation& talk)
        : mixer(talk.session.mixer()), position(talk.session.position()), rolling(talk.session.rolling()) {
        for (const auto& strip : mixer.strips) meters.push_back(talk.session.meter(strip.id));
    }
    MixerState mixer;
    std::optional<SongTime> position;
    std::optional<bool> rolling;
    std::vector<std::optional<Decibels>> meters;
    bool operator==(const Known&) const = default;
};

struct Wrong {
    const char* what;
    Bytes bytes;
};

/// Every one of them moves this counter by one, and nothing else at all.
void check_counted(std::uint64_t surface::Counters::*counter, const std::vector<Wrong>& all) {
    Conversation talk(small_mixer());
    talk.connect();
    talk.hear(osc::encode(strip_path("meter", 1), {-20.0F}));
    talk.hear(osc::encode("/position/samples", {"4800"}));
    talk.forget_the_past();
    const Known before(talk);
    for (const Wrong& wrong : all) {
        CAPTURE(wrong.what);
        auto expected = talk.session.counters();
        ++expected.datagrams_in;
        if (counter != &surface::Counters::malformed) ++expected.messages_in;
        ++(expected.*counter);
        talk.hear(wrong.bytes);
        const auto& counters = talk.session.counters();
        CHECK(counters.datagrams_in == expected.datagrams_in);
        CHECK(counters.messages_in == expected.messages_in);
        CHECK(counters.malformed == expected.malformed);
        CHECK(counters.wrong_type == expected.wrong_type);
        CHECK(counters.out_of_range == expected.out_of_range);
        CHECK(counters.unknown_path == expected.unknown_path);
        CHECK(counters.datagrams_out == expected.datagrams_out);
        CHECK(talk.session.ready());
        CHECK(talk.events.empty());
        CHECK(talk.sent.empty());
        CHECK(Known(talk) == before);
    }
    talk.run_for(5s);
    CHECK(Known(talk) == before);
    CHECK(talk.events.empty());
}

Bytes cut(Bytes bytes, std::size_t length) {
    bytes.resize(length);
    return bytes;
}

Bytes text(std::string_view letters) {
    Bytes bytes;
    for (const char letter : letters) bytes.push_back(static_cast<std::byte>(letter));
    return bytes;
}

}  // namespace

TEST_CASE("What is not OSC is counted as malformed") {
    const Bytes gain = osc::encode(strip_path("gain", 1), {-3.0F});
    std::vector<Wrong> all = {
        {"empty", {}},
        {"no slash, no end", text("abcd")},
        {"a name that never ends", text("/strip/gain/1/and/so/on/")},
        {"an argument that is not there", cut(gain, gain.size() - 4)},
        {"half an argument", cut(gain, gain.size() - 2)},
        {"a type that OSC does not have", text(std::string_view("/strip/gain/1\0\0\0,Q\0\0\0\0\0\0", 24))},
        {"a bundle cut short", text(std::string_view("#bundle\0\0\0\0\0\0\0\0\1\0\0\0\x20/a\0\0", 24))},
    };
    check_counted(&surface::Counters::malformed, all);
}

TEST_CASE("A known path with an argument of a wrong type, or without one, is counted as that") {
    check_counted(&surface::Counters::wrong_type,
                  {
                      {"a string for a gain", osc::encode(strip_path("gain", 1), {"loud"})},
                      {"a number as a string", osc::encode(strip_path("gain", 1), {"-3.0"})},
                      {"a string for a meter", osc::encode(strip_path("meter", 1), {"loud"})},
                      {"a string for a pan", osc::encode("/strip/pan_stereo_position", {1, "left"})},
                      {"a string for a mute", osc::encode(strip_path("mute", 1), {"yes"})},
                      {"no value for a trim", osc::encode(strip_path("trimdB", 1))},
                      {"no number and no value", osc::encode("/strip/gain")},
                      {"a number and no value", osc::encode("/strip/gain", {1})},
                      {"a name for a number", osc::encode("/strip/gain", {"Kick", -3.0F})},
                      {"a number for a name", osc::encode(strip_path("name", 1), {1.0F})},
                      {"a number for a group", osc::encode(strip_path("group", 1), {7})},
                      {"a string for an automation mode", osc::encode("/strip/gain/automation/1", {"Play"})},
                      {"a string for the transport", osc::encode("/transport_stop", {"yes"})},
                      {"a number for the position", osc::encode("/position/samples", {4800.0F})},
                      {"a number for the session's name", osc::encode("/session_name", {1})},
                      {"a number for a marker", osc::encode("/marker", {3})},
                      {"a list line of one word", osc::encode("/reply", {"AT"})},
                      {"a list line of numbers", osc::encode("/reply", {1, 2, 3, 4, 5, 6, 7})},
                  });
}

TEST_CASE("A value that none can be, or a strip that there is not, is counted as out of range") {
    const std::int32_t least = std::numeric_limits<std::int32_t>::min();
    std::vector<Wrong> all = {
        {"gain NaN", osc::encode(strip_path("gain", 1), {not_a_number})},
        {"gain infinite", osc::encode(strip_path("gain", 1), {infinity})},
        {"gain beyond any fader", osc::encode(strip_path("gain", 1), {1e30F})},
        {"gain NaN as a double", osc::encode(strip_path("gain", 1), {static_cast<double>(not_a_number)})},
        {"meter NaN", osc::encode(strip_path("meter", 1), {not_a_number})},
        {"meter infinite", osc::encode(strip_path("meter", 1), {infinity})},
        {"trim NaN", osc::encode(strip_path("trimdB", 1), {not_a_number})},
        {"trim infinite", osc::encode(strip_path("trimdB", 1), {infinity})},
        {"trim of minus infinity", osc::encode(strip_path("trimdB", 1), {-infinity})},
        {"trim of -200", osc::encode(strip_path("trimdB", 1), {-200.0F})},
        {"pan NaN", osc::encode("/strip/pan_stereo_position", {1, not_a_number})},
        {"pan beyond left", osc::encode(strip_path("pan_stereo_position", 1), {1.5F})},
        {"pan beyond right", osc::encode(strip_path("pan_stereo_position", 1), {-0.5F})},
        {"mute NaN", osc::encode(strip_path("mute", 1), {not_a_number})},
        {"a mode that there is not", osc::encode("/strip/gain/automation/1", {5.0F})},
        {"half a mode", osc::encode("/strip/gain/automation/1", {0.5F})},
        {"strip NaN", osc::encode("/strip/gain", {not_a_number, -3.0F})},
        {"a list line of a strange type", osc::encode("/reply", {"XX", "A", 1, 2, 0, 0, 1, 0})},
        {"a list line of strip 0", osc::encode("/reply", {"AT", "A", 1, 2, 0, 0, 0, 0})},
        {"a list line of NaN inputs", osc::encode("/reply", {"AT", "A", not_a_number, 2, 0, 0, 1, 0})},
        {"a list line of 1e30 outputs", osc::encode("/reply", {"AT", "A", 1, 1e30F, 0, 0, 1, 0})},
    };
    for (const std::int32_t ssid : {0, -1, 5, 9999, 100'001, least}) {
        all.push_back({"a strip in the path", osc::encode(strip_path("gain", ssid), {-3.0F})});
        all.push_back({"a strip as argument", osc::encode("/strip/gain", {ssid, -3.0F})});
    }
    check_counted(&surface::Counters::out_of_range, all);
}

TEST_CASE("A path that we do not know is counted as unknown") {
    check_counted(&surface::Counters::unknown_path,
                  {
                      {"another program's", osc::encode("/live/track/volume", {1, 0.5F})},
                      {"no strip", osc::encode("/strip")},
                      {"no word of a strip", osc::encode("/strip/")},
                      {"no word of the master", osc::encode("/master/")},
                      {"a strange word of the master", osc::encode("/master/wobble", {0.5F})},
                      {"a strange word", osc::encode(strip_path("wobble", 1), {0.5F})},
                      {"a number too long", osc::encode("/strip/gain/99999999999999999999", {-3.0F})},
                      {"an empty word", osc::encode("/")},
                  });
}

TEST_CASE("Minus infinity is silence for a level") {
    Conversation talk(small_mixer());
    talk.connect();
    talk.hear(osc::encode(strip_path("gain", 1), {-infinity}));
    talk.hear(osc::encode(strip_path("meter", 1), {-infinity}));
    CHECK(talk.strip("Kick").fader->is_silence());
    CHECK(talk.session.meter(talk.id("Kick"))->is_silence());
    CHECK(talk.session.counters().out_of_range == 0);
}

TEST_CASE("A bundle is taken apart, also when a bridge made one of Ardour's messages") {
    Conversation talk(small_mixer());
    talk.connect();
    Bytes bundle = text(std::string_view("#bundle\0\0\0\0\0\0\0\0\1", 16));
    for (const auto& message :
         {osc::encode(strip_path("gain", 1), {-1.0F}), osc::encode(strip_path("gain", 2), {-2.0F})}) {
        for (const int shift : {24, 16, 8, 0})
            bundle.push_back(static_cast<std::byte>((message.size() >> shift) & 0xFFU));
        bundle.insert(bundle.end(), message.begin(), message.end());
    }
    talk.hear(bundle);
    CHECK(talk.strip("Kick").fader == -1_dB);
    CHECK(talk.strip("Bass").fader == -2_dB);
}

TEST_CASE("Whatever bytes come, in any phase, the session is Ready in the end and the mixer is the DAW's") {
    const std::uint32_t seed = 20'261'121;
    CAPTURE(seed);
    std::mt19937 random(seed);
    std::vector<Bytes> seeds = {
        osc::encode(strip_path("gain", 1), {-3.0F}), osc::encode("/reply", {"AT", "Kick", 1, 2, 0, 0, 1, 0}),
        osc::encode("/reply", {"end_route_list", std::int64_t{48'000}, std::int64_t{1}, 0}),
        osc::encode("/strip/pan_stereo_position", {1, 0.5F}), osc::encode("/position/samples", {"4800"})};
    Conversation talk(small_mixer());
    talk.start();
    for (int i = 0; i < 4000; ++i) {
        Bytes bytes = seeds[random() % seeds.size()];
        for (auto changes = random() % 4; changes > 0; --changes)
            bytes[random() % bytes.size()] = static_cast<std::byte>(random() & 0xFFU);
        if (random() % 8 == 0) bytes.resize(random() % bytes.size());
        talk.hear(bytes);
        talk.run_for(1ms);
    }
    talk.hear(talk.ardour.strips_changed());
    REQUIRE(talk.run_until_ready(20s));
    CHECK(talk.names() == std::vector<std::string>{"Kick", "Bass", "Vox", "Master"});
    for (const auto& strip : talk.session.mixer().strips) {
        CHECK(strip.fader == -6_dB);
        CHECK(strip.pan == Pan::centre());
    }
}
