#pragma once

#include "core/time.hpp"
#include "osc/osc.hpp"
#include "sim/audio_engine.hpp"
#include "sim/companion_request.hpp"
#include "sim/simulated_daw.hpp"
#include "sim/surface_record.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kedge::sim {

/// What the simulator was last told to save.
struct SavedMixer {
    std::vector<SimStrip> strips;
    SimStrip master;
    int times = 0;
};

/// The part of Ardour's OSC dialect that a mixer client meets, as Ardour 7.3 was recorded speaking it: see
/// README.md for what is in it and what is not. Pure: time and bytes are handed in.
class SimulatedArdour : public SimulatedDaw {
  public:
    explicit SimulatedArdour(Song song);

    void receive(Instant now, Peer from, std::span<const std::byte> bytes,
                 std::vector<Datagram>& out) override;
    void advance(Instant to, std::vector<Datagram>& out) override;
    [[nodiscard]] Instant next_wake() const override { return next_tick_; }
    [[nodiscard]] int times_saved() const override { return saved_.times; }
    [[nodiscard]] bool calls_companion(std::string_view address) const override {
        return address == "/access_action";
    }

    [[nodiscard]] AudioEngine& engine() { return engine_; }
    [[nodiscard]] const AudioEngine& engine() const { return engine_; }
    [[nodiscard]] const SavedMixer& saved() const { return saved_; }
    [[nodiscard]] const std::vector<Marker>& markers() const { return markers_; }

    void hand_over(std::string request) override;
    /// The names of what the script wrote, in the order of time: the DAW's undo history of it.
    [[nodiscard]] const std::vector<std::string>& undo_names() const { return undo_names_; }

    // A person in front of the DAW. Strips are named by their place in engine().strips(). New, gone, hidden
    // and reordered strips are told to the surfaces at the next tick, as Ardour does: until then numbers are
    // stale.

    void rename_strip(std::size_t index, const std::string& name, std::vector<Datagram>& out);
    void move_fader(std::size_t index, Decibels to, std::vector<Datagram>& out);
    std::size_t add_track(const Stem& stem);
    std::size_t add_bus(const std::string& name, int channels = 2);
    std::size_t add_vca(const std::string& name);
    void remove_strip(std::size_t index);
    /// `order` holds every place once: the strip at place order[0] comes first.
    void reorder_strips(const std::vector<std::size_t>& order);
    void hide_strip(std::size_t index, bool hidden, std::vector<Datagram>& out);
    /// Runs a strip into a bus (never into itself or a bus that it feeds), or with nullopt into the master.
    void route_strip(std::size_t index, std::optional<std::size_t> bus);
    /// The strip's level as it counts stays what it was: its own gives way to the VCA's.
    void assign_vca(std::size_t index, std::size_t vca, bool assigned, std::vector<Datagram>& out);
    /// An empty name leaves the group.
    void set_group(std::size_t index, const std::string& group, std::vector<Datagram>& out);
    void set_automation(std::size_t index, Control control, AutomationMode mode, std::vector<Datagram>& out);

    /// Ardour was restarted: it knows nobody any more.
    void forget_surfaces() { surfaces_.clear(); }
    /// Nothing moves and nobody is answered until thawed; what is said to it meanwhile is lost.
    void freeze(bool frozen) { frozen_ = frozen; }
    /// Nothing moves and nobody is answered until it comes to itself: then it hears all that was said
    /// meanwhile, as a socket keeps it.
    void hang(bool hung) { hung_ = hung; }
    /// Quits, having saved: nobody is there until it is opened again. Closing a session looks the same from
    /// outside.
    void quit();
    /// Started again with the session it had. It knows nobody.
    void open() { gone_ = false; }
    /// Opened again with another session.
    void open(Song session);
    /// Ardour without its GUI runs no automation watch: what is touched is recorded as spikes.
    void headless(bool headless) { headless_ = headless; }

