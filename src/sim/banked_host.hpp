#pragma once

#include "core/fader_position.hpp"
#include "core/time.hpp"
#include "midi/message.hpp"
#include "midi/stream_parser.hpp"
#include "sim/audio_engine.hpp"
#include "sim/bank_window.hpp"
#include "sim/banked_host_settings.hpp"
#include "sim/host_transport.hpp"
#include "sim/reaper_undo.hpp"
#include "sim/simulated_daw.hpp"
#include "sim/stepped_meter.hpp"
#include "sim/surface_face.hpp"
#include "sim/surface_outbox.hpp"
#include "sim/surface_painter.hpp"
#include "sim/surface_place.hpp"
#include "sim/value_line.hpp"
#include "sim/wire_write.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kedge::sim {

/// A DAW that is reached by a control surface with banks over MIDI ports: `Peer::port` is the unit, 0 the
/// main one. Its mixer, what of it the surface shows, and the person in front of it are here; what is said by
/// which message is for those who inherit. Pure: time and bytes are handed in.
class BankedHost : public SimulatedDaw, private SurfaceFace {
  public:
    BankedHost(const BankedHost&) = delete;
    BankedHost& operator=(const BankedHost&) = delete;

    void receive(Instant now, Peer from, std::span<const std::byte> bytes,
                 std::vector<Datagram>& out) override;
    void advance(Instant to, std::vector<Datagram>& out) override;
    [[nodiscard]] Instant next_wake() const override;
    [[nodiscard]] int times_saved() const override { return saved_; }
    [[nodiscard]] bool calls_companion(std::string_view /*address*/) const override { return false; }
    /// There is no companion script: nobody ever takes it.
    void hand_over(std::string /*request*/) override {}

    [[nodiscard]] AudioEngine& engine() { return engine_; }
    [[nodiscard]] const AudioEngine& engine() const { return engine_; }
    [[nodiscard]] HostTransport& transport() { return transport_; }
    [[nodiscard]] const HostTransport& transport() const { return transport_; }
    [[nodiscard]] const std::vector<WireWrite>& wire_writes() const { return wire_writes_; }
    void forget_wire_writes() { wire_writes_.clear(); }
    /// The strip that a hand on this place moves now; nullopt for none. The surface may still show another.
    [[nodiscard]] std::optional<RouteId> strip_at(int place) const;
    [[nodiscard]] int bank_start() const { return window_.start(); }
    /// Something is to be painted, or said, that has not left.
    [[nodiscard]] bool is_painting() const { return repaint_at_ || outbox_.next_due(); }

    /// Faders show and set pans, until it is done again. What V-Pots do stays as it is. By the surface, or by
    /// another one that is at the same DAW.
    void flip() { flipped_ = !flipped_; }

    // A person in front of the DAW. Strips are named by their place in engine().strips(). The surface is told
    // at the next turn.

    void move_fader(std::size_t index, Decibels to);
    void move_master(Decibels to);
    void turn_pan(std::size_t index, Pan to);
    void mute(std::size_t index, bool muted);
    void solo(std::size_t index, bool soloed);
    void select(std::size_t index, bool selected);
    void hide(std::size_t index, bool hidden);
    void rename(std::size_t index, const std::string& name);
    std::size_t add_track(const Stem& stem);
    /// It stands at this place then.
    void insert_track(std::size_t index, const Stem& stem);
    void remove_track(std::size_t index);
    /// `order` holds every place once: the strip at place order[0] comes first.
    void reorder_tracks(const std::vector<std::size_t>& order);
    void set_mode(std::size_t index, AutomationMode mode);
    /// The DAW's own window is moved, as by scrolling its mixer: the surface follows.
    void bank_by_hand(int start);

    /// Nothing moves and nobody is answered until thawed; what is said to it meanwhile is lost.
    void freeze(bool frozen) { frozen_ = frozen; }
    /// The same, but then it hears all that was said meanwhile.
    void hang(bool hung) { hung_ = hung; }
    void quit();
    /// Started again with the song it had, or with another.
    void open();
    void open(Song song);

    /// What is sent to the unit, and by it, is lost.
    void unplug(std::uint16_t port);
    void plug(std::uint16_t port);

  protected:
    BankedHost(Song song, const BankedHostSettings& settings);

    // For who inherits: what came, and when something is to be said beside the strips.

    virtual void heard(std::uint16_t port, const midi::Message& message) = 0;
    /// The DAW was started, this very moment.
    virtual void begin() = 0;
    /// It is about to quit, and may say so.
    virtual void leave() {}
    virtual void was_plugged(std::uint16_t port) = 0;
    /// The DAW's main loop comes by.
    virtual void run_displays() = 0;
    /// Whether the unit may be told anything.
    [[nodiscard]] virtual bool is_listening(std::uint16_t port) const = 0;

