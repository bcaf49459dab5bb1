#include "unit/mackie/random_messages.hpp"

#include <variant>

namespace kedge::test {

using namespace kedge::mackie;

Fader RandomMackie::fader() {
    return Fader::at(midi_.number(Fader::count)).value();
}

Button RandomMackie::button() {
    return Button::at(midi::Data7(midi_.number(static_cast<int>(Key::user_switch_b) + 1))).value();
}

MeterLevel RandomMackie::level() {
    return MeterLevel(midi_.number(MeterLevel::top + 1));
}

Ring RandomMackie::ring() {
    const auto mode = static_cast<RingMode>(midi_.number(4));
    return {mode, midi_.number(Ring::top(mode) + 1), either()};
}

Ticks RandomMackie::ticks() {
    const int count = 1 + midi_.number(Ticks::most);
    return Ticks(either() ? count : -count);
}

LcdOffset RandomMackie::offset() {
    return LcdOffset::at(midi_.number(LcdOffset::count)).value();
}

DisplayText RandomMackie::text() {
    return DisplayText(midi_.sysex(LcdOffset::count).data);
}

SetDigit RandomMackie::digit() {
    const auto place = either() ? DigitPlace::timecode(midi_.number(DigitPlace::timecode_digits))
                                : DigitPlace::assignment(midi_.number(DigitPlace::assignment_digits));
    return {place, SegmentDigit(static_cast<char>(' ' + midi_.number(64)), either()),
            either() ? DigitChannel::first : DigitChannel::last};
}

SetStripColours RandomMackie::strip_colours() {
    SetStripColours set;
    for (auto& colour : set.colours) colour = static_cast<StripColour>(midi_.number(8));
    return set;
}

SetIconColours RandomMackie::icon_colours() {
    SetIconColours set;
    for (auto& colour : set.colours) colour = {midi_.data7(), midi_.data7(), midi_.data7()};
    return set;
}

Model RandomMackie::model() {
    constexpr std::array all = {Model::main_unit, Model::extender, Model::logic_control,
                                Model::logic_control_extender};
    return all.at(static_cast<std::size_t>(midi_.number(static_cast<int>(all.size()))));
}

HostMessage RandomMackie::unit_message(int kind) {
    switch (kind) {
        case 0:
            return DeviceQuery{};
        case 1:
            return ConnectionReply{{numbers<7>()}, {numbers<4>()}};
        case 2:
            return VersionRequest{};
        case 3:
            return Reset{either() ? Reset::Command::plain : Reset::Command::with_argument};
        case 4:
            return RecalibrateFaders{};
        case 5:
            return FadersToMinimum{};
        case 6:
            return LedsOff{};
        case 7:
            return GoOffline{};
        case 8:
            return SetTransportClick{either()};
        case 9:
            return SetBacklightSaver{midi_.data7()};
        case 10:
            return MoveFader{fader(), FaderPosition(midi_.data14().value())};
        case 11:
            return SetTouchlessFaders{either()};
        case 12:
            return SetTouchSensitivity{fader(), TouchSensitivity(midi_.number(TouchSensitivity::top + 1))};
        case 13:
            return SetRing{slot(), ring()};
        default:
            return SetLed{button(), led()};
    }
}

HostMessage RandomMackie::display_message(int kind) {
    constexpr std::array indicators = {Indicator::smpte, Indicator::beats, Indicator::rude_solo};
    switch (kind) {
        case 15:
            return SetIndicator{indicators.at(static_cast<std::size_t>(midi_.number(3))), led()};
        case 16:
            return RelayClick{either()};
        case 17:
            return ShowLevel{slot(), level()};
        case 18:
            return SetOverload{slot(), either()};
        case 19:
            return ShowMasterLevel{slot(), level()};
        case 20:
            return SetMeterMode{slot(), {either(), either(), either()}};
        case 21:
            return SetMeterDirection{either() ? MeterDirection::horizontal : MeterDirection::vertical};
        case 22:
            return WriteLcd{offset(), text()};
        case 23:
            return WriteSecondLcd{offset(), text()};
        case 24:
            return digit();
        case 25:
            return WriteTimecode{text()};
        case 26:
            return WriteAssignment{text()};
        case 27:
            return strip_colours();
        default:
            return icon_colours();
    }
}

HostMessage RandomMackie::host_message() {
    const int kind = midi_.number(static_cast<int>(std::variant_size_v<HostMessage>));
    return kind < 15 ? unit_message(kind) : display_message(kind);
}

DeviceMessage RandomMackie::device_message() {
    switch (midi_.number(static_cast<int>(std::variant_size_v<DeviceMessage>))) {
        case 0:
            return ConnectionQuery{{numbers<7>()}, {numbers<4>()}};
        case 1:
            return ConnectionConfirmed{{numbers<7>()}};
        case 2:
            return ConnectionRefused{{numbers<7>()}};
        case 3:
            return FirmwareVersion(numbers<5>());
        case 4:
            return XctlHello{};
        case 5:
            return FaderMoved{fader(), FaderPosition(midi_.data14().value())};
        case 6:
            return FaderTouched{fader(), either()};
        case 7:
            return VPotTurned{slot(), ticks()};
        case 8:
            return JogTurned{ticks()};
        case 9:
            return PedalMoved{midi_.data7()};
        default:
            return ButtonMoved{button(), either()};
    }
}

}  // namespace kedge::test
