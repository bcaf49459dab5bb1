#pragma once

#include "core/time.hpp"
#include "sim/audio_engine.hpp"
#include "sim/reaper_call.hpp"
#include "sim/reaper_effects.hpp"
#include "sim/reaper_feedback.hpp"
#include "sim/reaper_inbox.hpp"
#include "sim/reaper_midi.hpp"
#include "sim/reaper_outbox.hpp"
#include "sim/reaper_request.hpp"
#include "sim/reaper_settings.hpp"
#include "sim/reaper_undo.hpp"
#include "sim/reaper_view.hpp"
#include "sim/simulated_daw.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kedge::sim {

/// REAPER with one OSC surface, driven by whatever pattern file it is given; see README.md for what is in it
/// and what is not. Tracks are numbered from 1, as REAPER does, 0 is the master. Pure: time and bytes are
/// handed in.
class SimulatedReaper : public SimulatedDaw {
  public:
    SimulatedReaper(Song song, ReaperSettings settings);
    SimulatedReaper(const SimulatedReaper&) = delete;
    SimulatedReaper& operator=(const SimulatedReaper&) = delete;

    /// Puts the datagram by for the next turn, whoever it is from. Nothing is answered at once.
    void receive(Instant now, Peer from, std::span<const std::byte> bytes,
                 std::vector<Datagram>& out) override;
    /// Runs audio, turns and the sending of packets up to `to`.
    void advance(Instant to, std::vector<Datagram>& out) override;
    [[nodiscard]] Instant next_wake() const override;
    [[nodiscard]] int times_saved() const override { return saved_; }
    [[nodiscard]] bool calls_companion(std::string_view address) const override;
    [[nodiscard]] std::optional<std::string> take_answer() override;

    [[nodiscard]] AudioEngine& engine() { return engine_; }
    [[nodiscard]] const AudioEngine& engine() const { return engine_; }
    /// By time.
    [[nodiscard]] const std::vector<ReaperMarker>& markers() const { return markers_; }
    /// How often the project was saved.
    [[nodiscard]] int saved() const { return saved_; }
    /// Named commands that were called: "_RSkedge…", in order. Each is also handed to `on_command`.
    [[nodiscard]] const std::vector<std::string>& named_commands() const { return named_commands_; }
    void on_command(std::function<void(std::string_view name)> what) { on_command_ = std::move(what); }
    [[nodiscard]] AutomationMode mode_of(RouteId track) const;
    /// After the engine's strips were set from outside: each track is in its fader's mode.
    void take_modes_of_faders();
    /// Steps of undo that the companion script made, by their names.
    [[nodiscard]] const std::vector<std::string>& script_steps() const { return script_steps_; }
    /// A track's volume envelope; nullopt where it has none.
    [[nodiscard]] std::optional<ReaperEnvelope> envelope(std::size_t index) const {
        return envelope_of(engine_.strips().at(index));
    }
    /// A track's effects, in their order.
    [[nodiscard]] std::span<const ReaperEffect> effects(std::size_t index) {
        return effects_[engine_.strips().at(index).id];
    }
    [[nodiscard]] const ReaperView& view() const { return view_; }
    [[nodiscard]] ReaperMidi& midi() { return midi_; }
    /// What the action that was run last was given at `cc`, 0 to 16383; nullopt where it was given nothing.
    [[nodiscard]] std::optional<int> action_value() const { return action_value_; }
    [[nodiscard]] bool paused() const { return paused_; }
    [[nodiscard]] const ReaperUndo& undo_history() const { return undo_; }
    /// The surface's device address, from now on.
    void feedback_to(Peer device) { settings_.feedback_to = device; }

    // A person in front of REAPER. Tracks are named by their place in engine().strips(). The surface is told
    // in the same moment.

