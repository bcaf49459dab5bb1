#pragma once

#include "reaper/pattern_file.hpp"

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

/// Which addresses of a pattern file the session speaks and hears, and what they mean. Pure.
namespace kedge::reaper {

/// What is said at an address. Those of a track are said of the master too, where REAPER has them for it.
enum class Word : std::uint8_t {
    track_name,
    track_number,
    track_select,
    track_volume,
    track_pan,
    track_mute,
    track_solo,
    track_vu,
    track_vu_left,
    track_vu_right,
    auto_trim,
    auto_read,
    auto_latch,
    auto_touch,
    auto_write,
    volume_touch,
    pan_touch,
    current_track_number,  ///< of the device's current track
    play,
    stop,
    time,
    beat,
    marker_name,
    marker_number,
    marker_time,
    region_name,
    region_number,
    region_time,
    region_length,
    repeat,
    loop_start,
    loop_end,
    goto_marker,
    action,
    action_by_name,
    track_count,
    marker_count,
    region_count,
    send_count,
    receive_count,
    fx_count,
    fx_param_count,
    fx_inst_param_count,
    bank_select,
    current_track_select,
    reaper_track_follows,
    bank_follows,
    current_track_follows,
    fx_follows,
};
inline constexpr std::size_t word_count = static_cast<std::size_t>(Word::fx_follows) + 1;

/// What an address stands for.
struct Meaning {
    Word word = Word::track_name;
    Flag flag = Flag::raw;
    int number = 0;  ///< of the track, 0 for the master, or of the marker; 0 where there is none
    /// It is told of the device's current track, whichever that is.
    bool of_current = false;
};

/// For each word the best pattern that a file has for it. Looks at a file that outlives it.
class AddressBook {
  public:
    explicit AddressBook(const PatternFile& file);

    /// Knows the addresses of so many tracks, and markers and regions each, from now on.
    void cover(int tracks, int markers);
    /// nullptr for what is no word of ours, or for a number that is not covered.
    [[nodiscard]] const Meaning* find(std::string_view address) const;

    /// Whether the file has the word, for a track (or at all) and for the master.
    [[nodiscard]] bool has(Word word) const { return pattern(word, false) != nullptr; }
    [[nodiscard]] bool has_for_master(Word word) const { return pattern(word, true) != nullptr; }
    /// What REAPER tells of the current track alone: so the master says what it has no key of its own for.
    [[nodiscard]] const Pattern* of_current(Word word) const {
        return of_current_[static_cast<std::size_t>(word)];
    }
    /// The flag of a word that the file has; 0 is the master, where it has a pattern of its own.
    [[nodiscard]] Flag flag(Word word, int number) const;
    /// The address of a word that the file has. 0 is the master: under its own key, or as a track's number,
    /// which REAPER takes for the master while the bank begins at its first track, but never tells.
    [[nodiscard]] std::string address(Word word, int number) const;
    [[nodiscard]] bool has_for(Word word, int number) const;

  private:
    [[nodiscard]] const Pattern* pattern(Word word, bool master) const;

    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    std::array<const Pattern*, word_count> of_track_{};
    std::array<const Pattern*, word_count> of_master_{};
    std::array<const Pattern*, word_count> of_current_{};
    std::unordered_map<std::string, Meaning, TextHash, std::equal_to<>> meanings_;
};

}  // namespace kedge::reaper
