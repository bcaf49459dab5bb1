#pragma once

#include "core/strip_recognition.hpp"
#include "reaper/address_book.hpp"
#include "reaper/companion_exchange.hpp"
#include "reaper/file_abilities.hpp"
#include "reaper/packet_pacing.hpp"
#include "reaper/pattern_file.hpp"
#include "reaper/session_limits.hpp"
#include "reaper/session_memory.hpp"
#include "reaper/told_places.hpp"
#include "reaper/wire_values.hpp"
#include "surface/surface.hpp"

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace kedge::reaper {

/// What a session is told of the REAPER that it talks to, since the wire does not tell it.
struct ReaperSetup {
    PatternFile patterns;                                   ///< the file that REAPER uses for this surface
    Duration longest_detour = longest_detour_of_a_network;  ///< see Capabilities; zero on this machine
    /// The ends of REAPER's track meters (Preferences > Appearance > Track meters): a meter is told as a
    /// place between them.
    LevelRange meters = {Decibels(-62.0), Decibels(6.0)};
    /// How fast a meter falls (the same page; 120 dB a second unless it was changed).
    Decibels meter_fall_a_second = Decibels(120.0);
    std::string session_name = {};  ///< of the project, in the journal, where no script tells it
};

/// REAPER's OSC as a Surface: there is no handshake, heartbeat, list, question or answer on that wire. See
/// README.md, part "session", for what takes their place and how certain it is.
class ReaperSession : public surface::Surface {
  public:
    explicit ReaperSession(ReaperSetup setup);
    /// How the companion script is called from now on; nullopt: there is none that can be.
    void use_companion(std::optional<CompanionSetup> companion);
    ReaperSession(const ReaperSession&) = delete;
    ReaperSession& operator=(const ReaperSession&) = delete;

    void start(Instant now, surface::Effects& out) override;
    void receive(Instant now, std::span<const std::byte> bytes, surface::Effects& out) override;
    void wake(Instant now, surface::Effects& out) override;
    void answered(Instant now, std::string_view answer, surface::Effects& out) override;
    Result<void> command(Instant now, const surface::Command& command, surface::Effects& out) override;
    void close(Instant now, surface::Effects& out) override;

    [[nodiscard]] bool ready() const override { return phase_ == Phase::ready; }
    [[nodiscard]] const Capabilities& capabilities() const override { return able_.capabilities; }
    [[nodiscard]] const MixerState& mixer() const override { return mixer_; }
    [[nodiscard]] const surface::Counters& counters() const override { return counters_; }
    [[nodiscard]] std::optional<SongTime> position() const override { return position_; }
    [[nodiscard]] std::optional<bool> rolling() const override { return rolling_; }
    [[nodiscard]] std::optional<surface::BarReported> bar() const override;
    [[nodiscard]] std::optional<SongPlaces> places() const override;
    [[nodiscard]] std::optional<SongLoop> loop() const override;
    [[nodiscard]] std::optional<Decibels> meter(StripId strip) const override;

    /// Why the companion script did not tell which project this is; nullopt where it did, or there is none.
    [[nodiscard]] const std::optional<Error>& script_trouble() const { return script_trouble_; }
    /// What the pattern file lacks, a line each, for a person.
    [[nodiscard]] const std::vector<std::string>& lacks() const { return able_.lacks; }

  private:
    enum class Phase {
        idle,
        counting,    ///< asking how many tracks there are
        collecting,  ///< hearing every value of every track
        ready,
        lost,
    };

    // reaper_session.cpp: what is heard
    void on_message(Instant now, const osc::Message& message, surface::Effects& out);
    void on_track(Instant now, const Meaning& meaning, const osc::Message& message, surface::Effects& out);
    void on_unknown(std::string_view address);
    void on_place_behind(Instant now, int number, surface::Effects& out);
    void on_control(Instant now, int number, Control control, const ControlValue& value,
                    surface::Effects& out);
    void on_name(Instant now, int number, const osc::Message& message, surface::Effects& out);
    void on_switch(Instant now, const Meaning& meaning, const osc::Message& message, surface::Effects& out);
    void on_meter(const Meaning& meaning, const osc::Message& message, surface::Effects& out);
    void report(int number, Control control, bool asked, Instant asked_at, surface::Effects& out);

    // session_transport.cpp
    void on_global(Instant now, const Meaning& meaning, const osc::Message& message, surface::Effects& out);
    void on_playing(bool playing, surface::Effects& out);
    void on_time(Instant now, const osc::Message& message, surface::Effects& out);
    void on_beat(const osc::Message& message, surface::Effects& out);
    Result<void> transport(Word word, std::int32_t action);
    Result<void> act(std::int32_t action, std::string_view what);
    Result<void> locate(SongTime to);

    // session_places.cpp
    void ask_places();
    void on_place(const Meaning& meaning, const osc::Message& message, surface::Effects& out);
    void ask_places_when_due(Instant now);
    void show_mark(surface::Effects& out);
    Result<void> locate_mark(int number);

    // session_loop.cpp
    void on_loop(Word word, double value);
    Result<void> switch_loop(Instant now, bool on);
    void say_loop(bool on);
    void switch_loop_again(Instant now);

    // session_master.cpp
    void say_master_question(Instant now);
    [[nodiscard]] bool awaits_master(Instant now) const;
    [[nodiscard]] bool is_answer_of_master(int number);
    [[nodiscard]] bool is_of_master(Word word);

    // song_end.cpp
    Result<void> find_end(Instant now);
    void begin_end_search(Instant now);
    void go_to_start(Instant now);
    void on_time_in_search(Instant now, surface::Effects& out);
    void search_when_due(Instant now, surface::Effects& out);
    void end_search(std::optional<SongTime> found, surface::Effects& out);

    // session_phases.cpp
    void greet(Instant now, surface::Effects& out);
    void say_count_question();
    void ask_count(Instant now);
    void on_count(Instant now, const osc::Message& message, surface::Effects& out);
    void collect(Instant now, int tracks);
    void collect_round(Instant now);
    void clear_touches();
    void settle(Instant now, surface::Effects& out);
    void lose(Instant now, std::string why, surface::Effects& out);
    void unsettle(Instant now, surface::Effects& out);
    void wake_counting(Instant now, surface::Effects& out);
    void wake_collecting(Instant now, surface::Effects& out);
    void wake_ready(Instant now, surface::Effects& out);
    void say(PacketPacing::Message message) { packets_.add(std::move(message)); }
    void send_packets(Instant now, surface::Effects& out);
    void plan_wake(Instant now, surface::Effects& out);
    void set_up_bank();
    [[nodiscard]] bool is_busy(Instant now) const;
    [[nodiscard]] Instant burst_end(Instant since, Duration pause) const;
    void ask_sign(Instant now);
    void note_sign_asked(Instant now);
    [[nodiscard]] bool is_unanswered(Instant now) const;
    void ask_first_name(Instant now);

    // strip_scan.cpp: which places are tracks, and which strip is which
    [[nodiscard]] bool expects(int number, Control control) const;
    [[nodiscard]] bool is_complete(int number) const;
    [[nodiscard]] bool looks_absent(int number) const;
    [[nodiscard]] int scanned_end() const;
    [[nodiscard]] std::size_t count_missing() const;
    void ask_missing(Instant now);
    void cover(int tracks);
    [[nodiscard]] int first_incomplete() const;
    void rebuild_mixer(std::vector<StripId>& added, std::vector<StripId>& removed);
    [[nodiscard]] std::vector<std::optional<StripId>> ids_for(const std::vector<Strip>& strips) const;
    void give_ids(std::vector<Strip>& strips, std::vector<StripId>& added, std::vector<StripId>& removed);
    [[nodiscard]] SinceThen since_last_list(const std::vector<Strip>& strips) const;
    [[nodiscard]] Strip strip_from(int number) const;
    [[nodiscard]] std::vector<surface::StripControl> crossed();
    void remember_set(Instant now, int number, Control control);

    // session_questions.cpp
    Result<void> query(Instant now, const surface::QueryControl& command);
    void ask_when_due(Instant now);
    void send_batch(Instant now, std::vector<Question> questions);
    void ask_in_next_batch(int number, Control control);
    void end_batch(Instant now);
    void forget_questions();
    void hear_value(Instant now, int number, Control control, const ControlValue& value,
                    surface::Effects& out);
    [[nodiscard]] Instant end_of(const Batch& batch) const;
    [[nodiscard]] std::optional<Instant> batch_due() const;
    [[nodiscard]] Duration refresh_time() const;
    void tell_again(Instant now);
    void refresh(Instant now);

    // session_commands.cpp
    [[nodiscard]] Error not_now() const;
    [[nodiscard]] Result<int> addressed(StripId id, Control control) const;
    Result<void> set(Instant now, const surface::SetControl& command);
    Result<void> set_mode(Instant now, const surface::SetAutomation& command);
    Result<void> touch(Instant now, const surface::TouchControl& command);
    [[nodiscard]] PacketPacing::Message set_message(int number, Control control,
                                                    const ControlValue& value) const;
    void say_touch(int number, Control control, bool held);

    // session_companion.cpp: what is asked of the script in REAPER, and what becomes of the answers
    [[nodiscard]] bool can_call_script() const;
    [[nodiscard]] bool knows_project() const;
    [[nodiscard]] bool asks_project(Instant now);
    [[nodiscard]] bool asks_for_lines() const;
    void wake_companion(Instant now, surface::Effects& out);
    void hear_project(Instant now, const ToldProject& told, surface::Effects& out);
    void hear_strips(Instant now, const ToldStrips& told, surface::Effects& out);
    void hear_refusal(Instant now, const ToldRefusal& told, CompanionExchange::Asked asked,
                      surface::Effects& out);
    [[nodiscard]] bool are_the_tracks(const std::vector<ToldTrack>& told) const;
    void without_project(Instant now, Error why, surface::Effects& out);
    void drop_project_question(surface::Effects& out);
    void give_up_companion(surface::Effects& out);

    // session_lines.cpp
    Result<void> ask_lines(Instant now, const surface::Command& command, surface::Effects& out);
    Result<void> read_lines(Instant now, const surface::ReadFaderLines& command);
    Result<void> write_lines(Instant now, const surface::WriteFaderLines& command);
    [[nodiscard]] Result<void> check_lines(const surface::Command& command) const;
    [[nodiscard]] Result<int> scripted_track(StripId id) const;
    void carry_out_asked_lines(Instant now, surface::Effects& out);

    // session_selection.cpp
    [[nodiscard]] Result<void> send_alone(Instant now, int number, PacketPacing::Message message);
    [[nodiscard]] bool selection_is_due(Instant now) const;
    void select_again();

    [[nodiscard]] TrackPlace& slot(int number) { return slots_[static_cast<std::size_t>(number)]; }
    [[nodiscard]] const TrackPlace& slot(int number) const {
        return slots_[static_cast<std::size_t>(number)];
    }
    [[nodiscard]] static Word word_of(Control control);
    [[nodiscard]] static bool is_master_mute(int number, Control control) {
        return number == 0 && control == Control::mute;
    }
    [[nodiscard]] Strip* strip_of(int number);

    ReaperSetup setup_;
    AddressBook book_;
    PatternIndex known_addresses_;
    FileAbilities able_;
    PacketPacing packets_;
    Phase phase_ = Phase::idle;
    MixerState mixer_;
    surface::Counters counters_;
    std::vector<TrackPlace> slots_{1};  ///< by track number, the whole bank
    int tracks_ = 0;                    ///< how many of them are tracks, besides the master
    std::optional<int> count_;          ///< as REAPER told it
    int bank_ = 0;
    std::unordered_map<StripId, int> number_of_id_;
    std::uint32_t next_id_ = 1;
    ToldPlaces told_places_;
    int covered_places_ = first_places;
    Instant places_asked_{};
    int places_tries_ = 0;
    std::deque<RecentSet> recent_sets_;
    /// What is held, and the number that it had when it was taken hold of: there REAPER keeps the hold.
    std::map<std::pair<StripId, Control>, int> touched_;
    std::set<StripId> unselected_;  ///< by us: to be selected again
    std::optional<Batch> batch_;
    std::deque<Question> waiting_;
    int vain_batches_ = 0;
    bool questions_answered_ = false;  ///< each by itself, on this connection
    Instant batches_may_leave_{};

    std::optional<CompanionSetup> companion_;
    CompanionExchange exchange_;
    bool project_asked_ = false;  ///< since the tracks were collected: the script has told, or is given up
    int other_tracks_told_ = 0;   ///< by the script than over OSC, one time after the other
    std::optional<ProjectKey> project_;
    std::vector<TrackGuid> guids_;  ///< of the tracks, in their order, as of the last list
    std::map<TrackGuid, StripId> id_of_guid_;
    std::optional<Error> script_trouble_;
    std::optional<surface::Command> asked_lines_;  ///< waits until the project is known
    bool end_of_script_ = false;                   ///< it is asked where the song ends
    std::vector<StripId> lines_of_;                ///< in the order of the request

    bool was_ready_ = false;
    bool ever_ready_ = false;
    bool lost_said_ = false;
    bool touches_cleared_ = false;
    bool zero_counted_ = false;   ///< in this phase, once: it is asked again
    bool unheard_count_ = false;  ///< counts are not answered here: the end is searched for
    bool sign_wanted_ = false;    ///< as soon as it may be asked for again
    bool bank_doubted_ = false;   ///< REAPER told names that were known: it may have forgotten our bank
    bool changed_while_collecting_ = false;

    Instant phase_since_{};
    Instant asked_at_{};
    Instant last_heard_{};
    Instant last_fill_{};
    Instant last_full_packet_{};
    Instant refreshed_at_{};
    Instant last_set_{};
    Instant sign_asked_{};
    std::optional<Instant> unanswered_since_;  ///< since when something was asked and nothing at all heard
    bool heard_in_phase_ = false;
    int asks_ = 0;
    int vain_rounds_ = 0;
    std::size_t missing_ = 0;
    std::optional<Instant> next_wake_;

    std::optional<EndSearch> end_search_;
    std::optional<SongTime> position_;
    std::optional<bool> rolling_;
    std::optional<BarAndBeat> bar_;
    std::string shown_mark_;

    std::optional<bool> repeats_;
    std::optional<LoopSwitch> loop_switch_;
    SongTime loop_start_;
    SongTime loop_end_;

    bool zero_is_master_ = false;  ///< the next 0 for the current track's number is the master's, not a count
    std::set<Word> master_words_;  ///< what the master was asked for
    std::set<Word> master_hears_;  ///< of these what is yet to be told, while it is the current track
    Instant master_asked_{};
};

}  // namespace kedge::reaper