    void rename_track(std::size_t index, const std::string& name);
    void move_fader(std::size_t index, Decibels to);
    void turn_pan(std::size_t index, Pan to);
    void mute_track(std::size_t index, bool muted);
    void select_track(std::size_t index, bool selected);
    std::size_t add_track(const Stem& stem);
    /// A track that others are put into.
    std::size_t add_folder(const std::string& name);
    /// nullopt takes it out of its folder.
    void put_into(std::size_t index, std::optional<std::size_t> folder);
    void remove_track(std::size_t index);
    /// `order` holds every place once: the track at place order[0] comes first.
    void reorder_tracks(const std::vector<std::size_t>& order);
    /// In the mixer; matters to a bank that follows it.
    void hide_track(std::size_t index, bool hidden);
    void set_mode(std::size_t index, AutomationMode mode);
    void draw_envelope(std::size_t index, const ReaperEnvelope& envelope);
    /// Behind those that the track has.
    void insert_effect(std::size_t index, ReaperEffect effect);
    /// Tracks of one group move along with each other; an empty name takes the track out of its group.
    void put_into_group(std::size_t index, const std::string& group);
    void add_marker(const ReaperMarker& marker);
    /// The cursor, and the transport with it when it plays.
    void move_cursor(SongTime to);
    /// Playing is started and stopped as by the buttons.
    void press_play();
    void press_stop();

    /// Nothing moves and nobody is answered until thawed; what is said to it meanwhile is lost.
    void freeze(bool frozen) { frozen_ = frozen; }
    /// Nothing moves and nobody is answered until it comes to itself: then it hears all that was said
    /// meanwhile.
    void hang(bool hung) { hung_ = hung; }
    void quit();
    /// Started again with the project it had; the surface begins anew.
    void open();
    void open(Song project);
    /// Lays a request down for a companion script; `on_command` may take it.
    void hand_over(std::string request) override { laid_down_ = std::move(request); }
    [[nodiscard]] const std::string& laid_down() const { return laid_down_; }

  private:
    /// A track's number, 0 for the master.
    using TrackNumber = int;
    /// REAPER keeps touches of so many.
    static constexpr TrackNumber most_touched = 2048;
    enum class Touchable { volume, pan };
    struct Touch {
        bool held = false;                    ///< by a touch message
        std::optional<Instant> last_value{};  ///< where the file has no touch message
    };

    // simulated_reaper.cpp
    [[nodiscard]] bool stands_still() const { return frozen_ || hung_ || gone_; }
    void start_project();
    void run_audio(Instant to);
    void turn(Instant now);
    void on_message(std::span<const std::byte> bytes);
    void on_call(ReaperCall& call);

    // reaper_tracks.cpp
    [[nodiscard]] SimStrip* track(TrackNumber number);
    [[nodiscard]] TrackNumber number_of(const SimStrip& strip) const;
    [[nodiscard]] int track_count() const;
    [[nodiscard]] bool is_in_bank(TrackNumber number) const;
    [[nodiscard]] bool is_shown(TrackNumber number) const;
    [[nodiscard]] std::string name_of(TrackNumber number);
    [[nodiscard]] std::vector<SimStrip*> selected_tracks();
    [[nodiscard]] std::vector<SimStrip*> tracks_moving_with(const SimStrip& strip);
    void say(std::string_view key, std::initializer_list<int> numbers, const ReaperValue& value);
    void say_flag(std::string_view key, bool on);
    void say_of_track(std::string_view key, TrackNumber number, const ReaperValue& value);
    void say_flag_of_track(std::string_view key, TrackNumber number, bool on);
    void tell_volume(TrackNumber number, Decibels level);
    void tell_pan(TrackNumber number);
    void tell_mute(TrackNumber number);
    void tell_solo(TrackNumber number);
    void tell_any_solo();
    void tell_selected(TrackNumber number);
    void tell_modes(TrackNumber number);
    void tell_track(TrackNumber number);
    void tell_track_list();
    void tell_current_track();
    void tell_everything();
    void last_touched(TrackNumber number);

    // reaper_routes.cpp
    void tell_empty_routes(TrackNumber number);
    void tell_empty_route(std::string_view key, TrackNumber number, int slot, const std::string& name);

    // reaper_effects.cpp
    [[nodiscard]] std::span<ReaperEffect> effects_of(TrackNumber number);
    [[nodiscard]] ReaperEffect* effect_at(TrackNumber number, int slot);
    [[nodiscard]] int instrument_slot(TrackNumber number);
    void tell_effects(TrackNumber number);
    void tell_effect(TrackNumber number, int slot);
    void tell_effect_at(std::initializer_list<int> numbers, TrackNumber number, int slot);
    void tell_current_effect();
    void tell_current_instrument();
    void tell_parameter(TrackNumber number, int slot, int at);
    void tell_effect_switch(std::string_view key, TrackNumber number, int slot, bool on);

