#pragma once

#include "abletonosc/control_questions.hpp"
#include "abletonosc/live_codec.hpp"
#include "surface/surface.hpp"

#include <array>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace kedge::abletonosc {

/// Ableton Live as a Surface, by the script AbletonOSC: handshake, list of tracks, values, meters, position,
/// transport and loop, and all of it again when tracks change or Live comes back. No automation, no trim, no
/// master: the script has none. See README.md for the messages.
class LiveSession : public surface::Surface {
  public:
    /// `longest_detour`: see Capabilities; zero for a DAW on this machine.
    explicit LiveSession(Duration longest_detour = longest_detour_of_a_network);

    void start(Instant now, surface::Effects& out) override;
    void receive(Instant now, std::span<const std::byte> bytes, surface::Effects& out) override;
    void wake(Instant now, surface::Effects& out) override;
    Result<void> command(Instant now, const surface::Command& command, surface::Effects& out) override;
    void close(Instant now, surface::Effects& out) override;

    [[nodiscard]] bool ready() const override { return phase_ == Phase::ready; }
    [[nodiscard]] const Capabilities& capabilities() const override { return capabilities_; }
    [[nodiscard]] const MixerState& mixer() const override { return mixer_; }
    [[nodiscard]] const surface::Counters& counters() const override { return counters_; }
    [[nodiscard]] std::optional<SongTime> position() const override;
    [[nodiscard]] std::optional<bool> rolling() const override { return rolling_; }
    [[nodiscard]] std::optional<SongLoop> loop() const override;
    [[nodiscard]] std::optional<Decibels> meter(StripId strip) const override;

  private:
    /// `checking`: everything is known, and the list is asked for once more: what was subscribed to in the
    /// meantime was of those tracks.
    enum class Phase { idle, greeting, listing, filling, checking, ready, lost };

    /// A track, by its number, and what was reported of it.
    struct Slot {
        StripId id;
        TrackFacts facts;
        Mark subscription;
        bool subscribed = false;                                              ///< it was sent
        std::array<bool, all_track_properties.size()> heard{};                ///< by TrackProperty
        std::array<std::optional<ControlValue>, all_controls.size()> values;  ///< by Control
        bool soloed = false;
        std::optional<Decibels> meter;
        std::array<ControlQuestions, all_controls.size()> questions;  ///< by Control
    };
    /// An answer that came under a number, while that may be another track's already.
    struct HeldAnswer {
        Instant came;
        std::size_t track = 0;
        Control control = Control::fader;
        ControlValue value;
        ControlQuestions::Answered of;
        bool overtaken = false;  ///< a report, or the answer to a later question, came before or since
    };
    /// A value that was sent, and to which number.
    struct RecentSet {
        Instant at;
        std::size_t track = 0;
        surface::StripControl meant;
    };

    void send(std::vector<std::byte> bytes, surface::Effects& out);
    /// One wake-up at a time: another one is asked for only when it is to come sooner.
    void wake_in(Instant now, Duration span, surface::Effects& out);
    /// When a connection that stays silent from now on is lost; nullopt when it is not up.
    [[nodiscard]] std::optional<Instant> lost_at() const;
    [[nodiscard]] Mark next_mark() { return {++last_mark_}; }
    [[nodiscard]] Duration memory() const;

    void on_message(Instant now, const osc::Message& message, surface::Effects& out);
    void on_song(std::string_view word, const osc::Message& message, surface::Effects& out);
    void on_song_value(SongProperty property, double value, surface::Effects& out);
    void on_playing(bool playing, surface::Effects& out);
    void on_track(Instant now, TrackProperty property, const osc::Message& message, surface::Effects& out);
    void on_report(Slot& slot, TrackProperty property, double value, surface::Effects& out);
    /// False when the value is out of range.
    [[nodiscard]] bool take_value(Slot& slot, TrackProperty property, double value, surface::Effects& out);
    [[nodiscard]] bool take_control(Slot& slot, Control control, double value, surface::Effects& out);
    void keep(Slot& slot, Control control, const ControlValue& value);
    /// The strip that the slot is; only while ready.
    [[nodiscard]] Strip& strip_of(const Slot& slot) {
        return mixer_.strips[static_cast<std::size_t>(&slot - slots_.data())];
    }