    // What a surface does, in the DAW's terms.

    void press(BankWindow::Move move);
    void touch(SurfacePlace place, bool touched);
    void move(SurfacePlace place, FaderPosition position);
    void turn(SurfacePlace place, int ticks);
    void toggle_mute(SurfacePlace place);
    void toggle_solo(SurfacePlace place);
    void toggle_record(SurfacePlace place);
    void press_select(SurfacePlace place);
    void centre_pan(SurfacePlace place);
    void clear_solos();
    void undo();
    void redo();
    void save() { ++saved_; }
    /// Of all selected strips' faders.
    void set_selected_modes(AutomationMode mode);

    [[nodiscard]] const BankedHostSettings& shared() const { return settings_; }
    [[nodiscard]] const UnitRow& row() const { return row_; }
    [[nodiscard]] Instant clock() const { return clock_; }
    [[nodiscard]] bool flipped() const { return flipped_; }
    /// So many that a bank can show.
    [[nodiscard]] int strip_count() const { return static_cast<int>(listed().size()); }
    void say(std::uint16_t port, const midi::Message& message) { outbox_.add(clock_, port, message); }
    /// The bank is painted anew, without waiting; what stands there already is said again where the DAW does
    /// so.
    void repaint();
    /// As if nothing had been said to this unit.
    void forget_unit(std::uint16_t port);
    /// What stands at the place; nullptr for nothing.
    [[nodiscard]] const SimStrip* painted_strip(int place) const;

  private:
    // banked_host.cpp
    [[nodiscard]] bool stands_still() const { return frozen_ || hung_ || gone_; }
    void hear(std::uint16_t port, std::span<const std::byte> bytes);
    void run_audio(Instant to);
    void run_turn();
    void start();

    // banked_host_painting.cpp
    [[nodiscard]] std::vector<RouteId> listed() const;
    void repaint_after_lag();
    void repaint_if_due();
    void paint_changes(bool texts);
    void paint_master();
    [[nodiscard]] std::vector<PlacePicture> pictures();
    [[nodiscard]] PlacePicture picture_of(int place);
    [[nodiscard]] std::string label_of(const SimStrip& strip) const;
    [[nodiscard]] FaderPosition fader_picture(const SimStrip& strip) const;
    void notice_moves(int place, const SimStrip& strip);
    void run_meters();
    [[nodiscard]] std::array<Decibels, 2> levels_of(const SimStrip& strip) const;

    // banked_host_hands.cpp
    [[nodiscard]] SimStrip* bound(SurfacePlace place);
    [[nodiscard]] bool is_touched(SurfacePlace place) const;
    void write(SimStrip& strip, Control control, const ControlValue& value);
    void set(SimStrip& strip, Control control, const ControlValue& value);
    void note_undo(Control control);
    void run_touches();
    void let_go(SurfacePlace place);
    void change_mode(SimStrip& strip, AutomationMode mode);

    BankedHostSettings settings_;
    UnitRow row_;
    AudioEngine engine_;
    HostTransport transport_;
    BankWindow window_;
    SurfaceOutbox outbox_;
    SurfacePainter painter_;
    ReaperUndo undo_;

    struct Hand {
        bool held = false;               ///< by a touch message
        std::optional<RouteId> strip{};  ///< what it touched then
        std::optional<Instant> moved{};  ///< a position came, and nothing was said of it since
    };
    struct Seen {
        RouteId strip;
        Decibels fader;
        Pan pan;
    };
    std::vector<std::optional<RouteId>> painted_;  ///< by place
    std::vector<std::optional<Seen>> seen_;        ///< by place, what the value line has taken note of
    std::vector<ValueLine> lines_;                 ///< by place
    std::map<SurfacePlace, Hand> hands_;
    bool touch_is_told_ = false;
    std::vector<std::array<SteppedMeter, 2>> meters_;   ///< by place
    std::map<RouteId, std::array<Decibels, 2>> peaks_;  ///< since they were last looked at
    std::optional<Instant> repaint_at_;
    std::vector<WireWrite> wire_writes_;
    std::vector<midi::StreamParser> parsers_;  ///< by port
    struct Unheard {
        std::uint16_t port;
        std::vector<std::byte> bytes;
    };
    std::vector<Unheard> unheard_;

    Instant clock_{};
    Instant next_turn_{};
    Instant next_meters_{};
    Instant audio_until_{};
    bool flipped_ = false;
    int saved_ = 0;
    bool started_ = false;
    bool frozen_ = false;
    bool hung_ = false;
    bool gone_ = false;
};

}  // namespace kedge::sim
