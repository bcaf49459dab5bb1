#pragma once

#include "midi/message.hpp"

#include <array>
#include <random>

namespace kedge::test {

/// Random MIDI values from a generator whose seed the test prints.
class RandomMidi {
  public:
    explicit RandomMidi(std::mt19937& random) : random_(random) {}

    /// From 0 to `below` - 1.
    [[nodiscard]] int number(int below) {
        return static_cast<int>(random_() % static_cast<std::uint32_t>(below));
    }
    [[nodiscard]] midi::Channel channel() { return midi::Channel(number(16)); }
    [[nodiscard]] midi::Data7 data7() { return midi::Data7(number(128)); }
    [[nodiscard]] midi::Data14 data14() { return midi::Data14(number(16384)); }

    [[nodiscard]] midi::SysEx sysex(int longest) {
        midi::SysEx sysex;
        for (int left = number(longest + 1); left > 0; --left) sysex.data.push_back(data7());
        return sysex;
    }

    [[nodiscard]] midi::RealTime real_time() {
        using midi::RealTime;
        constexpr std::array all = {RealTime::clock, RealTime::start,          RealTime::resume,
                                    RealTime::stop,  RealTime::active_sensing, RealTime::reset};
        return all.at(static_cast<std::size_t>(number(static_cast<int>(all.size()))));
    }

    /// Any message; SysEx of at most 200 data bytes.
    [[nodiscard]] midi::Message message() {
        using namespace midi;
        switch (number(13)) {
            case 0:
                return NoteOff{channel(), data7(), data7()};
            case 1:
                return NoteOn{channel(), data7(), data7()};
            case 2:
                return PolyPressure{channel(), data7(), data7()};
            case 3:
                return ControlChange{channel(), data7(), data7()};
            case 4:
                return ProgramChange{channel(), data7()};
            case 5:
                return ChannelPressure{channel(), data7()};
            case 6:
                return PitchBend{channel(), data14()};
            case 7:
                return sysex(200);
            case 8:
                return QuarterFrame{data7()};
            case 9:
                return SongPosition{data14()};
            case 10:
                return SongSelect{data7()};
            case 11:
                return TuneRequest{};
            default:
                return real_time();
        }
    }

  private:
    std::mt19937& random_;
};

}  // namespace kedge::test