  private:
    /// A strip message taken apart; `from_argument`: the number came as the first argument.
    struct StripCall {
        std::string_view word;
        std::int32_t number = 0;
        std::size_t value_at = 0;  ///< the value's argument
        bool from_argument = false;
        bool master = false;  ///< "/master/…": no number
    };

    // simulated_ardour.cpp
    [[nodiscard]] bool stands_still() const { return frozen_ || hung_ || gone_; }
    void come_to_itself(Instant now, std::vector<Datagram>& out);
    void run_audio(Instant to);
    void on_message(Instant now, Peer from, const osc::Message& message, std::vector<Datagram>& out);

    // surface_setup.cpp
    [[nodiscard]] Peer reply_address(Peer from) const;
    bool on_set_surface(Peer& from, const osc::Message& message, std::vector<Datagram>& out);
    [[nodiscard]] std::vector<RouteId> strips_for(const SurfaceRecord& record) const;
    void renumber(SurfaceRecord& record) const;
    void rebuild_surfaces(std::vector<Datagram>& out);
    void send_burst(Peer to, SurfaceRecord& record, bool expand, std::vector<Datagram>& out) const;
    void send_list(Peer to, SurfaceRecord& record, std::vector<Datagram>& out);
    void send_lines(Peer to, const SurfaceRecord& record, std::vector<Datagram>& out) const;
    void send_line(Peer to, const SurfaceRecord& record, std::int32_t number, bool in_path,
                   std::vector<Datagram>& out) const;

    // strip_commands.cpp
    [[nodiscard]] static StripCall taken_apart(const osc::Message& message);
    void on_strip(Peer from, const osc::Message& message, std::vector<Datagram>& out);
    void on_master(Peer from, const osc::Message& message, std::vector<Datagram>& out);
    void on_call(Peer from, const StripCall& call, SimStrip& strip, const osc::Message& message,
                 std::vector<Datagram>& out);
    void set_text(Peer from, const StripCall& call, SimStrip& strip, const osc::Message& message,
                  std::vector<Datagram>& out);
    void join_group(SimStrip& strip, std::string_view group, std::vector<Datagram>& out);
    bool set_number(const StripCall& call, SimStrip& strip, double value, std::vector<Datagram>& out);
    bool set_switch(const StripCall& call, SimStrip& strip, bool on, std::vector<Datagram>& out);
    bool set_level(SimStrip& strip, std::string_view word, double value, std::vector<Datagram>& out);
    void set_fader(SimStrip& strip, Decibels as_it_counts, std::vector<Datagram>& out);
    void set_control(SimStrip& strip, Control control, const ControlValue& value, std::vector<Datagram>& out);
    void set_mute(SimStrip& strip, bool muted, std::vector<Datagram>& out);
    void set_solo(SimStrip& strip, bool soloed, std::vector<Datagram>& out);
    void answer(Peer to, const StripCall& call, const SimStrip& strip, const osc::Message& message,
                std::vector<Datagram>& out) const;
    static void refuse(Peer to, const StripCall& call, const osc::Message& message,
                       std::vector<Datagram>& out);
    [[nodiscard]] std::vector<SimStrip*> members_of(RouteId vca);
    [[nodiscard]] SimStrip* vca_named(std::string_view name);
    void assign(SimStrip& strip, SimStrip& vca, bool assigned, std::vector<Datagram>& out);
    [[nodiscard]] std::string free_name(const SimStrip& strip, std::string_view wanted) const;

    // automation_commands.cpp
    void on_automation(Peer from, const osc::Message& message, std::vector<Datagram>& out);
    void on_touch(Peer from, const osc::Message& message);
    void let_go(SimStrip& strip, Control control);
    void change_mode(SimStrip& strip, Control control, AutomationMode mode, std::vector<Datagram>& out);
    [[nodiscard]] AutomationPoint now_of(const SimStrip& strip, Control control) const;
    void begin_write(SimStrip& strip, Control control);
    void end_write(SimStrip& strip, Control control);
    void release_fake_touches();
    void tell_automated(std::vector<Datagram>& out);

