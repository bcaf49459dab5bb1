#include "midi/encoder.hpp"

#include "midi/status_bytes.hpp"

namespace kedge::midi {

namespace {

/// Writes each kind of message behind `bytes`.
class Writer {
  public:
    explicit Writer(std::vector<std::byte>& bytes) : bytes_(bytes) {}

    void operator()(const NoteOff& note) { voice(status::note_off, note.channel, note.note, note.velocity); }
    void operator()(const NoteOn& note) { voice(status::note_on, note.channel, note.note, note.velocity); }
    void operator()(const PolyPressure& poly) {
        voice(status::poly_pressure, poly.channel, poly.note, poly.pressure);
    }
    void operator()(const ControlChange& change) {
        voice(status::control_change, change.channel, change.controller, change.value);
    }
    void operator()(const ProgramChange& change) {
        voice(status::program_change, change.channel, change.program);
    }
    void operator()(const ChannelPressure& pressure) {
        voice(status::channel_pressure, pressure.channel, pressure.pressure);
    }
    void operator()(const PitchBend& bend) {
        voice(status::pitch_bend, bend.channel, bend.value.low(), bend.value.high());
    }
    void operator()(const SysEx& sysex) {
        bytes_.reserve(bytes_.size() + sysex.data.size() + 2);
        put(status::sysex);
        for (const Data7 data : sysex.data) put(data.value());
        put(status::end_of_sysex);
    }
    void operator()(const QuarterFrame& frame) { common(status::quarter_frame, frame.data); }
    void operator()(const SongPosition& position) {
        common(status::song_position, position.sixteenths.low(), position.sixteenths.high());
    }
    void operator()(const SongSelect& select) { common(status::song_select, select.song); }
    void operator()(const TuneRequest& /*request*/) { put(status::tune_request); }
    void operator()(RealTime real_time) { put(static_cast<int>(real_time)); }

  private:
    void put(int byte) { bytes_.push_back(static_cast<std::byte>(byte)); }

    template <typename... Data>
    void voice(int status, Channel channel, Data... data) {
        common(status + channel.number(), data...);
    }

    template <typename... Data>
    void common(int status, Data... data) {
        put(status);
        (put(data.value()), ...);
    }

    std::vector<std::byte>& bytes_;
};

}  // namespace

void encode_onto(std::vector<std::byte>& bytes, const Message& message) {
    std::visit(Writer(bytes), message);
}

std::vector<std::byte> encode(const Message& message) {
    std::vector<std::byte> bytes;
    encode_onto(bytes, message);
    return bytes;
}

}  // namespace kedge::midi
