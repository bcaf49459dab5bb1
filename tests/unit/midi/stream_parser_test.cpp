#include "midi/stream_parser.hpp"

#include "support/catch.hpp"
#include "support/midi_bytes.hpp"

#include <string>
#include <vector>

using namespace kedge;
using namespace kedge::midi;
using kedge::test::hex;

namespace {

using Messages = std::vector<Message>;

const Channel first_channel{0};

NoteOn on(int note, int velocity) {
    return {first_channel, Data7(note), Data7(velocity)};
}

/// What a stream gives: its messages, and what was dropped.
struct Taken {
    Messages messages;
    Dropped dropped;
    std::size_t pending = 0;
};

Taken take(const std::string& bytes, std::size_t longest = longest_sysex) {
    StreamParser parser(longest);
    Taken taken;
    parser.receive(hex(bytes), taken.messages);
    CHECK(parser.messages_in() == taken.messages.size());
    CHECK(parser.bytes_in() == hex(bytes).size());
    taken.dropped = parser.dropped();
    taken.pending = parser.pending();
    return taken;
}

void check_clean(const std::string& bytes, const Messages& messages) {
    CAPTURE(bytes);
    const auto taken = take(bytes);
    CHECK(taken.messages == messages);
    CHECK(taken.dropped == Dropped{});
    CHECK(taken.pending == 0);
}

void check_dropped(const std::string& bytes, const Messages& messages, const Dropped& dropped) {
    CAPTURE(bytes);
    const auto taken = take(bytes, 4);
    CHECK(taken.messages == messages);
    CHECK(taken.dropped == dropped);
    CHECK(taken.dropped.total() > 0);
}

}  // namespace

TEST_CASE("MIDI messages of every kind are read from their bytes") {
    check_clean("85 3C 40", {NoteOff{Channel(5), Data7(60), Data7(64)}});
    check_clean("90 3C 40", {on(60, 64)});
    check_clean("90 3C 00", {on(60, 0)});
    check_clean("A0 01 7F", {PolyPressure{first_channel, Data7(1), Data7(127)}});
    check_clean("BF 10 41", {ControlChange{Channel(15), Data7(16), Data7(65)}});
    check_clean("C1 05", {ProgramChange{Channel(1), Data7(5)}});
    check_clean("D0 7E", {ChannelPressure{first_channel, Data7(0x7E)}});
    check_clean("E0 00 00", {PitchBend{first_channel, Data14(0)}});
    check_clean("E8 7F 7F", {PitchBend{Channel(8), Data14(16383)}});
    check_clean("E8 01 40", {PitchBend{Channel(8), Data14(8193)}});
    check_clean("F0 F7", {SysEx{}});
    check_clean("F0 00 00 66 7F F7", {SysEx::of({0, 0, 0x66, 0x7F})});
    check_clean("F1 35", {QuarterFrame{Data7(0x35)}});
    check_clean("F2 02 01", {SongPosition{Data14(130)}});
    check_clean("F3 07", {SongSelect{Data7(7)}});
    check_clean("F6", {TuneRequest{}});
    check_clean("F8 FA FB FC FE FF", {RealTime::clock, RealTime::start, RealTime::resume, RealTime::stop,
                                      RealTime::active_sensing, RealTime::reset});
}

TEST_CASE("Running status goes on until another status byte") {
    check_clean("90 10 7F 11 7F 12 00", {on(0x10, 127), on(0x11, 127), on(0x12, 0)});
    check_clean("D0 01 11 21",
                {ChannelPressure{first_channel, Data7(0x01)}, ChannelPressure{first_channel, Data7(0x11)},
                 ChannelPressure{first_channel, Data7(0x21)}});
    check_clean("90 10 7F B0 10 01 10 02", {on(0x10, 127), ControlChange{first_channel, Data7(16), Data7(1)},
                                            ControlChange{first_channel, Data7(16), Data7(2)}});
}

TEST_CASE("System messages end the running status, real-time ones do not") {
    check_clean("90 10 7F F8 11 7F", {on(0x10, 127), RealTime::clock, on(0x11, 127)});
    check_dropped("90 10 7F F6 11 7F", {on(0x10, 127), TuneRequest{}}, {.stray_data = 2, .bytes = 2});
    check_dropped("90 10 7F F0 F7 11 7F", {on(0x10, 127), SysEx{}}, {.stray_data = 2, .bytes = 2});
    check_dropped("F3 07 08", {SongSelect{Data7(7)}}, {.stray_data = 1, .bytes = 1});
    check_dropped("F2 01 02 03 04", {SongPosition{Data14(257)}}, {.stray_data = 2, .bytes = 2});
}

TEST_CASE("Real-time bytes come between the bytes of anything") {
    check_clean("90 F8 10 FE 7F", {RealTime::clock, RealTime::active_sensing, on(0x10, 127)});
    check_clean("F0 FA 00 F8 66 FC F7",
                {RealTime::start, RealTime::clock, RealTime::stop, SysEx::of({0, 0x66})});
}

TEST_CASE("SysEx that another status byte breaks off is dropped, and the other message is not") {
    check_dropped("F0 00 66 90 10 7F", {on(0x10, 127)}, {.sysex_broken_off = 1, .bytes = 3});
    check_dropped("F0 00 F0 01 F7", {SysEx::of({1})}, {.sysex_broken_off = 1, .bytes = 2});
    check_dropped("F0 00 F6", {TuneRequest{}}, {.sysex_broken_off = 1, .bytes = 2});
    check_dropped(
        "F0 00 F4 10 F7", {},
        {.stray_data = 1, .sysex_broken_off = 1, .stray_sysex_end = 1, .undefined_status = 1, .bytes = 5});
}

