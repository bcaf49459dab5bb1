#include "mackie/host_sysex_reader.hpp"

#include "mackie/foreign_sysex.hpp"
#include "mackie/read_values.hpp"
#include "mackie/sysex_frame.hpp"
#include "mackie/wire_numbers.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace kedge::mackie {

namespace {

using HostSysEx = tl::expected<HostMessage, Unusable>;

constexpr std::size_t serial_length = std::tuple_size_v<decltype(Serial::numbers)>;
constexpr std::size_t response_length = std::tuple_size_v<decltype(Response::numbers)>;
/// An LCD's offset and as much text as it has room for.
constexpr std::size_t longest_lcd = 1 + LcdOffset::count;
constexpr std::size_t rgb_length = 3;

tl::unexpected<Unusable> beyond_range() {
    return tl::unexpected(Unusable::out_of_range);
}

/// A command with one number that is always the same.
template <int Number>
HostSysEx if_number(Payload payload, HostMessage message) {
    if (payload[0].value() != Number) return beyond_range();
    return message;
}

/// A command with one number that is 0 or 1.
template <typename Switch>
HostSysEx read_switch(Payload payload) {
    if (payload[0].value() > 1) return beyond_range();
    return Switch{payload[0].value() == 1};
}

DisplayText text_of(Payload characters) {
    return DisplayText({characters.begin(), characters.end()});
}

template <typename Write>
HostSysEx read_lcd(Payload payload) {
    const auto offset = LcdOffset::at(payload[0].value());
    if (!offset) return beyond_range();
    return Write{*offset, text_of(payload.subspan(1))};
}

HostSysEx read_reply(Payload payload) {
    return ConnectionReply{{first_of<serial_length>(payload)},
                           {first_of<response_length>(payload.subspan(serial_length))}};
}

HostSysEx read_sensitivity(Payload payload) {
    const auto fader = Fader::at(payload[0].value());
    if (!fader || payload[1].value() > TouchSensitivity::top) return beyond_range();
    return SetTouchSensitivity{*fader, TouchSensitivity(payload[1].value())};
}

HostSysEx read_meter_mode(Payload payload) {
    constexpr unsigned signal_led = 1;
    constexpr unsigned peak_hold = 2;
    constexpr unsigned on_lcd = 4;
    const auto slot = slot_from(payload[0], 0);
    const auto bits = static_cast<unsigned>(payload[1].value());
    if (!slot || bits > (signal_led | peak_hold | on_lcd)) return beyond_range();
    return SetMeterMode{*slot, {(bits & signal_led) != 0, (bits & peak_hold) != 0, (bits & on_lcd) != 0}};
}

HostSysEx read_direction(Payload payload) {
    if (payload[0].value() > 1) return beyond_range();
    return SetMeterDirection{static_cast<MeterDirection>(payload[0].value())};
}

HostSysEx read_strip_colours(Payload payload) {
    SetStripColours set;
    for (std::size_t i = 0; i < set.colours.size(); ++i) {
        if (payload[i].value() > static_cast<int>(StripColour::white)) return beyond_range();
        set.colours.at(i) = static_cast<StripColour>(payload[i].value());
    }
    return set;
}

HostSysEx read_icon_colours(Payload payload) {
    SetIconColours set;
    for (std::size_t i = 0; i < set.colours.size(); ++i) {
        const auto rgb = payload.subspan(i * rgb_length, rgb_length);
        set.colours.at(i) = {rgb[0], rgb[1], rgb[2]};
    }
    return set;
}

/// A command and the bytes that may follow it.
struct CommandReader {
    int command;
    std::size_t shortest;
    std::size_t longest;
    HostSysEx (*read)(Payload);
};

constexpr std::array command_readers = {
    CommandReader{command::device_query, 0, 0, [](Payload) -> HostSysEx { return DeviceQuery{}; }},
    CommandReader{command::connection_reply, serial_length + response_length, serial_length + response_length,
                  read_reply},
    CommandReader{command::version_request, 1, 1,
                  [](Payload payload) { return if_number<0x00>(payload, VersionRequest{}); }},
    CommandReader{
        command::reset_with_argument, 1, 1,
        [](Payload payload) { return if_number<0x00>(payload, Reset{Reset::Command::with_argument}); }},
    CommandReader{command::reset, 0, 0, [](Payload) -> HostSysEx { return Reset{Reset::Command::plain}; }},
    CommandReader{command::recalibrate_faders, 1, 1,
                  [](Payload payload) { return if_number<0x00>(payload, RecalibrateFaders{}); }},
    CommandReader{command::faders_to_minimum, 0, 0, [](Payload) -> HostSysEx { return FadersToMinimum{}; }},
    CommandReader{command::leds_off, 0, 0, [](Payload) -> HostSysEx { return LedsOff{}; }},
    CommandReader{command::go_offline, 1, 1,
                  [](Payload payload) { return if_number<0x7F>(payload, GoOffline{}); }},
    CommandReader{command::transport_click, 1, 1, read_switch<SetTransportClick>},
    CommandReader{command::backlight_saver, 1, 1,
                  [](Payload payload) -> HostSysEx { return SetBacklightSaver{payload[0]}; }},
    CommandReader{command::touchless_faders, 1, 1, read_switch<SetTouchlessFaders>},
    CommandReader{command::touch_sensitivity, 2, 2, read_sensitivity},
    CommandReader{command::meter_mode, 2, 2, read_meter_mode},
    CommandReader{command::meter_direction, 1, 1, read_direction},
    CommandReader{command::lcd, 1, longest_lcd, read_lcd<WriteLcd>},
    CommandReader{command::timecode, 0, LcdOffset::count,
                  [](Payload payload) -> HostSysEx { return WriteTimecode{text_of(payload)}; }},
    CommandReader{command::assignment, 0, LcdOffset::count,
                  [](Payload payload) -> HostSysEx { return WriteAssignment{text_of(payload)}; }},
    CommandReader{command::strip_colours, Slot::count, Slot::count, read_strip_colours},
};

/// Those of other makers, by how they begin.
struct ForeignReader {
    Payload start;
    std::size_t shortest;
    std::size_t longest;
    HostSysEx (*read)(Payload);
};

constexpr std::array foreign_readers = {
    ForeignReader{foreign::icon_colours, Slot::count* rgb_length, Slot::count* rgb_length, read_icon_colours},
    ForeignReader{foreign::second_lcd, 1, longest_lcd, read_lcd<WriteSecondLcd>},
};

template <typename Reader>
HostSysEx read_with(const Reader& reader, Payload payload) {
    if (payload.size() < reader.shortest || payload.size() > reader.longest)
        return tl::unexpected(Unusable::wrong_length);
    return reader.read(payload);
}

tl::expected<FromHost, Unusable> named(HostSysEx read, std::optional<Model> to) {
    if (!read) return tl::unexpected(read.error());
    return FromHost{std::move(*read), to};
}

}  // namespace

tl::expected<FromHost, Unusable> read_host_sysex(const midi::SysEx& sysex) {
    for (const auto& reader : foreign_readers)
        if (begins_with(sysex, reader.start))
            return named(read_with(reader, Payload(sysex.data).subspan(reader.start.size())), std::nullopt);
    const auto frame = open_frame(sysex);
    if (!frame) return tl::unexpected(frame.error());
    for (const auto& reader : command_readers)
        if (reader.command == frame->command) return named(read_with(reader, frame->payload), frame->model);
    return tl::unexpected(Unusable::unknown_command);
}

}  // namespace kedge::mackie
