#include "unit/hui/random_hui.hpp"

namespace kedge::test {

using namespace hui;

Switch RandomHui::any_switch() {
    for (;;)
        if (const auto found = Switch::at(midi::Data7(random_.number(Switch::zones)), random_.number(8)))
            return *found;
}

Switch RandomHui::pressed_switch() {
    for (;;)
        if (const auto which = any_switch(); which.can_be_pressed()) return which;
}

ShowLabel RandomHui::label() {
    ShowLabel show{place<SmallDisplay>(), {}};
    for (auto& code : show.label) code = random_.data7();
    return show;
}

ShowText RandomHui::text() {
    ShowText show;
    for (int left = 1 + random_.number(4); left > 0; --left) {
        ShowText::Cell cell{place<TextZone>(), {}};
        for (auto& code : cell.text) code = midi::Data7(0x10 + random_.number(0x70));
        show.cells.push_back(cell);
    }
    return show;
}

ShowTime RandomHui::time() {
    ShowTime show;
    for (int left = 1 + random_.number(8); left > 0; --left)
        show.from_right.push_back({place<decltype(TimeDigit::digit)>(), !show.from_right.empty() && coin()});
    return show;
}

ToHui RandomHui::to_hui() {
    switch (random_.number(8)) {
        case 0:
            return Ping{};
        case 1:
            return SetLamp{random_.channel(), any_switch(), coin()};
        case 2:
            return MoveFader{random_.channel(), place<Fader>(), FaderPosition(random_.data14().value())};
        case 3:
            return ShowRing{random_.channel(),
                            place<Ring>(),
                            {static_cast<RingMode>(random_.number(4)), place<RingStep>(), coin()}};
        case 4:
            return ShowMeter{place<Slot>(), coin() ? Side::left : Side::right, place<MeterStep>()};
        case 5:
            return label();
        case 6:
            return text();
        default:
            return time();
    }
}

FromHui RandomHui::from_hui() {
    switch (random_.number(6)) {
        case 0:
            return PingReply{};
        case 1:
            return SwitchMoved{random_.channel(), pressed_switch(), coin()};
        case 2:
            return FaderMoved{random_.channel(), place<Fader>(), FaderPosition(random_.data14().value())};
        case 3:
            return VPotTurned{random_.channel(), place<VPot>(), ticks<Turn>()};
        case 4:
            return JogTurned{random_.channel(), ticks<JogTurn>()};
        default:
            return PowerTurned{};
    }
}

}  // namespace kedge::test
