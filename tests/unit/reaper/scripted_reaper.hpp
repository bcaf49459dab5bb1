#pragma once

#include "osc/osc.hpp"
#include "support/reaper_patterns.hpp"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace kedge::reaper::test {

inline constexpr const char* good_patterns = kedge::test::good_reaper_patterns;

struct ScriptedTrack {
    std::string name{};  ///< empty: REAPER tells "Track N"
    double db = 0.0;     ///< -150 is silence
    double pan = 0.0;
    bool mute = false;
    bool solo = false;
    bool selected = false;
    int mode = 0;  ///< trim, read, latch, touch, write: in the order of the words below
    bool volume_touched = false;
    double vu = 0.0;  ///< as the wire has it
};

struct ScriptedRegion {
    std::string name;
    double at = 0.0;
    double length = 0.0;
};

/// What REAPER's surface does with the patterns of support/reaper_patterns.hpp, as its published source has
/// it: cache, anti-echo, ganging, current track, places behind the last track. No clock.
class ScriptedReaper {
  public:
    using Bytes = std::vector<std::byte>;

    std::vector<ScriptedTrack> tracks;
    ScriptedTrack master;
    std::vector<std::pair<std::string, double>> marks;
    std::vector<ScriptedRegion> regions;
    bool repeats = false;
    double loop_start = 0.0;
    double loop_end = 0.0;
    bool turns_repeat = false;  ///< a "t" in the file: each press turns it over
    bool keeps_repeat = false;  ///< it cannot be switched
    bool playing = false;
    double position = 0.0;
    double end = 0.0;  ///< of the project
    std::string beat = "1.1.00";
    int bank = 8;
    int current = 0;
    int followed = 0;           ///< tracks that moved because a selected one was set
    bool answers_count = true;  ///< whether going to a track is told
    bool forgets = true;        ///< whether a message makes it forget what it told at the address
    std::vector<std::int32_t> actions;

    /// Handles a datagram; what it says of it is in take().
    void hear(std::span<const std::byte> datagram);
    /// The track list changed: what is new is told.
    void list_changed();
    void refresh();
    /// A tick of its display: meters, time.
    void tick();
    void tell_transport();
    void tell_marks();
    [[nodiscard]] std::vector<Bytes> take() { return std::exchange(said_, {}); }
    /// As after "OK" in its preferences: nothing told, the bank of the file.
    void start_over();

  private:
    using Value = std::variant<float, std::string>;
    void on_message(const osc::Message& message);
    void on_track(int number, const std::string& word, const osc::Message& message,
                  const std::string& address);
    void tell(const std::string& address, const Value& value);
    void tell_track(int number);
    void tell_current();
    void tell_switches(const std::string& at, const ScriptedTrack& of);
    [[nodiscard]] ScriptedTrack* track(int number);

    std::map<std::string, Value, std::less<>> told_;
    std::string being_edited_;
    double told_position_ = 0.0;
    int mark_count_ = 0;
    int region_count_ = 0;
    std::vector<Bytes> said_;
};

}  // namespace kedge::reaper::test
