#pragma once

#include "banked/panel.hpp"
#include "hui/messages.hpp"
#include "hui/time_display.hpp"
#include "hui/to_hui_decoder.hpp"
#include "midi/stream_parser.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace kedge::hui {

/// HUIs as a Panel, each on a port of its own: what stands on their displays, lamps and faders. They answer
/// the host's pings, without which no DAW talks to them.
class HuiPanel : public banked::Panel {
  public:
    /// 1 to 4.
    explicit HuiPanel(std::size_t units);

    void plugged(std::size_t port, banked::PanelOut& out) override;
    void unplugged(std::size_t port) override;
    void receive(Instant now, std::size_t port, std::span<const std::byte> bytes,
                 banked::PanelOut& out) override;
    void announce(banked::PanelOut& out) override;
    /// Leaves the DAW's pings without an answer.
    void leave(surface::Effects&) override { absent_ = true; }
    void come_back(surface::Effects&) override { absent_ = false; }
    [[nodiscard]] Duration absence() const override;

    [[nodiscard]] bool has(banked::PanelKey key) const override;
    void press(banked::PanelKey key, bool down, surface::Effects& out) override;
    void press(banked::SurfaceButton button, bool down, surface::Effects& out) override;
    void press_mute(banked::SlotNumber slot, surface::Effects& out) override;
    void touch(banked::SlotNumber slot, bool touched, surface::Effects& out) override;
    void move(banked::SlotNumber slot, FaderPosition to, surface::Effects& out) override;

    [[nodiscard]] std::size_t ports() const override { return units_.size(); }
    [[nodiscard]] std::size_t slots() const override { return shown_.size(); }
    [[nodiscard]] const banked::SlotShown& slot(banked::SlotNumber number) const override {
        return shown_.at(number);
    }
    /// A HUI has no fader of the master's.
    [[nodiscard]] bool has_master() const override { return false; }
    [[nodiscard]] std::optional<FaderPosition> master() const override { return std::nullopt; }
    [[nodiscard]] std::optional<banked::TimeCode> time() const override;
    /// Pings come once a second.
    [[nodiscard]] std::optional<Instant> lost_at() const override;
    void count(surface::Counters& counters) const override;

  private:
    struct Port {
        midi::StreamParser parser;
        ToHuiDecoder decoder;
        std::optional<Instant> pinged;
    };
    void on_message(Instant now, std::size_t port, const ToHui& message, banked::PanelOut& out);
    void on_text(const ShowText& text, banked::PanelOut& out);
    void on_lamp(std::size_t port, const SetLamp& lamp, banked::PanelOut& out);
    void on_meter(std::size_t port, const ShowMeter& meter, banked::PanelOut& out);
    void say(std::size_t port, const FromHui& message, surface::Effects& out) const;
    void tap_switch(banked::SlotNumber slot, SlotKey key, bool pressed, surface::Effects& out) const;
    [[nodiscard]] banked::SlotNumber number_of(std::size_t port, int slot) const;

    std::vector<Port> units_;
    std::vector<banked::SlotShown> shown_;
    std::vector<std::array<int, 2>> meters_;  ///< by slot, left and right
    static constexpr std::size_t line_width = 40;
    std::string lower_line_ = std::string(line_width, ' ');  ///< of the main display
    std::optional<banked::SlotNumber> held_;                 ///< touched last, and not let go
    TimeDisplay time_;
    std::optional<bool> counts_hours_;  ///< as the lamps beside the display say
    bool absent_ = false;
    std::uint64_t messages_in_ = 0;
};

}  // namespace kedge::hui
