#pragma once

#include "osc/osc.hpp"
#include "unit/abletonosc/live_frames.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace kedge::test {

using LiveBytes = std::vector<std::byte>;

/// One track of a scripted Live, in the words of the wire.
struct ScriptedTrack {
    std::string name;
    float volume = 0.85F;
    float panning = 0.0F;
    bool mute = false;
    bool solo = false;
    float meter = 0.0F;
    bool audio = true;
    bool midi = false;
    bool group = false;
    int object = 0;  ///< which track it is, wherever it stands; given by ScriptedLive
};

/// The side of AbletonOSC that a LiveSession meets, with nothing behind it: it looks at what came in when it
/// ticks, an error ends the tick, and subscriptions go along with their tracks.
class ScriptedLive {
  public:
    explicit ScriptedLive(std::vector<ScriptedTrack> with);

    std::vector<ScriptedTrack> tracks;
    float tempo = 120.0F;
    float time = 0.0F;
    bool playing = false;
    bool loop = false;
    bool dead = false;
    bool repeats_marks = true;  ///< as newer scripts do
    bool takes_bundles = true;  ///< as newer scripts do
    bool knows_length = true;
    /// Datagrams that are lost on the way: from it, and to it.
    std::function<bool(const osc::Message&)> loses = [](const osc::Message&) { return false; };
    std::function<bool(const osc::Message&)> never_hears = [](const osc::Message&) { return false; };
    std::vector<std::string> heard;  ///< addresses, in order
    std::size_t errors = 0;

    void hear(const LiveBytes& datagram) { inbox_.push_back(datagram); }
    /// What it sends when it looks at what came in.
    [[nodiscard]] std::vector<LiveBytes> tick();

    /// A hand in Live's window: what is sent of it at once.
    [[nodiscard]] std::vector<LiveBytes> move_volume(std::size_t track, float volume);
    [[nodiscard]] std::vector<LiveBytes> show_meter(std::size_t track, float deflection);
    [[nodiscard]] std::vector<LiveBytes> play_on_to(float beats);
    /// Nothing is sent when tracks come, go or move.
    void add(ScriptedTrack track, std::size_t at);
    void remove(std::size_t at) { tracks.erase(tracks.begin() + static_cast<std::ptrdiff_t>(at)); }
    void move(std::size_t from, std::size_t to);
    /// The script is loaded anew.
    [[nodiscard]] std::vector<LiveBytes> load();
    [[nodiscard]] std::size_t subscriptions() const { return listeners_.size(); }

    [[nodiscard]] LiveBytes track_list() const;

  private:
    struct Listener {
        int object = 0;  ///< 0 is the song
        std::string property;
        std::vector<LiveArgument> given;  ///< with the subscription
    };

    /// False when an error ended it.
    [[nodiscard]] bool take_all(const std::vector<osc::Message>& messages, std::vector<LiveBytes>& out);
    [[nodiscard]] bool take(const osc::Message& message, std::vector<LiveBytes>& out);
    [[nodiscard]] bool of_song(std::string_view word, const osc::Message& message,
                               std::vector<LiveBytes>& out);
    [[nodiscard]] bool of_track(std::string_view word, const osc::Message& message,
                                std::vector<LiveBytes>& out);
    [[nodiscard]] bool listen(int object, std::string_view property, std::vector<LiveArgument> given,
                              std::vector<LiveBytes>& out);
    [[nodiscard]] bool stop(int object, std::string_view property, const std::vector<LiveArgument>& given);
    [[nodiscard]] std::vector<LiveArgument> value_of(int object, std::string_view property) const;
    void say(const Listener& listener, std::vector<LiveBytes>& out) const;
    void changed(int object, std::string_view property, std::vector<LiveBytes>& out) const;
    [[nodiscard]] std::vector<LiveBytes> without_the_lost(std::vector<LiveBytes> datagrams) const;

    std::vector<LiveBytes> inbox_;
    std::vector<Listener> listeners_;
    int next_object_ = 1;
};

}  // namespace kedge::test
