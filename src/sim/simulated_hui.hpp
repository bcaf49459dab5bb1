#pragma once

#include "core/fader_position.hpp"
#include "hui/from_hui_decoder.hpp"
#include "hui/messages.hpp"
#include "sim/banked_host.hpp"
#include "sim/hui_host_settings.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace kedge::sim {

/// A DAW with one HUI or several; see README.md for what is in it and what is not.
class SimulatedHui : public BankedHost {
  public:
    SimulatedHui(Song song, const HuiHostSettings& settings);

    /// The unit answers pings, or nobody looks whether it does.
    [[nodiscard]] bool is_connected(std::uint16_t unit) const { return units_.at(unit).connected; }
    /// What came by this port and meant nothing.
    [[nodiscard]] const hui::Dropped& dropped(std::uint16_t port) const {
        return units_.at(port).decoder.dropped();
    }

  private:
    using Key = hui::Key;

    // simulated_hui.cpp
    void heard(std::uint16_t port, const midi::Message& message) override;
    void begin() override;
    void leave() override;
    void was_plugged(std::uint16_t port) override;
    void run_displays() override;
    [[nodiscard]] bool is_listening(std::uint16_t unit) const override { return units_.at(unit).connected; }
    void ping(std::uint16_t unit);
    void answered(std::uint16_t unit);
    void begin_anew(std::uint16_t unit);
    void tell(std::uint16_t unit, const hui::ToHui& message);
    [[nodiscard]] hui::Unit on_the_wire(std::uint16_t unit) const;

    // hui_host_keys.cpp
    void on_switch(std::uint16_t unit, const hui::SwitchMoved& moved);
    void on_strip_key(SurfacePlace place, hui::SlotKey key, bool pressed);
    void on_key(hui::Key key);
    void on_automation_key(hui::Key key);

    // hui_host_face.cpp
    void show_label(SurfacePlace place, const std::string& text) override;
    void show_value(SurfacePlace place, const std::string& text) override;
    void show_fader(SurfacePlace place, FaderPosition position) override;
    void show_pan(SurfacePlace place, std::optional<Pan> pan) override;
    void show_lamp(SurfacePlace place, StripLamp lamp, bool lit) override;
    void show_meter(SurfacePlace place, int side, int segments) override;
    void show_overload(SurfacePlace /*place*/, int /*side*/, bool /*on*/) override {}
    void tell_lamps();
    void tell_clock();
    [[nodiscard]] std::map<hui::Switch, bool> wanted_lamps() const;

    struct OneUnit {
        bool connected = false;
        Instant answered{};
        hui::FromHuiDecoder decoder{};  ///< of the port
    };
    HuiHostSettings settings_;
    std::vector<OneUnit> units_;
    Instant next_ping_{};
    std::map<hui::Switch, bool> lamps_said_;
    std::optional<hui::TimeDisplay> clock_said_;
    std::optional<SurfacePlace> on_main_display_;
};

}  // namespace kedge::sim