    // session_answers.cpp
    void on_answer(Instant now, Slot& slot, TrackProperty property, const TrackValue& value,
                   surface::Effects& out);
    void hold(Instant now, std::size_t track, Control control, const ControlValue& value,
              const ControlQuestions::Answered& of, surface::Effects& out);
    void overtake(const Slot& slot, Control control);
    void let_answers_go(Instant now, surface::Effects& out);
    [[nodiscard]] bool wants_list_for_answers(Instant now) const;

    // session_phases.cpp
    void greet(Instant now, surface::Effects& out);
    void begin_listing(Instant now, surface::Effects& out);
    void begin_filling(Instant now, surface::Effects& out);
    void begin_checking(Instant now, surface::Effects& out);
    void settle(Instant now, surface::Effects& out);
    void lose(Instant now, std::string why, surface::Effects& out);
    void on_startup(Instant now, surface::Effects& out);
    void ask_list(Instant now, surface::Effects& out);
    void wake_asking(Instant now, surface::Effects& out);
    void wake_filling(Instant now, surface::Effects& out);
    [[nodiscard]] bool subscribe_portion(surface::Effects& out);
    [[nodiscard]] std::size_t count_missing() const;
    void ask_missing(surface::Effects& out);
    void give_up_filling(Instant now, surface::Effects& out);

    // session_tracks.cpp
    void on_list(Instant now, const osc::Message& message, surface::Effects& out);
    [[nodiscard]] bool is_known_list(const std::vector<TrackFacts>& tracks) const;
    void take_list(std::vector<TrackFacts> tracks);
    void rebuild_mixer(std::vector<StripId>& added, std::vector<StripId>& removed);
    [[nodiscard]] std::vector<surface::StripControl> crossed();
    [[nodiscard]] std::optional<std::size_t> place_of(StripId id) const;

    // session_commands.cpp
    [[nodiscard]] Error not_now() const;
    Result<void> set(Instant now, const surface::SetControl& command, surface::Effects& out);
    Result<void> query(Instant now, const surface::QueryControl& command, surface::Effects& out);
    Result<void> locate(SongTime to, surface::Effects& out);
    [[nodiscard]] Result<std::size_t> addressed(StripId id, Control control) const;
    [[nodiscard]] bool sure_of_list(Instant now, surface::Effects& out);
    void send_sets(surface::Effects& out);

    Phase phase_ = Phase::idle;
    Capabilities capabilities_;
    MixerState mixer_;
    surface::Counters counters_;
    std::vector<Slot> slots_;                               ///< by the track's number
    std::unordered_map<StripId, std::size_t> place_of_id_;  ///< while ready
    std::deque<RecentSet> recent_sets_;
    std::deque<HeldAnswer> held_;                                ///< in the order they came
    std::array<bool, all_song_properties.size()> song_heard_{};  ///< by SongProperty
    std::int32_t last_mark_ = 0;
    std::uint32_t next_id_ = 1;
    std::vector<GuardedSet> sets_waiting_;  ///< for others, to leave with them
    bool song_subscribed_ = false;
    bool knows_bundles_ = false;  ///< the script does
    bool was_ready_ = false;      ///< and not lost since
    bool ever_ready_ = false;
    bool lost_said_ = false;

    Instant last_sign_{};
    Instant phase_since_{};
    Instant asked_at_{};    ///< the last question of this phase
    Instant list_asked_{};  ///< while ready
    Instant list_seen_{};   ///< when the list was last told as we know it
    std::optional<Instant> next_wake_;
    int asks_ = 0;             ///< of this phase, in vain
    std::size_t missing_ = 0;  ///< values, when the round began

    std::optional<bool> rolling_;
    std::optional<Tempo> tempo_;       ///< by which time is counted: as it was when the song last stood
    std::optional<Tempo> next_tempo_;  ///< as it is now
    std::optional<Beats> position_;
    std::optional<bool> loop_on_;
    std::optional<Beats> loop_start_;
    std::optional<Beats> loop_length_;
    std::optional<Beats> song_length_;
};

}  // namespace kedge::abletonosc
