#pragma once

#include "ardour/ardour_codec.hpp"
#include "ardour/companion_exchange.hpp"
#include "ardour/control_exchange.hpp"
#include "surface/surface.hpp"

#include <array>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace kedge::ardour {

/// Ardour's OSC as a Surface: handshake, strip list, values, meters, position, transport, heartbeat, and all
/// of it again when strips change or the DAW comes back. See README.md for the messages and for what a real
/// Ardour was seen to do.
class ArdourSession : public surface::Surface {
  public:
    /// `longest_detour`: see Capabilities; zero for a DAW on this machine.
    explicit ArdourSession(Duration longest_detour = longest_detour_of_a_network,
                           std::optional<CompanionSetup> companion = std::nullopt);
    /// How the companion script is called from now on; nullopt: there is none that can be.
    void use_companion(std::optional<CompanionSetup> companion);

    void start(Instant now, surface::Effects& out) override;
    void receive(Instant now, std::span<const std::byte> bytes, surface::Effects& out) override;
    void wake(Instant now, surface::Effects& out) override;
    Result<void> command(Instant now, const surface::Command& command, surface::Effects& out) override;
    void close(Instant now, surface::Effects& out) override;
    [[nodiscard]] Instant may_close_at() const override;

    [[nodiscard]] bool ready() const override { return phase_ == Phase::ready; }
    [[nodiscard]] const Capabilities& capabilities() const override { return capabilities_; }
    [[nodiscard]] const MixerState& mixer() const override { return mixer_; }
    [[nodiscard]] const surface::Counters& counters() const override { return counters_; }
    [[nodiscard]] std::optional<SongTime> position() const override { return position_; }
    [[nodiscard]] std::optional<bool> rolling() const override { return rolling_; }
    [[nodiscard]] std::optional<surface::BarReported> bar() const override;
    [[nodiscard]] std::optional<Decibels> meter(StripId strip) const override;

  private:
    enum class Phase { idle, greeting, listing, filling, ready, lost };

    /// One line of Ardour's strip list, and what was reported for its number since.
    struct Slot {
        StripId id;
        std::optional<Decibels> meter;  ///< beside the id: most messages touch these two alone
        StripName name;
        int inputs = 0;
        int outputs = 0;
        bool listed = false;
        std::array<ControlExchange, 4> controls;  ///< by Control
        std::array<AutomationMode, 4> modes{};    ///< by Control
        std::string group;
        std::string wire_name;
        bool hidden = false;
        bool soloed = false;
    };

    /// A value, a mode or a touch that was sent, and to which number.
    struct RecentSet {
        Instant at;
        std::int32_t ssid = 0;
        surface::StripControl meant;
    };

    void send(std::vector<std::byte> bytes, surface::Effects& out);
    /// One wake-up at a time: another one is asked for only when it is to come sooner.
    void wake_in(Instant now, Duration span, surface::Effects& out);
    /// When a connection that stays silent from now on is lost; nullopt when it is not up.
    [[nodiscard]] std::optional<Instant> lost_at() const;
    void ask_for_sign(Instant now, surface::Effects& out);
    [[nodiscard]] bool sure_of_listener(Instant now, surface::Effects& out);
    void greet(Instant now, surface::Effects& out);
    void repeat_lost_greeting(Instant now, surface::Effects& out);
    void ask_list(Instant now, surface::Effects& out);
    void ask_list_again(Instant now, surface::Effects& out);
    void forget_list();
    void lose(Instant now, std::string why, surface::Effects& out);
    void lose_and_greet(Instant now, std::string why, surface::Effects& out);

    [[gnu::cold]] void receive_bundle(Instant now, std::span<const std::byte> bytes, surface::Effects& out);
    void on_message(Instant now, const osc::Message& message, surface::Effects& out);
    void on_master(std::string_view path);
    void on_strip(Instant now, StripPath path, const osc::Message& message, surface::Effects& out);
    void on_meter(std::int32_t ssid, double value, surface::Effects& out);
    void on_meter(Slot& slot, double value, surface::Effects& out);
    void on_strip_value(Instant now, Slot& slot, StripPath path, const osc::Message& message,
                        std::size_t argument, surface::Effects& out);
    void on_number(Instant now, Slot& slot, StripPath path, double value, surface::Effects& out);
    void on_list_line(Instant now, const osc::Message& message, surface::Effects& out);
    [[nodiscard]] bool contradicts_list(std::int32_t ssid, StripKind kind, std::string_view name);
    [[nodiscard]] bool list_is_whole();
    void on_list_end(Instant now, const osc::Message& message, surface::Effects& out);
    void on_global(Instant now, const osc::Message& message, surface::Effects& out);
    void on_position(const osc::Message& message, surface::Effects& out);
    void on_bar(const osc::Message& message, surface::Effects& out);
    void on_settings(Instant now, const osc::Message& message, surface::Effects& out);
    void on_session_name(Instant now, const osc::Message& message, surface::Effects& out);

    void report(Instant now, Slot& slot, Control control, Spelling spelling, const ControlValue& value,
                surface::Effects& out);
    void report_mode(Instant now, Slot& slot, Control control, double wire, surface::Effects& out);