TEST_CASE("SysEx longer than the bound is dropped whole, and what follows is not") {
    check_clean("F0 01 02 03 04 F7", {SysEx::of({1, 2, 3, 4})});
    CHECK(take("F0 01 02 03 04 F7", 4).messages.size() == 1);
    check_dropped("F0 01 02 03 04 05 F7 90 10 7F", {on(0x10, 127)}, {.sysex_too_long = 1, .bytes = 7});
    check_dropped("F0 01 02 03 04 05 06 90 10 7F", {on(0x10, 127)}, {.sysex_too_long = 1, .bytes = 7});
    check_dropped("F0 01 02 03 04 05 F8 06 F7 F0 01 F7", {RealTime::clock, SysEx::of({1})},
                  {.sysex_too_long = 1, .bytes = 8});
}

TEST_CASE("A message that another cuts is dropped, and the other is not") {
    check_dropped("90 10 B0 10 01", {ControlChange{first_channel, Data7(16), Data7(1)}},
                  {.truncated = 1, .bytes = 2});
    check_dropped("90 B0 10 01", {ControlChange{first_channel, Data7(16), Data7(1)}},
                  {.truncated = 1, .bytes = 1});
    check_dropped("90 10 7F 11 D0 11", {on(0x10, 127), ChannelPressure{first_channel, Data7(0x11)}},
                  {.truncated = 1, .bytes = 1});
    check_dropped("F2 01 90 10 7F", {on(0x10, 127)}, {.truncated = 1, .bytes = 2});
}

TEST_CASE("Bytes that belong to nothing are counted one by one") {
    check_dropped("10 7F 90 10 7F", {on(0x10, 127)}, {.stray_data = 2, .bytes = 2});
    check_dropped("F7", {}, {.stray_sysex_end = 1, .bytes = 1});
    check_dropped("90 10 F7 7F", {}, {.stray_data = 1, .truncated = 1, .stray_sysex_end = 1, .bytes = 4});
}

TEST_CASE("Status bytes without a meaning are counted; those of real-time disturb nothing") {
    check_dropped("F4", {}, {.undefined_status = 1, .bytes = 1});
    check_dropped("90 10 7F F5 11 7F", {on(0x10, 127)}, {.stray_data = 2, .undefined_status = 1, .bytes = 3});
    check_dropped("90 F9 10 FD 7F", {on(0x10, 127)}, {.undefined_status = 2, .bytes = 2});
    check_dropped("F0 F9 01 F7", {SysEx::of({1})}, {.undefined_status = 1, .bytes = 1});
}

TEST_CASE("Messages come in pieces, as a port hands them over") {
    StreamParser parser;
    Messages out;
    parser.receive(hex("F0 00 00"), out);
    CHECK(out.empty());
    CHECK(parser.pending() == 3);
    parser.receive(hex("66 14 F7 90"), out);
    CHECK(out == Messages{SysEx::of({0, 0, 0x66, 0x14})});
    CHECK(parser.pending() == 1);
    parser.receive(hex("10"), out);
    parser.receive(hex("7F 11 7F"), out);
    CHECK(out == Messages{SysEx::of({0, 0, 0x66, 0x14}), on(0x10, 127), on(0x11, 127)});
    CHECK(parser.pending() == 0);
    CHECK(parser.dropped() == Dropped{});
}

TEST_CASE("A port opened again begins anew, and what was cut is counted") {
    const auto after_reset = [](const std::string& before) {
        StreamParser parser(4);
        Messages out;
        parser.receive(hex(before), out);
        parser.reset();
        CHECK(parser.pending() == 0);
        const auto dropped = parser.dropped();
        out.clear();
        parser.receive(hex("10 F7 90 10 7F"), out);
        CHECK(out == Messages{on(0x10, 127)});
        CHECK(parser.dropped().stray_data == dropped.stray_data + 1);
        return dropped;
    };
    CHECK(after_reset("F0 01") == Dropped{.cut_by_reset = 1, .bytes = 2});
    CHECK(after_reset("F0 01 02 03 04 05 06") == Dropped{.cut_by_reset = 1, .bytes = 7});
    CHECK(after_reset("90 10") == Dropped{.cut_by_reset = 1, .bytes = 2});
    CHECK(after_reset("90 10 7F") == Dropped{});
}

TEST_CASE("A NoteOff is a note let go, and so is a NoteOn of velocity 0") {
    CHECK(as_note(NoteOff{first_channel, Data7(16), Data7(64)}) == on(16, 0));
    CHECK(as_note(on(16, 0)) == on(16, 0));
    CHECK(as_note(on(16, 127)) == on(16, 127));
    CHECK_FALSE(as_note(RealTime::clock));
}

TEST_CASE("Two data bytes are one number, low byte first") {
    CHECK(Data14(Data7(1), Data7(2)).value() == 257);
    CHECK(Data14(16383).low() == Data7(127));
    CHECK(Data14(16383).high() == Data7(127));
    CHECK(Data14(128).low() == Data7(0));
    CHECK(Data14(128).high() == Data7(1));
}
