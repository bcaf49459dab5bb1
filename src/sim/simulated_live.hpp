#pragma once

#include "core/time.hpp"
#include "sim/audio_engine.hpp"
#include "sim/beats.hpp"
#include "sim/live_listeners.hpp"
#include "sim/live_settings.hpp"
#include "sim/live_values.hpp"
#include "sim/simulated_daw.hpp"
#include "sim/wire_write.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kedge::sim {

/// Ableton Live with the script AbletonOSC; see README.md for what is in it and what is not. Tracks are
/// numbered from 0; the master is out of the script's reach. Pure: time and bytes are handed in.
class SimulatedLive : public SimulatedDaw {
  public:
    explicit SimulatedLive(Song song, const LiveSettings& settings = {});
    SimulatedLive(const SimulatedLive&) = delete;
    SimulatedLive& operator=(const SimulatedLive&) = delete;

    /// Puts the datagram by for the next tick, whoever it is from. Nothing is answered at once.
    void receive(Instant now, Peer from, std::span<const std::byte> bytes,
                 std::vector<Datagram>& out) override;
    void advance(Instant to, std::vector<Datagram>& out) override;
    [[nodiscard]] Instant next_wake() const override { return next_tick_; }
    [[nodiscard]] int times_saved() const override { return saved_; }
    [[nodiscard]] bool calls_companion(std::string_view /*address*/) const override { return false; }
    /// There is no companion script: nobody ever takes it.
    void hand_over(std::string /*request*/) override {}

    [[nodiscard]] AudioEngine& engine() { return engine_; }
    [[nodiscard]] const AudioEngine& engine() const { return engine_; }
    [[nodiscard]] Tempo tempo() const { return tempo_; }
    [[nodiscard]] bool loops() const { return loops_; }
    [[nodiscard]] const std::vector<WireWrite>& wire_writes() const { return wire_writes_; }
    void forget_wire_writes() { wire_writes_.clear(); }
    /// What was said by /live/error, in order.
    [[nodiscard]] const std::vector<std::string>& errors() const { return errors_; }
    [[nodiscard]] const LiveListeners& listeners() const { return listeners_; }

    // A person in front of Live. Tracks are named by their place in engine().strips(). Who listens is told at
    // the next tick; that tracks come, go or move, nobody is told.

    void move_fader(std::size_t index, Decibels to);
    void turn_pan(std::size_t index, Pan to);
    void mute_track(std::size_t index, bool muted);
    void solo_track(std::size_t index, bool soloed);
    void rename_track(std::size_t index, const std::string& name);
    std::size_t add_track(const Stem& stem);
    /// It stands at this place then.
    void insert_track(std::size_t index, const Stem& stem);
    /// A track that others are put into; it stands behind all that there are.
    std::size_t add_group(const std::string& name);
    /// nullopt takes it out of its group.
    void put_into(std::size_t index, std::optional<std::size_t> group);
    void remove_track(std::size_t index);
    /// `order` holds every place once: the track at place order[0] comes first.
    void reorder_tracks(const std::vector<std::size_t>& order);
    void press_play();
    void press_stop();
    void set_tempo(Tempo tempo);
    void set_loop(bool on, Beats start, Beats length);
    void save() { ++saved_; }

    /// Nothing moves and nobody is answered until thawed; what is said to it meanwhile is lost.
    void freeze(bool frozen) { frozen_ = frozen; }
    /// Nothing moves and nobody is answered until it comes to itself: then it hears all that was said
    /// meanwhile.
    void hang(bool hung) { hung_ = hung; }
    void quit();
    /// Started again with the song it had, or with another: the script is loaded, and says so.
    void open();
    void open(Song song);

  private:
    /// A meter that holds the highest peak for a while.
    struct HeldPeak {
        Decibels level = Decibels::silence();
        Instant since{};
        float shown = 0.0F;  ///< its deflection, when it was last looked at
    };
    struct Waiting {
        Peer from;
        std::vector<std::byte> bytes;
    };

    // simulated_live.cpp
    [[nodiscard]] bool stands_still() const { return frozen_ || hung_ || gone_; }
    void run_audio(Instant to);
    void run_tick();
    void hear_all();
    [[nodiscard]] bool hear(const osc::Message& message, std::uint32_t sender);
    [[nodiscard]] LiveOutcome handle(std::string_view address, const LiveValues& values);
    void say(std::uint32_t host, std::string_view address, const LiveValues& values);
    void say_error(const std::string& words);

    // live_song.cpp
    [[nodiscard]] LiveOutcome on_song(std::string_view word, const LiveValues& values);
    [[nodiscard]] LiveOutcome on_song_property(std::string_view deed, const std::string& property,
                                               const LiveValues& values);
    [[nodiscard]] LiveValue song_value(std::string_view property) const;
    [[nodiscard]] LiveOutcome set_song(std::string_view property, const LiveValues& values);
    void say_song(const LiveListeners::Listener& listener);
    void tell_song(std::string_view property);

    // live_transport.cpp
    void play(bool from_where_it_began);
    void stop();
    void run_loop(std::int64_t before);
    void tell_time();
    [[nodiscard]] Beats beats_at(std::int64_t sample) const;
    [[nodiscard]] std::int64_t sample_at(Beats place) const;

    // live_track_lists.cpp
    [[nodiscard]] LiveOutcome track_names(const LiveValues& values) const;
    [[nodiscard]] LiveOutcome track_data(const LiveValues& values) const;

    // live_tracks.cpp
    [[nodiscard]] LiveOutcome on_track(std::string_view word, const LiveValues& values);
    [[nodiscard]] LiveOutcome on_one_track(SimStrip& track, std::string_view deed,
                                           const std::string& property, const LiveValues& values);
    [[nodiscard]] LiveOutcome listen_to_track(const SimStrip& track, const std::string& property,
                                              const LiveValues& values);
    [[nodiscard]] LiveOutcome set_track(SimStrip& track, std::string_view property, const LiveValue& value);
    void write(SimStrip& track, Control control, const ControlValue& value);
    void set(SimStrip& track, Control control, const ControlValue& value);
    void say_track(const SimStrip& track, const LiveListeners::Listener& listener);
    void tell_track(const SimStrip& track, std::string_view property);

    // live_track_values.cpp
    /// Nothing for a property that this track has not; nullopt where asking for it is an exception.
    [[nodiscard]] std::optional<LiveValue> track_value(const SimStrip& track,
                                                       std::string_view property) const;

    // live_meters.cpp
    void hold_peaks(Instant now);
    void tell_meters();

    LiveSettings settings_;
    AudioEngine engine_;
    Tempo tempo_;
    LiveListeners listeners_;
    std::map<RouteId, HeldPeak> peaks_;
    std::vector<WireWrite> wire_writes_;
    std::vector<std::string> errors_;
    std::deque<Waiting> inbox_;
    std::vector<Datagram> outbox_;
    std::uint32_t latest_host_;  ///< who spoke last is told what is listened to

    bool loops_ = false;
    Beats loop_start_{};
    Beats loop_length_{16.0};
    std::int64_t began_at_ = 0;
    std::int64_t told_time_ = 0;
    Instant clock_{};
    Instant next_tick_{};
    Instant audio_until_{};
    int saved_ = 0;
    bool is_loaded_ = false;
    bool frozen_ = false;
    bool hung_ = false;
    bool gone_ = false;
};

}  // namespace kedge::sim
