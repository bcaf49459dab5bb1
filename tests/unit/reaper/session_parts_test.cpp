// The parts of the session by themselves: values, address book, abilities, packets.

#include "reaper/file_abilities.hpp"
#include "reaper/packet_pacing.hpp"
#include "reaper/session_limits.hpp"
#include "reaper/wire_values.hpp"
#include "support/catch.hpp"
#include "support/reaper_patterns.hpp"
#include "unit/reaper/stock_file.hpp"

using namespace kedge;
using namespace kedge::reaper;
using namespace std::string_view_literals;

namespace {

std::optional<Decibels> level_of_text(std::string_view text) {
    const auto bytes = osc::encode("/v", {text});
    return level_from_wire(Flag::text, *osc::decode_message(bytes));
}

std::optional<Decibels> level_of_number(Flag flag, float number) {
    const auto bytes = osc::encode("/v", {number});
    return level_from_wire(flag, *osc::decode_message(bytes));
}

}  // namespace

TEST_CASE("REAPER values: levels in dB, as positions and as texts", "[reaper]") {
    REQUIRE(level_of_text("-6.02dB") == Decibels(-6.02));
    REQUIRE(level_of_text("+1.50dB") == Decibels(1.5));
    REQUIRE(level_of_text("0.00dB") == Decibels());
    REQUIRE(level_of_text("-inf")->is_silence());
    REQUIRE(level_of_text("-inf dB")->is_silence());
    REQUIRE_FALSE(level_of_text(""));
    REQUIRE_FALSE(level_of_text("12%"));
    REQUIRE(level_of_number(Flag::raw, -150.0F)->is_silence());
    REQUIRE(level_of_number(Flag::raw, 4.5F) == Decibels(4.5));
    REQUIRE(level_of_number(Flag::normalized, 0.7162178503126F)->db() == Approx(0.0).margin(1e-4));
    REQUIRE(level_of_number(Flag::normalized, 0.0F)->is_silence());
    REQUIRE_FALSE(level_of_number(Flag::normalized, 1.5F));
}

TEST_CASE("REAPER values: levels go out and come back the same", "[reaper]") {
    for (const Flag flag : {Flag::raw, Flag::normalized, Flag::text})
        for (const double db : {-90.0, -12.345, 0.0, 6.5, 12.0}) {
            const auto bytes = level_message("/v", flag, Decibels(db));
            const auto back = level_from_wire(flag, *osc::decode_message(bytes));
            REQUIRE(back->db() == Approx(db).margin(0.001));
        }
}

TEST_CASE("REAPER values: bars and whole numbers", "[reaper]") {
    REQUIRE(bar_from_wire("12.3.45") == BarAndBeat{12, 3});
    REQUIRE(bar_from_wire("-1.4.00") == BarAndBeat{-1, 4});
    REQUIRE(bar_from_wire("5.1") == BarAndBeat{5, 1});
    REQUIRE_FALSE(bar_from_wire("5"));
    REQUIRE_FALSE(bar_from_wire("a.b.c"));
    REQUIRE(whole_number("17") == 17);
    REQUIRE_FALSE(whole_number("17a"));
    REQUIRE_FALSE(whole_number(""));
}

TEST_CASE("REAPER values: a question has no argument, a trigger's a zero", "[reaper]") {
    REQUIRE(osc::decode_message(question_message("/track/1/volume/db", Flag::raw))->size() == 0);
    const auto bytes = question_message("/track/1/autoread", Flag::trigger);
    REQUIRE(osc::decode_message(bytes)->number(0) == 0.0);
}

TEST_CASE("REAPER address book: the best pattern of each word", "[reaper][R7.5]") {
    const auto file = PatternFile::read(
        "TRACK_VOLUME n/track/volume n/track/@/volume\nTRACK_VOLUME f/track/@/volume/db\n"
        "MASTER_VOLUME n/master/volume s/master/volume/str\nTRACK_MUTE t/track/@/mute/toggle\n");
    AddressBook book(file);
    book.cover(3, 0);
    REQUIRE(book.address(Word::track_volume, 2) == "/track/2/volume/db");
    REQUIRE(book.flag(Word::track_volume, 2) == Flag::raw);
    REQUIRE(book.address(Word::track_volume, 0) == "/master/volume");
    REQUIRE_FALSE(book.has(Word::track_mute));  // a toggle sets nothing
    REQUIRE(book.find("/track/3/volume/db")->number == 3);
    REQUIRE(book.find("/master/volume")->number == 0);
    REQUIRE(book.find("/track/4/volume/db") == nullptr);
    REQUIRE(book.find("/track/3/volume") == nullptr);
}

