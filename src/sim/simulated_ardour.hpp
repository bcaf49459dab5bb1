#pragma once

#include "core/time.hpp"
#include "osc/osc.hpp"
#include "sim/audio_engine.hpp"
#include "sim/datagram.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace kedge::sim {

/// What the simulator was last told to save.
struct SavedMixer {
    std::vector<SimStrip> strips;
    SimStrip master;
    int times = 0;
};

/// The part of Ardour's OSC dialect that a mixer client meets: handshake, strip list, values and their echo,
/// queries with Ardour's fast logarithm, meters and position every 100 ms when they changed, heartbeat,
/// transport, save. Pure: time and bytes are handed in.
///
/// Not simulated yet: gainmodes other than 0, banks, sends, plugins, automation, groups, VCAs.
class SimulatedArdour {
  public:
    explicit SimulatedArdour(Song song);

    void receive(Instant now, Peer from, std::span<const std::byte> bytes, std::vector<Datagram>& out);
    /// Runs audio and ticks up to `to`.
    void advance(Instant to, std::vector<Datagram>& out);
    [[nodiscard]] Instant next_wake() const { return next_tick_; }

    [[nodiscard]] AudioEngine& engine() { return engine_; }
    [[nodiscard]] const AudioEngine& engine() const { return engine_; }
    [[nodiscard]] const SavedMixer& saved() const { return saved_; }

    /// A person in front of the DAW.
    void rename_strip(std::size_t index, const std::string& name, std::vector<Datagram>& out);
    void move_fader(std::size_t index, Decibels to, std::vector<Datagram>& out);
    /// Ardour was restarted: it knows nobody any more.
    void forget_surfaces() { surfaces_.clear(); }
    /// Nothing moves and nobody is answered until thawed.
    void freeze(bool frozen) { frozen_ = frozen; }

  private:
    /// What one client asked for, and what it was last shown.
    struct Surface {
        std::int32_t types = 31;
        std::int32_t feedback = 0;
        std::vector<std::optional<Decibels>> meters;
        std::int64_t position = -1;
        bool told_rolling = false;
    };

    void tick(std::vector<Datagram>& out);
    void on_message(Peer from, const osc::Message& message, std::vector<Datagram>& out);
    void on_set_surface(Peer from, const osc::Message& message, std::vector<Datagram>& out);
    void on_strip(Peer from, const osc::Message& message, std::vector<Datagram>& out);
    void send_list(Peer to, std::vector<Datagram>& out);
    void send_strips(Peer to, const Surface& surface, std::vector<Datagram>& out) const;
    void send_strip(Peer to, std::int32_t ssid, std::vector<Datagram>& out) const;
    void send_globals(Peer to, std::vector<Datagram>& out) const;
    void send_transport(Peer to, std::vector<Datagram>& out) const;
    void set(Peer from, SimStrip& strip, std::int32_t ssid, std::string_view word, double value,
             std::vector<Datagram>& out);
    void answer(Peer to, const SimStrip& strip, std::int32_t ssid, std::string_view word,
                std::vector<Datagram>& out) const;
    void echo(std::int32_t ssid, std::string_view word, osc::Argument value,
              std::vector<Datagram>& out) const;
    [[nodiscard]] SimStrip* strip(std::int32_t ssid);
    [[nodiscard]] const SimStrip* strip(std::int32_t ssid) const;
    [[nodiscard]] std::int32_t strip_count() const;

    AudioEngine engine_;
    std::map<Peer, Surface> surfaces_;
    SavedMixer saved_;
    Instant next_tick_{};
    Instant audio_until_{};
    std::optional<Instant> rolls_at_;
    int beat_ = 0;
    bool frozen_ = false;
};

}  // namespace kedge::sim
