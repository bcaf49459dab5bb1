#include "midi/encoder.hpp"
#include "support/catch.hpp"
#include "support/midi_bytes.hpp"
#include "unit/mackie/mackie_frames.hpp"

#include <string>

using namespace kedge;
using namespace kedge::mackie;
using namespace kedge::test;

TEST_CASE("Mackie: messages are written with their status bytes", "[M1.5]") {
    auto bytes = midi::encode(write_to_host(ButtonMoved{Key::play, true}, Model::main_unit));
    midi::encode_onto(bytes, write_to_host(ButtonMoved{Key::play, false}, Model::main_unit));
    CHECK(to_hex(bytes) == "90 5E 7F 90 5E 00");
}

TEST_CASE("Mackie: MIDI that says nothing to either side") {
    for (const auto* const frame : {"A0 10 7F", "C0 10", "F1 00", "F2 00 00", "F3 00", "F6", "B0 07 7F"}) {
        check_unusable_from_host(frame, Unusable::unknown_message);
        check_unusable_from_device(frame, Unusable::unknown_message);
    }
    for (const auto* const frame : {"F8", "FA", "FB", "FC", "FE", "FF"}) {
        check_unusable_from_host(frame, Unusable::real_time);
        check_unusable_from_device(frame, Unusable::real_time);
    }
}

TEST_CASE("Mackie: SysEx that is cut, of others, or of no known meaning") {
    for (const auto* const frame : {"F0 F7", "F0 00 00 F7", "F0 7E 7F 06 01 F7", "F0 00 20 32 58 54 F7"}) {
        check_unusable_from_host(frame, Unusable::other_maker);
        check_unusable_from_device(frame, Unusable::other_maker);
    }
    for (const auto* const frame : {"F0 00 00 66 F7", "F0 00 00 66 14 F7"}) {
        check_unusable_from_host(frame, Unusable::wrong_length);
        check_unusable_from_device(frame, Unusable::wrong_length);
    }
    check_unusable_from_host("F0 00 00 66 14 7E F7", Unusable::unknown_command);
    check_unusable_from_device("F0 00 00 66 14 7E F7", Unusable::unknown_command);
    check_unusable_from_device("F0 00 20 32 58 54 00 00 F7", Unusable::wrong_length);
}

TEST_CASE("Mackie: what the other side says is no message of one's own") {
    check_unusable_from_host("F0 00 00 66 14 01 58 59 5A 57 18 61 05 57 18 61 05 F7",
                             Unusable::unknown_command);
    check_unusable_from_host("F0 00 00 66 14 03 01 02 03 04 05 06 07 F7", Unusable::unknown_command);
    check_unusable_from_host("B0 10 01", Unusable::unknown_message);
    check_unusable_from_device("F0 00 00 66 14 00 F7", Unusable::unknown_command);
    check_unusable_from_device("F0 00 00 66 14 12 00 41 F7", Unusable::unknown_command);
    check_unusable_from_device("B0 30 06", Unusable::unknown_message);
}

TEST_CASE("Mackie: commands with a byte too few or too many") {
    for (const auto* const command :
         {"00 00",       "02 01 02", "08",    "08 00 00",    "09",    "0A", "0B",
          "0B 00 00",    "0C",       "0E 00", "0E 00 00 00", "0F",    "13", "20 00",
          "20 00 00 00", "21",       "61 00", "62 00",       "63 00", "72"})
        check_unusable_from_host("F0 00 00 66 14 " + std::string(command) + " F7", Unusable::wrong_length);
    for (const auto* const command :
         {"01 01 02", "01 01 02 03 04 05 06 07 08 09 0A", "01 01 02 03 04 05 06 07 08 09 0A 0B 0C", "03",
          "03 01 02 03 04 05 06", "04 01 02 03 04 05 06 07 08", "14 56 33 2E 30", "14 56 33 2E 30 31 32"})
        check_unusable_from_device("F0 00 00 66 14 " + std::string(command) + " F7", Unusable::wrong_length);
}

TEST_CASE("Mackie: what is not usable is counted by kind") {
    UnusableCounts counts;
    CHECK(counts.total() == 0);
    counts.count(Unusable::real_time);
    counts.count(Unusable::out_of_range);
    counts.count(Unusable::out_of_range);
    CHECK(counts.of(Unusable::real_time) == 1);
    CHECK(counts.of(Unusable::out_of_range) == 2);
    CHECK(counts.of(Unusable::other_maker) == 0);
    CHECK(counts.total() == 3);
    CHECK(to_string(Unusable::real_time) == "real-time");
    CHECK(to_string(Unusable::out_of_range) == "out of range");
}
