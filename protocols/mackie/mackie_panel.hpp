#pragma once

#include "banked/panel.hpp"
#include "mackie/buttons.hpp"
#include "mackie/device_messages.hpp"
#include "mackie/host_messages.hpp"
#include "mackie/lcd.hpp"
#include "mackie/segments.hpp"
#include "mackie/unusable.hpp"
#include "midi/stream_parser.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace kedge::mackie {

/// A Mackie Control with its extenders.
struct PanelMake {
    std::size_t units = 1;  ///< 1 to 4, from the left
    std::size_t main = 0;   ///< which of them is the main unit
    /// What an extender says it is; some DAWs know main units only.
    Model extender = Model::extender;
    /// Characters of a cell that belong to the name; a seventh is a gap.
    std::size_t label_width = 6;
};

/// A Mackie Control as a Panel: what stands on its LCDs, lamps and faders. A unit has a port of its own.
class MackiePanel : public banked::Panel {
  public:
    explicit MackiePanel(PanelMake make);

    void plugged(std::size_t port, banked::PanelOut& out) override;
    void unplugged(std::size_t port) override;
    void receive(Instant now, std::size_t port, std::span<const std::byte> bytes,
                 banked::PanelOut& out) override;
    void announce(banked::PanelOut& out) override;
    void leave(surface::Effects& out) override;
    void come_back(surface::Effects& out) override;
    /// Both are heard at once.
    [[nodiscard]] Duration absence() const override { return {}; }

    [[nodiscard]] bool has(banked::PanelKey) const override { return true; }
    void press(banked::PanelKey key, bool down, surface::Effects& out) override;
    void press(banked::SurfaceButton button, bool down, surface::Effects& out) override;
    void press_mute(banked::SlotNumber slot, surface::Effects& out) override;
    void touch(banked::SlotNumber slot, bool touched, surface::Effects& out) override;
    void move(banked::SlotNumber slot, FaderPosition to, surface::Effects& out) override;

    [[nodiscard]] bool has_knobs() const override { return true; }
    void turn_knob(banked::SlotNumber slot, int ticks, surface::Effects& out) override;

    [[nodiscard]] std::size_t ports() const override { return units_.size(); }
    [[nodiscard]] std::size_t slots() const override { return shown_.size(); }
    [[nodiscard]] const banked::SlotShown& slot(banked::SlotNumber number) const override {
        return shown_.at(number);
    }
    [[nodiscard]] bool has_master() const override { return true; }
    [[nodiscard]] std::optional<FaderPosition> master() const override { return master_; }
    [[nodiscard]] bool flipped() const override { return flipped_; }
    [[nodiscard]] std::optional<banked::TimeCode> time() const override;
    void count(surface::Counters& counters) const override;

  private:
    struct Unit {
        midi::StreamParser parser;
        Lcd lcd;
    };
    void hear(std::size_t port, const midi::Message& message, banked::PanelOut& out);
    void on_message(std::size_t port, const HostMessage& message, banked::PanelOut& out);
    void on_lcd(std::size_t port, const WriteLcd& written, banked::PanelOut& out);
    void on_fader(std::size_t port, const MoveFader& moved, banked::PanelOut& out);
    void on_led(std::size_t port, const SetLed& led, banked::PanelOut& out);
    void on_indicator(const SetIndicator& lamp, banked::PanelOut& out);
    void on_digit(const SetDigit& digit, banked::PanelOut& out);
    void read_cell(std::size_t port, Slot slot, LcdLine line, banked::PanelOut& out);
    void say(std::size_t port, const DeviceMessage& message, surface::Effects& out) const;
    [[nodiscard]] Model model_of(std::size_t port) const;
    [[nodiscard]] banked::SlotNumber number_of(std::size_t port, Slot slot) const;

    PanelMake make_;
    std::vector<Unit> units_;
    std::vector<banked::SlotShown> shown_;
    std::optional<FaderPosition> master_;
    SegmentDisplay digits_;
    bool flipped_ = false;
    bool counts_hours_ = false;  ///< the lamp beside the display says so
    UnusableCounts unusable_;
    std::uint64_t messages_in_ = 0;
};

}  // namespace kedge::mackie
