#pragma once

#include "mackie/device_messages.hpp"
#include "mackie/host_messages.hpp"
#include "support/random_midi.hpp"

#include <array>
#include <random>

namespace kedge::test {

/// Random messages of Mackie Control from a generator whose seed the test prints.
class RandomMackie {
  public:
    explicit RandomMackie(std::mt19937& random) : midi_(random) {}

    [[nodiscard]] mackie::HostMessage host_message();
    [[nodiscard]] mackie::DeviceMessage device_message();
    [[nodiscard]] mackie::Model model();

  private:
    [[nodiscard]] bool either() { return midi_.number(2) == 1; }
    [[nodiscard]] mackie::Slot slot() { return mackie::Slot(midi_.number(mackie::Slot::count)); }
    [[nodiscard]] mackie::Fader fader();
    [[nodiscard]] mackie::Button button();
    [[nodiscard]] mackie::Led led() { return static_cast<mackie::Led>(midi_.number(3)); }
    [[nodiscard]] mackie::MeterLevel level();
    [[nodiscard]] mackie::Ring ring();
    [[nodiscard]] mackie::Ticks ticks();
    [[nodiscard]] mackie::LcdOffset offset();
    [[nodiscard]] mackie::DisplayText text();
    [[nodiscard]] mackie::SetDigit digit();
    [[nodiscard]] mackie::SetStripColours strip_colours();
    [[nodiscard]] mackie::SetIconColours icon_colours();
    [[nodiscard]] mackie::HostMessage display_message(int kind);
    [[nodiscard]] mackie::HostMessage unit_message(int kind);

    template <std::size_t N>
    [[nodiscard]] std::array<midi::Data7, N> numbers() {
        std::array<midi::Data7, N> some;
        for (auto& number : some) number = midi_.data7();
        return some;
    }

    RandomMidi midi_;
};

}  // namespace kedge::test