TEST_CASE("REAPER abilities: a good file lacks nothing, each missing key is said", "[reaper]") {
    const auto lacks_without = [](std::string_view key) {
        std::string kept;
        std::string_view rest = kedge::test::good_reaper_patterns;
        while (!rest.empty()) {
            const auto end = rest.find('\n') + 1;
            if (!rest.starts_with(key)) kept += rest.substr(0, end);
            rest.remove_prefix(end);
        }
        const auto file = PatternFile::read(kept);
        return abilities_of(file, AddressBook(file));
    };
    REQUIRE(lacks_without("NOTHING").lacks.empty());
    REQUIRE(abilities_of(kedge::test::kedge_file(), AddressBook(kedge::test::kedge_file())).lacks.empty());
    for (const auto key : {"DEVICE_TRACK_COUNT"sv,
                           "DEVICE_MARKER_COUNT"sv,
                           "DEVICE_TRACK_SELECT"sv,
                           "TRACK_NAME"sv,
                           "TRACK_NUMBER"sv,
                           "TRACK_SELECT"sv,
                           "TRACK_VOLUME f"sv,
                           "TRACK_PAN n"sv,
                           "TRACK_MUTE"sv,
                           "TRACK_VU"sv,
                           "TRACK_AUTO_READ"sv,
                           "TRACK_VOLUME_TOUCH"sv,
                           "MASTER_VOLUME"sv,
                           "PLAY"sv,
                           "STOP"sv,
                           "TIME"sv,
                           "BEAT"sv,
                           "MARKER_NAME"sv,
                           "REGION_LENGTH"sv,
                           "REPEAT"sv,
                           "LOOP_END_TIME"sv,
                           "GOTO_MARKER"sv,
                           "ACTION"sv}) {
        INFO(key);
        const auto able = lacks_without(key);
        REQUIRE(able.lacks.size() >= 1);
        REQUIRE(able.usable == (key != "TRACK_NAME" && key != "TRACK_VOLUME f"));
    }
    REQUIRE_FALSE(lacks_without("TRACK_VOLUME_TOUCH").capabilities.touch);
    REQUIRE_FALSE(lacks_without("TRACK_VU").capabilities.meters);
    REQUIRE_FALSE(lacks_without("BEAT").capabilities.bars);
    REQUIRE_FALSE(lacks_without("MARKER_NAME").capabilities.markers);
    REQUIRE(lacks_without("ACTION").capabilities.read_back);
}

TEST_CASE("REAPER packets: what belongs together stays together, and a flood is paced", "[reaper]") {
    PacketPacing packets;
    const Instant now{};
    const auto message = osc::encode("/track/100/volume/db", {1.0F});
    packets.add(message);
    auto alone = packets.take(now);
    REQUIRE(alone.size() == 1);
    REQUIRE(alone.front() == message);
    for (int i = 0; i < 2'000; ++i) packets.add({message, message});
    std::size_t messages = 0;
    std::size_t datagrams = 0;
    Instant at = now;
    while (!packets.empty()) {
        const auto taken = packets.take(at);
        REQUIRE(taken.size() <= datagrams_at_once);
        for (const auto& each : taken) {
            REQUIRE(each.size() <= longest_datagram);
            const auto decoded = osc::decode(each);
            REQUIRE_FALSE(decoded.malformed);
            REQUIRE(decoded.messages.size() % 2 == 0);
            messages += decoded.messages.size();
        }
        datagrams += taken.size();
        REQUIRE(packets.take(at).empty() == (taken.size() == datagrams_at_once || packets.empty()));
        at = packets.due();
    }
    REQUIRE(messages == 4'000);
    REQUIRE(at - now >= between_datagrams * (datagrams / datagrams_at_once - 1));
}
