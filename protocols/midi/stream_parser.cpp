#include "midi/stream_parser.hpp"

#include "midi/status_bytes.hpp"

#include <utility>

namespace kedge::midi {

namespace {

constexpr std::uint8_t first_status = 0x80;

/// The status byte without its channel.
std::uint8_t kind_of(std::uint8_t status) {
    return status < status::sysex ? static_cast<std::uint8_t>(status & 0xF0U) : status;
}

/// How many data bytes a message has; of SysEx and status bytes without a meaning nothing can be said.
std::size_t data_bytes_of(std::uint8_t status) {
    switch (kind_of(status)) {
        case status::program_change:
        case status::channel_pressure:
        case status::quarter_frame:
        case status::song_select:
            return 1;
        default:
            return 2;
    }
}

Message message_of(std::uint8_t status, Data7 first, Data7 second) {
    const Channel channel(status & 0x0F);
    switch (kind_of(status)) {
        case status::note_off:
            return NoteOff{channel, first, second};
        case status::note_on:
            return NoteOn{channel, first, second};
        case status::poly_pressure:
            return PolyPressure{channel, first, second};
        case status::control_change:
            return ControlChange{channel, first, second};
        case status::program_change:
            return ProgramChange{channel, first};
        case status::channel_pressure:
            return ChannelPressure{channel, first};
        case status::pitch_bend:
            return PitchBend{channel, Data14(first, second)};
        case status::quarter_frame:
            return QuarterFrame{first};
        case status::song_select:
            return SongSelect{first};
        default:
            return SongPosition{Data14(first, second)};
    }
}

std::optional<RealTime> real_time_of(std::uint8_t byte) {
    switch (const auto real_time = static_cast<RealTime>(byte)) {
        case RealTime::clock:
        case RealTime::start:
        case RealTime::resume:
        case RealTime::stop:
        case RealTime::active_sensing:
        case RealTime::reset:
            return real_time;
    }
    return std::nullopt;
}

}  // namespace

std::optional<Message> StreamParser::receive(std::byte byte) {
    ++bytes_in_;
    const auto number = std::to_integer<std::uint8_t>(byte);
    auto message = number < first_status ? data_byte(Data7(number)) : status_byte(number);
    if (message) ++messages_in_;
    return message;
}

void StreamParser::receive(std::span<const std::byte> bytes, std::vector<Message>& out) {
    for (const auto byte : bytes)
        if (auto message = receive(byte)) out.push_back(std::move(*message));
}

void StreamParser::reset() {
    if (pending_ > 0) drop(dropped_.cut_by_reset, std::exchange(pending_, 0));
    in_sysex_ = false;
    sysex_too_long_ = false;
    status_ = 0;
}

std::optional<Message> StreamParser::status_byte(std::uint8_t byte) {
    if (byte >= status::first_real_time) return real_time(byte);
    if (byte == status::end_of_sysex) return end_of_sysex();
    break_off();
    if (byte > status::sysex) return system_status(byte);
    begin(byte);
    if (byte != status::sysex) return std::nullopt;
    in_sysex_ = true;
    sysex_.clear();
    return std::nullopt;
}

std::optional<Message> StreamParser::system_status(std::uint8_t byte) {
    switch (byte) {
        case status::quarter_frame:
        case status::song_position:
        case status::song_select:
            begin(byte);
            return std::nullopt;
        case status::tune_request:
            return TuneRequest{};
        default:
            drop(dropped_.undefined_status, 1);
            return std::nullopt;
    }
}

std::optional<Message> StreamParser::real_time(std::uint8_t byte) {
    const auto message = real_time_of(byte);
    if (!message) {
        drop(dropped_.undefined_status, 1);
        return std::nullopt;
    }
    return *message;
}

std::optional<Message> StreamParser::end_of_sysex() {
    if (!in_sysex_) {
        // It ends whatever was begun, as any status byte that is not real-time does.
        break_off();
        drop(dropped_.stray_sysex_end, 1);
        return std::nullopt;
    }
    ++pending_;
    if (sysex_too_long_) {
        break_off();
        return std::nullopt;
    }
    in_sysex_ = false;
    status_ = 0;
    pending_ = 0;
    return SysEx{std::exchange(sysex_, {})};
}

std::optional<Message> StreamParser::data_byte(Data7 byte) {
    if (in_sysex_) {
        sysex_data(byte);
        return std::nullopt;
    }
    if (status_ == 0) {
        drop(dropped_.stray_data, 1);
        return std::nullopt;
    }
    ++pending_;
    data_.at(data_count_++) = byte;
    if (data_count_ < data_bytes_of(status_)) return std::nullopt;
    auto message = message_of(status_, data_[0], data_[1]);
    data_count_ = 0;
    pending_ = 0;
    // Only channel messages have a running status.
    if (status_ > status::sysex) status_ = 0;
    return message;
}

void StreamParser::sysex_data(Data7 byte) {
    ++pending_;
    if (sysex_too_long_) return;
    if (sysex_.size() < longest_) {
        sysex_.push_back(byte);
        return;
    }
    sysex_too_long_ = true;
    sysex_.clear();
}

void StreamParser::begin(std::uint8_t status) {
    status_ = status;
    data_count_ = 0;
    pending_ = 1;
}

void StreamParser::break_off() {
    auto& kind = sysex_too_long_ ? dropped_.sysex_too_long
                 : in_sysex_     ? dropped_.sysex_broken_off
                                 : dropped_.truncated;
    if (pending_ > 0) drop(kind, std::exchange(pending_, 0));
    in_sysex_ = false;
    sysex_too_long_ = false;
    status_ = 0;
}

void StreamParser::drop(std::uint64_t& kind, std::size_t bytes) {
    ++kind;
    dropped_.bytes += bytes;
}

}  // namespace kedge::midi