    // companion.cpp
    /// Why and what next; nullopt when there is nothing to refuse.
    using Refusal = std::optional<std::pair<std::string, std::string>>;
    void on_action(Peer from, const osc::Message& message, std::vector<Datagram>& out);
    [[nodiscard]] Refusal carry_out(Peer to, const CompanionRequest& request, std::vector<Datagram>& out);
    [[nodiscard]] SimStrip* strip_called(const std::string& name);
    [[nodiscard]] Refusal why_no_strip(const std::string& name);
    [[nodiscard]] Refusal why_not_written(const RequestedFader& fader);
    [[nodiscard]] Refusal write_lines(Peer to, const CompanionRequest& request, std::vector<Datagram>& out);
    void put_line(SimStrip& strip, const RequestedFader& fader, std::vector<Datagram>& out);
    void tell_line(Peer to, std::int32_t number, std::size_t place, const SimStrip& strip,
                   std::vector<Datagram>& out) const;

    // told.cpp
    template <typename Say>
    void tell(const SimStrip& strip, std::int32_t bit, Say say, std::vector<Datagram>& out);
    void tell_value(const SimStrip& strip, Control control, std::vector<Datagram>& out);
    void tell_mode(const SimStrip& strip, Control control, std::vector<Datagram>& out);
    void tell_word(const SimStrip& strip, std::int32_t bit, std::string_view word, const osc::Argument& value,
                   std::vector<Datagram>& out);
    void tell_globally(std::string_view address, const osc::Argument& value, std::vector<Datagram>& out);
    void tell_groups(std::vector<Datagram>& out);

    // transport.cpp
    bool on_transport(Instant now, Peer from, const osc::Message& message, std::vector<Datagram>& out);
    bool on_marker_command(const osc::Message& message, std::vector<Datagram>& out);
    void play(std::vector<Datagram>& out);
    void stop(Instant now, std::vector<Datagram>& out);
    void locate(std::int64_t sample, bool must_roll, std::vector<Datagram>& out);
    void tell_transport(bool play, bool stop, std::vector<Datagram>& out);
    void send_globals(Peer to, SurfaceRecord& record, std::vector<Datagram>& out) const;
    void send_groups(Peer to, std::vector<Datagram>& out) const;
    void send_position(Peer to, SurfaceRecord& record, std::vector<Datagram>& out) const;
    [[nodiscard]] std::string marker_text() const;
    [[nodiscard]] std::int64_t sample_of(const Marker& marker) const;
    void sort_markers();

    // ticks.cpp
    void tick(std::vector<Datagram>& out);
    void send_meters(Peer to, SurfaceRecord& record, std::vector<Datagram>& out) const;
    void restore_names(Peer to, SurfaceRecord& record, std::vector<Datagram>& out) const;

    /// A value set without a touch is a touch that ends by itself.
    struct FakeTouch {
        RouteId strip;
        Control control;
        int ticks;
    };
    /// What automation last made of a control, as told.
    struct Told {
        RouteId strip;
        Control control;
        ControlValue value;
    };

    AudioEngine engine_;
    std::vector<Marker> markers_;  ///< by time
    std::map<Peer, SurfaceRecord> surfaces_;
    std::map<std::uint32_t, std::uint16_t> fixed_ports_;  ///< by host
    SavedMixer saved_;
    std::vector<FakeTouch> fake_touches_;
    std::vector<Told> told_;
    std::optional<std::string> laid_down_;
    std::optional<std::pair<Peer, std::int32_t>> last_write_;  ///< whose it was, and its number
    std::vector<std::string> undo_names_;
    Instant next_tick_{};
    Instant audio_until_{};
    Instant stopping_until_{};
    int beat_ = 0;
    int transport_repeats_ = 0;
    bool strips_changed_ = false;
    struct Unheard {
        Peer from;
        std::vector<std::byte> bytes;
    };
    std::vector<Unheard> unheard_;  ///< while it hangs
    bool frozen_ = false;
    bool hung_ = false;
    bool gone_ = false;
    bool headless_ = false;
};

}  // namespace kedge::sim