    // reaper_effect_commands.cpp
    struct EffectMeant {
        ReaperEffect* effect = nullptr;
        TrackNumber track = 0;
        int slot = 0;       ///< from 1
        int parameter = 0;  ///< its index
    };
    [[nodiscard]] EffectMeant effect_meant(const ReaperCall& call);
    bool on_effect(ReaperCall& call);
    void set_parameter(const EffectMeant& meant, ReaperCall& call);
    void press_effect_switch(std::string_view key, const EffectMeant& meant, ReaperCall& call,
                             bool ReaperEffect::*which);
    void choose_preset(ReaperEffect& effect, ReaperCall& call);
    bool select_effect(std::string_view what, int place);
    bool step_effect(std::string_view what, int step);
    [[nodiscard]] int count_current_parameters();
    [[nodiscard]] int count_instruments_parameters();

    // reaper_track_commands.cpp
    bool on_track(ReaperCall& call);
    void set_name(TrackNumber number, SimStrip& strip, ReaperCall& call);
    void set_value(TrackNumber number, SimStrip& strip, ReaperCall& call, bool volume);
    void set_volume(TrackNumber number, SimStrip& strip, Decibels to);
    void set_pan(TrackNumber number, SimStrip& strip, double to);
    void set_width(TrackNumber number, SimStrip& strip, ReaperCall& call);
    [[nodiscard]] double width_of(const SimStrip& strip) const;
    void set_selected(TrackNumber number, SimStrip& strip, ReaperCall& call);
    void set_switch(SimStrip& strip, ReaperCall& call, bool SimStrip::*which);
    void set_monitor(SimStrip& strip, ReaperCall& call);
    void set_modes(TrackNumber number, SimStrip& strip, ReaperCall& call, AutomationMode mode);
    void select_only(SimStrip& strip);
    void unselect_all();
    void unsolo_all();

    // reaper_device_commands.cpp
    bool on_device(ReaperCall& call);
    bool on_count(ReaperCall& call);
    bool on_follows(ReaperCall& call);
    bool on_selection(ReaperCall& call);
    bool on_next(ReaperCall& call);
    void make_current(TrackNumber number);
    void bank_from(int start);

    // reaper_transport.cpp
    bool on_global(ReaperCall& call);
    bool on_position(ReaperCall& call);
    bool on_transport(ReaperCall& call);
    bool on_rate(ReaperCall& call);
    void play();
    void stop();
    void pause();
    void seek(std::int64_t sample);
    [[nodiscard]] std::int64_t position() const;
    void run_loop_and_end();
    void tell_play_state();
    void tell_rates();

    // reaper_navigation.cpp
    enum class Arrows { wind, go_by_marker, move_loop };  ///< what rewind and forward do
    bool on_navigation(ReaperCall& call);
    void press_arrow(ReaperCall& call, int way);
    void give_arrows(ReaperCall& call, Arrows what_for);
    void tell_arrows();
    void run_arrows();
    void wind(int way);
    void go_to_next_marker(int way);

    // reaper_displays.cpp
    void tell_clock();
    void update_displays(Instant now);
    void tell_meters();
    void tell_meter(std::string_view key, std::initializer_list<int> numbers, const SimStrip* strip);

    // reaper_markers.cpp
    bool on_marker(ReaperCall& call);
    [[nodiscard]] int count_markers(bool regions) const;
    [[nodiscard]] const ReaperMarker* marker_at(bool region, int place) const;
    void tell_markers(int markers_before, int regions_before);
    void tell_last_markers();
    [[nodiscard]] const ReaperMarker* last_marker(bool region) const;

    // reaper_marker_edits.cpp
    bool on_marker_edit(ReaperCall& call);
    ReaperMarker* marker_meant(const ReaperCall& call);
    static void set_marker_number(ReaperMarker& marker, std::string_view key, double value);

    // reaper_actions.cpp
    bool on_action(ReaperCall& call);
    void take_action_value(ReaperArguments& arguments);
    void run_action(int id);
    void run_named(std::string_view name);
    void set_selected_modes(AutomationMode mode);