    void wake_ready(Instant now, surface::Effects& out);
    void wake_greeting(Instant now, surface::Effects& out);
    void wake_listing(Instant now, surface::Effects& out);
    void wake_filling(Instant now, surface::Effects& out);
    [[nodiscard]] bool burst_is_over(Instant now, Instant since) const;
    [[nodiscard]] bool is_missing(const Slot& slot, Control control) const;
    [[nodiscard]] std::size_t count_missing() const;
    [[nodiscard]] bool greeting_was_lost() const;
    void begin_round(Instant now, surface::Effects& out);
    void ask_portion(Instant now, surface::Effects& out);
    void give_up_asking(Instant now, surface::Effects& out);
    void ask_list_in_doubt(Instant now, surface::Effects& out);
    void settle(Instant now, surface::Effects& out);
    void remember_set(Instant now, const Slot& slot, Control control);
    [[nodiscard]] std::vector<surface::StripControl> crossed();
    void rebuild_mixer(std::vector<StripId>& added, std::vector<StripId>& removed);
    void give_ids(std::vector<Strip>& strips, std::vector<StripId>& added, std::vector<StripId>& removed);
    [[nodiscard]] static Strip strip_from(const Slot& slot);

    [[nodiscard]] Error not_now() const;
    [[nodiscard]] Result<Slot*> addressed(StripId id, Control control);
    Result<void> set(Instant now, const surface::SetControl& command, surface::Effects& out);
    Result<void> query(Instant now, const surface::QueryControl& command, surface::Effects& out);
    Result<void> set_mode(Instant now, const surface::SetAutomation& command, surface::Effects& out);
    Result<void> touch(Instant now, const surface::TouchControl& command, surface::Effects& out);
    Result<void> locate(SongTime to, surface::Effects& out);
    Result<void> switch_solo(Instant now, const surface::SwitchSolo& command, surface::Effects& out);

    // session_companion.cpp
    Result<void> read_lines(Instant now, const surface::ReadFaderLines& command, surface::Effects& out);
    Result<void> write_lines(Instant now, const surface::WriteFaderLines& command, surface::Effects& out);
    [[nodiscard]] Result<void> companion_is_free() const;
    [[nodiscard]] Result<std::string> name_for_companion(StripId id) const;
    void call_companion(Instant now, surface::Effects& out);
    void on_companion(Instant now, const osc::Message& message, surface::Effects& out);
    void wake_companion(Instant now, surface::Effects& out);
    void give_up_companion(surface::Effects& out);

    [[nodiscard]] bool expects(const Slot& slot, Control control) const;
    /// nullptr for a number that no strip has.
    [[nodiscard]] Slot* slot_of(std::int32_t ssid) {
        const auto at = static_cast<std::size_t>(ssid) - 1;
        return at < slots_.size() ? &slots_[at] : new_slot(ssid);
    }
    [[nodiscard]] Slot* new_slot(std::int32_t ssid);
    /// Index into slots_; nullopt for a stranger, and while a list comes in.
    [[nodiscard]] std::optional<std::size_t> place_of(StripId id) const;
    [[nodiscard]] std::int32_t ssid_of(const Slot& slot) const;
    /// The strip that the slot became; only while ready.
    [[nodiscard]] Strip& strip_of(const Slot& slot);

    Phase phase_ = Phase::idle;
    std::optional<CompanionSetup> companion_;
    CompanionExchange exchange_;
    bool garbled_ = false;  ///< what the companion answered to its last call is none of its answers
    Capabilities capabilities_;
    MixerState mixer_;
    surface::Counters counters_;
    std::vector<Slot> slots_;                               ///< by ssid - 1
    std::unordered_map<StripId, std::size_t> place_of_id_;  ///< while ready
    std::deque<RecentSet> recent_sets_;
    std::int32_t listed_count_ = 0;
    std::int32_t highest_listed_ = 0;
    std::int32_t without_master_ = 0;  ///< lines of a whole list that had no master: its end may be missing
    std::uint32_t next_id_ = 1;
    bool was_ready_ = false;    ///< and not lost since
    bool change_said_ = false;  ///< strips came, went or changed places since they were told last
    bool ever_ready_ = false;
    bool lost_said_ = false;

    Instant last_heard_{};
    Instant last_sign_{};    ///< of those that Ardour gives only to a surface that it knows
    Instant sign_asked_{};   ///< when it was asked for one
    Instant last_value_{};   ///< when a value that was not known came in
    Instant last_change_{};  ///< when a value last was sent, or reported after the burst
    Instant phase_since_{};
    Instant asked_at_{};
    std::optional<Instant> next_wake_;
    int asks_ = 0;                   ///< of the list, then of the missing values in vain
    int doubts_ = 0;                 ///< lists that values did not fit to
    int lost_greetings_ = 0;         ///< lists that came without any feedback
    bool feedback_asked_ = false;    ///< since the last greeting, which asks for the list alone
    bool feedback_came_ = false;     ///< since the last greeting: more than answers
    std::size_t missing_ = 0;        ///< values, when the round began
    std::size_t next_question_ = 0;  ///< of this round: slot by slot, control by control
    bool heard_since_ask_ = false;
    std::optional<std::int64_t> position_samples_;
    std::optional<SongTime> position_;
    std::optional<BarBeat> bar_;
    std::optional<bool> rolling_;
    std::string session_name_;
};

}  // namespace kedge::ardour
