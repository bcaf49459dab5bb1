#include "measure/tape_file.hpp"

#include "support/catch.hpp"
#include "support/tape_bytes.hpp"

#include <algorithm>
#include <random>

using namespace kedge;
using namespace kedge::measure;
using test::bytes_of;
using test::tape_of;

namespace {

StoredTape some_tape() {
    StoredTape stored;
    stored.session = {"Lied für Ünï", SampleRate{44100}, SongTime::from_seconds(42.5)};
    stored.heard = {SongTime(), SongTime::from_seconds(42.5)};
    stored.bus_over_sum = {Decibels(-1.25), Decibels(-0.75)};
    for (std::uint32_t i = 1; i <= 3; ++i) {
        TapeTrack track;
        track.strip = StripId{i};
        track.name = {StripKind::audio_track, "Gtr", static_cast<int>(i)};
        track.fader = i == 2 ? Decibels::silence() : Decibels(-4.25);
        track.trim = Decibels(1.5);
        track.muted = i == 3;
        for (int c = 0; c < 20; ++c)
            track.cells.push_back(
                c % 3 == 0 ? Cell() : Cell::reading(c % 3 == 1 ? Decibels::silence() : Decibels(-c)));
        track.again.from = i;
        for (int c = 0; c < 5; ++c) track.again.cells.push_back(Cell::reading(Decibels(-c)));
        stored.tape.adopt(track);
    }
    return stored;
}

}  // namespace

TEST_CASE("a tape comes back from its file as it was") {
    const StoredTape before = some_tape();
    const auto after = tape_of(bytes_of(before));
    REQUIRE(after);
    CHECK(after->session == before.session);
    CHECK(after->heard == before.heard);
    REQUIRE(after->bus_over_sum);
    CHECK(after->bus_over_sum->likely.db() == Approx(-1.25));
    CHECK(after->bus_over_sum->at_most.db() == Approx(-0.75));
    REQUIRE(after->tape.tracks().size() == 3);
    for (std::size_t i = 0; i < 3; ++i) {
        CHECK(after->tape.tracks()[i].name == before.tape.tracks()[i].name);
        CHECK(after->tape.tracks()[i].fader == before.tape.tracks()[i].fader);
        CHECK(after->tape.tracks()[i].trim == before.tape.tracks()[i].trim);
        CHECK(after->tape.tracks()[i].muted == before.tape.tracks()[i].muted);
        CHECK(after->tape.tracks()[i].cells == before.tape.tracks()[i].cells);
        CHECK(after->tape.tracks()[i].again.from == before.tape.tracks()[i].again.from);
        CHECK(after->tape.tracks()[i].again.cells == before.tape.tracks()[i].again.cells);
    }
}

TEST_CASE("a tape cut short anywhere is refused") {
    const auto bytes = bytes_of(some_tape());
    for (std::size_t length = 0; length < bytes.size(); ++length)
        CHECK_FALSE(tape_of(std::span(bytes).first(length)));
}

TEST_CASE("a tape with any one byte changed is refused") {
    const auto bytes = bytes_of(some_tape());
    const unsigned seed = 20260101;
    INFO("seed " << seed);
    std::mt19937 random(seed);
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        auto changed = bytes;
        changed[at] ^= static_cast<std::byte>(1 + random() % 255);
        CHECK_FALSE(tape_of(changed));
    }
}

TEST_CASE("a tape with something behind it is refused") {
    auto bytes = bytes_of(some_tape());
    bytes.push_back({});
    CHECK_FALSE(tape_of(bytes));
}

TEST_CASE("a long tape is written and read in pieces") {
    StoredTape stored = some_tape();
    TapeTrack track;
    track.strip = StripId{4};
    track.name = {StripKind::audio_track, "Vox", 0};
    for (int i = 0; i < 100'000; ++i) track.cells.push_back(Cell::reading(Decibels(-(i % 300) / 10.0)));
    stored.tape.adopt(track);
    std::size_t largest = 0;
    encode_tape(stored, [&](std::span<const std::byte> piece) { largest = std::max(largest, piece.size()); });
    CHECK(largest < 70'000);
    const auto after = tape_of(bytes_of(stored));
    REQUIRE(after);
    CHECK(after->tape.tracks()[3].cells == track.cells);
}