    // reaper_companion.cpp
    using Refusal = std::optional<std::pair<std::string, std::string>>;  ///< why, and what to do next
    void run_companion(std::string_view name);
    [[nodiscard]] Refusal carry_out(const ReaperRequest& request, std::string& lines);
    [[nodiscard]] std::string project_guid() const;
    [[nodiscard]] std::string project_path() const;
    [[nodiscard]] SimStrip* track_of(const std::string& guid);
    [[nodiscard]] Refusal why_no_track(const std::string& guid);
    [[nodiscard]] Refusal why_not_written(const ReaperFader& fader);
    [[nodiscard]] Refusal write_faders(const ReaperRequest& request, std::string& lines);
    void put_fader(SimStrip& strip, const ReaperFader& fader);
    void put_envelope(SimStrip& strip, const ReaperEnvelope& envelope);
    void tell_strips(std::string& lines);
    void tell_fader(const SimStrip& strip, std::string& lines) const;
    [[nodiscard]] std::optional<ReaperEnvelope> envelope_of(const SimStrip& strip) const;

    // reaper_automation.cpp
    void set_control(SimStrip& strip, Control control, const ControlValue& value);
    void change_mode(SimStrip& strip, AutomationMode mode);
    void follow_touches();
    void follow_touch(SimStrip& strip, Control control, bool touched);
    [[nodiscard]] bool is_touched(TrackNumber number, Touchable which) const;
    void note_value(TrackNumber number, Touchable which);
    void before_rolling();
    void after_stop();
    void play_trim_envelopes();
    void tell_automated();
    [[nodiscard]] AutomationPoint now_of(const SimStrip& strip, Control control) const;

    ReaperSettings settings_;
    reaper::PatternIndex index_;
    AudioEngine engine_;
    ReaperInbox inbox_;
    ReaperOutbox outbox_;
    ReaperFeedback feedback_;
    ReaperUndo undo_;
    reaper::DeviceSettings device_;
    TrackNumber current_track_ = 0;
    int bank_start_ = 0;  ///< tracks before the bank
    int marker_bank_start_ = 0;
    int region_bank_start_ = 0;
    int current_effect_ = 0;         ///< of the current track, from 0
    int parameter_bank_start_ = 0;   ///< its parameters before the bank
    int instrument_bank_start_ = 0;  ///< the instrument's

    std::vector<ReaperMarker> markers_;
    std::map<RouteId, AutomationMode> modes_;  ///< manual where there is none
    std::map<RouteId, int> monitors_;          ///< 0 off, 1 on, 2 auto
    std::map<RouteId, std::vector<ReaperEffect>> effects_;
    ReaperView view_;
    ReaperMidi midi_;
    std::map<RouteId, double> widths_;  ///< -1 to 1, which is a track's that is not here
    struct TrimFader {
        Decibels level;
        bool had_envelope = false;
    };
    std::map<RouteId, TrimFader> trim_faders_;  ///< of tracks that left trim/read
    std::map<std::pair<TrackNumber, Touchable>, Touch> touches_;

    Instant clock_{};
    Instant next_turn_{};
    Instant audio_until_{};
    std::optional<Instant> last_update_;
    std::int64_t cursor_ = 0;  ///< the edit cursor, in samples
    std::int64_t told_position_ = 0;
    SongRange loop_{};
    double play_rate_ = 1.0;
    Tempo tempo_{};
    int saved_ = 0;
    std::optional<int> action_value_;
    std::vector<std::string> named_commands_;
    std::function<void(std::string_view)> on_command_;
    std::string laid_down_;
    std::optional<std::string> answer_;
    std::map<RouteId, ReaperEnvelope> envelopes_;  ///< as they were written whole
    std::set<RouteId> previewing_;                 ///< in latch preview, which is told as latch
    std::string last_write_;                       ///< its request's id
    std::vector<std::string> script_steps_;
    bool surface_is_up_ = false;
    bool told_any_solo_ = false;
    bool repeats_ = false;
    bool clicks_ = false;
    bool replaces_ = false;     ///< the record mode "replace"
    bool arms_itself_ = false;  ///< the selected track is armed by itself
    Arrows arrows_ = Arrows::wind;
    int winds_ = 0;  ///< -1 backward, 1 forward
    bool paused_ = false;
    bool records_ = false;
    bool frozen_ = false;
    bool hung_ = false;
    bool gone_ = false;
};

}  // namespace kedge::sim
