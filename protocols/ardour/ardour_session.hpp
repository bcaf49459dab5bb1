#pragma once

#include "ardour/ardour_codec.hpp"
#include "surface/surface.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace kedge::ardour {

/// Ardour's OSC as a Surface: handshake, strip list, values, meters, position, transport, heartbeat, and all
/// of it again when strips change or the DAW comes back. See README.md for the messages and for what a real
/// Ardour was seen to do.
class ArdourSession : public surface::Surface {
  public:
    ArdourSession();

    void start(Instant now, surface::Effects& out) override;
    void receive(Instant now, std::span<const std::byte> bytes, surface::Effects& out) override;
    void wake(Instant now, surface::Effects& out) override;
    Result<void> command(Instant now, const surface::Command& command, surface::Effects& out) override;
    void close(Instant now, surface::Effects& out) override;

    [[nodiscard]] bool ready() const override { return phase_ == Phase::ready; }
    [[nodiscard]] const Capabilities& capabilities() const override { return capabilities_; }
    [[nodiscard]] const MixerState& mixer() const override { return mixer_; }
    [[nodiscard]] const surface::Counters& counters() const override { return counters_; }
    [[nodiscard]] std::optional<SongTime> position() const override { return position_; }
    [[nodiscard]] std::optional<bool> rolling() const override { return rolling_; }
    [[nodiscard]] std::optional<Decibels> meter(StripId strip) const override;
    /// Names of markers that Ardour has mentioned; only these may be located by name.
    [[nodiscard]] const std::set<std::string>& markers() const { return markers_; }

  private:
    enum class Phase { idle, greeting, listing, filling, ready, lost };

    /// One line of Ardour's strip list, and what was reported for its number since.
    struct Slot {
        StripId id;
        StripName name;
        int inputs = 0;
        int outputs = 0;
        bool listed = false;
        std::array<std::optional<ControlValue>, 4> values;  ///< by Control
        std::array<std::optional<AutomationMode>, 4> modes;
        std::array<int, 4> open_queries{};
        std::array<std::optional<ControlValue>, 4> sent;  ///< set, and not heard of since
        std::string group;
        std::string wire_name;
        bool hidden = false;
        bool soloed = false;
        std::optional<Decibels> meter;
        std::size_t in_mixer = 0;  ///< index into mixer_.strips, once ready
    };

    void send(std::vector<std::byte> bytes, surface::Effects& out);
    void wake_in(Instant now, Duration span, surface::Effects& out);
    void greet(Instant now, surface::Effects& out);
    void ask_list(Instant now, surface::Effects& out);
    void send_list_question(surface::Effects& out);
    void lose(Instant now, std::string why, surface::Effects& out);

    void on_message(Instant now, const osc::Message& message, surface::Effects& out);
    void on_strip(Instant now, const osc::Message& message, surface::Effects& out);
    void on_strip_value(Instant now, Slot& slot, StripWord word, const osc::Message& message,
                        std::size_t argument, surface::Effects& out);
    void on_number(Instant now, Slot& slot, StripWord word, double value, surface::Effects& out);
    void on_list_line(Instant now, const osc::Message& message, surface::Effects& out);
    void on_list_end(Instant now, const osc::Message& message, surface::Effects& out);
    void on_global(Instant now, const osc::Message& message, surface::Effects& out);
    void on_marker(std::string_view text);

    void report(Instant now, Slot& slot, Control control, const ControlValue& value, surface::Effects& out);
    void report_mode(Slot& slot, Control control, double mode);
    void fill(Instant now, surface::Effects& out);
    void settle(Instant now, surface::Effects& out);
    void rebuild_mixer(surface::Effects& out, std::vector<StripId>& added, std::vector<StripId>& removed);
    void give_ids(std::vector<StripId>& added, std::vector<StripId>& removed);
    [[nodiscard]] std::optional<std::size_t> renamed_in_place() const;
    [[nodiscard]] bool expects(const Slot& slot, Control control) const;
    [[nodiscard]] Slot* slot_of(std::int32_t ssid);
    [[nodiscard]] Slot* slot_of(StripId id);
    [[nodiscard]] std::int32_t ssid_of(const Slot& slot) const;

    Phase phase_ = Phase::idle;
    Capabilities capabilities_;
    MixerState mixer_;
    surface::Counters counters_;
    std::vector<Slot> slots_;  ///< by ssid - 1
    std::int32_t listed_count_ = 0;
    std::int32_t highest_listed_ = 0;
    std::uint32_t next_id_ = 1;
    bool was_ready_ = false;
    bool close_said_ = false;

    Instant last_heard_{};
    Instant last_value_{};  ///< the last message of a burst of values
    Instant phase_since_{};
    Instant asked_at_{};
    int asks_ = 0;
    bool heard_since_ask_ = false;
    std::optional<SongTime> position_;
    std::optional<bool> rolling_;
    std::set<std::string> markers_;
    std::string session_name_;
};

}  // namespace kedge::ardour
