#include "midi/encoder.hpp"
#include "support/catch.hpp"
#include "support/midi_bytes.hpp"

#include <string>

using namespace kedge::midi;
using kedge::test::to_hex;

TEST_CASE("MIDI messages of every kind are written") {
    const Channel third{2};
    CHECK(to_hex(encode(NoteOff{third, Data7(1), Data7(2)})) == "82 01 02");
    CHECK(to_hex(encode(NoteOn{third, Data7(94), Data7(127)})) == "92 5E 7F");
    CHECK(to_hex(encode(PolyPressure{third, Data7(0), Data7(28)})) == "A2 00 1C");
    CHECK(to_hex(encode(ControlChange{third, Data7(16), Data7(65)})) == "B2 10 41");
    CHECK(to_hex(encode(ProgramChange{third, Data7(9)})) == "C2 09");
    CHECK(to_hex(encode(ChannelPressure{third, Data7(0x7D)})) == "D2 7D");
    CHECK(to_hex(encode(PitchBend{third, Data14(12808)})) == "E2 08 64");
    CHECK(to_hex(encode(SysEx::of({0, 0, 0x66, 0x14, 0}))) == "F0 00 00 66 14 00 F7");
    CHECK(to_hex(encode(SysEx{})) == "F0 F7");
    CHECK(to_hex(encode(QuarterFrame{Data7(3)})) == "F1 03");
    CHECK(to_hex(encode(SongPosition{Data14(130)})) == "F2 02 01");
    CHECK(to_hex(encode(SongSelect{Data7(5)})) == "F3 05");
    CHECK(to_hex(encode(TuneRequest{})) == "F6");
    CHECK(to_hex(encode(RealTime::active_sensing)) == "FE");
}

TEST_CASE("MIDI is written behind what stands already, each message with its status byte") {
    auto bytes = encode(RealTime::clock);
    encode_onto(bytes, ChannelPressure{Channel(0), Data7(1)});
    encode_onto(bytes, ChannelPressure{Channel(0), Data7(2)});
    CHECK(to_hex(bytes) == "F8 D0 01 D0 02");
}
