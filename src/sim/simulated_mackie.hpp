#pragma once

#include "core/fader_position.hpp"
#include "mackie/device_messages.hpp"
#include "mackie/host_messages.hpp"
#include "mackie/unusable.hpp"
#include "sim/banked_host.hpp"
#include "sim/mackie_host_settings.hpp"

#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace kedge::sim {

/// A DAW with one Mackie Control and up to three extenders; see README.md for what is in it and what is not.
class SimulatedMackie : public BankedHost {
  public:
    SimulatedMackie(Song song, const MackieHostSettings& settings);

    /// What came and meant nothing.
    [[nodiscard]] const mackie::UnusableCounts& unusable() const { return unusable_; }
    /// The unit has been greeted, or needs no greeting: it is told things.
    [[nodiscard]] bool is_on(std::uint16_t port) const { return units_.at(port).on; }

  private:
    using Key = mackie::Key;
    using Led = mackie::Led;

    // simulated_mackie.cpp
    void heard(std::uint16_t port, const midi::Message& message) override;
    void begin() override;
    void leave() override;
    void was_plugged(std::uint16_t port) override;
    [[nodiscard]] bool is_listening(std::uint16_t port) const override { return units_.at(port).on; }
    void act_on(std::uint16_t port, const mackie::FromDevice& said);
    void on_query(std::uint16_t port, const mackie::ConnectionQuery& query, mackie::Model from);
    void on_confirmed(std::uint16_t port, mackie::Model from);
    [[nodiscard]] bool has_fader(std::uint16_t port, mackie::Fader fader) const;
    void ask_who(std::uint16_t port);
    void turn_on(std::uint16_t port);
    void begin_anew(std::uint16_t port);
    void set_meter_modes(std::uint16_t port, mackie::MeterMode mode);
    void tell(std::uint16_t port, const mackie::HostMessage& message);
    [[nodiscard]] mackie::Model own_model(std::uint16_t port) const;

    // mackie_host_face.cpp
    void show_label(SurfacePlace place, const std::string& text) override;
    void show_value(SurfacePlace place, const std::string& text) override;
    void show_fader(SurfacePlace place, FaderPosition position) override;
    void show_pan(SurfacePlace place, std::optional<Pan> pan) override;
    void show_lamp(SurfacePlace place, StripLamp lamp, bool lit) override;
    void show_meter(SurfacePlace place, int side, int segments) override;
    void show_overload(SurfacePlace place, int side, bool on) override;
    void write_cell(SurfacePlace place, mackie::LcdLine line, const std::string& text);

    // mackie_host_keys.cpp
    void on_button(std::uint16_t port, const mackie::ButtonMoved& moved);
    void on_strip_key(SurfacePlace place, mackie::SlotKey key);
    void on_key(mackie::Key key, bool pressed);
    void on_transport_key(mackie::Key key);
    void on_arrow_key(int way);
    void on_marker_key(bool pressed);
    void on_automation_key(mackie::Key key, bool pressed);
    [[nodiscard]] bool is_held(mackie::Key key) const { return held_.contains(key); }

    // mackie_host_displays.cpp
    void run_displays() override;
    void tell_lamps();
    void tell_indicators();
    void tell_clock();
    void tell_assignment();
    void follow_rolling();
    [[nodiscard]] std::map<mackie::Button, mackie::Led> wanted_lamps() const;
    void add_automation_lamps(std::map<mackie::Button, mackie::Led>& lamps) const;
    void add_held_lamps(std::map<mackie::Button, mackie::Led>& lamps) const;
    void forget_displays();

    struct Unit {
        bool on = false;
        mackie::Model model = mackie::Model::main_unit;  ///< into SysEx to it
    };
    MackieHostSettings settings_;
    std::vector<Unit> units_;  ///< by port
    mackie::UnusableCounts unusable_;

    std::set<mackie::Key> held_;
    bool marker_was_used_ = false;
    Instant save_until_{};
    Instant undo_until_{};

    std::map<mackie::Button, mackie::Led> lamps_said_;
    std::map<mackie::Indicator, mackie::Led> indicators_said_;
    std::array<std::optional<char>, mackie::DigitPlace::timecode_digits> clock_said_{};  ///< from the right
    std::optional<std::string> assignment_said_;
    Instant next_clock_{};
    Instant clock_resaid_at_{};
    bool rolled_ = false;
};

}  // namespace kedge::sim
